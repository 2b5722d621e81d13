import Base
import Records

/// How far a file has been loaded.
package struct Checkpoint: Hashable, Sendable {
  /// The file, as the project names it.
  package let file: String
  /// Records already loaded, from the file's start; the next one is `records + 1`.
  package let records: Int
  /// What was being loaded: the digest of the file's content-free identity and of the definitions. Resuming with
  /// another identity is refused.
  package let identity: String

  package init(file: String, records: Int, identity: String) {
    self.file = file
    self.records = records
    self.identity = identity
  }
}

/// A database that takes the new system's tables: the only thing the pipeline knows of it.
package protocol Target: Sendable {
  /// The reference people gave, without secrets, for messages.
  var reference: String { get }

  /// Makes the tables (and the checkpoint table) that are not there yet.
  ///
  /// - Throws: `target.…` when the database cannot be opened or written, or `target.occupied` when a table holds rows
  ///   and no checkpoint says that they are ours.
  func prepare(_ tables: [TableSchema], resuming: Bool) throws(Diagnostic)

  /// The one writer. Batches are loaded in the order of the calls.
  func loader(_ tables: [TableSchema]) throws(Diagnostic) -> any TargetLoader

  /// A reader of one table with a connection of its own; readers may run at the same time.
  ///
  /// - Throws: `target.table` when the table or one of its columns is missing.
  func reader(_ table: TableSchema) throws(Diagnostic) -> any TargetReader

  /// The tables and views that stand beside these tables, and they themselves, with all their columns; what this program
  /// makes for itself is left out.
  ///
  /// - Throws: `target.open`, `target.read`.
  func inventory(beside tables: [TableSchema]) throws(Diagnostic) -> [StoredTable]

  /// A reader of the rows with one key alone: none, one, or where a row was doubled, several. Cheap where the table has its
  /// index.
  ///
  /// - Throws: as ``reader(_:)``.
  func reader(_ table: TableSchema, of key: RowKey) throws(Diagnostic) -> any TargetReader
}

/// Writes batches. Everything between two commits is there or not, together with its checkpoint.
package protocol TargetLoader: AnyObject {
  /// The checkpoints found when the loader was opened, by file.
  var checkpoints: [String: Checkpoint] { get }

  /// Adds the rows of `batch` to the table with this index. In a transaction that `commit` ends.
  func load(_ batch: Batch, into table: Int) throws(Diagnostic)

  func commit(_ checkpoint: Checkpoint) throws(Diagnostic)

  /// Makes the indexes on the keys and closes. After this the tables can be read in key order.
  func finish() throws(Diagnostic)
}

/// Reads a table in the order of its key.
package protocol TargetReader: AnyObject {
  /// Replaces the rows of `batch` by at most `limit` next ones; false when there are none.
  ///
  /// A stored value that the column's type does not allow gets the fault `unreadable`.
  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool
}
