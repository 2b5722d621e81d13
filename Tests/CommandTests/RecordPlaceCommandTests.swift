import CSQLite
import Foundation
import Testing

/// From a line of `differences/` back to the legacy record: the named record is the one in question.
@Suite struct RecordPlaceCommandTests {
  private struct Difference: Decodable {
    struct Place: Decodable, Hashable {
      let file: String
      let record: Int
    }

    let key: [String: String]
    let group: String
    let records: [Place]?
  }

  private static func list(_ program: Program, _ check: String, _ workspace: String = "ws") throws -> [Difference] {
    let path = program.folder + "/\(workspace)/runs/0001/differences/\(check).ndjson"
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try data.split(separator: 10).map { try JSONDecoder().decode(Difference.self, from: Data($0)) }
  }

  /// The person of a record, read from the file's bytes alone: unsigned zoned digits.
  private static func person(_ bytes: [UInt8], record: Int) -> String {
    String(decoding: bytes[(record - 1) * 60 + 2..<(record - 1) * 60 + 10].map { $0 - 0xF0 + 48 }, as: UTF8.self)
  }

  /// Over several blocks and with any number of jobs. The name beside the number is masked and still leads back.
  @Test func aLineLeadsToItsRecord() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(1300)
    for person in [5, 600, 1200] { file.notices[person - 1].instalments[0] -= 100 }
    file.notices.swapAt(999, 1000)
    file.sum = file.notices.reduce(0) { $0 + $1.tax }
    try program.write(file.bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws0", "--quiet")
    var handle: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/ws0/runs/0001/target.sqlite", &handle) == SQLITE_OK)
    let changes = """
      UPDATE "通知書" SET "税額" = "税額" + 1 WHERE "宛名番号" IN ('00000777', '00001001');
      UPDATE "期別" SET "宛名番号" = '99999999' WHERE "宛名番号" = '00000888';
      """
    try #require(sqlite3_exec(handle, changes, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    var digests: Set<String> = []
    for (jobs, workspace) in [("1", "ws"), ("3", "ws3")] {
      let answer = try program.run(
        "reconcile", Program.notices, "--target", "sqlite:ws0/runs/0001/target.sqlite", "--data", "data", "--workspace",
        workspace, "--jobs", jobs, "--format", "json")
      digests.insert(try #require(answer.json["evidence"] as? String))
    }
    #expect(digests.count == 1)
    for (check, persons) in [
      "NT-C02-04": ["00000777", "00001001"], "NT-C09-02": ["00000005", "00000600", "00001200"],
      "NT-C10-01": ["00000777", "00000888", "00001001"], "NT-C06-06": ["00000888"],
    ] {
      var found: Set<String> = []
      for difference in try Self.list(program, check) {
        guard let records = difference.records else {
          #expect(difference.key["宛名番号"] == "99999999", "\(check): only what the target alone has is without a record")
          continue
        }
        #expect(records.count == 1 && records[0].file == "NOTICE")
        let person = Self.person(file.bytes, record: records[0].record)
        #expect(difference.key["宛名番号"] == person, "\(check)")
        if check == "NT-C02-04" { #expect(difference.key["氏名"] == "●●●") }
        found.insert(person)
      }
      #expect(found.sorted() == persons, "\(check)")
    }
    #expect(Self.person(file.bytes, record: 1001) == "00001001", "the two that changed places")
    let evidence = try String(contentsOfFile: program.folder + "/ws/runs/0001/evidence.json", encoding: .utf8)
    let order = try #require(Self.checks(evidence).first { $0["id"] as? String == "NT-C01-10" })
    let lines = try #require(order["lines"] as? [[String: Any]])
    #expect(lines.count == 1 && (lines[0]["records"] as? [[String: Any]])?.first?["record"] as? Int == 1002)
    // Each line names a group of its check, as often as the group's count.
    for check in Self.checks(evidence) where check["list"] != nil {
      let id = try #require(check["id"] as? String)
      let groups = try #require(check["groups"] as? [[String: Any]])
      var counts: [String: Int] = [:]
      for difference in try Self.list(program, id) { counts[difference.group, default: 0] += 1 }
      let told = groups.compactMap { group -> (String, Int)? in
        guard let signature = group["signature"] as? String, let lines = group["lines"] as? Int else { return nil }
        return (signature, lines)
      }
      #expect(counts == Dictionary(uniqueKeysWithValues: told), "\(id)")
    }
  }

  private static func checks(_ evidence: String) -> [[String: Any]] {
    let all = try? JSONSerialization.jsonObject(with: Data(evidence.utf8)) as? [String: Any]
    return all?["checks"] as? [[String: Any]] ?? []
  }

  /// In a small city with planted defects: every record to which a difference leads has the key of the line.
  @Test func theCitysDifferencesLeadToTheirRecords() throws {
    let program = try Program()
    defer { program.remove() }
    let city = Program.root + "/Pipelines/city.yaml"
    let generate = try program.run(
      "generate", city, "--residents", "100", "--defects", "D19-claim,D18-claim,D20-kt", "-o", "data", "--quiet")
    try #require(generate.code == 0, "\(generate.errors)")
    try program.run("run", city, "--data", "data", "--workspace", "ws", "--quiet")
    let files: [String: (folder: String, person: String)] = [
      "KJFUKA": ("resident-tax", "KJ-ATENA-NO"), "SNCHOTEI": ("collection", "SN-ATENA-NO"),
      "KTDAICHO": ("property-tax", "KT-GIMUSHA-NO"),
    ]
    var seen: [String: Int] = [:]
    let lists = try FileManager.default.contentsOfDirectory(atPath: program.folder + "/ws/runs/0001/differences")
    for check in lists.map({ $0.replacing(".ndjson", with: "") }).sorted() {
      for difference in try Self.list(program, check) {
        guard let person = difference.key["宛名番号"] else { continue }
        for place in difference.records ?? [] {
          guard let (folder, item) = files[place.file] else { continue }
          let inspect = try program.run(
            "inspect", "data/\(place.file).dat", "--copybook",
            Program.root + "/Pipelines/\(folder)/\(place.file).cpy", "--charset", "fujitsu-jef", "--record",
            String(place.record), "--format", "json")
          let items = try #require(inspect.json["items"] as? [[String: Any]], "\(inspect.errors)")
          let value = try #require(items.first { $0["name"] as? String == item }?["value"] as? String)
          #expect(Int(value) == Int(person), "\(check) \(place)")
          seen[place.file, default: 0] += 1
        }
      }
    }
    #expect(seen["KJFUKA"] ?? 0 > 0, "the assessment whose claim is missing")
    #expect(seen["SNCHOTEI"] ?? 0 > 0, "the claim on somebody who is not there")
    let stranger = try Self.list(program, "SN-C07-01c")
    #expect(stranger.map { $0.key["宛名番号"] } == ["0000999999"] && stranger[0].records?.count == 1)
  }
}
