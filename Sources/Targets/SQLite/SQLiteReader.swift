import Base
import Records
import SQLite

/// Reads a table in key order. A value that SQLite stores under another type than the schema's is the fault
/// `unreadable`.
final class SQLiteReader: TargetReader {
  private let table: TableSchema
  private let statement: SQLiteStatement

  /// - Parameter wanted: only the rows with this key.
  init(_ database: SQLiteConnection, _ table: TableSchema, of wanted: RowKey? = nil) throws(Diagnostic) {
    self.table = table
    let names = table.columns.map { SQLiteConnection.quoted($0.name) }
    // The column's own collation could separate equal keys.
    let key = table.key.map { Self.term(table.columns[$0]) + " COLLATE BINARY" }.joined(separator: ", ")
    try Self.check(database, table)
    let tests = table.key.indices.map { "\(Self.term(table.columns[table.key[$0]])) COLLATE BINARY IS ?\($0 + 1)" }
      .joined(
        separator: " AND ")
    let rows = wanted == nil ? "" : " WHERE \(tests)"
    statement = try database.prepare(
      "SELECT \(names.joined(separator: ", ")) FROM \(SQLiteConnection.quoted(table.name))\(rows) ORDER BY \(key)",
      table.name)
    for (index, value) in (wanted?.values ?? []).enumerated() {
      switch value {
      case .null: statement.bindNull(index + 1)
      case .integer(let number): statement.bind(index + 1, number)
      case .text(let text): statement.bind(index + 1, .text(text))
      }
    }
  }

  /// A column's value without padding, as a term of ORDER BY.
  static func term(_ column: TargetColumn) -> String {
    let name = SQLiteConnection.quoted(column.name)
    return column.form == .padded ? "rtrim(\(name), ' ')" : name
  }

  /// SQLite takes an unknown name in double quotes for a text, so the columns are looked up first.
  ///
  /// - Throws: `target.read`; `target.table` when the table or one of its columns is missing.
  private static func check(_ database: SQLiteConnection, _ table: TableSchema) throws(Diagnostic) {
    let found = Set(try database.columns(of: table.name))
    if found.isEmpty { throw Diagnostic(.targetTable, at: Place(file: database.path), table.name, "–") }
    for column in table.columns where !found.contains(column.name) {
      throw Diagnostic(.targetTable, at: Place(file: database.path), table.name, column.name)
    }
  }

  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool {
    batch.removeAll()
    for column in batch.columns { column.reserve(limit) }
    while batch.count < limit, try statement.next() { appendRow(batch) }
    return batch.count > 0
  }

  private func appendRow(_ batch: Batch) {
    for (index, column) in batch.columns.enumerated() {
      let cell = statement[index]
      switch (column.type, cell.kind) {
      // An empty date is 0000-00-00 when the column may not be null.
      case (_, .null) where column.type != .date || table.columns[index].optional: column.appendNull()
      case (.integer, .integer): column.append(cell.integer)
      case (.flag, .integer) where cell.integer == 0 || cell.integer == 1: column.append(cell.integer)
      case (.text, .text): column.append(checked: table.columns[index].value(of: cell.bytes))
      case (.date, .text): column.append(storedDate: cell.bytes)
      case (.decimal(let scale), .text): column.append(storedDecimal: cell.bytes, scale: scale, .exact)
      // A numeric column stores 12.5 as REAL: its shortest digits are the stored number.
      case (.decimal(let scale), .real): column.append(storedDecimal: "\(cell.real)", scale: scale)
      case (.decimal(let scale), .integer): column.append(storedDecimal: "\(cell.integer)", scale: scale)
      default: column.append(state: Fault.unreadable.rawValue)
      }
      table.columns[index].judge(column)
    }
  }
}
