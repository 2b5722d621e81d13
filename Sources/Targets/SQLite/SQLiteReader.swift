import Base
import Records
import SQLite

/// Reads a table in key order: as its rows lie, where that is the key's order or a few stretches of it, which are merged;
/// otherwise sorted by SQLite. A value that SQLite stores under another type than the schema's is the fault `unreadable`.
final class SQLiteReader: TargetReader {
  private enum Way {
    case sorted(SQLiteStatement, SQLiteRows)
    case lying(MergedRuns)
  }

  private let database: SQLiteConnection
  private let table: TableSchema
  private let wanted: RowKey?
  /// Found out when the first row is asked for, since it costs a look at all keys.
  private var way: Way?
  /// The table stays as it was when its order was looked at.
  private let transaction: SQLiteTransaction

  /// - Parameter wanted: only the rows with this key.
  init(_ database: SQLiteConnection, _ table: TableSchema, of wanted: RowKey? = nil) throws(Diagnostic) {
    self.database = database
    self.table = table
    self.wanted = wanted
    transaction = try SQLiteTransaction(.reading, database)
    try Self.check(database, table)
  }

  private func findWay() throws(Diagnostic) -> Way {
    if wanted == nil, let order = try SQLiteKeyOrder.of(table, in: database) {
      var runs: [SQLiteRun] = []
      for range in order.runs { runs.append(try SQLiteRun(database, table, order.rowid, range)) }
      return .lying(MergedRuns(runs, table))
    }
    // The column's own collation could separate equal keys.
    let key = table.key.map { Self.term(table.columns[$0]) + " COLLATE BINARY" }.joined(separator: ", ")
    let tests = table.key.indices.map { "\(Self.term(table.columns[table.key[$0]])) COLLATE BINARY IS ?\($0 + 1)" }
      .joined(separator: " AND ")
    let names = table.columns.map { SQLiteConnection.quoted($0.name) }.joined(separator: ", ")
    let condition = wanted == nil ? "" : " WHERE \(tests)"
    let statement = try database.prepare(
      "SELECT \(names) FROM \(SQLiteConnection.quoted(table.name))\(condition) ORDER BY \(key)", table.name)
    for (index, value) in (wanted?.values ?? []).enumerated() {
      switch value {
      case .null: statement.bindNull(index + 1)
      case .integer(let number): statement.bind(index + 1, number)
      case .text(let text): statement.bind(index + 1, .text(text))
      }
    }
    return .sorted(statement, SQLiteRows(table))
  }

  /// A column's value without padding, as a term of ORDER BY.
  static func term(_ column: TargetColumn) -> String {
    let name = SQLiteConnection.quoted(column.name)
    return column.form == .padded ? "rtrim(\(name), ' ')" : name
  }

  /// SQLite takes an unknown name in double quotes for a text, so the columns are looked up first.
  ///
  /// - Throws: `target.read`; `target.table` when the table or one of its columns is missing.
  private static func check(_ database: SQLiteConnection, _ table: TableSchema) throws(Diagnostic) {
    let found = Set(try database.columns(of: table.name))
    if found.isEmpty { throw Diagnostic(.targetTable, at: Place(file: database.path), table.name, "–") }
    for column in table.columns where !found.contains(column.name) {
      throw Diagnostic(.targetTable, at: Place(file: database.path), table.name, column.name)
    }
  }

  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool {
    batch.removeAll()
    if way == nil { way = try findWay() }
    switch way {
    case nil: break
    case .lying(let runs): try runs.read(into: batch, limit: limit)
    case .sorted(let statement, let rows):
      rows.begin(batch, limit: limit)
      var count = 0
      while count < limit, try statement.next() {
        statement.give(to: rows)
        rows.next()
        count += 1
      }
      rows.end()
    }
    return batch.count > 0
  }
}

/// The rows of a table between two row numbers, in their order.
final class SQLiteRun {
  private let statement: SQLiteStatement
  private let rows: SQLiteRows

  init(
    _ database: SQLiteConnection, _ table: TableSchema, _ rowid: String, _ range: ClosedRange<Int64>
  ) throws(Diagnostic) {
    rows = SQLiteRows(table)
    // One function for each run: all are open at once.
    let function = "totsugo_rows_\(range.lowerBound.magnitude)\(range.lowerBound < 0 ? "n" : "")"
    try database.define(function, rows)
    let calls = SQLiteRowCall.terms(function, table.columns.map { SQLiteConnection.quoted($0.name) })
    statement = try database.prepare(
      "SELECT \(calls) FROM \(SQLiteConnection.quoted(table.name)) WHERE \(rowid) BETWEEN ?1 AND ?2 ORDER BY \(rowid)",
      table.name)
    statement.bind(1, range.lowerBound)
    statement.bind(2, range.upperBound)
  }

  /// Fills a batch, which has no rows, with the next rows.
  func read(into batch: Batch, limit: Int) throws(Diagnostic) {
    rows.begin(batch, limit: limit)
    var count = 0
    while count < limit, try statement.next() {
      rows.next()
      count += 1
    }
    rows.end()
  }
}

/// Merges runs of rows that each lie in the order of their key. Of equal keys, those of the first run come first.
final class MergedRuns {
  private static let rowsPerRun = 256

  private final class Part {
    let run: SQLiteRun
    let batch: Batch
    private let columns: [Column]
    private(set) var keys: [KeyColumn] = []
    var next = 0

    init(_ run: SQLiteRun, _ table: TableSchema) {
      self.run = run
      batch = Batch(table.fields)
      columns = table.key.map { [batch] in batch.columns[$0] }
    }

    /// - Returns: false when the run is at its end.
    func fill() throws(Diagnostic) -> Bool {
      if next < batch.count { return true }
      batch.removeAll()
      next = 0
      try run.read(into: batch, limit: MergedRuns.rowsPerRun)
      keys = columns.map(KeyColumn.init)
      return batch.count > 0
    }

    /// The number of rows, from the next on, that come before a row of another part.
    func count(before other: Part, orEqual: Bool) -> Int {
      let limit = orEqual ? 0 : -1
      var (low, high) = (next, batch.count)
      // Mostly the rest of the batch, or a single row.
      if KeyColumn.compare(keys, high - 1, other.keys, other.next) <= limit { return high - next }
      while low < high {
        let middle = (low + high) / 2
        if KeyColumn.compare(keys, middle, other.keys, other.next) <= limit {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low - next
    }
  }

  private let single: SQLiteRun?
  private var parts: [Part]

  init(_ runs: [SQLiteRun], _ table: TableSchema) {
    single = runs.count == 1 ? runs[0] : nil
    parts = runs.count == 1 ? [] : runs.map { Part($0, table) }
  }

  /// Fills a batch, which has no rows, with the next rows.
  func read(into batch: Batch, limit: Int) throws(Diagnostic) {
    if let single { return try single.read(into: batch, limit: limit) }
    while batch.count < limit {
      var open: [Part] = []
      for part in parts where try part.fill() { open.append(part) }
      parts = open
      guard let (first, second) = leaders() else { return }
      var count = parts[first].batch.count - parts[first].next
      if let second { count = parts[first].count(before: parts[second], orEqual: first < second) }
      let part = parts[first]
      let range = part.next..<part.next + min(count, limit - batch.count)
      for (column, own) in zip(batch.columns, part.batch.columns) { column.append(range, of: own) }
      part.next = range.upperBound
    }
  }

  /// The parts with the least and the second least key.
  private func leaders() -> (first: Int, second: Int?)? {
    guard !parts.isEmpty else { return nil }
    var (first, second) = (0, Int?.none)
    for index in parts.indices.dropFirst() {
      if isLess(index, first) {
        (first, second) = (index, first)
      } else if let known = second {
        if isLess(index, known) { second = index }
      } else {
        second = index
      }
    }
    return (first, second)
  }

  private func isLess(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (parts[left], parts[right])
    let order = KeyColumn.compare(one.keys, one.next, other.keys, other.next)
    return order == 0 ? left < right : order < 0
  }
}
