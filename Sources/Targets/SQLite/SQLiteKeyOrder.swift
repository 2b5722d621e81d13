import Base
import Glibc
import Records
import SQLite

/// How the rows of a table lie to its key: in its order, or in a few stretches (runs) of it, as they do when they were
/// loaded so. Then nothing must be sorted, and no index is needed to read them in that order.
///
/// The order is SQLite's: null, numbers, texts by their bytes.
struct SQLiteKeyOrder {
  /// The most runs that are merged.
  static let mostRuns = 32

  /// The name of the row number.
  let rowid: String
  /// The row numbers of each run, in ascending order.
  let runs: [ClosedRange<Int64>]

  /// Looks at the keys of all rows.
  ///
  /// - Returns: `nil` when SQLite must sort: more runs, a view, a table without row numbers, another encoding than UTF-8,
  ///   keys that are not plain numbers, texts and dates, or a key that holds something else.
  /// - Throws: `target.read`.
  static func of(_ table: TableSchema, in database: SQLiteConnection) throws(Diagnostic) -> SQLiteKeyOrder? {
    let keys = table.key.map { table.columns[$0] }
    guard keys.allSatisfy(isMergeable), keys.count + 1 <= SQLiteRowCall.width else { return nil }
    let kinds = try database.texts(
      "SELECT type || ' ' || wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1", table.name,
      with: [.text(table.name)])
    let encoding = try database.texts("PRAGMA encoding", table.name)
    let columns = Set(try database.columns(of: table.name).map { $0.lowercased() })
    guard kinds == ["table 0"], encoding == ["UTF-8"],
      let rowid = ["rowid", "_rowid_", "oid"].first(where: { !columns.contains($0) })
    else { return nil }
    let watch = KeyWatch(keys)
    try database.define("totsugo_key", watch)
    let call = SQLiteRowCall.terms("totsugo_key", [rowid] + keys.map { SQLiteConnection.quoted($0.name) })
    let statement = try database.prepare(
      "SELECT \(call) FROM \(SQLiteConnection.quoted(table.name)) ORDER BY \(rowid)", table.name)
    while watch.isMergeable, try statement.next() {}
    guard watch.isMergeable else { return nil }
    let ends = watch.starts.dropFirst().map { $0 - 1 } + [watch.last]
    return SQLiteKeyOrder(rowid: rowid, runs: zip(watch.starts, ends).map { $0...$1 })
  }

  /// Whether columns of batches order a key as SQLite does.
  static func isMergeable(_ column: TargetColumn) -> Bool {
    column.form == .plain && column.digits == nil && [.integer, .text, .date].contains(column.type)
  }
}

/// Notes where a key is less than the one before.
private final class KeyWatch: SQLiteRowFunction {
  /// A value of the last row's key: a number, or a text that begins at `start` in `bytes`.
  private struct Value {
    var isNull = false
    var number: Int64 = 0
    var start = 0
    var count = 0
  }

  private let columns: [TargetColumn]
  private let isText: [Bool]
  private let key: UnsafeMutablePointer<Value>
  private var bytes = ByteBuffer(capacity: 256)
  /// The row number with which each run begins, and the last one of all.
  private(set) var starts: [Int64] = []
  private(set) var last: Int64 = 0
  private(set) var isMergeable = true

  init(_ columns: [TargetColumn]) {
    self.columns = columns
    isText = columns.map { $0.type != .integer }
    key = .allocate(capacity: columns.count)
    key.initialize(repeating: Value(), count: columns.count)
  }

  deinit { key.deallocate() }

  func take(_ cells: SQLiteRowCells, first: Int) {
    guard cells.count == columns.count + 1, cells[0].kind == .integer else {
      isMergeable = false
      return
    }
    last = cells[0].integer
    var isLess = starts.isEmpty
    if !isLess {
      for index in columns.indices {
        let order = compare(key[index], cells[index + 1], isText: isText[index])
        if order != 0 {
          isLess = order > 0
          break
        }
      }
    }
    if isLess { starts.append(last) }
    if starts.count > SQLiteKeyOrder.mostRuns { isMergeable = false }
    keep(cells)
  }

  private func keep(_ cells: SQLiteRowCells) {
    bytes.removeAll()
    for index in columns.indices {
      let cell = cells[index + 1]
      switch cell.kind {
      case .null:
        if columns[index].type == .date, !columns[index].optional { isMergeable = false }
        key[index] = Value(isNull: true)
      case .integer where !isText[index]: key[index] = Value(number: cell.integer)
      case .text where isText[index]:
        let text = cell.bytes
        if !isValue(text, index) { isMergeable = false }
        key[index] = Value(start: bytes.count, count: text.count)
        bytes.append(text)
      default: isMergeable = false
      }
    }
  }

  /// Whether a text is a value of its column, and no two texts are one value.
  private func isValue(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    if columns[index].type == .date {
      return StoredDate.read(text).map { $0 != 0 || !columns[index].optional } ?? false
    }
    return text.baseAddress.map { WellFormedUTF8.firstMalformed($0, text.count) == nil } ?? true
  }

  /// Less than 0 when the value stands before the cell. A cell of a wrong type is refused when it is kept.
  private func compare(_ value: Value, _ cell: SQLiteCell, isText: Bool) -> Int {
    let isNull = cell.kind == .null
    if value.isNull || isNull { return value.isNull ? (isNull ? 0 : -1) : 1 }
    guard isText else {
      let other = cell.integer
      return value.number < other ? -1 : value.number == other ? 0 : 1
    }
    let text = cell.bytes
    guard let base = text.baseAddress else { return value.count }
    let order = memcmp(bytes.base + value.start, base, min(value.count, text.count))
    return order != 0 ? Int(order) : value.count - text.count
  }
}
