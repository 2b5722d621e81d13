import CSQLite
import Diff
import Evidence
import Records
import SQLiteTarget

/// A table or a query of an SQLite database. Each value is what SQLite stores it as.
package struct SQLiteDataset: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  private let path: String
  /// What stands behind FROM.
  private let source: String

  /// - Throws: `target.open`; `dataset.query` for SQL that SQLite refuses, a table that is not there, and a
  ///   file that is no database; `dataset.columns` for a query that gives two columns the same name.
  package init(path: String, table: String?, query: String?) throws(Diagnostic) {
    self.path = path
    reference = "sqlite:\(path)?" + (table.map { "table=\($0)" } ?? "query=\(query ?? "")")
    let database = try SQLiteDatabase(path, .read)
    // What opening does not notice: a file that is no database.
    sqlite3_finalize(try Self.prepare(database, "SELECT count(*) FROM sqlite_schema"))
    if let table {
      let escaped = table.replacing("'", with: "''")
      guard try database.integer("SELECT 1 FROM pragma_table_info('\(escaped)') LIMIT 1", table) != nil else {
        throw Diagnostic(.datasetQuery, at: Place(file: path), "no such table: \(table)")
      }
      source = SQLiteDatabase.quoted(table)
    } else {
      source = DatasetReference.subquery(query ?? "")
    }
    let statement = try Self.prepare(database, "SELECT * FROM \(source)")
    defer { sqlite3_finalize(statement) }
    columns = (0..<sqlite3_column_count(statement)).map { index in
      DatasetColumn(
        String(cString: sqlite3_column_name(statement, index)),
        Self.kind(sqlite3_column_decltype(statement, index).map { String(cString: $0) }))
    }
    try DatasetColumn.requireDistinct(columns.map(\.name), in: reference)
  }

  fileprivate static func prepare(_ database: SQLiteDatabase, _ sql: String) throws(Diagnostic) -> OpaquePointer {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database.handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw Diagnostic(.datasetQuery, at: Place(file: database.path), String(cString: sqlite3_errmsg(database.handle)))
    }
    return statement
  }

  /// What a declared type says of the values (SQLite's rules of affinity); an expression has none.
  private static func kind(_ declared: String?) -> ComparisonKind {
    guard let declared = declared?.uppercased(), !declared.isEmpty else { return .any }
    if declared.contains("INT") { return .number }
    if declared.contains("CHAR") || declared.contains("CLOB") || declared.contains("TEXT") { return .text }
    if declared.contains("REAL") || declared.contains("FLOA") || declared.contains("DOUB") { return .number }
    if declared.hasPrefix("DEC") || declared.hasPrefix("NUMERIC") || declared.hasPrefix("NUMBER") { return .number }
    return .any
  }

  package var keepsRows: Bool { true }

  package func cells() throws(Diagnostic) -> any CellSource { try read("SELECT * FROM \(source)") }

  package func cells(
    orderedBy key: [(column: Int, kind: ComparisonKind)], checked: Bool
  ) throws(Diagnostic) -> (any CellSource)? {
    guard key.allSatisfy({ $0.kind == columns[$0.column].kind && ($0.kind == .text || $0.kind == .number) }) else {
      return nil
    }
    let order = key.map {
      SQLiteDatabase.quoted(columns[$0.column].name) + ($0.kind == .text ? " COLLATE BINARY" : "")
    }
    let sql = "SELECT * FROM \(source) ORDER BY \(order.joined(separator: ", "))"
    let database = try SQLiteDatabase(path, .read)
    let plan = try Self.prepare(database, "EXPLAIN QUERY PLAN " + sql)
    defer { sqlite3_finalize(plan) }
    while sqlite3_step(plan) == SQLITE_ROW {
      if let step = sqlite3_column_text(plan, 3), String(cString: step).contains("TEMP B-TREE") { return nil }
    }
    return try read(sql, checked: checked)
  }

  private func read(_ sql: String, checked: Bool = true) throws(Diagnostic) -> SQLiteCells {
    let database = try SQLiteDatabase(path, .read)
    return SQLiteCells(database, try Self.prepare(database, sql), columns.count, checked: checked)
  }
}

/// The rows of a statement, value by value.
final class SQLiteCells: CellSource {
  private let database: SQLiteDatabase
  private let statement: OpaquePointer
  private let width: Int
  let isChecked: Bool
  private var isAtEnd = false

  init(_ database: SQLiteDatabase, _ statement: OpaquePointer, _ width: Int, checked: Bool) {
    self.database = database
    self.statement = statement
    self.width = width
    isChecked = checked
  }

  deinit { sqlite3_finalize(statement) }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    guard !isAtEnd else { return false }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: break
    case SQLITE_DONE:
      isAtEnd = true
      return false
    default:
      throw Diagnostic(.datasetQuery, at: Place(file: database.path), String(cString: sqlite3_errmsg(database.handle)))
    }
    row.removeAll()
    for index in 0..<width {
      let value = sqlite3_column_value(statement, Int32(truncatingIfNeeded: index))
      switch sqlite3_value_type(value) {
      case SQLITE_INTEGER: row.set(index, integer: sqlite3_value_int64(value))
      case SQLITE_TEXT:
        let start = sqlite3_value_text(value)
        let text = UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
        // SQLite keeps whatever bytes it was given.
        if isChecked, let start, !Bytes.isASCII(start, text.count),
          WellFormedUTF8.firstMalformed(start, text.count) != nil
        {
          row.set(index, .invalid, "X'" + Hex.text(text) + "'")
        } else {
          row.set(index, .text, text)
        }
      case SQLITE_FLOAT: row.set(index, .number, "\(sqlite3_value_double(value))")
      case SQLITE_BLOB:
        let bytes = UnsafeRawBufferPointer(start: sqlite3_value_blob(value), count: Int(sqlite3_value_bytes(value)))
        row.set(index, .text, "\\x" + Hex.text(bytes))
      default: row.setNull(index)
      }
    }
    return true
  }
}
