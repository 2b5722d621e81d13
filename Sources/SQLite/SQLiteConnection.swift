import Base
import CSQLite

/// A connection (接続) to an SQLite file. Belongs to one thread at a time. It is closed when neither it nor any of its
/// statements is held any more.
package final class SQLiteConnection {
  package enum Mode: Sendable {
    /// For writing; created when it is missing.
    case create
    /// For writing, or for reading when the file may not be written.
    case write
    case read
  }

  let handle: OpaquePointer
  package let path: String
  private let mode: Mode
  private let told: @Sendable (SQLiteRefusal) -> Diagnostic

  /// - Parameters:
  ///   - seconds: the time that a statement waits for another process that writes.
  ///   - told: converts a refusal into a diagnostic.
  /// - Throws: the diagnostic of `told` for a file that cannot be opened.
  package init(
    _ path: String, _ mode: Mode, waiting seconds: Int = 5, told: @escaping @Sendable (SQLiteRefusal) -> Diagnostic
  ) throws(Diagnostic) {
    self.path = path
    self.mode = mode
    self.told = told
    var handle: OpaquePointer?
    let flags =
      switch mode {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .write: SQLITE_OPEN_READWRITE
      case .read: SQLITE_OPEN_READONLY
      }
    let result = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard result == SQLITE_OK, let handle else {
      let refusal = SQLiteRefusal(handle, path, mode, nil)
      sqlite3_close_v2(handle)
      throw told(refusal)
    }
    self.handle = handle
    wait(seconds: seconds)
    // A column that does not exist, in double quotes, is an error and not a text.
    _ = totsugo_sqlite_refuse_quoted_texts(handle)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Sets the time that statements wait for another process that reads or writes.
  package func wait(seconds: Int) { sqlite3_busy_timeout(handle, Int32(clamping: seconds * 1_000)) }

  /// The diagnostic of SQLite's last refusal.
  func failure(_ purpose: String) -> Diagnostic { told(SQLiteRefusal(handle, path, mode, purpose)) }

  /// Executes statements in sequence until one fails.
  ///
  /// - Throws: the diagnostic of `told`, with `purpose`; the same below.
  package func execute(_ sql: String, _ purpose: String) throws(Diagnostic) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(purpose) }
  }

  package func prepare(_ sql: String, _ purpose: String) throws(Diagnostic) -> SQLiteStatement {
    try SQLiteStatement(self, sql, purpose)
  }

  /// Whether SQLite accepts a statement: that its tables and columns exist.
  package func accepts(_ sql: String) -> Bool {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    return sqlite3_prepare_v2(handle, sql, -1, &statement, nil) != SQLITE_ERROR
  }

  /// The integer in the first row and column of a query; `nil` without rows.
  package func integer(_ sql: String, _ purpose: String) throws(Diagnostic) -> Int64? {
    let statement = try prepare(sql, purpose)
    return try statement.next() ? statement[0].integer : nil
  }

  /// The first column of a query as texts; a null or unreadable text is empty.
  package func texts(_ sql: String, _ purpose: String, with values: [SQLiteValue] = []) throws(Diagnostic) -> [String] {
    let statement = try prepare(sql, purpose)
    statement.bind(values)
    var texts: [String] = []
    while try statement.next() { texts.append(statement[0].text ?? "") }
    return texts
  }

  /// The names of a table's or view's columns in their order, including generated ones; empty when there is no such
  /// table.
  package func columns(of table: String) throws(Diagnostic) -> [String] {
    try texts("SELECT name FROM pragma_table_xinfo(?1) ORDER BY cid", table, with: [.text(table)])
  }

  /// Copies all of another database into this one, page by page, so that row numbers are kept.
  package func copy(all source: SQLiteConnection) throws(Diagnostic) {
    let backup = sqlite3_backup_init(handle, "main", source.handle, "main")
    sqlite3_backup_step(backup, -1)
    guard sqlite3_backup_finish(backup) == SQLITE_OK else { throw failure("copy") }
  }

  /// Attaches an empty database in memory, for ``takeOver(_:as:count:purpose:)``.
  package func attachMemory(as schema: String) throws(Diagnostic) {
    try execute("ATTACH ':memory:' AS \(Self.quoted(schema))", "attach")
  }

  /// Puts the pages of a database in memory in place of an attached one. They are SQLite's from then on, also after a
  /// failure; they must be of ``SQLiteMemory``.
  package func takeOver(
    _ pages: UnsafeMutableRawPointer, as schema: String, count: Int, purpose: String
  ) throws(Diagnostic) {
    // A database for reading only would refuse every transaction that begins as a writing one.
    let result = sqlite3_deserialize(
      handle, schema, pages.assumingMemoryBound(to: UInt8.self), Int64(count), Int64(count),
      UInt32(SQLITE_DESERIALIZE_FREEONCLOSE))
    guard result == SQLITE_OK else { throw failure(purpose) }
  }

  /// The number of rows changed since the connection was opened.
  package var changes: Int { Int(sqlite3_total_changes64(handle)) }

  /// A name in SQL notation.
  package static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

  /// A text in SQL notation.
  package static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
