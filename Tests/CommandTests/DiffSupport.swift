import CSQLite
import Foundation
import Testing

extension Program {
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func gzip(_ name: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-f", folder + "/" + name]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  func sqlite(_ sql: String, in name: String = "t.sqlite") throws {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    try #require(sqlite3_open(folder + "/" + name, &database) == SQLITE_OK)
    var message: UnsafeMutablePointer<CChar>?
    let code = sqlite3_exec(database, sql, nil, nil, &message)
    #expect(code == SQLITE_OK, "\(message.map { String(cString: $0) } ?? "")")
  }

  /// `diff` with an answer for programs and messages in English.
  func diff(_ left: String, _ right: String, key: String = "id", _ more: [String] = []) throws -> Answer {
    try run(all: ["diff", left, right, "--key", key, "--format", "json", "--language", "en"] + more)
  }

  func file(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

  /// The lines of an NDJSON file.
  func lines(_ name: String) throws -> [[String: Any]] {
    try file(name).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  func mode(_ name: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int)
  }
}

extension Program.Answer {
  /// The numbers of rows that are the same, changed, left only and right only.
  var counts: [Int] { ["same", "changed", "left_only", "right_only"].map { json[$0] as? Int ?? -1 } }
  var evidence: String { json["evidence"] as? String ?? "" }
  var way: String { (json["way"] as? [String: Any])?["name"] as? String ?? "" }
  var readAgain: Int {
    let way = json["way"] as? [String: Any]
    return (way?["left_read_again"] as? Int ?? -1) + (way?["right_read_again"] as? Int ?? -1)
  }
  func side(_ name: String, _ count: String) -> Int { (json[name] as? [String: Any])?[count] as? Int ?? -1 }
}
