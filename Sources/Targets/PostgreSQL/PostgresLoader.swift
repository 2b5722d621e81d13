import Base
import Glibc
import Records

/// Loads batches by COPY. Rows wait in a buffer per table, since the connection copies into one table at a time.
final class PostgresLoader: TargetLoader {
  /// A buffer is sent when it reaches this number of bytes.
  private static let bufferBytes = 256 << 10

  private let connection: PostgresConnection
  private let tables: [TableSchema]
  private let buffers: [CopyBuffer]
  private let places: [String]
  /// For each table and column, how dates are written.
  private let dates: [[CopyBuffer.Dates]]
  private var isOpen = false
  let checkpoints: [String: Checkpoint]

  init(_ connection: PostgresConnection, _ tables: [TableSchema]) throws(Diagnostic) {
    self.connection = connection
    self.tables = tables
    buffers = tables.map { _ in CopyBuffer() }
    places = tables.map { table in
      let columns = table.columns.map { PostgresConnection.quoted($0.name) }.joined(separator: ", ")
      return "\(PostgresConnection.quoted(table.name)) (\(columns))"
    }
    var dates: [[CopyBuffer.Dates]] = []
    for table in tables {
      dates.append(
        zip(table.columns, try PostgresReader.forms(connection, table)).map { column, form in
          switch form {
          case .calendarDate, .timestamp: .calendar
          default: column.optional ? .optionalText : .text
          }
        })
    }
    self.dates = dates
    try Self.claim(connection)
    checkpoints = try Self.readCheckpoints(connection)
  }

  /// Makes this the only loading session until the connection ends. A run that was killed may still have a commit in
  /// progress; its session is waited for, so that the checkpoints read afterwards are final.
  ///
  /// - Throws: `target.open` when another session is still loading.
  static func claim(_ connection: PostgresConnection) throws(Diagnostic) {
    let claim = "SELECT pg_try_advisory_lock('totsugo_checkpoint'::regclass::oid::int, 0)"
    for attempt in 0..<100 {
      if attempt > 0 { usleep(100_000) }
      if try connection.rows(claim, "checkpoint") == [["t"]] { return }
    }
    throw Diagnostic(.targetOpen, at: Place(file: connection.reference.text), "another session is loading these tables")
  }

  private static func readCheckpoints(_ connection: PostgresConnection) throws(Diagnostic) -> [String: Checkpoint] {
    var found: [String: Checkpoint] = [:]
    for row in try connection.rows("SELECT file, records, identity FROM totsugo_checkpoint", "checkpoint") {
      guard let file = row[0], let records = row[1].flatMap({ Int($0) }), let identity = row[2] else { continue }
      found[file] = Checkpoint(file: file, records: records, identity: identity)
    }
    return found
  }

  private func begin() throws(Diagnostic) {
    guard !isOpen else { return }
    try connection.execute("BEGIN", "begin")
    isOpen = true
  }

  func load(_ batch: Batch, into table: Int) throws(Diagnostic) {
    try begin()
    do throws(CopyBuffer.Unstorable) {
      try buffers[table].append(batch, dates: dates[table])
    } catch {
      let record = error.row < batch.records.count ? String(batch.records[error.row]) : "–"
      let place = Place(file: connection.reference.text)
      if tables[table].columns[error.column].type == .date {
        throw RefusedRow(
          tables[table], column: tables[table].columns[error.column].name, batch, row: error.row,
          "a date with an unknown part is no day of the calendar"
        ).diagnostic(at: place)
      }
      throw Diagnostic(.targetNul, at: place, tables[table].name, tables[table].columns[error.column].name, record)
    }
    if buffers[table].count >= Self.bufferBytes { try send(table) }
  }

  private func send(_ table: Int) throws(Diagnostic) {
    guard buffers[table].count > 0 else { return }
    do throws(Diagnostic) {
      try connection.copyIn(places[table], buffers[table].bytes, tables[table].name)
    } catch { throw refused(error, table) }
    buffers[table].removeAll()
  }

  /// The refusal of some rows, with the row and the column that the server names: the number of the line and of the
  /// column, whatever the language of its words.
  private func refused(_ error: Diagnostic, _ table: Int) -> Diagnostic {
    let schema = tables[table]
    // A value (22) or a constraint (23): a server that stops, or has no room, says a line, too.
    let reason = error.facts.last ?? ""
    guard reason.contains("(SQLSTATE 22") || reason.contains("(SQLSTATE 23"), let refusal = connection.copyRefusal,
      let first = refusal.context.firstRange(of: schema.name)?.upperBound
    else { return error }
    let rest = refusal.context[first...]
    let number = rest.drop { !("0"..."9").contains($0) }.prefix { ("0"..."9").contains($0) }
    guard let line = Int(number), line > 0 else { return error }
    let row = buffers[table].bytes.split(separator: 0x0A, maxSplits: line, omittingEmptySubsequences: false)
    guard row.count >= line else { return error }
    let cells = row[line - 1].split(separator: 0x09, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    // Behind the colon stands the value.
    let words = rest[number.endIndex...].prefix { $0 != ":" && $0 != "：" }
    let column =
      refusal.column ?? schema.columns.map(\.name).filter { words.contains($0) }.max { $0.count < $1.count }
    let key = schema.key.map { cells[$0] == "\\N" ? nil : cells[$0] }
    return RefusedRow(schema, column: column, key: key, reason).diagnostic(at: error.place)
  }

  func commit(_ checkpoint: Checkpoint) throws(Diagnostic) {
    try begin()
    for table in tables.indices { try send(table) }
    let values = [checkpoint.file, String(checkpoint.records), checkpoint.identity]
    try connection.execute(
      "INSERT INTO totsugo_checkpoint VALUES (\(values.map(PostgresConnection.literal).joined(separator: ", "))) "
        + "ON CONFLICT (file) DO UPDATE SET records = EXCLUDED.records, identity = EXCLUDED.identity", "checkpoint")
    try connection.execute("COMMIT", "commit")
    isOpen = false
  }

  func finish() throws(Diagnostic) {
    for table in tables {
      let forms = try PostgresReader.forms(connection, table)
      let order = table.key.map { forms[$0].order(table.columns[$0].name, isUTF8: true) }.joined(separator: ", ")
      let name = PostgresConnection.quoted(table.name)
      try connection.execute(
        "CREATE INDEX IF NOT EXISTS \(PostgresConnection.quoted("key_" + table.name)) ON \(name) (\(order))",
        table.name)
      // Statistics that the planner needs to read by the index.
      let key = table.key.map { PostgresConnection.quoted(table.columns[$0].name) }.joined(separator: ", ")
      try connection.execute("ANALYZE \(name) (\(key))", table.name)
    }
  }
}
