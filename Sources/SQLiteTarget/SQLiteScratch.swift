import CSQLite
import Evidence
import Glibc
import Targets

/// A copy of a loaded target in which rows may be changed and put back: for finding out what the checks notice.
package final class SQLiteScratch {
  private let database: SQLiteDatabase
  package let path: String

  /// Copies the database file `original` to `path`, which is replaced.
  ///
  /// - Throws: `target.open`, `target.write` when the copy cannot be made.
  package init(copying original: String, to path: String) throws(Diagnostic) {
    self.path = path
    unlink(path)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(.targetOpen, at: Place(file: path), String(cString: strerror(errno)))
    }
    close(descriptor)
    database = try SQLiteDatabase(path, .write)
    let source = try SQLiteDatabase(original, .read)
    // Page by page, so that row numbers stay.
    let backup = sqlite3_backup_init(database.handle, "main", source.handle, "main")
    sqlite3_backup_step(backup, -1)
    guard sqlite3_backup_finish(backup) == SQLITE_OK else { throw database.failure("copy") }
    try database.execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF", "settings")
    try database.execute("ATTACH '\(original.replacing("'", with: "''"))' AS original", "attach")
  }

  /// Carries out statements, all or none.
  ///
  /// - Returns: the rows changed.
  package func change(_ statements: [String]) throws(Diagnostic) -> Int {
    let before = sqlite3_total_changes64(database.handle)
    try database.execute("BEGIN", "change")
    do throws(Diagnostic) {
      for statement in statements { try database.execute(statement, "change") }
    } catch {
      try database.execute("ROLLBACK", "change")
      throw error
    }
    try database.execute("COMMIT", "change")
    return Int(sqlite3_total_changes64(database.handle) - before)
  }

  /// Puts a table back as the original has it, row numbers included.
  package func restore(_ table: TableSchema) throws(Diagnostic) {
    let name = SQLiteDatabase.quoted(table.name)
    let columns = (["rowid"] + table.columns.map { SQLiteDatabase.quoted($0.name) }).joined(separator: ", ")
    _ = try change([
      "DELETE FROM main.\(name)", "INSERT INTO main.\(name) (\(columns)) SELECT \(columns) FROM original.\(name)",
    ])
  }

  /// The rows of a query, every value as text, `nil` for null.
  package func rows(_ sql: String) throws(Diagnostic) -> [[String?]] {
    let statement = try database.prepare(sql, "query")
    defer { sqlite3_finalize(statement) }
    var rows: [[String?]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(
          (0..<sqlite3_column_count(statement)).map { index in
            sqlite3_column_text(statement, index).map { String(cString: $0) }
          })
      case SQLITE_DONE: return rows
      default: throw database.failure("query")
      }
    }
  }

  /// A name as SQL has it, and a text.
  package static func name(_ name: String) -> String { SQLiteDatabase.quoted(name) }
  package static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
