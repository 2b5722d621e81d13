import CSQLite
import Evidence
import Glibc
import Records
import Targets

/// The new system's tables in an SQLite file, made with mode 0600.
package struct SQLiteTarget: Target {
  package let path: String
  package var reference: String { "sqlite:" + path }

  package init(path: String) { self.path = path }

  package func prepare(_ tables: [TableSchema], resuming: Bool) throws(Diagnostic) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(.targetOpen, at: Place(file: path), String(cString: strerror(errno)))
    }
    close(descriptor)
    let database = try SQLiteDatabase(path, .create)
    try database.execute(Self.checkpointTable, "checkpoint")
    for table in tables { try database.execute(Self.createTable(table), table.name) }
    let known = try database.integer("SELECT count(*) FROM totsugo_checkpoint", "checkpoint") ?? 0
    guard !resuming || known == 0 else { return }
    for table in tables
    where try database.integer("SELECT 1 FROM \(SQLiteDatabase.quoted(table.name)) LIMIT 1", table.name) != nil {
      throw Diagnostic(.targetOccupied, at: Place(file: path), table.name)
    }
  }

  package func loader(_ tables: [TableSchema]) throws(Diagnostic) -> any TargetLoader {
    try SQLiteLoader(SQLiteDatabase(path, .write), tables)
  }

  package func reader(_ table: TableSchema) throws(Diagnostic) -> any TargetReader {
    try SQLiteReader(SQLiteDatabase(path, .read), table)
  }

  package func reader(_ table: TableSchema, of key: RowKey) throws(Diagnostic) -> any TargetReader {
    try SQLiteReader(SQLiteDatabase(path, .read), table, of: key)
  }

  /// A view that no longer works has no columns.
  package func inventory(beside tables: [TableSchema]) throws(Diagnostic) -> [StoredTable] {
    let database = try SQLiteDatabase(path, .read)
    let names = try Self.texts(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
      database)
    var found: [StoredTable] = []
    for name in names {
      // Generated columns are among those of table_xinfo.
      let literal = name.replacing("'", with: "''")
      let sql = "SELECT name FROM pragma_table_xinfo('\(literal)') ORDER BY cid"
      do throws(Diagnostic) { found.append(StoredTable(name, try Self.texts(sql, database))) } catch {
        if tables.contains(where: { $0.name == name }) { throw error }
        found.append(StoredTable(name, []))
      }
    }
    return found.filter { $0 != StoredTable.checkpoint }
  }

  /// The first column of a query.
  private static func texts(_ sql: String, _ database: SQLiteDatabase) throws(Diagnostic) -> [String] {
    let statement = try database.prepare(sql, "sqlite_schema")
    defer { sqlite3_finalize(statement) }
    var texts: [String] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: texts.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
      case SQLITE_DONE: return texts
      default:
        throw Diagnostic(
          .targetRead, at: Place(file: database.path), "sqlite_schema", String(cString: sqlite3_errmsg(database.handle))
        )
      }
    }
  }

  static let checkpointTable = """
    CREATE TABLE IF NOT EXISTS totsugo_checkpoint (
      file TEXT PRIMARY KEY, records INTEGER NOT NULL, identity TEXT NOT NULL) WITHOUT ROWID
    """

  /// The table as SQLite has it: numbers INTEGER, decimals and dates TEXT (an empty date is `0000-00-00`, as in the
  /// standard's interface files).
  package static func createTable(_ table: TableSchema) -> String {
    let columns = table.columns.map { column in
      let type = column.type == .integer ? "INTEGER" : "TEXT"
      return "  \(SQLiteDatabase.quoted(column.name)) \(type)\(column.optional ? "" : " NOT NULL")"
    }
    return "CREATE TABLE IF NOT EXISTS \(SQLiteDatabase.quoted(table.name)) (\n\(columns.joined(separator: ",\n"))\n)"
  }

  static func createIndex(_ table: TableSchema) -> String {
    let key = table.key.map { SQLiteDatabase.quoted(table.columns[$0].name) }.joined(separator: ", ")
    return
      "CREATE INDEX IF NOT EXISTS \(SQLiteDatabase.quoted("key_" + table.name)) ON \(SQLiteDatabase.quoted(table.name)) (\(key))"
  }
}
