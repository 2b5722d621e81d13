import Base
import Foundation
import Testing
import Workbook

/// A written workbook can be read again, and content that Excel could not hold is refused with its place.
@Suite struct WritingTests {
  static let sheet = Spreadsheet.Sheet(
    "確認事項",
    columns: [
      .init("番号", width: 8), .init("内容", width: 40, wraps: true), .init("件数", form: .amount),
      .init("割合", form: .number), .init("期限", form: .date, isEditable: true),
      .init(
        "判定", isEditable: true, choices: ["承認", "差戻し"],
        highlights: [.init("差戻し", fill: 0xFFC7CE, font: 0x9C0006), .init("済\"印\"", fill: 0xC6EFCE, font: 0x006100)]),
      .init("署名", isHidden: true),
    ],
    rows: [
      [
        .text("0012"), .text("=1+1"), .integer(1_234_567), .decimal("12.50"), .date(2026_04_01), .text("承認"),
        .text("x"),
      ],
      [.text("_x0041_"), .text(" 行1\n\t行2 & <b> 𠮷"), .integer(-3), .decimal("-8.41"), .date(1868_01_25), .empty],
      [],
      [.empty, .empty, .integer(999_999_999_999_999), .decimal("0.1"), .date(9999_12_31)],
      [.text("#N/A"), .text("TRUE"), .integer(0), .decimal("+7"), .date(2026_04_00)],
    ],
    frozenColumns: 1, spareRows: 200)

  static func write(_ sheets: Spreadsheet.Sheet..., title: String = "第3回 R&G", to file: TemporaryFile) throws {
    try Spreadsheet(title: title, created: 1_772_323_200, sheets: sheets).write(to: file.path)
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let file = try TemporaryFile()
    try Self.write(Self.sheet, to: file)
    let workbook = try WorkbookReader(path: file.path)
    #expect(workbook.sheets.map(\.name) == ["確認事項"])
    #expect(
      try cells(of: workbook, sheet: "確認事項") == [
        "A1=\"番号\"", "B1=\"内容\"", "C1=\"件数\"", "D1=\"割合\"", "E1=\"期限\"", "F1=\"判定\"", "G1=\"署名\"",
        "A2=\"0012\"", "B2=\"=1+1\"", "C2=1234567", "D2=12.5", "E2=46113", "F2=\"承認\"", "G2=\"x\"",
        "A3=\"_x0041_\"", "B3=\" 行1\n\t行2 & <b> 𠮷\"", "C3=-3", "D3=-8.41", "E3=\"1868-01-25\"",
        "C5=999999999999999", "D5=0.1", "E5=2958465",
        "A6=\"#N/A\"", "B6=\"TRUE\"", "C6=0", "D6=7", "E6=\"2026-04-00\"",
      ])
  }

  /// Rows that are computed when they are written: more than are asked for at once, below those that are there.
  @Test func rowsMayBeComputedWhenTheyAreWritten() throws {
    let file = try TemporaryFile()
    var sheet = Spreadsheet.Sheet("行", columns: [.init("番号"), .init("件数", form: .amount)], rows: [[.text("始め")]])
    sheet.more = .init(count: 2_500) { range in
      range.map { $0 == 7 ? [] : [.text("_x0041_ \($0) "), .integer($0)] }
    }
    var front = Spreadsheet.Sheet("始め", columns: [.init("番号")], rows: [[.text("A")], [.text("B")]])
    front.links = [.init(row: 1, column: 0, sheet: "行", target: 2_500)]
    try Self.write(front, sheet, to: file)
    let workbook = try WorkbookReader(path: file.path)
    let found = try cells(of: workbook, sheet: "行")
    #expect(found.count == 3 + 2 * 2_499)
    #expect(
      found[3...4] == ["A3=\"_x0041_ 0 \"", "B3=0"] && found.suffix(2) == ["A2502=\"_x0041_ 2499 \"", "B2502=2499"])
    let part = try Self.part("xl/worksheets/sheet1.xml", of: file)
    #expect(part.contains("<hyperlink ref=\"A3\" location=\"'行'!A2502\"/>"))
    #expect(try Self.part("xl/worksheets/sheet2.xml", of: file).contains("<autoFilter ref=\"A1:B2502\"/>"))
    // What is computed anew is what was written, or nothing is.
    nonisolated(unsafe) var times = 0
    sheet.more = .init(count: 10) { range in
      times += 1
      return range.map { [.integer($0 + times)] }
    }
    #expect(throws: Diagnostic.self) { try Self.write(sheet, to: file) }
  }

  @Test func theSameContentIsTheSameFileAndOnlyItsOwnerReadsIt() throws {
    let (one, other) = (try TemporaryFile(), try TemporaryFile([1, 2, 3]))
    try Self.write(Self.sheet, to: one)
    try Self.write(Self.sheet, to: other)
    #expect(one.bytes == other.bytes)
    for file in [one, other] {
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(!FileManager.default.fileExists(atPath: file.path + ".partial"))
    }
  }

  /// Every decimal of up to 15 digits is read back unchanged, whatever its notation.
  @Test func decimalsComeBackExactly() throws {
    var texts: [String] = []
    var state: UInt64 = 7
    for _ in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = String((state >> 11) % 1_000_000_000_000_000)
      texts.append((state & 1 == 0 ? "-" : "") + digits.dropLast(4) + "." + digits.suffix(4))
    }
    let file = try TemporaryFile()
    try Self.write(.init("S", columns: [.init("N", form: .amount)], rows: texts.map { [.decimal($0)] }), to: file)
    var read: [String] = []
    try WorkbookReader(path: file.path).rows(of: "S") { row throws(Diagnostic) in
      if row.number > 1 { read.append(row[0]?.decimal ?? "") }
    }
    #expect(read == texts.map { CellNumber($0)!.plain })
  }

  @Test func longListsStandOnAHiddenSheet() throws {
    let long = (1...300).map { "選択肢その\($0)" }
    let columns: [Spreadsheet.Column] = [
      .init("A", choices: long), .init("B", choices: long), .init("C", choices: ["甲,乙", "丙"]),
      // 200 characters, 600 bytes: Excel counts characters.
      .init("D", choices: [String(repeating: "長", count: 100), String(repeating: "い", count: 99)]),
    ]
    let file = try TemporaryFile()
    try Self.write(.init("S", columns: columns, rows: [[.text(long[0])]]), to: file)
    let workbook = try WorkbookReader(path: file.path)
    #expect(workbook.sheets.map(\.isHidden) == [false, true])
    let lists = try cells(of: workbook, sheet: "_lists")
    #expect(lists.count == 302)
    #expect(lists[..<3] == ["A1=\"選択肢その1\"", "B1=\"甲,乙\"", "A2=\"選択肢その2\""])
  }

  /// Swift treats が as equal to か with a mark; a cell, a list and the proof do not.
  @Test func textsThatOnlySwiftTakesForEqualStayApart() throws {
    let (one, two) = ("\u{304C}", "\u{304B}\u{3099}")
    let columns: [Spreadsheet.Column] = [.init("A", choices: [one, "甲,乙"]), .init("B", choices: [two, "甲,乙"])]
    let sheet = Spreadsheet.Sheet("S", columns: columns, rows: [[.text(one), .text(two)]])
    let file = try TemporaryFile()
    try Self.write(sheet, to: file)
    func scalars(_ name: String, _ wanted: Set<String>) throws -> [[UInt32]] {
      try cells(of: WorkbookReader(path: file.path), sheet: name).filter { wanted.contains(String($0.prefix(2))) }
        .map { $0.dropFirst(4).dropLast().unicodeScalars.map(\.value) }
    }
    #expect(try scalars("S", ["A2", "B2"]) == [[0x304C], [0x304B, 0x3099]])
    #expect(try scalars("_lists", ["A1", "B1"]) == [[0x304C], [0x304B, 0x3099]])
    var other = sheet
    other.rows[0][0] = .text(two)
    let message = message { try Spreadsheet(title: "", created: 0, sheets: [other]).prove(file.path, path: file.path) }
    #expect(message.contains("what was written cannot be read back"))
  }

  @Test func aSheetWithoutRowsIsItsHeader() throws {
    let file = try TemporaryFile()
    try Self.write(.init("S", columns: [.init("A", choices: ["x"])], rows: []), to: file)
    #expect(try read(file.bytes) == ["A1=\"A\""])
  }

  static func part(_ name: String, of file: TemporaryFile) throws -> String {
    let bytes = try bytes(of: ZipArchive(path: file.path).part(name))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: ["2026", "A1", "TRUE", "R1C1", "O'Neil", "集計 (1)", String(repeating: "漢", count: 31)])
  func namesOfSheetsStandInMarks(_ name: String)
    throws
  {
    let file = try TemporaryFile()
    try Self.write(.init(name, columns: [.init("A")], rows: []), to: file)
    #expect(try WorkbookReader(path: file.path).sheets.map(\.name) == [name])
    #expect(try Self.part("xl/workbook.xml", of: file).contains(">'\(name.replacing("'", with: "''"))'!$1:$1<"))
  }

  @Test func theFileSaysHowItIsUsedAndPrinted() throws {
    let file = try TemporaryFile()
    try Self.write(Self.sheet, to: file)
    func part(_ name: String) throws -> String { try Self.part(name, of: file) }
    let sheet = try part("xl/worksheets/sheet1.xml")
    for xml in [
      #"<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>"#,
      #"<autoFilter ref="A1:G6"/>"#, #"showErrorMessage="1" sqref="F2:F206"><formula1>"承認,差戻し"</formula1>"#,
      #"<conditionalFormatting sqref="F2:F206"><cfRule type="cellIs" dxfId="0" priority="1" operator="equal"><formula>"差戻し""#,
      #"<formula>"済""印"""</formula>"#, #"<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>"#,
      #"<pageSetUpPr fitToPage="1"/>"#, #"<printOptions gridLines="1"/>"#, #" hidden="1""#,
      #"<oddHeader>&amp;L&amp;10&amp;"Yu Gothic,Regular"第3回 R＆G&amp;R&amp;10&amp;"Yu Gothic,Regular"&amp;A</oddHeader>"#,
      #"<oddFooter>&amp;C&amp;10&amp;"Yu Gothic,Regular"&amp;P / &amp;N</oddFooter>"#,
    ] {
      #expect(sheet.contains(xml), "\(xml)")
    }
    #expect(try part("xl/workbook.xml").contains("'確認事項'!$1:$1"))
    #expect(
      try part("docProps/core.xml").contains("<dcterms:created xsi:type=\"dcterms:W3CDTF\">2026-03-01T00:00:00Z<"))
    let styles = try part("xl/styles.xml")
    #expect(styles.contains(#"<sz val="10"/><color theme="1"/><name val="Yu Gothic"/>"#))
    #expect(!styles.contains("Calibri"))
    #expect(try !part("xl/worksheets/sheet1.xml").contains("<f>"), "no formula")
  }

  static func refusal(_ cell: Spreadsheet.Cell, _ language: Language = .english) throws -> String {
    let file = try TemporaryFile([1])
    let sheet = Spreadsheet.Sheet("表", columns: [.init("A"), .init("B")], rows: [[], [.empty, cell]])
    let message = message(language) { try write(sheet, to: file) }
    #expect(file.bytes == [1], "what was there is as it was")
    #expect(!FileManager.default.fileExists(atPath: file.path + ".partial"))
    return message
  }

  @Test func whatExcelCannotHoldIsRefused() throws {
    let at = "FILE, sheet “表”, cell B3: "
    let long = String(repeating: "𠮷", count: 16_384)
    #expect(
      try Self.refusal(.text(long)) == at
        + "the text has 32768 characters; Excel takes 32767. Shorten or divide it. [workbook.length]")
    #expect(
      try Self.refusal(.text("a\rb"), .japanese)
        == "FILE、シート「表」、セル B3: Excelに書けない文字 U+000D があります。その文字を取り除くか、置き換えてください。 [workbook.character]")
    for (text, name) in [("\0", "U+0000"), ("\u{7F}", "U+007F"), ("\u{85}", "U+0085"), ("\u{FFFF}", "U+FFFF")] {
      #expect(try Self.refusal(.text(text)).contains("the character \(name),"))
    }
    let numbers: [Spreadsheet.Cell] = [
      .integer(1_000_000_000_000_001), .integer(.min), .decimal("1234567890.123456"), .decimal("1E3"), .decimal(""),
      .decimal("1,5"), .decimal("0x1"), .decimal("nan"), .decimal("0.\(String(repeating: "0", count: 30))1"),
    ]
    for cell in numbers {
      #expect(
        try Self.refusal(cell) == at
          + "the number cannot be written as an exact number of Excel (15 digits). Write it as text. [workbook.number]",
        "\(cell)")
    }
  }

  @Test func theLongestTextIsWritten() throws {
    let text = String(repeating: "あ", count: 32_767)
    let file = try TemporaryFile()
    try Self.write(.init("S", columns: [.init("A")], rows: [[.text(text)]]), to: file)
    #expect(try read(file.bytes) == ["A1=\"A\"", "A2=\"\(text)\""])
  }

  @Test func sheetsThatExcelRefusesAreRefused() throws {
    let file = try TemporaryFile()
    let column = Spreadsheet.Column("A")
    for name in [
      "", "a/b", "[x]", "'a", "a'", "History", String(repeating: "あ", count: 32), "_lists", "a\nb", "a\u{7F}",
    ] {
      let message = message { try Self.write(.init(name, columns: [column], rows: []), to: file) }
      #expect(message.hasPrefix("FILE: “\(ShownText.visible(name))” cannot be the name of a sheet."), "\(message)")
    }
    let twice = message {
      try Self.write(.init("a", columns: [column], rows: []), .init("A", columns: [column], rows: []), to: file)
    }
    #expect(twice.contains("[workbook.name]"))
    let size = message(.japanese) {
      try Self.write(.init("S", columns: [column], rows: [[]], spareRows: 1_048_575), to: file)
    }
    #expect(
      size == "FILE、シート「S」: 1048577行、1列は、シートの上限(1,048,576行、16,384列)を超えます。シートを分けてください。 [workbook.size]")
    let wide = message {
      try Self.write(.init("S", columns: Array(repeating: column, count: 16_385), rows: []), to: file)
    }
    #expect(wide.contains("1 rows and 16385 columns"))
    let highlight = Spreadsheet.Column(
      "A", highlights: [.init(String(repeating: "x", count: 256), fill: 0, font: 0)])
    let long = message { try Self.write(.init("S", columns: [highlight], rows: [[]]), to: file) }
    #expect(long.hasPrefix("FILE, sheet “S”, cell A1: the text has 256 characters; Excel takes 255."))
    #expect(file.bytes.isEmpty)
  }

  /// What was left out or changed is seen when the file is read back.
  @Test func aFileThatIsNotWholeIsNotTakenForOne() throws {
    let file = try TemporaryFile()
    try Self.write(Self.sheet, to: file)
    func proof(_ change: (inout Spreadsheet.Sheet) -> Void) -> String {
      var sheet = Self.sheet
      change(&sheet)
      return message { try Spreadsheet(title: "", created: 0, sheets: [sheet]).prove(file.path, path: file.path) }
    }
    #expect(proof { _ in } == "nothing was thrown")
    let failure = "FILE: the workbook cannot be written: what was written cannot be read back."
    #expect(proof { $0.rows[0][0] = .text("0013") }.hasPrefix(failure))
    #expect(proof { $0.rows[0][2] = .integer(1_234_568) }.hasPrefix(failure))
    #expect(proof { $0.rows[1].append(.text("y")) }.hasPrefix(failure))
    #expect(proof { $0.rows[1].removeLast(2) }.hasPrefix(failure))
    #expect(proof { $0.rows.append([.text("y")]) }.hasPrefix(failure))
    #expect(proof { $0.rows.removeLast() }.hasPrefix(failure))
    #expect(proof { $0.columns[0].title = "番" }.hasPrefix(failure))
    #expect(proof { $0.name = "別" }.hasPrefix(failure))
  }

  @Test func aPlaceThatCannotBeWrittenIsSaid() {
    let sheet = Spreadsheet.Sheet("S", columns: [.init("A")], rows: [])
    let message = message {
      try Spreadsheet(title: "", created: 0, sheets: [sheet]).write(to: "/nonexistent/a.xlsx")
    }
    #expect(
      message
        == "FILE: the workbook cannot be written: No such file or directory. Check free space and permissions; close "
        + "the file if Excel has it open. [workbook.write]")
  }
}
