import Base
import Evidence

/// What a run tells of its progress while it is at work.
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

  /// What lies ahead: the steps in their order, the files that can be read, the number of tables.
  case planned(steps: [RunProgress.Step], files: [File], tables: Int)
  case began(step: String)
  /// Of a file: the records and bytes read of it so far, and its bytes in all. From any thread, once a block.
  case read(file: String, records: Int, bytes: Int, total: Int)
  /// So many more rows were read back. From any thread, once a batch.
  case readBack(rows: Int)
  case readTable
  case ended(RunEvidence.Step)
}
