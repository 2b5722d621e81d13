import Records

/// A column of the new system.
package struct TargetColumn: Hashable, Sendable {
  package let name: String
  package let type: ValueType
  /// The largest number of characters (not bytes, not UTF-16 units) of a text; `nil` for other types.
  package let length: Int?
  package let optional: Bool
  package let privacy: Privacy

  package init(_ name: String, _ type: ValueType, length: Int? = nil, optional: Bool = false, privacy: Privacy = .open)
  {
    self.name = name
    self.type = type
    self.length = length
    self.optional = optional
    self.privacy = privacy
  }

  package var field: Field { Field(name, type, privacy: privacy) }
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
    let column = columns[index]
    changed[index] = TargetColumn(
      column.name, column.type, length: column.length, optional: column.optional, privacy: privacy)
    return TableSchema(name: name, columns: changed, key: key)
  }
}
