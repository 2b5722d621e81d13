import Foundation
import Testing

/// Columns and tables of the target that the schema does not name prevent GO unless the definitions give a reason.
@Suite struct TargetExtentTests {
  private func loaded() throws -> (Program, String) {
    let program = try Program()
    let project = try DefinitionFileTests.sample(program)
    try program.write(NoticeFile.clean(12).bytes)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    return (program, project)
  }

  private func reconcile(_ program: Program, _ project: String) throws -> Program.Answer {
    try program.run(
      "reconcile", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite", "--format", "json")
  }

  private func unverified(_ answer: Program.Answer) -> [String] {
    (answer.json["not_verified"] as? [[String: Any]] ?? []).map {
      "\($0["table"] ?? "").\($0["column"] ?? "*"): \($0["reason"] ?? "?")"
    }
  }

  @Test(arguments: [
    ("ALTER TABLE 期別 ADD COLUMN 延滞金 INTEGER", "期別.延滞金"), ("CREATE TABLE 作業表 (a, b)", "作業表.*"),
    ("CREATE VIEW 一覧 AS SELECT 1 AS x", "一覧.*"),
    ("ALTER TABLE 通知書 ADD COLUMN 計 INTEGER GENERATED ALWAYS AS (税額 + 1) VIRTUAL", "通知書.計"),
  ]) func whatNobodyNamesIsNoGo(_ sql: String, _ name: String) throws {
    let (program, project) = try loaded()
    defer { program.remove() }
    let clean = try reconcile(program, project)
    #expect(clean.code == 0 && unverified(clean) == [], "\(clean.output)")
    #expect(clean.json["failed_checks"] as? [String] == [])
    try program.sqlite(sql, in: "new.sqlite")
    let found = try reconcile(program, project)
    #expect(found.code == 1 && found.json["failed_checks"] as? [String] == ["NOT-VERIFIED"], "\(found.output)")
    #expect(unverified(found) == [name + ": ?"])
    #expect(found.json["evidence"] as? String != clean.json["evidence"] as? String)
    for (language, word) in [("ja", "定義にない表・項目が1件"), ("en", "1 that no definition names")] {
      let text = try program.run(
        "reconcile", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite", "--language",
        language)
      #expect(text.output.contains(word) && text.output.contains("NOT-VERIFIED"), "\(text.output)")
      let report = try program.run("report", project, "--workspace", "ws", "--to", "markdown", "--language", language)
      #expect(report.output.contains(name.split(separator: ".")[0]) && report.output.contains("NOT-VERIFIED"))
    }
    let gate = try program.run("gate", "provisional", project, "--workspace", "ws", "--format", "json")
    #expect(
      gate.code == 1 && gate.json["verdict"] as? String != "GO" && gate.output.contains("NOT-VERIFIED"),
      "\(gate.output)")

    // With a reason it is reported, and no longer prevents GO.
    let schema = try program.file("p/schema.yaml")
    let parts = name.split(separator: ".")
    let line = parts[1] == "*" ? "table: \(parts[0])" : "table: \(parts[0]), column: \(parts[1])"
    try program.write(schema + "not-verified:\n  - {\(line), reason: 新システムのもの}\n", to: "p/schema.yaml")
    let told = try reconcile(program, project)
    #expect(told.code == 0 && unverified(told) == [name + ": 新システムのもの"], "\(told.output)\(told.errors)")
    let text = try program.run(
      "reconcile", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite", "--language", "en")
    #expect(text.output.contains("not verified in the target, with a reason"), "\(text.output)")
  }

  @Test func namesMayHaveStars() throws {
    let (program, project) = try loaded()
    defer { program.remove() }
    try program.sqlite(
      "CREATE TABLE log_1 (a); CREATE TABLE log_2 (a); CREATE TABLE other (a); ALTER TABLE 期別 ADD COLUMN 更新_日時",
      in: "new.sqlite")
    let schema = try program.file("p/schema.yaml")
    try program.write(
      schema + "not-verified:\n  - {table: \"log_*\", reason: r}\n  - {table: \"*\", column: \"更新*\", reason: s}\n",
      to: "p/schema.yaml")
    let found = try reconcile(program, project)
    #expect(
      unverified(found) == ["log_1.*: r", "log_2.*: r", "other.*: ?", "期別.更新_日時: s"], "\(found.output)\(found.errors)")
    #expect(found.code == 1)
  }

  /// The list may not declare something unverified that the schema has, nor omit the reason.
  @Test(arguments: [
    ("{table: 期別, reason: r}", "a table that the schema does not have"),
    ("{table: \"*\", reason: r}", "a table that the schema does not have"),
    ("{table: 期別, column: 税額, reason: r}", "a column that the schema does not have"),
    ("{table: 期別, column: \"*\", reason: r}", "a column that the schema does not have"),
    ("{table: 作業表}", "reason"), ("{table: 作業表, reason: \"  \"}", "why nobody verifies it"),
    ("{column: x, reason: r}", "table"), ("{table: 作業表, reason: r, until: x}", "until"),
  ]) func aListThatContradictsIsRefused(_ line: String, _ word: String) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try DefinitionFileTests.sample(program)
    let schema = try program.file("p/schema.yaml")
    try program.write(schema + "not-verified:\n  - \(line)\n", to: "p/schema.yaml")
    let answer = try program.run("lint", project, "--language", "en")
    let said = answer.output + answer.errors
    #expect(answer.code == 1 && said.contains(word) && said.contains("schema.yaml:"), "\(said)")
  }

  /// Everything that the target lacks is reported in one message.
  @Test func everythingThatLacksIsToldAtOnce() throws {
    let (program, project) = try loaded()
    defer { program.remove() }
    try program.sqlite(
      "ALTER TABLE 期別 DROP COLUMN 税額; ALTER TABLE 期別 DROP COLUMN 納期限; DROP TABLE 通知書", in: "new.sqlite")
    let answer = try program.run(
      "reconcile", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite", "--language", "en")
    #expect(
      answer.code == 2 && answer.errors.contains("lacks 3 tables and columns: 通知書, 期別.納期限, 期別.税額"), "\(answer.errors)")
  }

  /// A doubled key is reported with its line.
  @Test func aDoubledKeyHasALine() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try DefinitionFileTests.sample(program)
    try program.write(
      try program.file("p/schema.yaml") + "  期別:\n    key: [x]\n    columns: {x: date}\n", to: "p/schema.yaml")
    let answer = try program.run("lint", project, "--language", "en")
    let said = answer.output + answer.errors
    #expect(
      answer.code == 1 && said.contains("期別") && said.contains("each key once") && said.contains("schema.yaml:"),
      "\(said)")
  }
}
