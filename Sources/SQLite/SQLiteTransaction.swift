import Base

/// A transaction: it ends with ``commit()``, and is rolled back when it is released without one.
///
/// A reading transaction sees one state of the database. A writing one begins when no other process writes.
package struct SQLiteTransaction: ~Copyable {
  package enum Kind: Sendable { case reading, writing }

  package let connection: SQLiteConnection
  private var isOpen = true

  package init(_ kind: Kind, _ connection: SQLiteConnection) throws(Diagnostic) {
    self.connection = connection
    try connection.execute(kind == .reading ? "BEGIN" : "BEGIN IMMEDIATE", "begin")
  }

  /// - Throws: when it cannot be written; all of it is then rolled back.
  package consuming func commit() throws(Diagnostic) {
    try connection.execute("COMMIT", "commit")
    isOpen = false
  }

  deinit {
    // SQLite may already have rolled it back: then this is refused, and nothing is lost.
    if isOpen { try? connection.execute("ROLLBACK", "rollback") }
  }
}
