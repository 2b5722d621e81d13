import Base
import Glibc
import SQLite

/// A copy of a loaded target whose rows may be changed and restored, to find out what the checks notice.
package final class SQLiteScratch {
  private let database: SQLiteConnection
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
    database = try SQLiteConnection(target: path, .write)
    try database.copy(all: SQLiteConnection(target: original, .read))
    try database.execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF", "settings")
    try database.execute("ATTACH \(SQLiteConnection.literal(original)) AS original", "attach")
  }

  /// Executes statements, all or none.
  ///
  /// - Returns: the number of rows changed.
  /// - Throws: `target.write`; nothing is then changed.
  package func change(_ statements: [String]) throws(Diagnostic) -> Int {
    let before = database.changes
    let transaction = try SQLiteTransaction(.writing, database)
    for statement in statements { try database.execute(statement, "change") }
    try transaction.commit()
    return database.changes - before
  }

  /// Restores a table from the original, row numbers included.
  ///
  /// - Throws: `target.write`.
  package func restore(_ table: TableSchema) throws(Diagnostic) {
    let name = SQLiteConnection.quoted(table.name)
    let columns = (["rowid"] + table.columns.map { SQLiteConnection.quoted($0.name) }).joined(separator: ", ")
    _ = try change([
      "DELETE FROM main.\(name)", "INSERT INTO main.\(name) (\(columns)) SELECT \(columns) FROM original.\(name)",
    ])
  }

  /// The rows of a query, every value as text, `nil` for null.
  ///
  /// - Throws: `target.write`, since the copy is open for writing.
  package func rows(_ sql: String) throws(Diagnostic) -> [[String?]] {
    let statement = try database.prepare(sql, "query")
    var rows: [[String?]] = []
    while try statement.next() {
      rows.append(
        (0..<statement.width).map { index in
          let cell = statement[index]
          return cell.kind == .null ? nil : String(decoding: cell.bytes, as: UTF8.self)
        })
    }
    return rows
  }

  /// A name in SQL notation; ``literal(_:)`` is a text.
  package static func name(_ name: String) -> String { SQLiteConnection.quoted(name) }
  package static func literal(_ text: String) -> String { SQLiteConnection.literal(text) }
}
