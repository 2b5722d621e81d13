import Base
import Evidence
import Records
import Targets

/// SHA-256 over the canonical bytes of a table's rows in key order. Rows with the same key, which the database may
/// return in any order, are sorted by their bytes.
///
/// Memory: 64 KB, or the rows of one key.
struct CanonicalDigest: ~Copyable {
  private static let piece = 65_536

  private let key: [Int]
  private let digest = SHA256()
  private var rows = RowEncoder()
  /// The keys of the last row, and of the first row of the current batch.
  private var last = RowEncoder()
  private var first = RowEncoder()
  private var hasLast = false
  /// Where the rows of the current key begin in `rows`.
  private var start = 0
  /// Where each of them begins, when there are several.
  private var places: [Int] = []
  /// For each row of the batch: 1 when it has another key than the row before.
  private var differs: [UInt8] = []

  init(_ table: TableSchema) { key = table.key }

  mutating func add(_ batch: Batch) {
    guard batch.count > 0 else { return }
    compare(batch)
    rows.start(batch.columns)
    for row in 0..<batch.count {
      if differs[row] != 0 {
        endKey()
        if rows.count >= Self.piece { flush() }
        start = rows.count
      } else {
        if places.isEmpty { places.append(start) }
        places.append(rows.count)
      }
      rows.append(row: row)
    }
  }

  private mutating func compare(_ batch: Batch) {
    let count = batch.count
    differs.removeAll(keepingCapacity: true)
    differs.append(contentsOf: repeatElement(0, count: count))
    differs.withUnsafeMutableBufferPointer { differs in
      for number in key { batch.columns[number].compareNeighbours(count, differs) }
    }
    first.removeAll()
    first.start(batch.columns, numbers: key)
    first.append(row: 0)
    differs[0] = hasLast && first.bytes.elementsEqual(last.bytes) ? 0 : 1
    last.removeAll()
    last.start(batch.columns, numbers: key)
    last.append(row: count - 1)
    hasLast = true
  }

  /// Sorts the rows of the current key.
  private mutating func endKey() {
    if places.isEmpty { return }
    let all = rows.bytes
    let bounds = places.dropFirst() + [rows.count]
    let sorted = zip(places, bounds).map { all[$0..<$1] }.sorted { $0.lexicographicallyPrecedes($1) }.flatMap(\.self)
    rows.replace(from: start, by: sorted)
    places.removeAll(keepingCapacity: true)
  }

  private mutating func flush() {
    digest.update(rows.bytes)
    rows.removeAll()
  }

  consuming func finish() -> String {
    endKey()
    flush()
    return digest.finish()
  }
}

extension Column {
  /// Marks the rows, from the second on, whose value is another than that of the row before.
  fileprivate func compareNeighbours(_ count: Int, _ differs: UnsafeMutableBufferPointer<UInt8>) {
    let states = states
    for row in 1..<max(1, count) { differs[row] |= states[row] ^ states[row - 1] }
    switch type {
    case .integer, .date, .flag:
      let values = integers
      for row in 1..<max(1, count) { differs[row] |= values[row] == values[row - 1] ? 0 : 1 }
    case .decimal:
      let values = wides
      for row in 1..<max(1, count) { differs[row] |= values[row] == values[row - 1] ? 0 : 1 }
    case .text:
      let ends = ends
      var before = 0
      for row in 1..<max(1, count) {
        let (start, length) = (ends[row - 1], ends[row] - ends[row - 1])
        let isSame = length == start - before && ColumnText.areEqual(bytes + before, bytes + start, length)
        differs[row] |= isSame ? 0 : 1
        before = start
      }
    }
  }
}
