import CSQLite
import Foundation
import Testing
import Workbook

/// The mapping of the other city of the samples: differences of spelling between data and load, what the table says of
/// cells, and the table of a project in which something else is wrong.
@Suite struct AnotherCityMappingTests {
  private static let project = "Samples/another-city/shiomi/project.yaml"

  private static func sql(_ program: Program, _ statements: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/load.sqlite", &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try #require(sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK, "\(statements)")
  }

  @Test(arguments: [
    (
      "UPDATE setai SET nushi_shimei = replace(nushi_shimei, '　', ' ')", "KOKUHO/S/setai/nushi_shimei", "width", 120,
      "narrow(KS-NUSHI-SHIMEI)"
    ),
    ("UPDATE shuno SET biko = '' WHERE biko IS NULL", "SHUNO/data/shuno/biko", "empty", 42, "coalesce(備考, '')"),
    (
      "UPDATE shuno SET biko = replace(biko, '窓口', '窓−')", "SHUNO/data/shuno/biko", "similar", 126,
      "replace(備考, '－', '−')"
    ),
    ("UPDATE shuno SET biko = ' ' || biko WHERE biko = '口座振替'", "SHUNO/data/shuno/biko", "spaces", 42, ""),
  ]) func spellingIsToldApartFromMeaning(
    change: String, line: String, spelling: String, rows: Int, suggestion: String
  ) throws {
    let program = try Program.beside("Samples")
    defer { program.remove() }
    try Self.sql(
      program, String(contentsOfFile: program.folder + "/Samples/another-city/load/right.sql", encoding: .utf8))
    // 窓口 as 窓－ (X'817C').
    if spelling == "similar" {
      let path = program.folder + "/Samples/another-city/data/SHUNO.csv"
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      while let found = bytes.range(of: Data([0x91, 0x8B, 0x8C, 0xFB])) {
        bytes.replaceSubrange(found, with: [0x91, 0x8B, 0x81, 0x7C])
      }
      try bytes.write(to: URL(fileURLWithPath: path))
    }
    try Self.sql(program, change)
    let answer = try program.run(
      "mapping", "suggest", Self.project, "--target", "sqlite:load.sqlite", "--data", "Samples/another-city/data",
      "--format", "json")
    let lines = try #require(answer.json["lines"] as? [[String: Any]], "\(answer.errors)")
    let found = try #require(lines.first { $0["id"] as? String == "mapping/" + line }, "\(lines)")
    #expect(lines.count == 1)
    #expect(found["spellings"] as? [String: Int] == [spelling: rows])
    let suggestions = (found["suggestions"] as? [[String: Any]] ?? []).compactMap { $0["expression"] as? String }
    #expect(suggestion.isEmpty || suggestions.contains(suggestion), "\(suggestions)")
  }

  /// Cells have no bytes: their place is a column, their length characters.
  @Test func cellsAreToldInCharacters() throws {
    let program = try Program.beside("Samples")
    defer { program.remove() }
    let answer = try program.run(
      "mapping", "export", Self.project, "--data", "Samples/another-city/data", "--language", "en", "-o", "map.xlsx")
    #expect(answer.code == 0, "\(answer.errors)")
    let cells = try Self.row("biko", of: "shuno", in: program.folder + "/map.xlsx")
    #expect(cells["PICTURE"] == "text(4)" && cells["Position (bytes)"] == "column 8")
    #expect(cells["Length (bytes)"] == "4 characters" && cells["Warnings"] == nil)
    let bytes = try Self.row("jusho", of: "setai", in: program.folder + "/map.xlsx")
    #expect(bytes["Position (bytes)"] == "57" && bytes["Length (bytes)"] == "30")
  }

  private static func row(_ column: String, of sheet: String, in path: String) throws -> [String: String] {
    var head: [Int: String] = [:]
    var found: [String: String] = [:]
    try WorkbookReader(path: path).rows(of: sheet) { row in
      var cells: [Int: String] = [:]
      for cell in row.cells { if case .text(let text) = cell.value { cells[cell.column] = text } }
      if head.isEmpty { head = cells }
      if cells.values.contains(column) { for (place, text) in cells { found[head[place] ?? ""] = text } }
    }
    return found
  }

  /// The mapping goes out before everything else is right, and what is left out is told.
  @Test func aTableGoesOutOfAProjectThatLintRefuses() throws {
    let program = try Program.beside("Samples")
    defer { program.remove() }
    let path = program.folder + "/Samples/another-city/shiomi/kokuho/checks.yaml"
    try String(contentsOfFile: path, encoding: .utf8).replacing("kisu: KF-KISU", with: "kisu: KF-KISUU")
      .write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try program.run("lint", Self.project).code == 1)
    let answer = try program.run("mapping", "export", Self.project, "--language", "en", "-o", "map.xlsx")
    #expect(answer.code == 0, "\(answer.errors)")
    let told = answer.output + answer.errors
    #expect(told.contains("left out of the export: ") && told.contains("KF-KISUU"), "\(told)")
    #expect(told.contains("wrote 29 lines"))
  }

  /// A whole row as a key finds every difference, and names no column.
  @Test func aWholeRowAsAKeyIsHinted() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    let path = program.folder + "/project/notices/checks.yaml"
    let check = """

        - id: NT-C02-30
          kind: keys
          category: C02
          severity: S1
          title: {ja: 全項目, en: All columns}
          expected:
            - from: "NOTICE[10]"
              where: NT-TAX <> 0
              by: {課税年度: NT-YEAR, 宛名番号: NT-PERSON-NO, 氏名: NT-NAME, 税額: NT-TAX, 区分: "code('区分', NT-CODE)"}
              sum: {行数: 1}
          actual:
            - {from: 通知書, by: {課税年度: 課税年度, 宛名番号: 宛名番号, 氏名: 氏名, 税額: 税額, 区分: 区分}, sum: {行数: 1}}

      """
    try (String(contentsOfFile: path, encoding: .utf8) + check).write(toFile: path, atomically: true, encoding: .utf8)
    let gates = program.folder + "/project/gates.yaml"
    try String(contentsOfFile: gates, encoding: .utf8).replacing("checks: 13", with: "checks: 14")
      .replacing("S1: 10", with: "S1: 11").write(toFile: gates, atomically: true, encoding: .utf8)
    for (language, words) in [
      ("en", "hint: notices/checks.yaml:"), ("ja", "ヒント: notices/checks.yaml:"), ("en", "has all columns of table 通知書"),
      ("ja", "表 通知書 の全項目をキーにしています"),
    ] {
      let lint = try program.run("lint", project, "--language", language)
      #expect(lint.code == 0 && lint.output.contains(words), "\(lint.output)")
    }
    let json = try program.run("lint", project, "--format", "json").json
    #expect((json["hints"] as? [[String: Any]])?.first?["code"] as? String == "lint.key-columns", "\(json)")
  }
}
