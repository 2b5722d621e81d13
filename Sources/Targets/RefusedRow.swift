import Base
import Records

/// A row that a target does not take: which one, and why.
struct RefusedRow {
  let table: TableSchema
  /// `nil` when the target names none.
  let column: String?
  /// The values of the key's columns, in its order; `nil` for null.
  let key: [String?]
  let reason: String

  init(_ table: TableSchema, column: String?, key: [String?], _ reason: String) {
    self.table = table
    self.column = column
    self.key = key
    self.reason = reason
  }

  init(_ table: TableSchema, column: String?, _ batch: Batch, row: Int, _ reason: String) {
    self.init(table, column: column, key: table.key.map { batch.columns[$0].describe(row) }, reason)
  }

  /// Personal values, and the one that was refused, are masked.
  func diagnostic(at place: Place) -> Diagnostic {
    let told = zip(table.key, key).map { index, value in
      let own = table.columns[index]
      let isOpen = own.privacy == .open && own.name != column
      return "\(own.name)=\(isOpen ? value ?? "NULL" : Privacy.mask)"
    }
    return Diagnostic(.targetRow, at: place, table.name, column ?? "–", told.joined(separator: ", "), reason)
  }
}
