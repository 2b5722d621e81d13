import Projects
import Base
import Decode
import Framing
import Records

/// The rows that a project's mapping makes for one table, without loading them anywhere.
package final class MappedRows {
  private let project: Project
  private let table: Int
  private let data: String
  private var files: ArraySlice<FilePlan>
  private var open: (file: RecordFile, shard: FileShard)?
  private var block = 0
  /// The number of rejected records in the files read so far; they have no rows.
  package private(set) var rejected = 0
  /// The number of records so far that a rule of the mapping excludes.
  package private(set) var excluded = 0

  /// The oddities of the files that have been read to their end.
  private var finished = OddityCount()
  /// The oddities so far: accepted deviations in writing, and records that made no row; only those that occurred.
  package var oddities: [(oddity: Oddity, count: Int)] {
    var sum = finished
    if let open { sum += open.shard.oddities }
    return Oddity.allCases.filter { sum[$0] > 0 }.map { ($0, sum[$0]) }
  }

  /// - Parameter table: index in the project's tables.
  /// - Parameter data: the folder of the legacy files.
  package init(_ project: Project, table: Int, data: String) {
    self.project = project
    self.table = table
    self.data = data
    files = project.files.filter { $0.kinds.contains { $0.mapping.rows.contains { $0.table == table } } }[...]
  }

  /// The next rows, valid until the next call; `nil` after the last.
  ///
  /// - Throws: the errors of opening and reading the files; the user's interruption.
  package func next() throws(Diagnostic) -> Batch? {
    while true {
      if let (file, shard) = open, block < file.blockCount {
        try Interruption.check()
        let outcome = try shard.work(block, observe: { _, _ in }, maps: true)
        block += 1
        rejected += outcome.rejects.count
        excluded += outcome.exclusions.values.reduce(0, +)
        if shard.batches[table].count > 0 { return shard.batches[table] }
        continue
      }
      if let open { finished += open.shard.oddities }
      open = nil
      guard let plan = files.popFirst() else { return nil }
      let file = try plan.open(in: data)
      open = (file, FileShard(plan, file, project))
      block = 0
    }
  }
}
