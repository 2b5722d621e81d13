import Base
import CSQLite
import Foundation
import Targets
import Records
import Testing

/// A target of each kind, empty, and removed with the object.
final class Database {
  enum Kind: String, CaseIterable, Sendable {
    case memory, sqlite, postgres

    static let server = ProcessInfo.processInfo.environment["TOTSUGO_POSTGRES"]
    static let absence: Comment = "no PostgreSQL: Scripts/with-postgres swift test"
    static let available = allCases.filter { $0 != .postgres || server != nil }
  }

  let target: any Target
  /// Executes a statement behind the target's back; `nil` for a target without SQL.
  let change: ((String) throws -> Void)?
  private let removal: () -> Void

  init(_ kind: Kind) throws {
    let name = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
    switch kind {
    case .memory:
      target = MemoryTarget()
      change = nil
      removal = {}
    case .sqlite:
      let path = NSTemporaryDirectory() + name + ".sqlite"
      target = SQLiteTarget(path: path)
      change = { sql in
        var handle: OpaquePointer?
        try #require(sqlite3_open(path, &handle) == SQLITE_OK)
        defer { sqlite3_close(handle) }
        try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(sql)")
      }
      removal = { unlink(path) }
    case .postgres:
      let server = try #require(Kind.server)
      let reference = server + "?schema=" + name
      target = try PostgresTarget(reference)
      change = { try PostgresConnection(reference, .write).execute($0, "test") }
      removal = { try? PostgresConnection(server, .write).execute("DROP SCHEMA IF EXISTS \(name) CASCADE", "test") }
    }
  }

  deinit { removal() }

  /// Loads rows in one transaction and creates the indexes.
  func load(_ table: TableSchema, _ rows: [[String?]]) throws {
    try target.prepare([table], resuming: false)
    let loader = try target.loader([table])
    try loader.load(Self.batch(table, rows), into: 0)
    try loader.commit(Checkpoint(file: "F", records: rows.count, identity: "i"))
    try loader.finish()
  }

  /// All rows in reading order, as text for people; an unreadable value is its fault's name.
  func rows(_ table: TableSchema, limit: Int = 3) throws -> [[String?]] {
    let reader = try target.reader(table)
    let batch = Batch(table.fields)
    var rows: [[String?]] = []
    while try reader.read(into: batch, limit: limit) {
      #expect(batch.count <= limit)
      for row in 0..<batch.count { rows.append(batch.columns.map { $0.fault(row)?.code ?? $0.describe(row) }) }
    }
    #expect(try !reader.read(into: batch, limit: limit), "after the end there is nothing more")
    return rows
  }

  static func batch(_ table: TableSchema, _ rows: [[String?]]) -> Batch {
    let batch = Batch(table.fields)
    for row in rows {
      for (column, text) in zip(batch.columns, row) {
        guard let text else {
          column.appendNull()
          continue
        }
        switch column.type {
        case .integer, .flag: column.append(Int64(text)!)
        case .date: column.append(CivilDate.parse(text)!)
        case .text: column.append(text)
        case .decimal: column.append(wide: Int128(text.replacing(".", with: ""))!)
        }
      }
    }
    return batch
  }
}

/// The code of a call's error.
func thrown(_ body: () throws -> Void) -> DiagnosticCode? {
  do { try body() } catch { return (error as? Diagnostic)?.code }
  return nil
}
