import CSQLite
import Evidence
import Records
import Targets

/// Reads a table in key order. What SQLite stores under another type than the schema's is the fault `unreadable`.
final class SQLiteReader: TargetReader {
  private let database: SQLiteDatabase
  private let table: TableSchema
  private let statement: OpaquePointer
  /// SQLite would begin anew if stepped beyond the last row.
  private var isAtEnd = false

  /// - Parameter wanted: only the rows with this key.
  init(_ database: SQLiteDatabase, _ table: TableSchema, of wanted: RowKey? = nil) throws(Diagnostic) {
    self.database = database
    self.table = table
    let names = table.columns.map { SQLiteDatabase.quoted($0.name) }
    // A collation of the column's own would put equal keys apart.
    let key = table.key.map { names[$0] + " COLLATE BINARY" }.joined(separator: ", ")
    try Self.check(database, table)
    let tests = table.key.indices.map { "\(names[table.key[$0]]) COLLATE BINARY IS ?\($0 + 1)" }.joined(
      separator: " AND ")
    let rows = wanted == nil ? "" : " WHERE \(tests)"
    statement = try database.prepare(
      "SELECT \(names.joined(separator: ", ")) FROM \(SQLiteDatabase.quoted(table.name))\(rows) ORDER BY \(key)",
      table.name)
    for (index, value) in (wanted?.values ?? []).enumerated() {
      switch value {
      case .null: sqlite3_bind_null(statement, Int32(index + 1))
      case .integer(let number): sqlite3_bind_int64(statement, Int32(index + 1), number)
      case .text(let text):
        let bytes = Array(text.utf8)
        bytes.withUnsafeBytes {
          _ = sqlite3_bind_text(
            statement, Int32(index + 1), $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
            Self.transient)
        }
      }
    }
  }

  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  deinit { sqlite3_finalize(statement) }

  /// SQLite takes an unknown name in double quotes for a text, so the columns are looked up first.
  private static func check(_ database: SQLiteDatabase, _ table: TableSchema) throws(Diagnostic) {
    let statement = try database.prepare("SELECT name FROM pragma_table_info(?1)", table.name)
    defer { sqlite3_finalize(statement) }
    sqlite3_bind_text(statement, 1, table.name, -1, transient)
    var found: Set<String> = []
    while sqlite3_step(statement) == SQLITE_ROW {
      if let name = sqlite3_column_text(statement, 0) { found.insert(String(cString: name)) }
    }
    if found.isEmpty { throw Diagnostic(.targetTable, at: Place(file: database.path), table.name, "–") }
    for column in table.columns where !found.contains(column.name) {
      throw Diagnostic(.targetTable, at: Place(file: database.path), table.name, column.name)
    }
  }

  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool {
    batch.removeAll()
    for column in batch.columns { column.reserve(limit) }
    while batch.count < limit, !isAtEnd {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: appendRow(batch)
      case SQLITE_DONE: isAtEnd = true
      default:
        throw Diagnostic(
          .targetRead, at: Place(file: database.path), table.name, String(cString: sqlite3_errmsg(database.handle)))
      }
    }
    return batch.count > 0
  }

  private func appendRow(_ batch: Batch) {
    for (index, column) in batch.columns.enumerated() {
      let position = Int32(index)
      switch (column.type, sqlite3_column_type(statement, position)) {
      // An empty date is 0000-00-00 where the column may not be null.
      case (_, SQLITE_NULL) where column.type != .date || table.columns[index].optional: column.appendNull()
      case (.integer, SQLITE_INTEGER): column.append(sqlite3_column_int64(statement, position))
      case (.text, SQLITE_TEXT): column.append(checked: text(position))
      case (.date, SQLITE_TEXT): column.append(storedDate: text(position))
      case (.decimal(let scale), SQLITE_TEXT): column.append(storedDecimal: text(position), scale: scale, .exact)
      // A numeric column keeps 12.5 as REAL: its shortest digits are the number that was stored.
      case (.decimal(let scale), SQLITE_FLOAT):
        column.append(storedDecimal: "\(sqlite3_column_double(statement, position))", scale: scale)
      case (.decimal(let scale), SQLITE_INTEGER):
        column.append(storedDecimal: "\(sqlite3_column_int64(statement, position))", scale: scale)
      default: column.append(state: Fault.unreadable.rawValue)
      }
    }
  }

  @inline(__always)
  private func text(_ position: Int32) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(statement, position)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, position)))
  }
}
