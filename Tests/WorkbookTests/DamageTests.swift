import Base
import Foundation
import Testing
import Workbook

/// Files that are not workbooks, or damaged ones.
@Suite struct DamageTests {
  static let format = " Open it in Excel and save it again as an Excel workbook (*.xlsx). [workbook.format]"

  static func failure(_ bytes: [UInt8], _ language: Language = .english) throws -> String {
    let file = try TemporaryFile(bytes)
    return message(language) { _ = try cells(of: WorkbookReader(path: file.path), sheet: "S") }
  }

  static func broken(_ change: (inout HandMade) -> Void) throws -> String {
    var file = HandMade()
    change(&file)
    let text = try failure(file.bytes)
    let head = "FILE: it cannot be read as an Excel workbook (.xlsx): "
    guard text.hasPrefix(head), text.hasSuffix("." + format) else { return text }
    return String(text.dropFirst(head.count).dropLast(format.count + 1))
  }

  @Test func whatIsNoWorkbookIsSaid() throws {
    #expect(
      try Self.failure(Array("a,b\n1,2\n".utf8))
        == "FILE: it cannot be read as an Excel workbook (.xlsx): it is no zip file."
        + Self.format)
    #expect(try Self.failure([]).contains("the file is empty"))
    #expect(
      try Self.failure([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], .japanese)
        == "FILE: パスワードで保護されているか、古い形式(.xls)のファイルです。Excelでパスワードを外し、「Excelブック(*.xlsx)」として保存し直してください。 [workbook.protected]"
    )
    var encrypted = HandMade()
    encrypted.flags = 1
    #expect(try Self.failure(encrypted.bytes).contains("[workbook.protected]"))
    #expect(try Self.failure(zip([("content.xml", [])])).contains("the part _rels/.rels is missing"))
    #expect(message { _ = try WorkbookReader(path: "/nonexistent") }.contains("[file.open]"))
    #expect(message { _ = try WorkbookReader(path: "/") }.contains("[file.open]"))
  }

  @Test func partsThatLackOrAreWrongAreSaid() throws {
    for part in [
      "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
      "xl/worksheets/sheet1.xml",
    ] {
      #expect(try Self.broken { $0.without = part } == "the part \(part) is missing")
    }
    #expect(try Self.broken { $0.sheet = "<worksheet" } == "xl/worksheets/sheet1.xml, line 1: unclosed token")
    #expect(try Self.broken { $0.sheet = "" }.hasPrefix("xl/worksheets/sheet1.xml, line 1: "))
    #expect(try Self.broken { $0.sheet = "<html/>" } == "xl/worksheets/sheet1.xml, line 1: its root is not worksheet")
    #expect(
      try Self.broken { $0.strings = "<sst xmlns='\(HandMade.main)'>\n<si></sst>" }
        == "xl/sharedStrings.xml, line 2: mismatched tag")
    #expect(
      try Self.broken { $0.workbook = "<?xml version='1.0' encoding='Shift_JIS'?>" + $0.workbook }
        == "xl/workbook.xml, line 1: unknown encoding")
    #expect(
      try Self.broken { $0.targets = "<Relationships xmlns='\(HandMade.package)'/>" } == "there is no workbook in it")
    #expect(
      try Self.broken { $0.targets = $0.targets.replacing("workbook.xml", with: "workbook.bin") }
        == "it is a binary workbook, .xlsb")
    #expect(
      try Self.failure(zip([("a", []), ("A", [])])).contains("the part a is there twice"))
  }

  @Test func aSheetThatIsNotThereIsSaidWithThoseThatAre() throws {
    let file = try TemporaryFile(HandMade().bytes)
    let message = message(.japanese) { _ = try cells(of: WorkbookReader(path: file.path), sheet: "確認事項") }
    #expect(message == "FILE: シート「確認事項」がありません。あるもの: S。シートの名前を元に戻してください。 [workbook.sheet]")
  }

  @Test(arguments: [
    ("<row><c t='s'><v>0</v></c></row>", "cell A1", "a shared text that does not exist"),
    ("<row><c/><c t='s'><v>-1</v></c></row>", "cell B1", "a shared text that does not exist"),
    ("<row><c><v>秘密</v></c></row>", "cell A1", "a number that is none"),
    ("<row><c t='b'><v>2</v></c></row>", "cell A1", "a truth value that is none"),
    ("<row><c t='z'><v>2</v></c></row>", "cell A1", "an unknown type of cell"),
    ("<row><c r='B1'/><c r='A1'/></row>", "cell B1", "the next cell has a reference that cannot follow"),
    ("<row><c r='A1'/><c r='A1'/></row>", "cell A1", "the next cell has a reference that cannot follow"),
    ("<row r='2'><c r='A1'/></row>", "", "the next cell has a reference that cannot follow"),
    ("<row><c r='XFD1'/><c/></row>", "cell XFE1", "the row has too many cells"),
    ("<row r='2'/><row r='2'/>", "", "after row 2 comes none that can follow it"),
    ("<row r='2'/><row r='1'/>", "", "after row 2 comes none that can follow it"),
    ("<row r='1048576'/><row/>", "", "after row 1048576 comes none that can follow it"),
    ("<row r='x'/>", "", "after row 0 comes none that can follow it"),
    ("<row><row/></row>", "", "after row 1 comes none that can follow it"),
    ("<c/>", "", "a cell stands outside its row"),
    ("<row><c><c/></c></row>", "cell A1", "a cell stands outside its row"),
  ]) func cellsThatAreWrongAreSaid(_ data: String, _ cell: String, _ why: String) throws {
    let place = "FILE, sheet “S”" + (cell.isEmpty ? "" : ", " + cell)
    #expect(
      try Self.failure(HandMade(data: data).bytes)
        == place + ": it cannot be read as an Excel workbook (.xlsx): \(why)." + Self.format)
  }

  @Test func bombsAreRefused() throws {
    let laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
    #expect(
      try Self.broken { $0.sheet = laughs + $0.sheet } == "xl/worksheets/sheet1.xml, line 1: it has a document type")
    let deep = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
    #expect(try Self.failure(HandMade(row: deep).bytes).contains("more than 100 elements in each other"))

    // One more character than Excel's texts allow, in any notation; and far more, which are not kept.
    for count in [32_768, 4_000_000] {
      let long = String(repeating: "a", count: count)
      for cell in ["<c t='inlineStr'><is><t>\(long)</t></is></c>", "<c t='str'><v>\(long)</v></c>"] {
        #expect(try Self.failure(HandMade(row: cell).bytes).contains("a text has more than 32767 characters"))
      }
      let shared = try Self.broken {
        $0.strings = $0.strings.replacing("/>", with: "><si><t>\(long)</t></si></sst>")
      }
      #expect(shared.contains("a text has more than 32767 characters"), "\(shared.prefix(300))")
    }

    let file = try TemporaryFile(HandMade().bytes)
    let parts = [\HandMade.sheet, \.strings, \.workbook, \.workbookTargets, \.targets]
      .map { HandMade()[keyPath: $0].utf8.count }.reduce(0, +)
    #expect(message { _ = try WorkbookReader(path: file.path, limitBytes: parts) } == "nothing was thrown")
    #expect(
      message { _ = try WorkbookReader(path: file.path, limitBytes: 100) }.hasPrefix(
        "FILE: unpacked it has \(parts) bytes; the limit is 100."))
  }

  /// A workbook cut at each byte is refused; with each byte changed it is refused or read, without any other outcome.
  @Test func everyCutAndEveryChangedByteIsSurvived() throws {
    let file = try TemporaryFile()
    try WritingTests.write(.init("S", columns: [.init("A")], rows: [[.text("値")]]), to: file)
    // A compressed one at some bytes; an uncompressed one at all bytes.
    for (whole, step) in [(file.bytes, 13), (HandMade(row: "<c><v>1</v></c>").bytes, 1)] {
      let cells = try read(whole)
      // The last bytes hold the length of the file's comment: without them all parts are still proven by their
      // checksums.
      for count in stride(from: 0, to: whole.count - 3, by: step) {
        #expect(throws: Diagnostic.self, "cut at \(count)") { try read(Array(whole[..<count])) }
      }
      for index in stride(from: 0, to: whole.count, by: step) {
        var changed = whole
        changed[index] ^= 0x55
        do { #expect(try read(changed) == cells, "byte \(index)") } catch is Diagnostic {}
      }
    }
  }
}
