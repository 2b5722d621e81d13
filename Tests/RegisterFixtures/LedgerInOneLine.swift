import Ledger

/// Whole transactions in one line, for tests.
extension Ledger {
  package func read<T>(_ body: (borrowing LedgerReading) throws -> T) throws -> T { try body(reading()) }

  /// When `body` throws, nothing is entered.
  package func write<T>(_ body: (borrowing LedgerWriting) throws -> T) throws -> T {
    let writing = try writing()
    let result = try body(writing)
    try writing.commit()
    return result
  }

  /// Rolls everything back.
  package func tryOut<T>(_ body: (borrowing LedgerWriting) throws -> T) throws -> T { try body(writing()) }
}
