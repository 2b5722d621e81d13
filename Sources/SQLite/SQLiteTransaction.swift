import Base

/// A transaction: it ends with ``commit()``, and is taken back when it goes away without.
///
/// One that reads sees one state of the database. One that writes begins when no other process writes.
package struct SQLiteTransaction: ~Copyable {
  package enum Kind: Sendable { case reading, writing }

  package let connection: SQLiteConnection
  private var isOpen = true

  package init(_ kind: Kind, _ connection: SQLiteConnection) throws(Diagnostic) {
    self.connection = connection
    try connection.execute(kind == .reading ? "BEGIN" : "BEGIN IMMEDIATE", "begin")
  }

  /// - Throws: when it cannot be written; then all of it is taken back.
  package consuming func commit() throws(Diagnostic) {
    try connection.execute("COMMIT", "commit")
    isOpen = false
  }

  deinit {
    // SQLite may have taken it back by itself already: then this is refused, and nothing is lost.
    if isOpen { try? connection.execute("ROLLBACK", "rollback") }
  }
}
