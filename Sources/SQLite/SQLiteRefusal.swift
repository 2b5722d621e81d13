import CSQLite

/// A refusal of SQLite and its reason. The opener of a connection decides which ``Diagnostic`` it becomes.
package struct SQLiteRefusal: Sendable {
  /// The database's file.
  package let path: String
  /// How the connection was opened, or should have been.
  package let mode: SQLiteConnection.Mode
  /// The purpose of the statement, mostly a table's name; `nil` when the file could not be opened.
  package let purpose: String?
  /// SQLite's primary result code, for example `SQLITE_BUSY`.
  package let code: Int32
  /// The reason in SQLite's words.
  package let reason: String

  init(_ handle: OpaquePointer?, _ path: String, _ mode: SQLiteConnection.Mode, _ purpose: String?) {
    self.path = path
    self.mode = mode
    self.purpose = purpose
    code = handle.map { sqlite3_errcode($0) & 0xFF } ?? SQLITE_NOMEM
    reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
  }

  /// Whether another process holds the database.
  package var isBusy: Bool { code == SQLITE_BUSY }

  /// Whether the file, its folder or its journal cannot be used, whatever the statement.
  package var isDenied: Bool { [SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_PERM].contains(code) }
}
