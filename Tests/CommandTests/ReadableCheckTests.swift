import CSQLite
import Foundation
import Testing

/// `readable`: a value that does not fit its column is reported with row and column, and in a group that can be
/// classified.
@Suite struct ReadableCheckTests {
  private func run(_ statement: String) throws -> [String: Any] {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(5).bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws")
    let target = program.folder + "/ws/runs/0001/target.sqlite"
    var database: OpaquePointer?
    #expect(sqlite3_open(target, &database) == SQLITE_OK)
    #expect(sqlite3_exec(database, statement, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(database)
    let answer = try program.run(
      "reconcile", Program.notices, "--data", "data", "--workspace", "ws2", "--target", "sqlite:" + target)
    #expect(answer.code == 1, "\(answer.errors)")
    let path = program.folder + "/ws2/runs/0001/evidence.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    let evidence = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let checks = try #require(evidence["checks"] as? [[String: Any]])
    return try #require(checks.first { $0["id"] as? String == "NT-C04-05" })
  }

  @Test func aValueThatDoesNotFitHasItsRowAndColumn() throws {
    let check = try run("UPDATE 期別 SET 税額 = 'many' WHERE 期別 = 2")
    #expect(check["status"] as? String == "failed")
    #expect(check["differences"] as? Int == 5, "\(check)")
    let keys = (check["lines"] as? [[String: Any]] ?? []).compactMap { $0["key"] as? [String] }
    #expect(keys.map { $0.prefix(2).joined(separator: " ") } == ["2 税額", "4 税額", "6 税額", "8 税額", "10 税額"])
    #expect(keys.first?.last?.contains("期別=2") == true, "\(keys)")
    let groups = check["groups"] as? [[String: Any]] ?? []
    #expect(groups.map { $0["lines"] as? Int } == [5], "\(groups)")
    #expect((groups.first?["signature"] as? String)?.hasPrefix("NT-C04-05/") == true)
  }

  /// 宛名番号 holds 15 characters, whatever the database's own type allows.
  @Test(arguments: [("亜", 16, true), ("亜", 15, false), ("a", 16, true), ("a", 15, false), ("😀", 15, false)])
  func aTextLongerThanItsColumnDoesNotFit(character: String, count: Int, isTooLong: Bool) throws {
    let text = String(repeating: character, count: count)
    let check = try run("UPDATE 期別 SET 宛名番号 = '\(text)'")
    #expect((check["status"] as? String == "failed") == isTooLong, "\(check)")
  }

  @Test func eachColumnIsAGroupOfItsOwn() throws {
    let check = try run("UPDATE 期別 SET 税額 = 'many' WHERE 期別 = 2; UPDATE 期別 SET 納期限 = '2019-13-45' WHERE 期別 = 1")
    let groups = check["groups"] as? [[String: Any]] ?? []
    #expect(groups.count == 2, "\(check)")
  }
}
