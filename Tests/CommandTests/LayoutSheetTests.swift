import Base
import Foundation
import Testing
import Workbook

/// A layout whose items stand in a sheet of a workbook.
@Suite struct LayoutSheetTests {
  private typealias Row = [Spreadsheet.Cell]

  private static func cells(_ texts: [String]) -> Row {
    texts.map { $0.isEmpty ? .empty : Int($0).map { .integer($0) } ?? .text($0) }
  }

  /// What stands in the first row of a sheet.
  private static func captions(_ first: String) -> [Spreadsheet.Column] {
    (0..<12).map { .init($0 == 0 ? first : "欄\($0)") }
  }

  private static let header = ["No.", "項目名", "型", "開始位置", "桁数", "小数", "書式", "備考"]
  private static let fixed = [
    header, ["1", "管理番号", "文字", "1", "10", "", "", "キー"], ["2", "氏名", "漢字", "11", "20"],
    ["3", "支払日", "日付", "31", "10", "-", "yyyy/mm/dd"], ["4", "金額", "数値", "41", "１１", "2"],
    ["", "", "", "", "", "", "", "ここまで共通"], ["5", "備考", "文字", "52", "9"],
  ]

  /// A workbook with a caption above the table, as projects have it.
  private func write(
    _ rows: [[String]], to path: String, tab: String = "収納", more: [Spreadsheet.Sheet] = []
  ) throws {
    let caption = "収納データ レイアウト"
    let sheet = Spreadsheet.Sheet(
      tab, columns: Self.captions(caption), rows: [Self.cells(["", "作成", "税務課"])] + rows.map(Self.cells))
    try Spreadsheet(
      title: "", created: 0,
      sheets: [.init("表紙", columns: Self.captions("表紙"), rows: [Self.cells(["改版履歴"])]), sheet] + more
    ).write(to: path)
  }

  private func prepare(_ program: Program, _ rows: [[String]], format: String, data: [UInt8]) throws -> String {
    let head = "format: \(format)\ncharset: windows-31j\n\(format == "fixed" ? "" : "header: true\n")sheet: 収納.xlsx\n"
    let project = try TextSourceTests().prepare(program, layout: head, data: data)
    try write(rows, to: program.folder + "/project/pay/収納.xlsx")
    return project
  }

  private func decoded(_ program: Program, _ project: String) throws -> String {
    let answer = try program.run("run", project, "--data", "data", "--workspace", "ws", "--language", "en")
    #expect(answer.code == 0, "\(answer.output)\(answer.errors)")
    let trace = try program.run("trace", project, "PAY", "1", "--data", "data")
    return trace.output
  }

  @Test func itemsOfPlacesAreRead() throws {
    let program = try Program()
    defer { program.remove() }
    let record = "A01       山田                2024/04/01     100.50         "
    let data = try TextSourceTests.sjis(record)
    #expect(data.count == 60)
    let project = try prepare(program, Self.fixed, format: "fixed", data: data)
    let trace = try decoded(program, project)
    #expect(trace.contains("A01") && trace.contains("100.50") && trace.contains("2024-04-01"), "\(trace)")
    // Its content belongs to the definitions.
    let before = try program.run("lint", project, "--format", "json").json["digest"] as? String
    try write(Self.fixed + [["", "", "", "", "", "", "", "追記"]], to: program.folder + "/project/pay/収納.xlsx")
    let after = try program.run("lint", project, "--format", "json").json["digest"] as? String
    #expect(before == nil || before != after)
  }

  @Test func englishHeadersAndCellsAreRead() throws {
    let program = try Program()
    defer { program.remove() }
    let rows = [
      ["Item", "Type", "Length", "Decimals", "Format", "Header", "Remarks"], ["管理番号", "text", "10"],
      ["氏名", "X", "10"], ["支払日", "date", "", "", "yyyy/mm/dd", "支払日(西暦)"], ["金額", "number", "9", "2"],
      ["Item", "Type", "Length", "Decimals", "Format", "Header", "Remarks"], ["備考", "text", "40", "", "", "", "free"],
    ]
    let data = try TextSourceTests.sjis("管理番号,氏名,支払日(西暦),金額,備考\nA01,山田,2024/4/1,100.5,\n")
    let project = try prepare(program, rows, format: "csv", data: data)
    let trace = try decoded(program, project)
    #expect(trace.contains("A01") && trace.contains("100.50"), "\(trace)")
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout [[String]]) -> Void
    let cell: String
    let message: String

    init(_ name: String, _ cell: String, _ message: String, _ change: @escaping @Sendable (inout [[String]]) -> Void) {
      (testDescription, self.cell, self.message, self.change) = (name, cell, message, change)
    }
  }

  /// The caption is row 1, the line below it row 2, the headers row 3.
  @Test(arguments: [
    Mistake("a renamed column", "F3", "小数点の数") { $0[0][5] = "小数点の数" },
    Mistake("a column that is needed renamed", "E3", "けた") { $0[0][4] = "けた" },
    Mistake("a header twice", "H3", "each header once") { $0[0][7] = "型" },
    Mistake("an inserted caption", "B5", "a row without type") { $0.insert(["", "■明細部"], at: 2) },
    Mistake("a merged name", "C5", "a row without name") { $0[2][1] = "" },
    Mistake("an unknown type", "C5", "漢字列") { $0[2][2] = "漢字列" },
    Mistake("a length that is no number", "E5", "20桁") { $0[2][4] = "20桁" },
    Mistake("no length", "B5", "no length") { $0[2][4] = "" },
    Mistake("no form of a date", "B6", "no `form`") { $0[3][6] = "" },
    Mistake("decimals of a text", "F5", "decimals of a number alone") { $0[2] += ["2"] },
    Mistake("a place before the item above ends", "D6", "not before the item above ends (30)") { $0[3][3] = "30" },
    Mistake("a name twice", "B5", "each name once") { $0[2][1] = "管理番号" },
    Mistake("a name that expressions cannot have", "B5", "氏名(漢字)") { $0[2][1] = "氏名(漢字)" },
    Mistake("a text beside the table", "J5", "nothing beside the table") { $0[2] += ["", "", "", "", "?"] },
  ]) func mistakesAreToldByCell(_ mistake: Mistake) throws {
    let program = try Program()
    defer { program.remove() }
    var rows = Self.fixed
    mistake.change(&rows)
    let project = try prepare(program, rows, format: "fixed", data: [])
    for language in ["en", "ja"] {
      let lint = try program.run("lint", project, "--language", language)
      let told = (lint.output + lint.errors).split(separator: "\n")
      #expect(lint.code != 0)
      let line = told.first { $0.contains("収納.xlsx") && $0.contains("収納") && $0.contains(mistake.cell) }
      #expect(line != nil, "\(lint.output)\(lint.errors)")
      if language == "en" { #expect(line?.contains(mistake.message) == true, "\(told)") }
    }
  }

  @Test func theSheetIsTheOnlyOneOrNamed() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(program, Self.fixed, format: "fixed", data: [])
    let path = program.folder + "/project/pay/収納.xlsx"
    let second = Spreadsheet.Sheet("旧", columns: Self.captions("旧"), rows: Self.fixed.map(Self.cells))
    try write(Self.fixed, to: path, more: [second])
    let two = try program.run("lint", project, "--language", "en")
    #expect((two.output + two.errors).contains("収納, 旧"), "\(two.output)\(two.errors)")
    let layout = program.folder + "/project/pay/PAY.yaml"
    let text = try String(contentsOfFile: layout, encoding: .utf8)
    for (tab, message) in [("収納", nil), ("表紙", "a sheet with a row of headers"), ("無い", "無い")] {
      try (text + "tab: \(tab)\n").write(toFile: layout, atomically: true, encoding: .utf8)
      let lint = try program.run("lint", project, "--language", "en")
      let told = lint.output + lint.errors
      #expect(message.map { told.contains($0) } ?? !told.contains("xlsx"), "\(tab): \(told)")
    }
    try (text + "items: []\n").write(toFile: layout, atomically: true, encoding: .utf8)
    let both = try program.run("lint", project, "--language", "en")
    #expect((both.output + both.errors).contains("beside `sheet`"), "\(both.output)\(both.errors)")
    try text.replacing("sheet: 収納.xlsx\n", with: "").appending("tab: 収納\n")
      .write(toFile: layout, atomically: true, encoding: .utf8)
    let none = try program.run("lint", project, "--language", "en")
    #expect((none.output + none.errors).contains("a key beside `sheet`"), "\(none.output)\(none.errors)")
    try text.write(toFile: layout, atomically: true, encoding: .utf8)
    try "これは表ではない".write(toFile: path, atomically: true, encoding: .utf8)
    let broken = try program.run("lint", project, "--language", "en")
    #expect((broken.output + broken.errors).contains("workbook.format"), "\(broken.output)\(broken.errors)")
  }
}
