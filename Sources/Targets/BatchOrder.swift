import Records

/// The order of a batch's rows by the key of their table, as databases sort: null, numbers and days, texts by their bytes.
struct BatchOrder {
  private let columns: [Column]
  /// The numbers of the rows in order of their key; equal keys stay as they are.
  let rows: [Int]

  /// - Parameter key: the columns of the key; none a decimal.
  init(_ batch: Batch, key: [Int]) {
    let columns = key.map { batch.columns[$0] }
    self.columns = columns
    var rows = Array(0..<batch.count)
    if !Self.isAscending(columns, rows) {
      // Rows of one occurrence after the other: those of a record come together.
      if batch.records.count == rows.count { rows = Self.byRecord(batch.records) }
      if !Self.isAscending(columns, rows) {
        rows.sort { left, right in
          let order = Self.compare(columns, left, columns, right)
          return order == 0 ? left < right : order < 0
        }
      }
    }
    self.rows = rows
  }

  /// Whether the first row stands behind the last of another batch, or beside it.
  func follows(_ last: [Column]) -> Bool {
    guard let first = rows.first, last.first?.count ?? 0 > 0 else { return true }
    return Self.compare(last, 0, columns, first) <= 0
  }

  /// Keeps the key of the last row in `last`.
  func keep(in last: [Column]) {
    guard let row = rows.last else { return }
    for (kept, column) in zip(last, columns) {
      kept.removeAll()
      kept.append(row..<row + 1, of: column)
    }
  }

  private static func isAscending(_ columns: [Column], _ rows: [Int]) -> Bool {
    for place in 1..<max(1, rows.count) where compare(columns, rows[place - 1], columns, rows[place]) > 0 {
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

  /// Less than 0 when a row's key stands before another's. Neither has a value that is invalid.
  static func compare(_ left: [Column], _ row: Int, _ right: [Column], _ other: Int) -> Int {
    for index in left.indices {
      let (one, two) = (left[index], right[index])
      let (state, otherState) = (one.states[row], two.states[other])
      if state != otherState { return Int(otherState) - Int(state) }
      switch one.type {
      case .text:
        let order = compare(one.text(row), two.text(other))
        if order != 0 { return order }
      case .decimal: continue
      case .integer, .date, .flag:
        let (value, otherValue) = (one.integers[row], two.integers[other])
        if value != otherValue { return value < otherValue ? -1 : 1 }
      }
    }
    return 0
  }

  private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(left.count, right.count)
    for index in 0..<shared where left[index] != right[index] { return Int(left[index]) - Int(right[index]) }
    return left.count - right.count
  }
}
