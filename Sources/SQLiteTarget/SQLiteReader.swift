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

  init(_ database: SQLiteDatabase, _ table: TableSchema) throws(Diagnostic) {
    self.database = database
    self.table = table
    let names = table.columns.map { SQLiteDatabase.quoted($0.name) }
    let key = table.key.map { names[$0] }.joined(separator: ", ")
    try Self.check(database, table)
    statement = try database.prepare(
      "SELECT \(names.joined(separator: ", ")) FROM \(SQLiteDatabase.quoted(table.name)) ORDER BY \(key)", table.name)
  }

  deinit { sqlite3_finalize(statement) }

  /// SQLite takes an unknown name in double quotes for a text, so the columns are looked up first.
  private static func check(_ database: SQLiteDatabase, _ table: TableSchema) throws(Diagnostic) {
    let statement = try database.prepare("SELECT name FROM pragma_table_info(?1)", table.name)
    defer { sqlite3_finalize(statement) }
    sqlite3_bind_text(statement, 1, table.name, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
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
      case (_, SQLITE_NULL) where column.type != .date: column.appendNull()
      case (.integer, SQLITE_INTEGER): column.append(sqlite3_column_int64(statement, position))
      case (.text, SQLITE_TEXT): column.append(text(position))
      case (.date, SQLITE_TEXT): appendDate(text(position), column)
      case (.decimal(let scale), SQLITE_TEXT): appendDecimal(text(position), scale, column)
      default: column.append(state: Fault.unreadable.rawValue)
      }
    }
  }

  @inline(__always)
  private func text(_ position: Int32) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(statement, position)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, position)))
  }

  @inline(__always)
  private func appendDate(_ text: UnsafeBufferPointer<UInt8>, _ column: Column) {
    guard text.count == 10, text[4] == 45, text[7] == 45 else { return column.append(state: Fault.unreadable.rawValue) }
    var value: Int64 = 0
    var valid = true
    for index in 0..<10 where index != 4 && index != 7 {
      valid = valid && text[index] >= 48 && text[index] <= 57
      value = value &* 10 &+ Int64(text[index] & 15)
    }
    let (year, month, day) = (Int(value / 10_000), Int(value / 100 % 100), Int(value % 100))
    let exists =
      value == 0 || value == CivilDate.noEnd || (month == 0 && day == 0) || (day == 0 && (1...12).contains(month))
      || CivilDate.exists(year: year, month: month, day: day)
    if !valid || !exists {
      column.append(state: Fault.unreadable.rawValue)
    } else if value == 0 {
      column.appendNull()
    } else {
      column.append(value)
    }
  }

  private func appendDecimal(_ text: UnsafeBufferPointer<UInt8>, _ scale: Int, _ column: Column) {
    var value: Int128 = 0
    var fraction = -1
    var valid = !text.isEmpty && text.count <= 40
    let negative = text.first == 45
    for byte in text.dropFirst(negative ? 1 : 0) {
      if byte == 46, fraction < 0 {
        fraction = 0
      } else if byte >= 48, byte <= 57 {
        value = value &* 10 &+ Int128(byte & 15)
        if fraction >= 0 { fraction += 1 }
      } else {
        valid = false
      }
    }
    if valid, max(fraction, 0) == max(scale, 0) {
      column.append(wide: negative ? -value : value)
    } else {
      column.append(state: Fault.unreadable.rawValue)
    }
  }
}
