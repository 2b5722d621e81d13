import Foundation
import Testing

/// `trace`: one record from its bytes to the target and the checks.
@Suite struct TraceCommandTests {
  private static func notices() throws -> Program {
    let program = try Program()
    var file = NoticeFile.clean(6)
    file.notices[3].code = "99"
    file.notices[4].tax = 0
    file.notices[4].instalments = [0, 0]
    file.sum = file.notices.reduce(0) { $0 + $1.tax }
    try program.write(file.bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    return program
  }

  private static func trace(_ program: Program, _ arguments: String...) throws -> Program.Answer {
    try program.run(all: ["trace"] + arguments + ["--data", "data", "--language", "en"])
  }

  private static let target = "sqlite:ws/runs/0001/target.sqlite"

  @Test func aRecordIsFollowedToItsRows() throws {
    let program = try Self.notices()
    defer { program.remove() }
    let answer = try Self.trace(program, Program.notices, "NOTICE", "2", "--target", Self.target)
    #expect(answer.code == 0, "\(answer.errors)\(answer.output)")
    for words in [
      "NOTICE (NOTICE.dat)  record 2  offset 60  length 60", "kind 10 Notice  outcome migrated",
      "1. 通知書  as in the target",
      "2. 期別 (one of NT-KI)  as in the target", "code('区分', NT-CODE)", "notices/pipeline.yaml:", "NT-C02-04",
    ] { #expect(answer.output.contains(words), "\(words): \(answer.output)") }
    #expect(!answer.output.contains("山田") && answer.output.contains("●●●"))
    #expect(try Self.trace(program, Program.notices, "NOTICE", "2", "--reveal").output.contains("山田太郎"))
    let json = try Self.trace(program, Program.notices, "NOTICE", "2", "--target", Self.target, "--format", "json").json
    #expect((json["outcome"] as? [String: Any])?["what"] as? String == "migrated")
    let rows = try #require(json["rows"] as? [[String: Any]])
    #expect(rows.map { $0["table"] as? String } == ["通知書", "期別", "期別"])
    #expect(rows.map { $0["stored"] as? Int } == [1, 1, 1])
    let columns = try #require(rows[0]["columns"] as? [[String: Any]])
    #expect(columns.map { $0["value"] as? String } == ["2019", "00000001", "●●●", "4000", "A1"])
    #expect(columns.allSatisfy { $0["agrees"] as? Bool == true })
    let checks = try #require(json["checks"] as? [[String: Any]])
    let tax = try #require(checks.first { $0["check"] as? String == "NT-C02-04" })
    #expect(tax["items"] as? [String] == ["NT-NAME", "NT-PERSON-NO", "NT-TAX"])
    #expect((tax["columns"] as? [String: [String]])?["通知書"]?.contains("税額") == true)
    #expect(!json.description.contains("山田"))
  }

  @Test func whatDiffersIsSaid() throws {
    let program = try Self.notices()
    defer { program.remove() }
    try program.target(
      "UPDATE \"通知書\" SET \"税額\" = 1 WHERE \"宛名番号\" = '00000001'; DELETE FROM \"期別\" WHERE \"宛名番号\" = '00000002'")
    let differs = try Self.trace(program, Program.notices, "NOTICE", "2", "--target", Self.target)
    #expect(differs.code == 1 && differs.output.contains("1. 通知書  differs from the target"), "\(differs.output)")
    #expect(differs.output.contains("≠"))
    let missing = try Self.trace(program, Program.notices, "NOTICE", "3", "--target", Self.target)
    #expect(missing.code == 1 && missing.output.contains("the target has no such row"), "\(missing.output)")
    // Without a target nothing is compared.
    #expect(try Self.trace(program, Program.notices, "NOTICE", "3").code == 0)
  }

  @Test(arguments: [
    ("1", 0, "control record, not migrated"), ("5", 1, "[map.code.unmapped]"), ("6", 0, "excluded  NT-X01"),
    ("8", 0, "control record"),
  ]) func whatBecomesOfIt(_ record: String, _ code: Int32, _ words: String) throws {
    let program = try Self.notices()
    defer { program.remove() }
    let answer = try Self.trace(program, Program.notices, "NOTICE", record, "--target", Self.target)
    #expect(answer.code == code && answer.output.contains(words), "\(answer.output)")
  }

  @Test(arguments: [
    (["NOTICES", "2"], Int32(64), "NOTICE"), (["NOTICE", "9"], 2, "[record.absent]"), (["NOTICE", "0"], 64, "from 1"),
    (["NOTICE", "2", "--target", "sqlite:none.sqlite"], 2, "none.sqlite"),
    (["NOTICE", "2", "--target", "oracle:x"], 2, "[target.reference]"),
  ]) func whatIsWrongIsSaid(_ arguments: [String], _ code: Int32, _ words: String) throws {
    let program = try Self.notices()
    defer { program.remove() }
    let answer = try program.run(
      all: ["trace", Program.notices] + arguments + ["--data", "data", "--language", "en"])
    #expect(answer.code == code && (answer.errors + answer.output).contains(words), "\(answer.code) \(answer.errors)")
  }

  /// A CSV source: cells in place of bytes by the copybook.
  @Test func aLineOfACSVFile() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.folder + "/project"
    try FileManager.default.createDirectory(atPath: folder + "/pay", withIntermediateDirectories: true)
    for (name, text) in [
      ("project.yaml", TextSourceTests.project), ("schema.yaml", TextSourceTests.schema),
      ("pay/pipeline.yaml", TextSourceTests.pipeline), ("pay/checks.yaml", TextSourceTests.checks),
      ("pay/PAY.yaml", TextSourceTests.layout("csv", charset: "utf-8", header: "header: true")),
    ] { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    try "管理番号,氏名,支払日(西暦),金額,備考\nA1,山田,2024/04/01,1000.50,\"a,\"\"b\"\nA2,山田,2024/04/31,1,\n"
      .write(toFile: program.folder + "/data/PAY.csv", atomically: true, encoding: .utf8)
    try program.run("run", "project/project.yaml", "--data", "data", "--workspace", "ws", "--quiet")
    let good = try Self.trace(program, "project/project.yaml", "PAY", "1", "--target", Self.target, "--format", "json")
    #expect(good.code == 0, "\(good.errors)\(good.output)")
    let rows = try #require(good.json["rows"] as? [[String: Any]])
    let columns = try #require(rows.first?["columns"] as? [[String: Any]])
    #expect(columns.map { $0["value"] as? String } == ["A1", "●●●", "2024-04-01", "1000.50", "a,\"b"])
    let bad = try Self.trace(program, "project/project.yaml", "PAY", "2", "--target", Self.target)
    #expect(bad.code == 1 && bad.output.contains("[decode.date.impossible]"), "\(bad.output)")
    #expect(!bad.output.contains("山田"))
  }
}
