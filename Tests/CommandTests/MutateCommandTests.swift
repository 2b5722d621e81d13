import Foundation
import Testing

/// `mutate` over the sample of notices: the target is spoiled in every way in every column.
@Suite struct MutateCommandTests {
  @Test func everyChangeOfTheTargetIsCaught() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(40).bytes)
    let answer = try program.run(
      "mutate", Program.notices, "--data", "data", "--every-column", "--format", "json", "--language", "en")
    let json = answer.json
    let trials = try #require(json["trials"] as? [[String: Any]])
    let missed = trials.filter { $0["verdict"] as? String == "missed" }.map { "\($0["mutation"]!) \($0["place"]!)" }
    #expect(missed == [])
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(trials.count > 80)
    #expect(json["missed"] as? Int == 0 && json["false_alarms"] as? Int == 0)
    let clean = try #require(json["clean"] as? [[String: Any]])
    #expect(clean.map { $0["records"] as? Int } == [40])
    // For a loaded target only the legacy file's own checks are silent.
    #expect(json["idle_checks"] as? [String] == ["NT-C01-01", "NT-C01-02", "NT-C04-01", "NT-C09-02", "NT-C01-10"])
  }

  @Test func whatNoCheckNoticesIsNamed() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.folder + "/project"
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/notices", toPath: folder)
    // Without the round trip only the year of a due date is checked.
    try FileManager.default.removeItem(atPath: folder + "/notices/rebuild.yaml")
    let path = folder + "/notices/checks.yaml"
    try String(contentsOfFile: path, encoding: .utf8)
      .replacing("納期限: NT-KI-DUE}", with: "納期限: year(NT-KI-DUE)}").replacing("納期限: 納期限}", with: "納期限: year(納期限)}")
      .appending(
        """
          - id: NT-C01-08
            kind: keys
            category: C01
            severity: S1
            title: {ja: 年度と宛名番号, en: Year and person}
            expected: [{from: "NOTICE[10]", where: NT-TAX <> 0, by: {課税年度: NT-YEAR, 宛名番号: NT-PERSON-NO}, sum: {件数: 1}}]
            actual: [{from: 通知書, by: {課税年度: 課税年度, 宛名番号: 宛名番号}, sum: {件数: 1}}]

        """
      )
      .write(toFile: path, atomically: true, encoding: .utf8)
    try program.write(NoticeFile.clean(40).bytes)
    let answer = try program.run(
      "mutate", "project/project.yaml", "--data", "data", "--every-column", "--only", "T20,T27", "--language", "en")
    #expect(answer.code == 1)
    #expect(answer.output.contains("MISSED T20 期別.納期限: a date off by a day"))
    #expect(!answer.output.contains("MISSED T27"), "a date that does not exist cannot be read")
    #expect(answer.output.contains("2 trials: 1 caught or legal, 1 missed, 0 false alarms"))
  }

  @Test func dataWithAnAlarmAreNotClean() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(40)
    file.count = 41
    try program.write(file.bytes)
    let answer = try program.run(
      "mutate", Program.notices, "--data", "data", "--only", "T01", "--language", "ja", "--format", "text")
    #expect(answer.code == 1)
    #expect(answer.output.contains("誤検知 NT-C01-02"))
  }

  @Test func eachDefectIsToldAsACauseOfItsOwn() throws {
    let program = try Program()
    defer { program.remove() }
    let answer = try program.run(
      "mutate", Program.root + "/Pipelines/city.yaml", "--explain", "--only", "D06,D20", "--residents", "100",
      "--pairs",
      "1", "--format", "json", "--language", "en")
    let json = answer.json
    #expect(answer.code == 0, "\(answer.errors)")
    let alone = try #require(json["alone"] as? [[String: Any]])
    #expect(alone.map { $0["planted"] as? [String] } == [["D06"], ["D20"]])
    let pair = try #require((json["pairs"] as? [[String: Any]])?.first)
    let causes = try #require(pair["causes"] as? [[String: Any]])
    #expect(Set(causes.map { $0["defects"] as? [String] }) == [["D06"], ["D20"]])
    #expect(Set(causes.map { $0["kind"] as? String }) == ["rejected", "single"])
    let summary = try #require(json["summary"] as? [String: Any])
    #expect(summary["one_cause"] as? Int == 2 && summary["merged_pairs"] as? Int == 0)
    #expect(summary["holds"] as? Bool == true)
  }

  @Test(arguments: [
    ["--tries", "0"], ["--tries", "5", "--every-column"], ["--side", "legacy", "--data", "data"], ["--cities", "0"],
    ["--explain", "--side", "target"], ["--explain", "--data", "data"], ["--pairs", "-1"],
  ])
  func wrongUsageIsRefused(options: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(all: ["mutate", Program.notices] + options).code == 64)
  }
}
