import Base
import Records

/// The progress of loading one file.
package struct Checkpoint: Hashable, Sendable {
  /// The file's name in the project.
  package let file: String
  /// The number of records loaded from the file's start; the next one is `records + 1`.
  package let records: Int
  /// The identity of the load: the digest of the file's content-free identity and of the definitions. Resuming with
  /// another identity is refused.
  package let identity: String

  package init(file: String, records: Int, identity: String) {
    self.file = file
    self.records = records
    self.identity = identity
  }
}

/// The new system's tables, in a database or in exports: all that the pipeline knows of them.
package protocol Target: Sendable {
  /// The reference that the user gave, without secrets, for messages.
  var reference: String { get }

  /// Whether rows can be loaded; false for a target that can only be read.
  var takesRows: Bool { get }

  /// Creates the missing tables, including the checkpoint table.
  ///
  /// - Throws: `target.…` when the database cannot be opened or written, `target.occupied` when a table holds rows and no
  ///   checkpoint shows that this program loaded them; `target.readonly`.
  func prepare(_ tables: [TableSchema], resuming: Bool) throws(Diagnostic)

  /// The one writer. Batches are loaded in the order of the calls.
  ///
  /// - Throws: `target.open`, `target.write`, or `target.read` for the checkpoints.
  func loader(_ tables: [TableSchema]) throws(Diagnostic) -> any TargetLoader

  /// A reader of one table with its own connection; readers may run at the same time.
  ///
  /// - Throws: `target.open`; `target.read`; `target.table` when the table or one of its columns is missing.
  func reader(_ table: TableSchema) throws(Diagnostic) -> any TargetReader

  /// These tables and the other tables and views beside them, with all their columns, without the tables that this
  /// program makes for itself.
  ///
  /// - Throws: `target.open`, `target.read`.
  func inventory(beside tables: [TableSchema]) throws(Diagnostic) -> [StoredTable]

  /// A reader of the rows with one key: none, one, or several when a row was doubled. Cheap when the table has its
  /// index.
  ///
  /// - Throws: the errors of ``reader(_:)``.
  func reader(_ table: TableSchema, of key: RowKey) throws(Diagnostic) -> any TargetReader
}

extension Target {
  package var takesRows: Bool { true }
}

/// Writes batches. All rows between two commits are stored together with their checkpoint, or none.
package protocol TargetLoader: AnyObject {
  /// The checkpoints found when the loader was opened, by file.
  var checkpoints: [String: Checkpoint] { get }

  /// Adds the rows of `batch` to the table with this index, in a transaction that `commit` ends.
  ///
  /// - Throws: `target.write`; `target.nul` when the database cannot store U+0000.
  func load(_ batch: Batch, into table: Int) throws(Diagnostic)

  /// Stores the rows since the last commit together with their checkpoint.
  ///
  /// - Throws: `target.write`.
  func commit(_ checkpoint: Checkpoint) throws(Diagnostic)

  /// Creates the indexes on the keys and closes. The tables can then be read in key order.
  ///
  /// - Throws: `target.write`.
  func finish() throws(Diagnostic)
}

/// Reads a table in the order of its key.
package protocol TargetReader: AnyObject {
  /// Replaces the rows of `batch` by the next rows, at most `limit`; false when there are none.
  ///
  /// A stored value that the column's type does not allow gets the fault `unreadable`.
  ///
  /// - Throws: `target.read`.
  func read(into batch: Batch, limit: Int) throws(Diagnostic) -> Bool
}

/// A database that can be asked, before it is needed, whether it will do its work.
package protocol ProbedTarget: Target {
  /// The program and its version, with the database's character set where it matters.
  ///
  /// - Throws: `target.open`, `target.read`; `library.missing`.
  func version() throws(Diagnostic) -> String

  /// Makes a table, writes a row, reads it and drops the table, all in one transaction, which is undone: nothing remains.
  ///
  /// - Throws: `target.open`, `target.write`, `target.read`; `library.missing`.
  func probe() throws(Diagnostic)
}
