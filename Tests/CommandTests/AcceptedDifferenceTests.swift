import Base
import Records
import Foundation
import Testing

/// Expected differences of checks (`accept:` of a project): they fail no check, are reported everywhere, and end.
@Suite struct AcceptedDifferenceTests {
  /// A target in which one person's tax, and its instalment, is a yen too much; or three persons', when requested.
  private func loaded(_ wrong: [Int] = [2]) throws -> (Program, String) {
    let program = try Program()
    let project = try DefinitionFileTests.sample(program)
    try program.write(NoticeFile.clean(12).bytes)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    for person in wrong {
      try program.sqlite(
        "UPDATE 期別 SET 税額 = 税額 + 1 WHERE 期別 = 1 AND CAST(宛名番号 AS INTEGER) = \(person)", in: "new.sqlite")
    }
    return (program, project)
  }

  private func accept(_ program: Program, _ rules: String...) throws {
    let path = "p/project.yaml"
    let text = try program.file(path)
    if !text.contains("accept:") { try program.write(text + "accept: accepted.yaml\n", to: path) }
    try program.write("accept:\n" + rules.map { "  - \($0)\n" }.joined(), to: "p/accepted.yaml")
  }

  private func reconcile(_ program: Program, _ project: String, _ more: String...) throws -> Program.Answer {
    try program.run(
      all: ["reconcile", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite"] + more)
  }

  private static func rule(
    _ id: String, _ check: String, _ more: String = "", by: String = "山田", expires: String = "2099-12-31",
    atMost: String
  ) -> String {
    "{id: \(id), check: \(check), reason: 端数, approver: 課長, by: \(by), expires: \(expires), class: R, \(more)at-most: \(atMost)}"
  }

  /// Rules for the checks that fail when an instalment is a yen too much.
  private static func rules(_ rows: Int = 1, by: String = "山田", expires: String = "2099-12-31") -> [String] {
    [
      rule(
        "A-1", "NT-C02-02", "key: {期別: \"1\"}, within: \(rows), ", by: by, expires: expires,
        atMost: "{sum: {税額: \(rows)}, rows: 1}"),
      rule("A-2", "NT-C10-01", by: by, expires: expires, atMost: "\(rows)"),
    ]
  }

  @Test func whatIsAcceptedFailsNoCheckAndIsTold() throws {
    let (program, project) = try loaded()
    defer { program.remove() }
    let before = try reconcile(program, project, "--format", "json")
    #expect(
      before.code == 1 && before.json["failed_checks"] as? [String] == ["NT-C02-02", "NT-C10-01"], "\(before.output)")
    try accept(program, Self.rules()[0], Self.rules()[1])
    let found = try reconcile(program, project, "--format", "json")
    #expect(found.code == 0 && found.json["failed_checks"] as? [String] == [], "\(found.output)\(found.errors)")
    #expect((found.json["checks"] as? [String: Int])?["warned"] == 2)
    for (language, words) in [
      ("ja", ["警告  NT-C02-02", "うち了承済み1件", "A-1", "該当あり", "端数"]),
      ("en", ["warned  NT-C02-02", "of which 1 are accepted", "A-1", "matched"]),
    ] {
      let text = try reconcile(program, project, "--language", language)
      let report = try program.run("report", project, "--workspace", "ws", "--language", language, "-o", "report.html")
      #expect(report.code == 0, "\(report.errors)")
      for word in words { #expect(text.output.contains(word), "\(word) in \(text.output)") }
      let page = try program.file("report.html")
      for word in ["A-1", "課長", language == "ja" ? "了承済みの差異" : "Accepted differences"] {
        #expect(page.contains(word), "\(word)")
      }
    }
    // The list names the rule of each line.
    let folder = program.folder + "/ws/runs/0005/differences/"
    let list = try String(contentsOfFile: folder + "NT-C10-01.ndjson", encoding: .utf8)
    #expect(list.contains(#""accepted":"A-2""#) && !list.contains(#""group""#), "\(list)")
  }

  @Test func whatGoesBeyondFailsAndIsTold() throws {
    let (program, project) = try loaded([2, 5, 7])
    defer { program.remove() }
    try accept(program, Self.rules()[0], Self.rules()[1])
    let found = try reconcile(program, project, "--language", "ja")
    #expect(found.code == 1, "\(found.output)")
    #expect(found.output.contains("NT-C10-01"), "\(found.output)")
    #expect(found.output.contains("承認1件に対し3件"), "\(found.output)")
    // A sum is also a bound: the year's instalments are three yen more, and one was accepted.
    #expect(found.output.contains("NT-C02-02"))
  }

  @Test func aDayThatIsOverEndsIt() throws {
    let (program, project) = try loaded()
    defer { program.remove() }
    try accept(program, Self.rules(expires: "2020-01-01")[0], Self.rules(expires: "2020-01-01")[1])
    let found = try reconcile(program, project, "--language", "en")
    #expect(found.code == 1 && found.output.contains("expired: not applied"), "\(found.output)")
  }

  /// A verdict that rests on an acceptance expires with it.
  @Test func aRunThatRestsOnItDecidesNothingAfterwards() throws {
    let (program, project) = try loaded()
    defer { program.remove() }
    // Days are days of Japanese time.
    let now = Date.now.addingTimeInterval(9 * 3600)
    let today = now.formatted(.iso8601.year().month().day())
    try accept(program, Self.rules(expires: today)[0], Self.rules(expires: today)[1])
    #expect(try reconcile(program, project).code == 0)
    let next = now.addingTimeInterval(86_400 * 2).formatted(.iso8601.year().month().day())
    let gate = try program.run(
      "gate", "provisional", project, "--workspace", "ws", "--as-of", next, "--language", "ja")
    #expect(
      gate.output.contains(
        "期限の過ぎた了承に基づく: A-1 (\(Language.japanese.date(today))), A-2 (\(Language.japanese.date(today)))"),
      "\(gate.output)\(gate.errors)")
    #expect(gate.output.contains("NO-GO") && gate.code == 1)
  }

  struct Wrong: Sendable {
    let rule: String
    let said: String
  }

  @Test(arguments: [
    Wrong(rule: rule("A", "NT-C99-99", atMost: "1"), said: "NT-C99-99"),
    Wrong(rule: rule("A", "NT-C10-01", by: "\u{200B}", atMost: "1"), said: "not blank"),
    Wrong(rule: rule("A", "NT-C10-01", by: "課 長", atMost: "1"), said: "another person than the approver"),
    Wrong(rule: rule("A", "NT-C02-02", "key: {期: \"1\"}, ", atMost: "1"), said: "期別"),
    Wrong(rule: rule("A", "NT-C02-02", atMost: "{sum: {額: 1}, rows: 1}"), said: "税額"),
    Wrong(rule: rule("A", "NT-C02-02", atMost: "{rows: 1, sum: {税額: 1}}"), said: "the last entry of at-most"),
    Wrong(rule: rule("A", "NT-C02-02", atMost: "0"), said: "from 1"),
    Wrong(rule: rule("A", "NT-C02-02", "within: -1, ", atMost: "1"), said: "-1"),
    Wrong(
      rule: "{id: A, check: NT-C10-01, reason: r, approver: a, expires: 2099-12-31, at-most: 1}", said: "by"),
    Wrong(rule: "{id: A, check: NT-C10-01, reason: r, approver: a, by: b, expires: 2099-12-31}", said: "at-most"),
    Wrong(
      rule: "{id: A, check: NT-C10-01, at-most: 1, reason: r, approver: a, by: b, expires: 2099-12-31}",
      said: "the last entry of the rule"),
  ]) func aWrongRuleIsRefused(_ row: Wrong) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try DefinitionFileTests.sample(program)
    try accept(program, row.rule)
    let found = try program.run("lint", project, "--language", "en")
    #expect(found.code == 1 && (found.output + found.errors).contains(row.said), "\(found.output)\(found.errors)")
    #expect((found.output + found.errors).contains("accepted.yaml:2:"), "\(found.output)\(found.errors)")
  }

  /// Truncated at any line, a rule accepts no more than before.
  @Test func aCutMakesNoRuleWider() throws {
    let (program, project) = try loaded([2, 5, 7])
    defer { program.remove() }
    try accept(program, "")
    let lines = [
      "accept:", "  - id: A-2", "    check: NT-C10-01", "    reason: 端数", "    approver: 課長", "    by: 山田",
      "    expires: 2099-12-31", "    at-most:", "      rows: 2",
    ]
    for count in 1...lines.count {
      try program.write(lines.prefix(count).map { $0 + "\n" }.joined(), to: "p/accepted.yaml")
      let found = try reconcile(program, project)
      #expect(found.code == (count == lines.count ? 1 : 2), "\(count): \(found.output)\(found.errors)")
    }
  }
}
