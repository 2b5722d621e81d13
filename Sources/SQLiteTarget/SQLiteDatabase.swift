import CSQLite
import Evidence

/// A connection to an SQLite file. Belongs to one thread at a time.
package final class SQLiteDatabase {
  package let handle: OpaquePointer
  package let path: String

  package enum Mode { case create, write, read }

  /// - Throws: `target.open` with SQLite's reason.
  package init(_ path: String, _ mode: Mode) throws(Diagnostic) {
    self.path = path
    var handle: OpaquePointer?
    let flags =
      mode == .read
      ? SQLITE_OPEN_READONLY : mode == .write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let result = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard result == SQLITE_OK, let handle else {
      let why = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw Diagnostic(.targetOpen, at: Place(file: path), why)
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, 5_000)
    // A column that does not exist, in double quotes, is an error and not a text.
    _ = totsugo_sqlite_refuse_quoted_texts(handle)
  }

  deinit { sqlite3_close_v2(handle) }

  func failure(_ what: String) -> Diagnostic {
    Diagnostic(.targetWrite, at: Place(file: path), what, String(cString: sqlite3_errmsg(handle)))
  }

  /// - Throws: `target.write` with the statement's purpose and SQLite's reason.
  func execute(_ sql: String, _ what: String) throws(Diagnostic) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(what) }
  }

  func prepare(_ sql: String, _ what: String) throws(Diagnostic) -> OpaquePointer {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw failure(what) }
    return statement
  }

  /// The integer that a query gives in its first row and column, `nil` without rows.
  package func integer(_ sql: String, _ what: String) throws(Diagnostic) -> Int64? {
    let statement = try prepare(sql, what)
    defer { sqlite3_finalize(statement) }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return sqlite3_column_int64(statement, 0)
    case SQLITE_DONE: return nil
    default: throw failure(what)
    }
  }

  package static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}
