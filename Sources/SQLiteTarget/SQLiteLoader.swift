import CSQLite
import Evidence
import Records
import Targets

/// Loads batches with several rows a statement, texts bound where they lie, indexes after the load.
final class SQLiteLoader: TargetLoader {
  private static let rowsPerStatement = 32

  private let database: SQLiteDatabase
  private let tables: [TableSchema]
  private let wholes: [OpaquePointer]
  private let singles: [OpaquePointer]
  private let setCheckpoint: OpaquePointer
  private var isOpen = false
  /// Texts made for dates and decimals of one statement; their bytes stay until the statement has run.
  private var scratch = Column(.text)
  let checkpoints: [String: Checkpoint]

  init(_ database: SQLiteDatabase, _ tables: [TableSchema]) throws(Diagnostic) {
    self.database = database
    self.tables = tables
    try database.execute(
      "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8192", "settings")
    var wholes: [OpaquePointer] = []
    var singles: [OpaquePointer] = []
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

  deinit {
    for statement in wholes + singles + [setCheckpoint] { sqlite3_finalize(statement) }
  }

  private static func insert(_ table: TableSchema, rows: Int) -> String {
    let row = "(" + Array(repeating: "?", count: table.columns.count).joined(separator: ",") + ")"
    return "INSERT INTO \(SQLiteDatabase.quoted(table.name)) VALUES "
      + Array(repeating: row, count: rows).joined(separator: ",")
  }

  private static func readCheckpoints(_ database: SQLiteDatabase) throws(Diagnostic) -> [String: Checkpoint] {
    let statement = try database.prepare("SELECT file, records, identity FROM totsugo_checkpoint", "checkpoint")
    defer { sqlite3_finalize(statement) }
    var found: [String: Checkpoint] = [:]
    while sqlite3_step(statement) == SQLITE_ROW {
      guard let file = sqlite3_column_text(statement, 0), let identity = sqlite3_column_text(statement, 2) else {
        continue
      }
      let name = String(cString: file)
      found[name] = Checkpoint(
        file: name, records: Int(sqlite3_column_int64(statement, 1)), identity: String(cString: identity))
    }
    return found
  }

  func load(_ batch: Batch, into table: Int) throws(Diagnostic) {
    if !isOpen {
      try database.execute("BEGIN IMMEDIATE", "begin")
      isOpen = true
    }
    var row = 0
    while row < batch.count {
      let rows = batch.count - row >= Self.rowsPerStatement ? Self.rowsPerStatement : 1
      let statement = rows == 1 ? singles[table] : wholes[table]
      scratch.removeAll()
      scratch.reserveBytes(rows * batch.columns.count * 48)
      bind(batch, row, rows, statement)
      let result = sqlite3_step(statement)
      sqlite3_reset(statement)
      guard result == SQLITE_DONE else { throw database.failure(tables[table].name) }
      row += rows
    }
  }

  private func bind(_ batch: Batch, _ first: Int, _ rows: Int, _ statement: OpaquePointer) {
    let width = batch.columns.count
    for (index, column) in batch.columns.enumerated() {
      var parameter = Int32(index + 1)
      for row in first..<(first + rows) {
        bind(column, row, statement, parameter)
        parameter += Int32(width)
      }
    }
  }

  @inline(__always)
  private func bind(_ column: Column, _ row: Int, _ statement: OpaquePointer, _ parameter: Int32) {
    if column.states[row] != 0, column.type != .date {
      sqlite3_bind_null(statement, parameter)
      return
    }
    switch column.type {
    case .integer, .flag: sqlite3_bind_int64(statement, parameter, column.integers[row])
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
  private func bind(_ text: UnsafeBufferPointer<UInt8>, _ statement: OpaquePointer, _ parameter: Int32) {
    UnsafeRawPointer(text.baseAddress ?? UnsafePointer(scratch.bytes)).withMemoryRebound(
      to: CChar.self, capacity: text.count
    ) {
      _ = sqlite3_bind_text(statement, parameter, $0, Int32(text.count), nil)
    }
  }

  func commit(_ checkpoint: Checkpoint) throws(Diagnostic) {
    if !isOpen { try database.execute("BEGIN IMMEDIATE", "begin") }
    sqlite3_bind_text(setCheckpoint, 1, checkpoint.file, -1, Self.transient)
    sqlite3_bind_int64(setCheckpoint, 2, Int64(checkpoint.records))
    sqlite3_bind_text(setCheckpoint, 3, checkpoint.identity, -1, Self.transient)
    let result = sqlite3_step(setCheckpoint)
    sqlite3_reset(setCheckpoint)
    guard result == SQLITE_DONE else { throw database.failure("checkpoint") }
    try database.execute("COMMIT", "commit")
    isOpen = false
  }

  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  func finish() throws(Diagnostic) {
    for table in tables { try database.execute(SQLiteTarget.createIndex(table), table.name) }
  }
}

extension Column {
  /// Appends a date as `YYYY-MM-DD`; 0 gives `0000-00-00`. Room for the bytes must have been reserved.
  fileprivate func append(date: Int64) {
    reserve(count + 1)
    reserveBytes(StoredDate.length)
    StoredDate.write(date, to: bytes + byteCount)
    ends[count] = byteCount + StoredDate.length
    states[count] = 0
    commit(rows: count + 1)
  }
}
