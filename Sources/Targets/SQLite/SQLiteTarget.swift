import Base
import Glibc
import Records
import SQLite

/// The new system's tables in an SQLite file, created with mode 0600.
package struct SQLiteTarget: ProbedTarget {
  package let path: String
  package var reference: String { "sqlite:" + path }

  package init(path: String) { self.path = path }

  /// - Throws: `target.open`, `target.write`; `target.occupied`.
  package func prepare(_ tables: [TableSchema], resuming: Bool) throws(Diagnostic) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(.targetOpen, at: Place(file: path), String(cString: strerror(errno)))
    }
    close(descriptor)
    let database = try SQLiteConnection(target: path, .create)
    try database.execute(Self.checkpointTable, "checkpoint")
    for table in tables { try database.execute(Self.createTable(table), table.name) }
    let known = try database.integer("SELECT count(*) FROM totsugo_checkpoint", "checkpoint") ?? 0
    guard !resuming || known == 0 else { return }
    for table in tables
    where try database.integer("SELECT 1 FROM \(SQLiteConnection.quoted(table.name)) LIMIT 1", table.name) != nil {
      throw Diagnostic(.targetOccupied, at: Place(file: path), table.name)
    }
  }

  /// - Throws: `target.open`, `target.write`; `target.read` for a checkpoint that cannot be read.
  package func loader(_ tables: [TableSchema]) throws(Diagnostic) -> any TargetLoader {
    try SQLiteLoader(SQLiteConnection(target: path, .write), tables)
  }

  /// - Throws: `target.open`, `target.read`, `target.table`.
  package func reader(_ table: TableSchema) throws(Diagnostic) -> any TargetReader {
    try SQLiteReader(SQLiteConnection(target: path, .read), table)
  }

  /// - Throws: `target.open`, `target.read`, `target.table`.
  package func reader(_ table: TableSchema, of key: RowKey) throws(Diagnostic) -> any TargetReader {
    try SQLiteReader(SQLiteConnection(target: path, .read), table, of: key)
  }

  /// A view that no longer works has no columns.
  ///
  /// - Throws: `target.open`, `target.read`.
  package func inventory(beside tables: [TableSchema]) throws(Diagnostic) -> [StoredTable] {
    let database = try SQLiteConnection(target: path, .read)
    let names = try database.texts(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
      "sqlite_schema")
    var found: [StoredTable] = []
    for name in names {
      do throws(Diagnostic) { found.append(StoredTable(name, try database.columns(of: name))) } catch {
        if tables.contains(where: { $0.name == name }) { throw error }
        found.append(StoredTable(name, []))
      }
    }
    return found.filter { $0 != StoredTable.checkpoint }
  }

  package func version() throws(Diagnostic) -> String {
    let found = try SQLiteConnection(target: ":memory:", .create).texts("SELECT sqlite_version()", "sqlite_version")
    return "SQLite " + found.joined()
  }

  /// A file that is made for it is removed.
  package func probe() throws(Diagnostic) {
    let isNew = access(path, F_OK) != 0
    defer { if isNew { unlink(path) } }
    let database = try SQLiteConnection(target: path, .create)
    for statement in ["BEGIN IMMEDIATE", "CREATE TABLE totsugo_probe (n)", "INSERT INTO totsugo_probe VALUES (1)"] {
      try database.execute(statement, "totsugo_probe")
    }
    _ = try database.integer("SELECT n FROM totsugo_probe", "totsugo_probe")
    for statement in ["DROP TABLE totsugo_probe", "ROLLBACK"] { try database.execute(statement, "totsugo_probe") }
  }

  static let checkpointTable = """
    CREATE TABLE IF NOT EXISTS totsugo_checkpoint (
      file TEXT PRIMARY KEY, records INTEGER NOT NULL, identity TEXT NOT NULL) WITHOUT ROWID
    """

  /// The statement that creates a table: numbers and true/false INTEGER, decimals and dates TEXT (an empty date is `0000-00-00`, as in
  /// the standard's interface files).
  package static func createTable(_ table: TableSchema) -> String {
    let columns = table.columns.map { column in
      let type = column.type == .integer || column.type == .flag ? "INTEGER" : "TEXT"
      return "  \(SQLiteConnection.quoted(column.name)) \(type)\(column.optional ? "" : " NOT NULL")"
    }
    return "CREATE TABLE IF NOT EXISTS \(SQLiteConnection.quoted(table.name)) (\n\(columns.joined(separator: ",\n"))\n)"
  }

  static func createIndex(_ table: TableSchema) -> String {
    let key = table.key.map { SQLiteReader.term(table.columns[$0]) }.joined(separator: ", ")
    return
      "CREATE INDEX IF NOT EXISTS \(SQLiteConnection.quoted("key_" + table.name)) ON \(SQLiteConnection.quoted(table.name)) (\(key))"
  }
}

extension SQLiteConnection {
  /// Opens a target's file.
  ///
  /// - Throws: `target.open`; later `target.read` when it was opened for reading, otherwise `target.write`.
  convenience init(target path: String, _ mode: Mode) throws(Diagnostic) {
    try self.init(path, mode) { refusal in
      guard let purpose = refusal.purpose else {
        return Diagnostic(.targetOpen, at: Place(file: refusal.path), refusal.reason)
      }
      let code = refusal.mode == .read ? DiagnosticCode.targetRead : .targetWrite
      return Diagnostic(code, at: Place(file: refusal.path), purpose, refusal.reason)
    }
  }
}
