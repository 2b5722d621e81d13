import Base
import Evidence

/// An event that a run reports about its progress.
package enum RunEvent: Sendable {
  package struct File: Sendable {
    package let id: String
    package let title: Bilingual
    package let bytes: Int

    package init(id: String, title: Bilingual, bytes: Int) {
      self.id = id
      self.title = title
      self.bytes = bytes
    }
  }

  /// The plan: the steps in their order, the readable files, the number of tables.
  case planned(steps: [RunProgress.Step], files: [File], tables: Int)
  case began(step: String)
  /// For a file: the number of records and bytes read of it so far, and its size in bytes. From any thread, once for
  /// each block.
  case read(file: String, records: Int, bytes: Int, total: Int)
  /// The number of rows read back since the last event. From any thread, once for each batch.
  case readBack(rows: Int)
  case readTable
  /// The differences have been found, and what they come from is looked for.
  case explaining
  case ended(RunEvidence.Step)
}
