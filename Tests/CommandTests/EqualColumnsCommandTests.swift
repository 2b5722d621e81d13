import Foundation
import Testing

/// `equal-columns` in place of many checks, over the sample of notices.
@Suite struct EqualColumnsCommandTests {
  private static let check = """

      - id: NT-C02-20
        kind: equal-columns
        category: C02
        severity: S1
        title: {ja: 通知書の全列, en: All columns of 通知書}
        table: 通知書
        from:
          - from: "NOTICE[10]"
            where: NT-TAX <> 0
            by: {課税年度: NT-YEAR, 宛名番号: NT-PERSON-NO}
            values: {氏名: NT-NAME, 税額: NT-TAX, 区分: "code('区分', NT-CODE)"}
      - id: NT-C02-21
        kind: equal-columns
        category: C02
        severity: S1
        title: {ja: 期別の全列, en: All columns of 期別}
        table: 期別
        from:
          - from: "NOTICE[10]"
            each: NT-KI
            where: NT-KI-TAX <> 0
            by: {課税年度: NT-YEAR, 宛名番号: NT-PERSON-NO, 期別: occurrence()}
            values: {納期限: NT-KI-DUE}
        except: {税額: {ja: 別の検査, en: another check}}

    """

  @Test func oneCheckATable() throws {
    let program = try Program()
    defer { program.remove() }
    let project = program.folder + "/notices"
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/notices", toPath: project)
    let checks = project + "/notices/checks.yaml"
    try (String(contentsOfFile: checks, encoding: .utf8) + Self.check)
      .write(toFile: checks, atomically: true, encoding: .utf8)
    // The numbers of the definitions are another matter.
    let gates = project + "/gates.yaml"
    try String(contentsOfFile: gates, encoding: .utf8).replacing("checks: 13", with: "checks: 15")
      .replacing("S1: 10", with: "S1: 12").write(toFile: gates, atomically: true, encoding: .utf8)
    try program.write(NoticeFile.clean(40).bytes)
    let yaml = project + "/project.yaml"
    let run = try program.run("run", yaml, "--data", "data", "--workspace", "ws", "--language", "en")
    #expect(run.code == 0, "\(run.errors)\(run.output)")
    try program.target(
      """
      UPDATE "通知書" SET "税額" = 1 WHERE "宛名番号" = '00000003';
      UPDATE "通知書" SET "氏名" = '別人' WHERE "宛名番号" = '00000004';
      DELETE FROM "期別" WHERE "宛名番号" = '00000005' AND "期別" = 2;
      UPDATE "期別" SET "納期限" = '2020-01-01' WHERE "宛名番号" = '00000006' AND "期別" = 1;
      """)
    let again = try program.run(
      "reconcile", yaml, "--data", "data", "--target", "sqlite:ws/runs/0001/target.sqlite", "--workspace", "ws",
      "--quiet", "--language", "en")
    #expect(again.code == 1, "\(again.errors)")
    func list(_ check: String, _ more: String...) throws -> String {
      let answer = try program.run(
        all: [
          "differences", "list", yaml, "--workspace", "ws", "--language", "en", "--check", check, "--format", "text",
        ]
          + more)
      #expect(answer.code == 0, "\(answer.errors)")
      return answer.output
    }
    let notices = try list("NT-C02-20")
    #expect(notices.contains("税額 6000") && notices.contains("税額 1") && notices.contains("●●●"), "\(notices)")
    #expect(!notices.contains("別人"))
    #expect(try list("NT-C02-20", "--reveal").contains("別人"))
    let instalments = try list("NT-C02-21")
    #expect(
      instalments.contains("not on the actual side") && instalments.contains("2019-07-01"), "\(instalments)")

    // The open values are proven like the list. They are no evidence: without them the ledger holds.
    let open = program.folder + "/ws/runs/0002/revealed/NT-C02-20.ndjson"
    func verify() throws -> Program.Answer {
      try program.run("ledger", "verify", yaml, "--workspace", "ws", "--language", "en")
    }
    #expect(try verify().code == 0)
    try (String(contentsOfFile: open, encoding: .utf8) + "{}\n").write(toFile: open, atomically: true, encoding: .utf8)
    let changed = try verify()
    #expect(changed.code == 1 && changed.output.contains("0002/revealed/NT-C02-20.ndjson is not what was recorded"))
    try FileManager.default.removeItem(atPath: open)
    #expect(try verify().code == 0)
  }
}
