import Glibc
import Records

/// The order of a batch's rows by the key of their table, as databases sort: null, numbers and days, texts by their bytes.
struct BatchOrder {
  private let key: [KeyColumn]
  private let columns: [Column]
  /// The numbers of the rows in order of their key; equal keys stay as they are.
  let rows: [Int]

  /// - Parameter key: the columns of the key; none a decimal.
  init(_ batch: Batch, key: [Int]) {
    columns = key.map { batch.columns[$0] }
    let key = columns.map(KeyColumn.init)
    self.key = key
    var rows = Array(0..<batch.count)
    if !Self.isAscending(key, rows) {
      // Rows of one occurrence after the other: those of a record come together.
      if batch.records.count == rows.count { rows = Self.byRecord(batch.records) }
      if !Self.isAscending(key, rows) {
        rows.sort { left, right in
          let order = KeyColumn.compare(key, left, key, right)
          return order == 0 ? left < right : order < 0
        }
      }
    }
    self.rows = rows
  }

  /// Whether the first row stands behind the last of another batch, or beside it.
  func follows(_ last: [Column]) -> Bool {
    guard let first = rows.first, last.first?.count ?? 0 > 0 else { return true }
    return KeyColumn.compare(last.map(KeyColumn.init), 0, key, first) <= 0
  }

  /// Keeps the key of the last row in `last`.
  func keep(in last: [Column]) {
    guard let row = rows.last else { return }
    for (kept, column) in zip(last, columns) {
      kept.removeAll()
      kept.append(row..<row + 1, of: column)
    }
  }

  private static func isAscending(_ key: [KeyColumn], _ rows: [Int]) -> Bool {
    for place in 1..<max(1, rows.count) where KeyColumn.compare(key, rows[place - 1], key, rows[place]) > 0 {
      return false
    }
    return true
  }

  /// Rows in the order of their records; those of one record stay as they are.
  private static func byRecord(_ records: [Int]) -> [Int] {
    guard let least = records.min(), let most = records.max(), most - least < 16 * records.count else {
      return records.indices.sorted { (records[$0], $0) < (records[$1], $1) }
    }
    var starts = [Int](repeating: 0, count: most - least + 2)
    for record in records { starts[record - least + 1] += 1 }
    for place in 1..<starts.count { starts[place] += starts[place - 1] }
    var rows = [Int](repeating: 0, count: records.count)
    for (row, record) in records.enumerated() {
      rows[starts[record - least]] = row
      starts[record - least] += 1
    }
    return rows
  }
}

/// A column of a key, without the object around it; valid until the column is next changed.
struct KeyColumn {
  private enum Form { case number, text, none }

  private let form: Form
  private let states: UnsafeMutablePointer<UInt8>
  private let integers: UnsafeMutablePointer<Int64>
  private let ends: UnsafeMutablePointer<Int>
  private let bytes: UnsafeMutablePointer<UInt8>

  init(_ column: Column) {
    form =
      switch column.type {
      case .integer, .date, .flag: .number
      case .text: .text
      case .decimal: .none
      }
    (states, integers, ends, bytes) = (column.states, column.integers, column.ends, column.bytes)
  }

  /// Less than 0 when a row's key stands before another's. Neither has a value that is invalid.
  static func compare(_ left: [KeyColumn], _ row: Int, _ right: [KeyColumn], _ other: Int) -> Int {
    for index in left.indices {
      let order = left[index].compare(row, right[index], other)
      if order != 0 { return order }
    }
    return 0
  }

  @inline(__always)
  private func compare(_ row: Int, _ other: KeyColumn, _ otherRow: Int) -> Int {
    let (state, otherState) = (states[row], other.states[otherRow])
    if state != otherState { return Int(otherState) - Int(state) }
    switch form {
    case .none: return 0
    case .number:
      let (value, otherValue) = (integers[row], other.integers[otherRow])
      return value < otherValue ? -1 : value == otherValue ? 0 : 1
    case .text:
      let start = row == 0 ? 0 : ends[row - 1]
      let otherStart = otherRow == 0 ? 0 : other.ends[otherRow - 1]
      let (length, otherLength) = (ends[row] - start, other.ends[otherRow] - otherStart)
      let order = memcmp(bytes + start, other.bytes + otherStart, min(length, otherLength))
      return order != 0 ? Int(order) : length - otherLength
    }
  }
}
