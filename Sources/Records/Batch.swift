/// A batch of rows: one column per field, all of the same length.
///
/// A batch belongs to one shard and is refilled; it never crosses threads.
package final class Batch {
  package let fields: [Field]
  package let columns: [Column]
  /// For each row the number of its legacy record, from 1; empty for rows from a table.
  package var records: [Int] = []

  package init(_ fields: [Field]) {
    self.fields = fields
    columns = fields.map { Column($0.type) }
  }

  package var count: Int { columns.first?.count ?? 0 }

  package func removeAll() {
    for column in columns { column.removeAll() }
    records.removeAll(keepingCapacity: true)
  }
}

extension Batch {
  /// Removes the rows of some records, from row `start` on. Used only when a record was rejected after its first rows.
  package func remove(records refused: Set<Int>, from start: Int) {
    let kept = (0..<count).filter { $0 < start || !refused.contains(records[$0]) }
    guard kept.count < count else { return }
    let numbers = kept.map { records[$0] }
    for column in columns { column.keep(kept) }
    records = numbers
  }
}
