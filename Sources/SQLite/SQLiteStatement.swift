import Base
import CSQLite

/// A prepared statement. It starts before its first row; ``next()`` moves it. Parameters and columns are numbered as in
/// SQL: parameters from 1, columns from 0.
public final class SQLiteStatement {
  @usableFromInline let handle: OpaquePointer
  private let connection: SQLiteConnection
  private let purpose: String
  /// SQLite would begin again if stepped beyond the last row.
  private var isAtEnd = false

  init(_ connection: SQLiteConnection, _ sql: String, _ purpose: String) throws(Diagnostic) {
    var handle: OpaquePointer?
    guard
      sqlite3_prepare_v3(connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil) == SQLITE_OK,
      let handle
    else { throw connection.failure(purpose) }
    self.handle = handle
    self.connection = connection
    self.purpose = purpose
  }

  deinit { sqlite3_finalize(handle) }

  /// Moves to the next row.
  ///
  /// - Returns: false after the last row, and from then on until ``reset()``.
  package func next() throws(Diagnostic) -> Bool {
    if isAtEnd { return false }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      isAtEnd = true
      return false
    default: throw connection.failure(purpose)
    }
  }

  /// Executes a statement without rows, and resets it.
  package func run() throws(Diagnostic) {
    defer { sqlite3_reset(handle) }
    guard sqlite3_step(handle) == SQLITE_DONE else { throw connection.failure(purpose) }
  }

  /// Moves the statement before its first row again; its parameters stay.
  package func reset() {
    sqlite3_reset(handle)
    isAtEnd = false
  }

  // MARK: Parameters

  /// Binds all parameters, from the first.
  package func bind(_ values: [SQLiteValue]) {
    for (index, value) in values.enumerated() { bind(index + 1, value) }
  }

  package func bind(_ parameter: Int, _ value: SQLiteValue) {
    switch value {
    case .null: bindNull(parameter)
    case .integer(let number): bind(parameter, number)
    case .text(let text):
      let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_text(handle, Int32(truncatingIfNeeded: parameter), text, Int32(text.utf8.count), copied)
    }
  }

  @inlinable
  public func bindNull(_ parameter: Int) { sqlite3_bind_null(handle, Int32(truncatingIfNeeded: parameter)) }

  @inlinable
  public func bind(_ parameter: Int, _ number: Int64) {
    sqlite3_bind_int64(handle, Int32(truncatingIfNeeded: parameter), number)
  }

  /// Binds UTF-8 in place: the bytes must stay until the statement has run.
  @inlinable
  public func bind(_ parameter: Int, lying start: UnsafePointer<UInt8>, count: Int) {
    UnsafeRawPointer(start).withMemoryRebound(to: CChar.self, capacity: count) {
      _ = sqlite3_bind_text(handle, Int32(truncatingIfNeeded: parameter), $0, Int32(truncatingIfNeeded: count), nil)
    }
  }

  // MARK: Columns

  /// A value of the current row.
  @inlinable
  public subscript(column: Int) -> SQLiteCell {
    SQLiteCell(handle: sqlite3_column_value(handle, Int32(truncatingIfNeeded: column)))
  }

  package var width: Int { Int(sqlite3_column_count(handle)) }

  package func name(of column: Int) -> String {
    sqlite3_column_name(handle, Int32(truncatingIfNeeded: column)).map { String(cString: $0) } ?? ""
  }

  /// The declared type of a column; an expression has none.
  package func declaration(of column: Int) -> String? {
    sqlite3_column_decltype(handle, Int32(truncatingIfNeeded: column)).map { String(cString: $0) }
  }
}
