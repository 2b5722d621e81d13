import Base
import Testing
import Workbook

/// Hand-written XML in the styles of many programs.
@Suite struct ReadingTests {
  static let cases: [(xml: String, cells: [String])] = [
    // Values of each type.
    ("<c r='A1'><v>12</v></c><c r='B1' t='n'><v> 1.50 </v></c>", ["A1=12", "B1=1.50"]),
    ("<c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>0</v></c>", ["A1=TRUE", "B1=FALSE"]),
    ("<c r='A1' t='e'><v>#N/A</v></c>", ["A1=#N/A"]),
    ("<c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>2</v></c>", ["A1=\"一\"", "C1=\"東京都庁\""]),
    ("<c r='A1' t='inlineStr'><is><t xml:space='preserve'> a </t></is></c>", ["A1=\" a \""]),
    ("<c r='A1' t='inlineStr'><is><r><t>東京</t></r><r><t>都</t></r></is></c>", ["A1=\"東京都\""]),
    ("<c r='A1' t='d'><v>2026-04-01</v></c><c t='d'><v>2026-04-01T00:00:00Z</v></c>", ["A1=46113", "B1=46113"]),
    ("<c r='A1' t='d'><v>2026-04-01T12:00:00</v></c>", ["A1=\"2026-04-01T12:00:00\""]),
    // Formulas: the result is read, and a missing result does not mean an empty cell.
    ("<c r='A1'><f>1+1</f><v>2</v></c>", ["A1=2"]),
    ("<c r='A1' t='str'><f>\"a\"</f><v>a</v></c>", ["A1=\"a\""]),
    ("<c r='A1' t='str'><f>\"\"</f><v></v></c>", []),
    ("<c r='A1'><f>1+1</f></c><c r='B1'><f>1+1</f><v/></c><c r='C1' t='str'><f>A1</f></c>", ["A1=?", "B1=?", "C1=?"]),
    ("<c r='A1'><f t='shared' si='0'/></c>", ["A1=?"]),
    // Cells that show nothing are not reported.
    ("<c r='A1' s='7'/><c r='B1' t='s'/><c r='C1' t='s'><v>1</v></c><c r='D1' t='inlineStr'><is><t/></is></c>", []),
    // Cells without a reference.
    ("<c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c>", ["A1=1", "C1=2", "D1=3"]),
    ("<c r='XFD1'><v>1</v></c>", ["XFD1=1"]),
    // Escapes.
    ("<c t='inlineStr'><is><t>a_x000D_\nb_x005F_x0041_c_x0041d</t></is></c>", ["A1=\"a\r\nb_x0041_c_x0041d\""]),
    ("<c t='str'><v>_xD842__xDFB7_野家_xD842_</v></c>", ["A1=\"𠮷野家_xD842_\""]),
    // Foreign elements are skipped, with their content.
    ("<c r='A1'><v>1</v><extLst><ext><x:c xmlns:x='urn:x'><v>9</v></x:c></ext></extLst></c>", ["A1=1"]),
    ("<x:c xmlns:x='urn:x' r='A1'><x:v>9</x:v><c><v>9</v></c></x:c><c r='B1'><v>1</v></c>", ["B1=1"]),
  ]

  @Test(arguments: cases.indices) func oneRow(_ index: Int) throws {
    var file = HandMade(row: Self.cases[index].xml)
    file.strings = """
      <sst xmlns='\(HandMade.main)'><si><t>一</t></si><si><t></t></si><si><r><rPr><b/></rPr><t>東京</t></r><r><t>都庁</t></r>\
      <rPh sb='0' eb='4'><t>トウキョウトチョウ</t></rPh><phoneticPr fontId='1'/></si></sst>
      """
    #expect(try read(file.bytes) == Self.cases[index].cells, "\(Self.cases[index].xml)")
  }

  @Test func rowsAreSparse() throws {
    let data = """
      <row><c><v>1</v></c></row><row r='5' s='3' customFormat='1'><c r='A5' s='1'/></row><row><c><v>6</v></c></row>\
      <row r='1048576'><c><v>7</v></c></row>
      """
    #expect(try read(HandMade(data: data).bytes) == ["A1=1", "A6=6", "A1048576=7"])
  }

  @Test func blankRangesAndTrailingRowsAreNothing() throws {
    let blanks = (2...5000).map { row in "<row r='\(row)' s='1'><c r='A\(row)' s='1'/><c r='B\(row)' s='1'/></row>" }
    let data = "<row r='1'><c r='A1'><v>1</v></c></row>" + blanks.joined()
    #expect(try read(HandMade(data: data).bytes) == ["A1=1"])
  }

  @Test func prefixesMarksAndStrictNamespacesAreRead() throws {
    var file = HandMade()
    file.sheet =
      "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?><x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'>"
      + "<x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    #expect(try read(file.bytes) == ["A1=1"])
  }

  @Test func sheetsAreFoundByNameThroughTheirRelationships() throws {
    var file = HandMade(row: "<c><v>1</v></c>")
    file.workbook = """
      <workbook xmlns='\(HandMade.main)' xmlns:rel='\(HandMade.office)'><workbookPr date1904='1'/><sheets>\
      <sheet name='グラフ' sheetId='1' rel:id='a'/><sheet name='表 &amp; 裏' sheetId='2' state='hidden' rel:id='b'/>\
      <sheet name='外' sheetId='3' rel:id='c'/></sheets></workbook>
      """
    file.workbookTargets = """
      <Relationships xmlns='\(HandMade.package)'>\
      <Relationship Id='a' Type='\(HandMade.office)/chartsheet' Target='chartsheets/sheet1.xml'/>\
      <Relationship Id='c' Type='\(HandMade.office)/worksheet' Target='http://example.com/' TargetMode='External'/>\
      <Relationship Id='b' Type='\(HandMade.office)/worksheet' Target='../XL/./Worksheets/Sheet1.xml'/></Relationships>
      """
    let temporary = try TemporaryFile(file.bytes)
    let workbook = try WorkbookReader(path: temporary.path)
    #expect(workbook.sheets.map(\.name) == ["表 & 裏"])
    #expect(workbook.sheets.map(\.isHidden) == [true])
    #expect(workbook.dates == .from1904)
    #expect(try cells(of: workbook, sheet: "表 & 裏") == ["A1=1"])
    #expect(try cells(of: workbook, sheet: "表 & 裏") == ["A1=1"], "a second time")
  }

  @Test func aRowIsAskedByColumn() throws {
    let file = try TemporaryFile(HandMade(row: "<c r='B1'><v>1</v></c><c r='D1'><v>3</v></c>").bytes)
    try WorkbookReader(path: file.path).rows(of: "S") { row throws(Diagnostic) in
      #expect((0...4).map { row[$0] } == [nil, .number("1"), nil, .number("3"), nil])
      #expect(row.place(3) == Place(file: file.path, sheet: "S", cell: "D1"))
    }
  }

  @Test func theReceiverCanStop() throws {
    let file = try TemporaryFile(HandMade(data: "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>").bytes)
    var rows = 0
    #expect(throws: Diagnostic(.interrupted)) {
      try WorkbookReader(path: file.path).rows(of: "S") { _ throws(Diagnostic) in
        rows += 1
        throw Diagnostic(.interrupted)
      }
    }
    #expect(rows == 1)
  }
}
