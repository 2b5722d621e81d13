import Base
import Records
import SQLite

/// Loads batches as staged pages, which SQLite takes over in one statement. Rows that cannot be staged are bound, several
/// to a statement: those of a table that another program has made, with a null where the table has none, or too long.
///
/// The rows of a batch are loaded in the order of their key. A table whose rows then lie in that order, or in a few runs of
/// it, needs no index to be read in it (``SQLiteKeyOrder``); the others get one after the load.
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
  private let staged: [StagedPages?]
  let checkpoints: [String: Checkpoint]
  /// For each table the key of its last row, and the number of runs of rows that lie in the order of their keys. It is not
  /// known of rows that an earlier run has loaded.
  private let last: [[Column]]
  private var runs: [Int]

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
    staged = try Self.stages(database, tables)
    try database.attachMemory(as: Self.stage)
    let found = try Self.readCheckpoints(database)
    checkpoints = found
    last = tables.map { table in table.key.map { Column(table.columns[$0].type) } }
    let known = found.isEmpty
    runs = tables.map { table in
      known && table.key.allSatisfy { SQLiteKeyOrder.isMergeable(table.columns[$0]) } ? 1 : .max
    }
  }

  /// The name of the database that stages rows.
  private static let stage = "totsugo_stage"

  /// Pages for the tables that are as this program makes them, and that nothing else watches.
  private static func stages(_ database: SQLiteConnection, _ tables: [TableSchema]) throws(Diagnostic) -> [StagedPages?]
  {
    var stages: [StagedPages?] = []
    for table in tables {
      let found = try database.texts(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = ?1 AND (type = 'table' OR sql IS NOT NULL)", table.name,
        with: [.text(table.name)])
      let own = SQLiteTarget.createTable(table).replacing("IF NOT EXISTS ", with: "")
      guard found == [own] else {
        stages.append(nil)
        continue
      }
      let pages = StagedPages(table: table.name, sql: own, optional: table.columns.map(\.optional))
      stages.append(pages.fits ? pages : nil)
    }
    return stages
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
    let order = BatchOrder(batch, key: tables[table].key)
    if runs[table] < .max, !order.follows(last[table]) { runs[table] += 1 }
    order.keep(in: last[table])
    if let pages = staged[table], canStage(batch, table) {
      let columns = StagedColumns(batch)
      for (place, row) in order.rows.enumerated() {
        if pages.pageCount >= StagedPages.mostPages { try take(over: table) }
        if pages.add(columns, row) { continue }
        try take(over: table)
        try load(batch, order.rows[place...place], into: table)
      }
    } else {
      try take(over: table)
      try load(batch, order.rows[...], into: table)
    }
  }

  /// A null where the table has none is SQLite's to refuse, unless it is a date, for which there is a value.
  private func canStage(_ batch: Batch, _ table: Int) -> Bool {
    zip(tables[table].columns, batch.columns).allSatisfy { description, column in
      description.optional || column.type == .date || column.isClean(batch.count)
    }
  }

  /// Makes SQLite take over the rows that are staged for a table.
  private func take(over table: Int) throws(Diagnostic) {
    guard let pages = staged[table], pages.rows > 0 else { return }
    let name = SQLiteConnection.quoted(tables[table].name)
    let (memory, count) = pages.take()
    try database.takeOver(memory, as: Self.stage, count: count, purpose: tables[table].name)
    try database.execute("INSERT INTO main.\(name) SELECT * FROM \(Self.stage).\(name)", tables[table].name)
  }

  /// Loads rows of a batch by binding their values.
  private func load(_ batch: Batch, _ chosen: ArraySlice<Int>, into table: Int) throws(Diagnostic) {
    var next = chosen.startIndex
    while next < chosen.endIndex {
      let count = chosen.endIndex - next >= Self.rowsPerStatement ? Self.rowsPerStatement : 1
      let statement = count == 1 ? singles[table] : wholes[table]
      let rows = chosen[next..<next + count]
      bind(batch, rows, statement, table)
      do throws(Diagnostic) { try statement.run() } catch { throw refused(batch, rows, table, error) }
      next += count
    }
  }

  /// Words of SQLite's, which are never translated, for a row that it does not take.
  private static let tellsRow = ["constraint failed", "datatype mismatch", "cannot store", "too big"]

  /// The refusal of several rows, with the row and the column that it is about.
  private func refused(_ batch: Batch, _ rows: ArraySlice<Int>, _ table: Int, _ error: Diagnostic) -> Diagnostic {
    let schema = tables[table]
    for row in rows {
      bind(batch, [row], singles[table], table)
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

  private func bind(_ batch: Batch, _ rows: ArraySlice<Int>, _ statement: SQLiteStatement, _ table: Int) {
    scratch.removeAll()
    scratch.reserve(rows.count * batch.columns.count)
    scratch.reserveBytes(rows.count * batch.columns.count * 48)
    let width = batch.columns.count
    for (index, column) in batch.columns.enumerated() {
      var parameter = index + 1
      let (states, integers) = (column.states, column.integers)
      switch column.type {
      case .integer, .flag:
        for row in rows {
          if states[row] == 0 {
            statement.bind(parameter, integers[row])
          } else {
            statement.bindNull(parameter)
          }
          parameter += width
        }
      case .text:
        for row in rows {
          if states[row] == 0 { bind(column.text(row), statement, parameter) } else { statement.bindNull(parameter) }
          parameter += width
        }
      case .date:
        let isOptional = tables[table].columns[index].optional
        for row in rows {
          if states[row] != 0, isOptional {
            statement.bindNull(parameter)
          } else {
            bind(scratch.append(date: integers[row]), statement, parameter)
          }
          parameter += width
        }
      case .decimal(let scale):
        for row in rows {
          if states[row] == 0 {
            let start = scratch.byteCount
            scratch.append(ExactDecimal.text(column.wides[row], scale: scale))
            let text = UnsafeBufferPointer(start: scratch.bytes + start, count: scratch.byteCount - start)
            bind(text, statement, parameter)
          } else {
            statement.bindNull(parameter)
          }
          parameter += width
        }
      }
    }
  }

  @inline(__always)
  private func bind(_ text: UnsafeBufferPointer<UInt8>, _ statement: SQLiteStatement, _ parameter: Int) {
    statement.bind(parameter, lying: text.baseAddress ?? UnsafePointer(scratch.bytes), count: text.count)
  }

  func commit(_ checkpoint: Checkpoint) throws(Diagnostic) {
    if transaction == nil { transaction = try SQLiteTransaction(.writing, database) }
    for table in tables.indices { try take(over: table) }
    setCheckpoint.bind([.text(checkpoint.file), .integer(Int64(checkpoint.records)), .text(checkpoint.identity)])
    try setCheckpoint.run()
    try transaction.take()?.commit()
  }

  func finish() throws(Diagnostic) {
    for (index, table) in tables.enumerated() where runs[index] > SQLiteKeyOrder.mostRuns {
      try database.execute(SQLiteTarget.createIndex(table), table.name)
    }
  }
}

extension Column {
  /// Appends a date as `YYYY-MM-DD`; 0 gives `0000-00-00`. Rows and bytes must have been reserved.
  ///
  /// - Returns: the date's bytes, which stay until the column is emptied.
  fileprivate func append(date: Int64) -> UnsafeBufferPointer<UInt8> {
    let start = byteCount
    StoredDate.write(date, to: bytes + start)
    ends[count] = start + StoredDate.length
    states[count] = 0
    commit(rows: count + 1)
    return UnsafeBufferPointer(start: bytes + start, count: StoredDate.length)
  }
}
