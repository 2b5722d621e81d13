import CSQLite

/// What SQLite refused, and why. Whoever opens a connection says as what ``Diagnostic`` that is told.
package struct SQLiteRefusal: Sendable {
  /// The database's file.
  package let path: String
  /// How the connection was opened, or was to be.
  package let mode: SQLiteConnection.Mode
  /// What the statement was for, for the most part a table's name; `nil` where the file could not be opened.
  package let purpose: String?
  /// SQLite's primary result code, for example `SQLITE_BUSY`.
  package let code: Int32
  /// In SQLite's words.
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
