import Base
import Records
import SQLite

/// Loads batches with several rows per statement; texts are bound in place, and indexes are created after the load.
final class SQLiteLoader: TargetLoader {
  private static let rowsPerStatement = 32

  private let database: SQLiteConnection
  private let tables: [TableSchema]
  private let wholes: [SQLiteStatement]
  private let singles: [SQLiteStatement]
  private let setCheckpoint: SQLiteStatement
  private var transaction: SQLiteTransaction?
  /// Texts of dates and decimals of one statement; their bytes stay until the statement has run.
  private var scratch = Column(.text)
  let checkpoints: [String: Checkpoint]

  init(_ database: SQLiteConnection, _ tables: [TableSchema]) throws(Diagnostic) {
    self.database = database
    self.tables = tables
    try database.execute(
      "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8192", "settings")
    var wholes: [SQLiteStatement] = []
    var singles: [SQLiteStatement] = []
    for table in tables {
      wholes.append(try database.prepare(Self.insert(table, rows: Self.rowsPerStatement), table.name))
      singles.append(try database.prepare(Self.insert(table, rows: 1), table.name))
    }
    self.wholes = wholes
    self.singles = singles
    setCheckpoint = try database.prepare(
      "INSERT INTO totsugo_checkpoint VALUES (?1, ?2, ?3) ON CONFLICT (file) DO UPDATE SET records = ?2, identity = ?3",
      "checkpoint")
    checkpoints = try Self.readCheckpoints(database)
  }

  private static func insert(_ table: TableSchema, rows: Int) -> String {
    let row = "(" + Array(repeating: "?", count: table.columns.count).joined(separator: ",") + ")"
    return "INSERT INTO \(SQLiteConnection.quoted(table.name)) VALUES "
      + Array(repeating: row, count: rows).joined(separator: ",")
  }

  private static func readCheckpoints(_ database: SQLiteConnection) throws(Diagnostic) -> [String: Checkpoint] {
    let statement = try database.prepare("SELECT file, records, identity FROM totsugo_checkpoint", "checkpoint")
    var found: [String: Checkpoint] = [:]
    while try statement.next() {
      guard let file = statement[0].text, let records = statement[1].exactInteger, let identity = statement[2].text
      else {
        throw Diagnostic(.targetRead, at: Place(file: database.path), "checkpoint", "no number, or no text")
      }
      found[file] = Checkpoint(file: file, records: records, identity: identity)
    }
    return found
  }

  func load(_ batch: Batch, into table: Int) throws(Diagnostic) {
    if transaction == nil { transaction = try SQLiteTransaction(.writing, database) }
    var row = 0
    while row < batch.count {
      let rows = batch.count - row >= Self.rowsPerStatement ? Self.rowsPerStatement : 1
      let statement = rows == 1 ? singles[table] : wholes[table]
      scratch.removeAll()
      scratch.reserveBytes(rows * batch.columns.count * 48)
      bind(batch, row, rows, statement, table)
      do throws(Diagnostic) { try statement.run() } catch { throw refused(batch, row, rows, table, error) }
      row += rows
    }
  }

  /// Words of SQLite's, which are never translated, for a row that it does not take.
  private static let tellsRow = ["constraint failed", "datatype mismatch", "cannot store", "too big"]

  /// The refusal of several rows, with the row and the column that it is about.
  private func refused(_ batch: Batch, _ first: Int, _ rows: Int, _ table: Int, _ error: Diagnostic) -> Diagnostic {
    let schema = tables[table]
    for row in first..<first + rows {
      scratch.removeAll()
      scratch.reserveBytes(batch.columns.count * 48)
      bind(batch, row, 1, singles[table], table)
      do throws(Diagnostic) { try singles[table].run() } catch {
        let reason = error.facts.last ?? ""
        // A full disk is not about this row.
        guard Self.tellsRow.contains(where: reason.contains) else { return error }
        let column = schema.columns.first { reason.contains(".\($0.name)") }
        return RefusedRow(schema, column: column?.name, batch, row: row, reason)
          .diagnostic(at: error.place)
      }
    }
    return error
  }

  private func bind(_ batch: Batch, _ first: Int, _ rows: Int, _ statement: SQLiteStatement, _ table: Int) {
    let isOptional = tables[table].columns.map(\.optional)
    let width = batch.columns.count
    for (index, column) in batch.columns.enumerated() {
      var parameter = index + 1
      for row in first..<(first + rows) {
        bind(column, row, statement, parameter, isOptional: isOptional[index])
        parameter += width
      }
    }
  }

  @inline(__always)
  private func bind(
    _ column: Column, _ row: Int, _ statement: SQLiteStatement, _ parameter: Int, isOptional: Bool
  ) {
    if column.states[row] != 0, column.type != .date || isOptional {
      statement.bindNull(parameter)
      return
    }
    switch column.type {
    case .integer, .flag: statement.bind(parameter, column.integers[row])
    case .text: bind(column.text(row), statement, parameter)
    case .date:
      let start = scratch.byteCount
      scratch.append(date: column.integers[row])
      bind(UnsafeBufferPointer(start: scratch.bytes + start, count: StoredDate.length), statement, parameter)
    case .decimal(let scale):
      let start = scratch.byteCount
      scratch.append(ExactDecimal.text(column.wides[row], scale: scale))
      bind(UnsafeBufferPointer(start: scratch.bytes + start, count: scratch.byteCount - start), statement, parameter)
    }
  }

  @inline(__always)
  private func bind(_ text: UnsafeBufferPointer<UInt8>, _ statement: SQLiteStatement, _ parameter: Int) {
    statement.bind(parameter, lying: text.baseAddress ?? UnsafePointer(scratch.bytes), count: text.count)
  }

  func commit(_ checkpoint: Checkpoint) throws(Diagnostic) {
    if transaction == nil { transaction = try SQLiteTransaction(.writing, database) }
    setCheckpoint.bind([.text(checkpoint.file), .integer(Int64(checkpoint.records)), .text(checkpoint.identity)])
    try setCheckpoint.run()
    try transaction.take()?.commit()
  }

  func finish() throws(Diagnostic) {
    for table in tables { try database.execute(SQLiteTarget.createIndex(table), table.name) }
  }
}

extension Column {
  /// Appends a date as `YYYY-MM-DD`; 0 gives `0000-00-00`. The bytes must have been reserved.
  fileprivate func append(date: Int64) {
    reserve(count + 1)
    reserveBytes(StoredDate.length)
    StoredDate.write(date, to: bytes + byteCount)
    ends[count] = byteCount + StoredDate.length
    states[count] = 0
    commit(rows: count + 1)
  }
}
