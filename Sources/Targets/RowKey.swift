import Records

/// The key of a row (行のキー): the values of a table's key columns, as targets store them.
package struct RowKey: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    /// The key value of a text, date or decimal column.
    case text(String)
  }

  /// One for each of the table's key columns, in their order.
  package let values: [Value]

  /// The key of a row of `batch`, whose columns are the table's.
  package init(_ batch: Batch, row: Int, of table: TableSchema) {
    values = table.key.map { index in
      let column = batch.columns[index]
      if column.type == .date, !(table.columns[index].optional && column.isAbsent(row)) {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: StoredDate.length)
        defer { bytes.deallocate() }
        StoredDate.write(column.isAbsent(row) ? 0 : column.integers[row], to: bytes)
        return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: StoredDate.length), as: UTF8.self))
      }
      if column.isAbsent(row) { return .null }
      switch column.type {
      case .integer, .flag: return .integer(column.integers[row])
      case .text, .decimal, .date: return .text(column.describe(row) ?? "")
      }
    }
  }
}
