import CSQLite
import Foundation
import Testing

/// `run`, `gate`, `report`, `reconcile` of the built binary over the sample of notices.
@Suite struct RunCommandTests {
  @Test func aCleanFilePassesAndTheGateOpens() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(25).bytes)
    let run = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--format", "json", "--language", "en")
    #expect(run.code == 0, "\(run.errors)\(run.output)")
    let json = run.json
    let records = try #require(json["records"] as? [String: Int])
    #expect(records == ["read": 25, "migrated": 25, "rejected": 0, "excluded": 0])
    #expect(json["rows_written"] as? Int == 75)
    #expect((json["checks"] as? [String: Int]) == ["passed": 13, "failed": 0, "warned": 0, "not_run": 0])
    #expect((json["evidence"] as? String)?.hasPrefix("sha256:") == true)
    #expect(FileManager.default.fileExists(atPath: program.folder + "/" + (json["report"] as? String ?? "")))

    var gate = try program.run("gate", "仮稼働判定", Program.notices, "--workspace", "ws", "--format", "json")
    #expect(gate.code == 1)
    #expect(gate.json["verdict"] as? String == "CONDITIONAL", "an item waits for a person")
    let criteria = try #require(gate.json["criteria"] as? [[String: Any]])
    #expect(criteria.flatMap { $0["blockers"] as? [String] ?? ["none"] } == ["item:NT-003"])
    for criterion in criteria {
      #expect((criterion["blockers"] as? [String])?.isEmpty == (criterion["verdict"] as? String == "GO"))
    }
    try program.run("items", "answer", Program.notices, "NT-003", "--text", "10件を見た", "--by", "主任", "--workspace", "ws")
    try program.run("items", "confirm", Program.notices, "NT-003", "--by", "係長", "--workspace", "ws")
    gate = try program.run("gate", "provisional", Program.notices, "--workspace", "ws", "--format", "json")
    #expect(gate.code == 0)
    #expect(gate.json["verdict"] as? String == "GO")
    #expect(gate.json["evidence"] as? String == json["evidence"] as? String)

    let reconcile = try program.run(
      "reconcile", Program.notices, "--data", "data", "--workspace", "ws2", "--target",
      "sqlite:ws/runs/0001/target.sqlite", "--format", "json")
    #expect(reconcile.code == 0, "\(reconcile.errors)")
    #expect(reconcile.json["evidence"] as? String == json["evidence"] as? String)
  }

  @Test func filesAreForTheirOwnerAlone() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(5)
    file.notices[2].code = "98"
    try program.write(file.bytes)
    #expect(try program.run("run", Program.notices, "--data", "data", "--workspace", "ws").code == 1)
    let files = try #require(FileManager.default.enumerator(atPath: program.folder + "/ws"))
    var seen: Set<String> = []
    for case let name as String in files {
      let attributes = try FileManager.default.attributesOfItem(atPath: program.folder + "/ws/" + name)
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0, "\(name) \(String(mode, radix: 8))")
      seen.insert((name as NSString).lastPathComponent)
    }
    #expect(seen.isSuperset(of: ["evidence.json", "NOTICE.dat", "NOTICE.ndjson", "target.sqlite", "report.html"]))
  }

  @Test func aRejectedRecordIsKeptByteForByte() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(5)
    file.notices[2].code = "98"
    var bytes = file.bytes
    bytes[60 * 4 + 26] = 0x40  // sign of the fourth notice's tax
    try program.write(bytes)
    let run = try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect(run.code == 1)
    #expect((run.json["records"] as? [String: Int]) == ["read": 5, "migrated": 3, "rejected": 2, "excluded": 0])
    let quarantine = program.folder + "/ws/runs/0001/quarantine/"
    let kept = try #require(FileManager.default.contents(atPath: quarantine + "NOTICE.dat"))
    #expect(Array(kept) == Array(bytes[180..<300]))
    let reasons = try String(contentsOfFile: quarantine + "NOTICE.ndjson", encoding: .utf8)
    #expect(reasons.contains("\"fault\":\"map.code.unmapped\""))
    #expect(reasons.contains("\"fault\":\"decode.number.sign\""))
    #expect(reasons.contains("\"offset\":180"))
    #expect(try program.run("gate", "provisional", Program.notices, "--workspace", "ws").code == 1)
  }

  @Test func theResultDoesNotDependOnShards() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(20_000)
    file.notices[7_000].code = "98"
    file.notices[12_345].instalments[0] += 1
    file.notices[99].tax = 0
    try program.write(file.bytes)
    var digests: Set<String> = []
    for jobs in ["1", "2", "5"] {
      let run = try program.run(
        "run", Program.notices, "--data", "data", "--workspace", "ws\(jobs)", "--jobs", jobs, "--format", "json")
      #expect(run.code == 1)
      digests.insert(run.json["evidence"] as? String ?? "none \(jobs)")
    }
    #expect(digests.count == 1)
  }

  @Test(arguments: [0.004, 0.02, 0.05, 0.09, 0.15, 0.25, 0.4])
  func aKilledRunIsResumedWithNothingLostOrDoubled(seconds: Double) throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(60_000)
    file.notices[41_000].code = "98"
    try program.write(file.bytes)
    let calm = try program.run("run", Program.notices, "--data", "data", "--workspace", "calm", "--format", "json")
    let killed = try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", killAfter: seconds)
    if killed.code == 1 { return }  // it had ended before
    var resumed = try program.run("run", Program.notices, "--workspace", "ws", "--resume", "--format", "json")
    if resumed.errors.contains("[resume.nothing]") {  // killed before anything was begun
      resumed = try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--format", "json")
    }
    #expect(resumed.code == 1, "\(resumed.errors)")
    #expect(resumed.json["evidence"] as? String == calm.json["evidence"] as? String)
    #expect(resumed.json["rows_written"] as? Int == calm.json["rows_written"] as? Int)
  }

  @Test func aReportShowsNoNameAndBothLanguages() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(9)
    file.sum = 1
    try program.write(file.bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    _ = try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    // A name changed in the target is found; the report shows the person's number, never the name.
    let database = program.folder + "/ws/runs/0002/target.sqlite"
    var handle: OpaquePointer?
    try #require(sqlite3_open(database, &handle) == SQLITE_OK)
    let change = "UPDATE 通知書 SET 氏名 = '山田次郎' WHERE 宛名番号 = '00000003'"
    try #require(sqlite3_exec(handle, change, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    let reconcile = try program.run(
      "reconcile", Program.notices, "--data", "data", "--workspace", "ws", "--target", "sqlite:" + database, "--format",
      "json")
    #expect((reconcile.json["failed_checks"] as? [String])?.contains("NT-C02-04") == true)
    let html = try program.run("report", Program.notices, "--workspace", "ws").output
    #expect(html.contains("00000003") && html.contains("●●●"))
    #expect(!html.contains("山田"))
    #expect(html.contains("<main lang=\"ja\">") && html.contains("<main lang=\"en\">"))
    #expect(!html.contains("<script") && !html.contains("http://") && !html.contains("https://"))
    let list = try String(
      contentsOfFile: program.folder + "/ws/runs/0003/differences/NT-C02-04.ndjson", encoding: .utf8)
    #expect(!list.contains("山田") && list.contains("00000003"))
    for form in ["markdown", "json", "junit"] {
      let report = try program.run("report", Program.notices, "--workspace", "ws", "--to", form)
      #expect(report.code == 0 && report.output.contains("NT-C02-04") && !report.output.contains("山田"))
    }
    let compare = try program.run("compare", Program.notices, "--workspace", "ws", "--format", "json")
    #expect(compare.code == 1)
    #expect((compare.json["new"] as? [String])?.contains("NT-C02-04") == true)
    #expect((compare.json["still_there"] as? [String]) == ["NT-C01-02"])
  }
}
