import Base

/// The rows of a query as the server sends them, in the text form of COPY: fields between tabs, `\N` for null, and
/// `\\`, `\t`, `
/// `, `\r`, `\b`, `\f`, `\v` for those characters. Only the current row is in memory.
package final class PostgresCopyOut {
  private let connection: PostgresConnection
  private let purpose: String
  private var row: UnsafeMutablePointer<CChar>?
  private var isAtEnd = false

  init(_ connection: PostgresConnection, _ purpose: String) {
    self.connection = connection
    self.purpose = purpose
  }

  /// Cancels the rows that have not been taken, so that the connection can be used again.
  deinit {
    connection.library.freeMemory(row)
    guard !isAtEnd else { return }
    if let cancel = connection.library.newCancel(connection.handle) {
      var reason: [CChar] = Array(repeating: 0, count: 256)
      _ = connection.library.cancel(cancel, &reason, Int32(reason.count))
      connection.library.freeCancel(cancel)
    }
    var rest: UnsafeMutablePointer<CChar>?
    while connection.library.getCopy(connection.handle, &rest, 0) > 0 { connection.library.freeMemory(rest) }
    while let result = connection.library.nextAnswer(connection.handle) { connection.library.clear(result) }
  }

  /// The bytes of the next row without the line end, valid until the next call; `nil` after the last row and from then
  /// on.
  ///
  /// - Throws: `target.read` when the server fails half-way or the connection is lost; there is then no next row.
  package func next() throws(Diagnostic) -> UnsafeBufferPointer<UInt8>? {
    guard !isAtEnd else { return nil }
    connection.library.freeMemory(row)
    row = nil
    let count = Int(connection.library.getCopy(connection.handle, &row, 0))
    if count > 0, let row {
      return UnsafeRawPointer(row).withMemoryRebound(to: UInt8.self, capacity: count) {
        UnsafeBufferPointer(start: $0, count: count - 1)
      }
    }
    isAtEnd = true
    var outcome = count == -2 ? connection.failure(.targetRead, purpose, nil) : nil
    while let result = connection.library.nextAnswer(connection.handle) {
      if connection.library.answerStatus(result) != LibPQ.Status.command {
        outcome = connection.failure(.targetRead, purpose, result)
      }
      connection.library.clear(result)
    }
    if let outcome { throw outcome }
    return nil
  }
}
