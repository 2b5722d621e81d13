import Base
import Framing
import Decode
import Projects
import Records

/// The items of a file's records as they are decoded, block by block, for who looks at the data and judges nothing.
package struct ItemReading {
  private let project: Project
  private let data: String

  /// - Parameter data: the folder of the legacy files.
  package init(_ project: Project, data: String) {
    self.project = project
    self.data = data
  }

  /// Records of one kind, one row each.
  package struct Block {
    package let kind: FileKind
    /// By ``FieldPlan/column``; valid until the next block.
    package let columns: [Column]
    /// The numbers of the records, from 1.
    package let records: [Int]
  }

  /// Reads the first records of a file. Costs one reading, in the memory of a block.
  ///
  /// - Parameters:
  ///   - limit: so many records at most, rounded up to whole blocks; `nil` for all.
  ///   - body: is called for each kind of each block.
  /// - Throws: the errors of opening and reading the file, and of `body`; the user's interruption.
  package func read(
    _ plan: FilePlan, limit: Int? = nil, _ body: (Block) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let file = try plan.open(in: data)
    let shard = FileShard(plan, file, project)
    for block in 0..<file.blockCount {
      if let limit, block * RecordFile.recordsPerBlock >= limit { return }
      try Interruption.check()
      _ = try shard.work(block, observe: { _, _ in }, maps: false)
      for part in shard.decoded { try body(part) }
    }
  }
}
