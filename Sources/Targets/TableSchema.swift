import Records

/// A column of the new system.
package struct TargetColumn: Hashable, Sendable {
  package let name: String
  package let type: ValueType
  /// The largest number of characters (not bytes, not UTF-16 units) of a text; `nil` for other types.
  package let length: Int?
  /// The largest number of digits of a number, those behind the point included; `nil` when only the type limits it.
  package let digits: Int?
  package let form: TextForm
  package let optional: Bool
  package let privacy: Privacy

  /// What texts of a column are.
  package enum TextForm: Hashable, Sendable {
    case plain
    /// Spaces at the end are padding and not part of the value: `char(n)`.
    case padded
    /// `2024-04-01 09:30:00`, and `09:30:00`; fractions of seconds have no zeros at their end.
    case timestamp, time
  }

  package init(
    _ name: String, _ type: ValueType, length: Int? = nil, digits: Int? = nil, form: TextForm = .plain,
    optional: Bool = false, privacy: Privacy = .open
  ) {
    self.name = name
    self.type = type
    self.length = length
    self.digits = digits
    self.form = form
    self.optional = optional
    self.privacy = privacy
  }

  package var field: Field { Field(name, type, privacy: privacy) }

  /// The type as a schema writes it, without `optional` and privacy: `text(20)`.
  package var written: String {
    switch (type, form) {
    case (.text, .plain): length.map { "text(\($0))" } ?? "text"
    case (.text, .padded): length.map { "char(\($0))" } ?? "char"
    case (.text, .timestamp): "timestamp"
    case (.text, .time): "time"
    case (.decimal(scale: let places), _): digits.map { "numeric(\($0),\(places))" } ?? "decimal(\(places))"
    case (.integer, _): digits.map { "numeric(\($0))" } ?? "integer"
    case (.flag, _): "boolean"
    case (.date, _): "date"
    }
  }

  /// Digits right of the point of a number; `nil` for other types.
  package var places: Int? {
    switch type {
    case .decimal(scale: let places): places
    case .integer: 0
    default: nil
    }
  }

  /// The same column with another privacy.
  func with(privacy: Privacy) -> TargetColumn {
    TargetColumn(name, type, length: length, digits: digits, form: form, optional: optional, privacy: privacy)
  }

  /// Whether one of the first `rows` rows may be a value that the column cannot hold. False is certain and cheap; true
  /// asks to look at each row with ``fault(_:_:)``.
  package func mayRefuse(_ column: Column, _ rows: Int) -> Bool {
    let states = column.joinedStates(rows)
    if states > 1 || (states == 1 && !optional && type != .date) { return true }
    if digits != nil || form == .timestamp || form == .time { return true }
    return length.map { column.longestText(rows) > $0 } ?? false
  }

  /// Why the column cannot hold a value; `nil` when it can.
  @inline(__always)
  package func fault(_ column: Column, _ row: Int) -> Fault? {
    let state = column.states[row]
    // A date without a value is 0000-00-00 where the column may not be null.
    if state == 1 { return optional || type == .date ? nil : .missing }
    if state != 0 { return Fault(rawValue: state) }
    if length == nil, digits == nil, form == .plain { return nil }
    if form == .timestamp || form == .time {
      return StoredMoment.isMoment(column.text(row), hasDate: form == .timestamp) ? nil : .unreadable
    }
    if let digits { return isWithin(digits, column, row) ? nil : .tooLong }
    guard let length else { return nil }
    var text = column.text(row)
    if text.count <= length { return nil }
    if form == .padded { while text.last == 0x20 { text = UnsafeBufferPointer(rebasing: text.dropLast()) } }
    var characters = 0
    for byte in text where byte & 0xC0 != 0x80 { characters += 1 }
    return characters > length ? .tooLong : nil
  }

  private func isWithin(_ digits: Int, _ column: Column, _ row: Int) -> Bool {
    var limit: Int128 = 1
    for _ in 0..<min(digits, 38) { limit *= 10 }
    if case .decimal = type { return column.wides[row].magnitude < limit.magnitude }
    return column.integers[row].magnitude < limit.magnitude
  }
}

/// A table or view of a target, whether or not the schema has it.
package struct StoredTable: Hashable, Sendable {
  package let name: String
  package let columns: [String]

  package init(_ name: String, _ columns: [String]) {
    self.name = name
    self.columns = columns
  }

  /// The table that this program keeps beside the tables that it loads.
  package static let checkpoint = StoredTable("totsugo_checkpoint", ["file", "records", "identity"])

  /// Tables from their columns; the columns of one table are adjacent.
  package static func gathered(_ columns: [(table: String, column: String)]) -> [StoredTable] {
    var tables: [StoredTable] = []
    for (table, column) in columns {
      if tables.last?.name == table {
        tables[tables.count - 1] = StoredTable(table, tables[tables.count - 1].columns + [column])
      } else {
        tables.append(StoredTable(table, [column]))
      }
    }
    return tables
  }
}

/// A table of the new system: its columns and its key.
///
/// The key is what *should* be unique. It is not declared in the database, since a doubled row must become a finding
/// and not a failed load.
package struct TableSchema: Hashable, Sendable {
  package let name: String
  package let columns: [TargetColumn]
  /// Indices into `columns`.
  package let key: [Int]

  package init(name: String, columns: [TargetColumn], key: [Int]) {
    self.name = name
    self.columns = columns
    self.key = key
  }

  package var fields: [Field] { columns.map(\.field) }

  /// The same table, with a column that may be null.
  package func withOptionalColumn(_ index: Int) -> TableSchema {
    var changed = columns
    let column = columns[index]
    changed[index] = TargetColumn(
      column.name, column.type, length: column.length, optional: true, privacy: column.privacy)
    return TableSchema(name: name, columns: changed, key: key)
  }

  /// The same table with another privacy of one column.
  package func withColumn(_ index: Int, privacy: Privacy) -> TableSchema {
    var changed = columns
    changed[index] = columns[index].with(privacy: privacy)
    return TableSchema(name: name, columns: changed, key: key)
  }
}
