import CSQLite
import Foundation
import Testing

/// A loaded target, queried with plain SQL, without the pipeline.
final class TargetFile {
  private let handle: OpaquePointer

  init(_ path: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    self.handle = try #require(handle)
  }

  deinit { sqlite3_close_v2(handle) }

  /// The rows of a query, each value as text.
  func rows(_ sql: String) throws -> [[String]] {
    var statement: OpaquePointer?
    try #require(sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, "\(sql)")
    defer { sqlite3_finalize(statement) }
    var rows: [[String]] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
        })
    }
    return rows
  }

  func integer(_ sql: String) throws -> Int { Int(try rows(sql).first?.first ?? "") ?? 0 }

  /// The integer of each group: the last column, by the others joined with `/`.
  func groups(_ sql: String) throws -> [String: Int] {
    var groups: [String: Int] = [:]
    for row in try rows(sql) { groups[row.dropLast().joined(separator: "/")] = Int(row.last ?? "") }
    return groups
  }
}
