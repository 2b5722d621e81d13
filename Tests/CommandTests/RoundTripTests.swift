import CSQLite
import Foundation
import Testing

/// `rebuilt`: records rebuilt from the target, byte for byte, over the sample of notices.
@Suite struct RoundTripTests {
  private static func check(_ program: Program, _ command: [String]) throws -> [String: Any] {
    _ = try program.run(all: command + ["--workspace", "ws", "--quiet"])
    let runs = try FileManager.default.contentsOfDirectory(atPath: program.folder + "/ws/runs").sorted()
    let path = program.folder + "/ws/runs/\(try #require(runs.last))/evidence.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    let evidence = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let checks = try #require(evidence["checks"] as? [[String: Any]])
    return try #require(checks.first { $0["id"] as? String == "NT-C10-01" })
  }

  private static func run(_ file: NoticeFile) throws -> [String: Any] {
    try run(file.bytes)
  }

  private static func run(_ bytes: [UInt8]) throws -> [String: Any] {
    let program = try Program()
    defer { program.remove() }
    try program.write(bytes)
    return try check(program, ["run", Program.notices, "--data", "data"])
  }

  @Test func everyByteIsAccountedFor() throws {
    var file = NoticeFile.clean(30)
    file.notices[3].year = 501
    file.notices[4].instalments = [file.notices[4].tax, 0]
    file.notices[4].due = [5_010_701, 0]
    let check = try Self.run(file)
    #expect(check["status"] as? String == "passed", "\(check)")
    #expect(check["expected_rows"] as? Int == 30)
    let account = try #require(check["account"] as? [String: Any])
    let bytes = ["length", "kind", "rebuilt", "constant", "lost", "ignored"].map { account[$0] as? Int }
    #expect(bytes == [60, 2, 43, 15, 0, 0])
    let forms = try #require(account["forms"] as? [[String: Any]])
    #expect(forms.map { $0["item"] as? String } == ["NT-YEAR"])
    #expect(forms.map { $0["records"] as? Int } == [1])
  }

  /// Bytes that no row carries and no other check examines.
  @Test func whatStandsWhereNothingShouldIsFound() throws {
    var file = NoticeFile.clean(30)
    file.notices[4].instalments = [file.notices[4].tax, 0]
    // A due date of an instalment that does not exist.
    file.notices[4].due = [5_010_701, 5_010_902]
    var check = try Self.run(file)
    #expect(check["status"] as? String == "failed")
    #expect(Self.keys(check) == [["2019", "00000005", "NT-KI-DUE[2]", "1", "0"]])
    var bytes = NoticeFile.clean(3).bytes
    bytes[60 * 2 + 50] = 0xC1
    check = try Self.run(bytes)
    #expect(Self.keys(check).map { $0.prefix(4).joined(separator: " ").prefix(28) } == ["2019 00000002 FILLER X'40404"])
  }

  private static func keys(_ check: [String: Any]) -> [[String]] {
    (check["lines"] as? [[String: Any]] ?? []).compactMap { $0["key"] as? [String] }
  }

  /// Any change of any column of the target, of one row or of two that cancel out.
  @Test(arguments: [
    ("UPDATE 通知書 SET 税額 = 税額 + 1 WHERE 宛名番号 = '00000003'", ["NT-TAX X'000006000c' X'000006001c'"]),
    ("UPDATE 期別 SET 納期限 = '2019-07-02' WHERE 宛名番号 = '00000003' AND 期別 = 1", ["NT-KI-DUE[1] X'5010701f' X'5010702f'"]),
    ("UPDATE 通知書 SET 区分 = 'A9' WHERE 宛名番号 = '00000003'", ["NT-CODE X'f0f2' X'ffff'"]),
    ("UPDATE 通知書 SET 氏名 = '山田大郎' WHERE 宛名番号 = '00000003'", ["NT-NAME ●●● ●●●"]),
    ("DELETE FROM 期別 WHERE 宛名番号 = '00000003' AND 期別 = 2", ["NT-KI-DUE[2] 1 0"]),
    ("INSERT INTO 通知書 SELECT * FROM 通知書 WHERE 宛名番号 = '00000003'", ["NT-PERSON-NO 0 1"]),
    (
      "UPDATE 期別 SET 期別 = 3 - 期別 WHERE 宛名番号 = '00000003'",
      ["NT-KI-DUE[1] X'5010701f' X'5010902f'", "NT-KI-TAX[1] X'0005000c' X'0001000c'"]
    ),
  ])
  func aChangeOfTheTargetIsFound(statement: String, expected: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(12).bytes)
    #expect(try program.run("run", Program.notices, "--data", "data", "--workspace", "ws").code == 0)
    var handle: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/ws/runs/0001/target.sqlite", &handle) == SQLITE_OK)
    try #require(sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    let check = try Self.check(
      program,
      ["reconcile", Program.notices, "--data", "data", "--target", "sqlite:ws/runs/0001/target.sqlite"])
    let lines = Self.keys(check).map { $0.dropFirst(2).joined(separator: " ") }
    #expect(check["status"] as? String == "failed")
    for line in expected { #expect(lines.contains(line), "\(lines)") }
    #expect(Self.keys(check).allSatisfy { $0[1] == "00000003" })
  }

  @Test(arguments: [
    ("          NT-TAX: 税額\n", "", "NT-TAX"), ("NT-TAX: 税額", "NT-TAXX: 税額", "NT-TAXX"),
    ("NT-TAX: 税額", "NT-TAX: 区分", "integer"), ("        at: 期別\n", "", "unordered"),
    ("    eras: {ja: 4", "    canonical: {NT-YER: {ja: a, en: b}}\n    eras: {ja: 4", "an item that is rebuilt"),
  ])
  func aByteWithoutAccountIsRefused(piece: String, other: String, message: String) throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.folder + "/project"
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/notices", toPath: folder)
    let path = folder + "/notices/rebuild.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(piece))
    try text.replacingOccurrences(of: piece, with: other).write(toFile: path, atomically: true, encoding: .utf8)
    let lint = try program.run("lint", "project/project.yaml", "--language", "en")
    #expect(lint.code != 0)
    #expect(lint.errors.contains(message) || lint.output.contains(message), "\(lint.errors)\(lint.output)")
  }
}

/// `sorted`: the order of the legacy file.
@Suite struct SortedTests {
  private static func run(_ file: NoticeFile, jobs: Int) throws -> [[String]] {
    let program = try Program()
    defer { program.remove() }
    try program.write(file.bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--jobs", String(jobs), "--quiet")
    let path = program.folder + "/ws/runs/0001/evidence.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    let evidence = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let checks = try #require(evidence["checks"] as? [[String: Any]])
    let check = try #require(checks.first { $0["id"] as? String == "NT-C01-10" })
    #expect(check["expected_rows"] as? Int == file.notices.count)
    return (check["lines"] as? [[String: Any]] ?? []).compactMap { $0["key"] as? [String] }
  }

  @Test(arguments: [1, 3])
  func recordsOutOfOrderAreNamed(jobs: Int) throws {
    var file = NoticeFile.clean(2_000)
    #expect(try Self.run(file, jobs: jobs) == [])
    // Record numbers count the header; 1023 and 1024 are neighbours across the end of a block of 1,024 records.
    file.notices.swapAt(1_022, 1_023)
    file.notices.swapAt(1_000, 1_500)
    #expect(try Self.run(file, jobs: jobs) == [["1003"], ["1025"], ["1502"]])
  }
}
