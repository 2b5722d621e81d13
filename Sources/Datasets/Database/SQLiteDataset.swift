import Base
import Diff
import SQLite

/// A table or a query of an SQLite database. Each value has the type under which SQLite stores it.
package struct SQLiteDataset: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  private let path: String
  /// The text behind FROM.
  private let source: String
  private let forms: [SQLiteCells.Form]

  /// - Throws: `target.open`; `dataset.query` for SQL that SQLite refuses, a missing table, and a file that is not a
  ///   database; `dataset.columns` for a query that gives two columns the same name.
  package init(path: String, table: String?, query: String?) throws(Diagnostic) {
    self.path = path
    reference = "sqlite:\(path)?" + (table.map { "table=\($0)" } ?? "query=\(query ?? "")")
    let database = try Self.open(path)
    // Opening does not detect a file that is not a database.
    _ = try database.prepare("SELECT count(*) FROM sqlite_schema", reference)
    if let table {
      guard try !database.columns(of: table).isEmpty else {
        throw Diagnostic(.datasetQuery, at: Place(file: path), "no such table: \(table)")
      }
      source = SQLiteConnection.quoted(table)
    } else {
      source = DatasetReference.subquery(query ?? "")
    }
    let statement = try database.prepare("SELECT * FROM \(source)", reference)
    columns = (0..<statement.width).map {
      DatasetColumn(statement.name(of: $0), Self.kind(statement.declaration(of: $0)))
    }
    forms = (0..<statement.width).map { SQLiteCells.Form(statement.declaration(of: $0)?.uppercased() ?? "") }
    try DatasetColumn.requireDistinct(columns.map(\.name), in: reference)
  }

  private static func open(_ path: String) throws(Diagnostic) -> SQLiteConnection {
    try SQLiteConnection(path, .read) { refusal in
      let code = refusal.purpose == nil ? DiagnosticCode.targetOpen : .datasetQuery
      return Diagnostic(code, at: Place(file: refusal.path), refusal.reason)
    }
  }

  /// The kind of a column from its declared type (SQLite's rules of affinity); an expression has no declared type.
  private static func kind(_ declared: String?) -> ComparisonKind {
    guard let declared = declared?.uppercased(), !declared.isEmpty else { return .any }
    if SQLiteCells.Form(declared) == .truth { return .truth }
    if declared.contains("INT") { return .number }
    if declared.contains("CHAR") || declared.contains("CLOB") || declared.contains("TEXT") { return .text }
    if declared.contains("REAL") || declared.contains("FLOA") || declared.contains("DOUB") { return .number }
    if declared.hasPrefix("DEC") || declared.hasPrefix("NUMERIC") || declared.hasPrefix("NUMBER") { return .number }
    return .any
  }

  package var keepsRows: Bool { true }

  /// - Throws: `target.open`, `dataset.query`.
  package func cells() throws(Diagnostic) -> any CellSource { try read("SELECT * FROM \(source)") }

  /// - Throws: `target.open`, `dataset.query`.
  package func cells(
    orderedBy key: [(column: Int, kind: ComparisonKind)], checked: Bool
  ) throws(Diagnostic) -> (any CellSource)? {
    // The order of padded texts is not that of their values.
    guard
      key.allSatisfy({
        forms[$0.column] == .stored && $0.kind == columns[$0.column].kind && ($0.kind == .text || $0.kind == .number)
      })
    else {
      return nil
    }
    let order = key.map {
      SQLiteConnection.quoted(columns[$0.column].name) + ($0.kind == .text ? " COLLATE BINARY" : "")
    }
    let sql = "SELECT * FROM \(source) ORDER BY \(order.joined(separator: ", "))"
    let plan = try Self.open(path).prepare("EXPLAIN QUERY PLAN " + sql, reference)
    while try plan.next() { if plan[3].text?.contains("TEMP B-TREE") ?? true { return nil } }
    return try read(sql, checked: checked)
  }

  private func read(_ sql: String, checked: Bool = true) throws(Diagnostic) -> SQLiteCells {
    SQLiteCells(try Self.open(path).prepare(sql, reference), forms, checked: checked)
  }
}

/// The rows of a statement, value by value.
final class SQLiteCells: CellSource {
  private let statement: SQLiteStatement
  private let forms: [Form]
  let isChecked: Bool

  /// What a column's declared type says beyond SQLite's own rules.
  enum Form {
    case stored
    /// BOOLEAN: 1 and 0.
    case truth
    /// CHAR(n): spaces at the end are padding and not part of the value (SQL).
    case padded

    init(_ declared: String) {
      let isPadded = ["CHAR(", "CHARACTER(", "NCHAR("].contains { declared.hasPrefix($0) }
      self = declared.hasPrefix("BOOL") ? .truth : isPadded ? .padded : .stored
    }
  }

  init(_ statement: SQLiteStatement, _ forms: [Form], checked: Bool) {
    self.statement = statement
    self.forms = forms
    isChecked = checked
  }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    guard try statement.next() else { return false }
    row.removeAll()
    for (index, form) in forms.enumerated() {
      let cell = statement[index]
      switch cell.kind {
      case .integer where form == .truth && (cell.integer == 0 || cell.integer == 1):
        row.set(index, .truth, cell.integer == 1 ? "true" : "false")
      case .integer: row.set(index, integer: cell.integer)
      case .text:
        var text = cell.bytes
        while form == .padded, text.last == 0x20 { text = UnsafeBufferPointer(rebasing: text.dropLast()) }
        // SQLite stores any bytes as text.
        if isChecked, let start = text.baseAddress, !Bytes.isASCII(start, text.count),
          WellFormedUTF8.firstMalformed(start, text.count) != nil
        {
          row.set(index, .invalid, "X'" + Hex.text(text) + "'")
        } else {
          row.set(index, .text, text)
        }
      case .real: row.set(index, .number, "\(cell.real)")
      case .blob: row.set(index, .text, "\\x" + Hex.text(cell.blob))
      case .null: row.setNull(index)
      }
    }
    return true
  }
}
