import Foundation
import Targets
import Testing

/// A schema of one test on the server of `Scripts/with-postgres`; removed with the object.
final class PostgresSchema: Sendable {
  static let server = ProcessInfo.processInfo.environment["TOTSUGO_POSTGRES"]
  static let absence: Comment = "no PostgreSQL: Scripts/with-postgres swift test"

  let name = "c_" + UUID().uuidString.lowercased().replacing("-", with: "")
  let target: String
  let password: String

  init() throws {
    let server = try #require(Self.server)
    target = "\(server)?schema=\(name)&application_name=\(name)"
    password = String(try #require(server.firstMatch(of: #/:([0-9a-f]+)@/#)).1)
  }

  deinit { try? execute("DROP SCHEMA IF EXISTS \(name) CASCADE") }

  func execute(_ sql: String) throws { try PostgresConnection(target, .write).execute(sql, "test") }

  /// True when a table exists and has at least `rows` rows.
  func has(_ table: String, rows: Int) -> Bool {
    guard let server = Self.server, let connection = try? PostgresConnection(server, .read) else { return false }
    return (try? connection.rows("SELECT 1 FROM \(table)", "test"))?.count ?? -1 >= rows
  }

  /// Ends the sessions of the program under test; false when there are none.
  func cut() throws -> Bool {
    let connection = try PostgresConnection(try #require(Self.server), .write)
    return try !connection.rows(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(name)'", "test"
    ).isEmpty
  }
}
