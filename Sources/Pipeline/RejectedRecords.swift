import Records
import Targets
import Base
import Checks
import Evidence
import Expressions
import Framing
import Projects

/// Reads the records that were not migrated once more, so that failed checks can be judged without them.
struct RejectedRecords {
  private let project: Project
  private let shares: RejectedShares

  init(_ project: Project, _ shares: RejectedShares) {
    self.project = project
    self.shares = shares
  }

  /// Costs one access for each record.
  ///
  /// - Parameter numbers: the records' numbers, from 1, by the reason for which they were not migrated.
  /// - Throws: the errors of reading the file; the user's interruption.
  func observe(
    _ plan: FilePlan, _ file: RecordFile, _ numbers: [RejectedShares.Reason: [Int]]
  ) throws(Diagnostic) {
    guard !numbers.isEmpty else { return }
    let shard = FileShard(plan, file, project)
    let machines = project.tables.map { Machine(project.programs[.table($0.name)]!) }
    let order = numbers.keys.filter { numbers[$0]?.isEmpty == false }.sorted {
      ($0.kind, $0.field, $0.code) < ($1.kind, $1.field, $1.code)
    }
    for reason in order {
      let all = numbers[reason] ?? []
      shares.begin(reason, all)
      for start in stride(from: 0, to: all.count, by: RecordFile.recordsPerBlock) {
        try Interruption.check()
        try shard.draft(all[start..<min(start + RecordFile.recordsPerBlock, all.count)]) {
          shares.observe($0, $1, drafts: false)
        }
        for (index, batch) in shard.batches.enumerated() where batch.count > 0 {
          let source = Source.table(project.tables[index].name)
          guard shares.sources.contains(source) else { continue }
          machines[index].start(batch.columns, rows: batch.count)
          shares.observe(
            source, ObservedRows(machine: machines[index], count: batch.count, records: []), drafts: true)
        }
      }
      shares.end()
    }
  }
}

/// Reads records that differences name once more, to see in which other differences they take part.
struct SuspectRecords {
  private let project: Project
  private let parts: RecordParts

  init(_ project: Project, _ parts: RecordParts) {
    self.project = project
    self.parts = parts
  }

  /// Costs one access, and the mapping of one record, for each.
  ///
  /// - Throws: the errors of reading the file; the user's interruption.
  func observe(_ plan: FilePlan, _ file: RecordFile, _ suspects: [RecordPlace]) throws(Diagnostic) {
    guard !suspects.isEmpty else { return }
    let shard = FileShard(plan, file, project)
    let machines = project.tables.map { Machine(project.programs[.table($0.name)]!) }
    for suspect in suspects {
      try Interruption.check()
      try shard.draft([suspect.record]) { parts.observe(suspect, $0, $1) }
      for (index, batch) in shard.batches.enumerated() where batch.count > 0 {
        let source = Source.table(project.tables[index].name)
        guard parts.sources.contains(source) else { continue }
        machines[index].start(batch.columns, rows: batch.count)
        parts.observe(suspect, source, ObservedRows(machine: machines[index], count: batch.count, records: []))
      }
    }
  }
}
