import Foundation
import Testing

/// `equal-columns` alone, against every change of the target in every column.
@Suite struct EqualColumnsSabotageTests {
  private static let checks = """
    checks:
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
            values: {納期限: NT-KI-DUE, 税額: NT-KI-TAX}

    """

  @Test func everyChangeOfEveryColumnIsNoticed() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.folder + "/project"
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/notices", toPath: folder)
    try FileManager.default.removeItem(atPath: folder + "/notices/rebuild.yaml")
    try Self.checks.write(toFile: folder + "/notices/checks.yaml", atomically: true, encoding: .utf8)
    // What header and trailer count is another check's.
    let pipeline = folder + "/notices/pipeline.yaml"
    let reasons = "      CT-COUNT: {ja: 略, en: left out}\n      CT-SUM: {ja: 略, en: left out}\n"
    try String(contentsOfFile: pipeline, encoding: .utf8)
      .replacing("      CT-KIND:", with: reasons + "      CT-KIND:")
      .write(toFile: pipeline, atomically: true, encoding: .utf8)
    try program.write(NoticeFile.clean(40).bytes)
    let answer = try program.run(
      "mutate", "project/project.yaml", "--data", "data", "--every-column", "--format", "json", "--language", "en")
    let trials = try #require(answer.json["trials"] as? [[String: Any]], "\(answer.errors)")
    let missed = trials.filter { $0["verdict"] as? String == "missed" }.map { "\($0["mutation"]!) \($0["place"]!)" }
    #expect(missed == [] && answer.code == 0, "\(answer.errors)")
    #expect(trials.count > 80)
    // The check of the table itself, and no other, notices it.
    for trial in trials where trial["verdict"] as? String == "caught" {
      let own = "\(trial["place"] ?? "")".hasPrefix("通知書") ? "NT-C02-20" : "NT-C02-21"
      #expect((trial["caught_by"] as? [String])?.contains(own) == true, "\(trial)")
    }
    #expect(answer.json["idle_checks"] as? [String] == [])
  }
}
