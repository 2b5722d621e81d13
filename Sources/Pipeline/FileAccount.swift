import Evidence
import Projects
import Base
import Checks
import Decode
import Foundation
import Records
import Workspace

/// The results of reading one file, collected in the order of its blocks: its digest, its tallies, its rejected
/// records.
final class FileAccount: @unchecked Sendable {
  private let plan: FilePlan
  private let digest = SHA256()
  private var tallies: [Tally]
  private var faults: [String: Int] = [:]
  private var exclusions: [String: Int] = [:]
  private(set) var rejects: [RunEvidence.Reject] = []
  /// The records that were not migrated, by reason.
  typealias Unmigrated = [RejectedShares.Reason: [Int]]
  private(set) var unmigrated: Unmigrated = [:]
  /// The largest number of records of one reason that are kept: 8 MB. Of a reason with more, none are.
  private static let keptRecords = 1_000_000
  private var unknown = 0
  private let quarantine: Quarantine

  init(_ plan: FilePlan, quarantine folder: String) {
    self.plan = plan
    tallies = Array(repeating: Tally(), count: plan.kinds.count)
    quarantine = Quarantine(folder: folder, file: plan.id)
  }

  /// Adds a block. Blocks are added in the file's order, one at a time.
  func add(_ outcome: FileShard.Outcome, bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    digest.update(bytes)
    for index in tallies.indices { tallies[index] += outcome.tallies[index] }
    for (code, count) in outcome.faults { faults[code, default: 0] += count }
    for (rule, count) in outcome.exclusions { exclusions[rule, default: 0] += count }
    for (record, kind, rule) in outcome.excluded {
      note(record, .init(file: plan.id, kind: kind, field: "", code: rule, isExclusion: true))
    }
    for (reject, place) in outcome.rejects.sorted(by: { $0.reject.record < $1.reject.record }) {
      note(
        reject.record,
        .init(file: plan.id, kind: reject.kind, field: reject.field, code: reject.fault, isExclusion: false))
      if reject.kind == "?" { unknown += 1 }
      if rejects.count < 200 { rejects.append(reject) }
      try quarantine.keep(reject, UnsafeRawBufferPointer(rebasing: bytes[place]))
    }
  }

  private func note(_ record: Int, _ reason: RejectedShares.Reason) {
    guard unmigrated[reason]?.isEmpty != true else { return }
    unmigrated[reason, default: []].append(record)
    if unmigrated[reason]?.count == Self.keptRecords { unmigrated[reason] = [] }
  }

  func finish(bytes: Int, oddities: OddityCount, use: ByteUsage) throws(Diagnostic) -> RunEvidence.FileEvidence {
    try quarantine.close()
    var records = Tally()
    var kinds: [RunEvidence.FileEvidence.Kind] = []
    for (kind, tally) in zip(plan.kinds, tallies) {
      // An unreadable header or trailer counts as a rejected record; a valid one is not data.
      if kind.role == .data {
        records += tally
      } else {
        records.read += tally.rejected
        records.rejected += tally.rejected
      }
      kinds.append(.init(kind: kind.code, title: kind.title, records: tally, bytes: use.bytes(of: kind, in: plan)))
    }
    records.read += unknown
    records.rejected += unknown
    precondition(records.balances, "records read must be migrated, rejected or excluded")
    var odd: [String: Int] = [:]
    for oddity in Oddity.allCases where oddities[oddity] > 0 { odd[oddity.code] = oddities[oddity] }
    return RunEvidence.FileEvidence(
      file: plan.id, subsystem: plan.subsystem, title: plan.title, bytes: bytes, sha256: digest.finish(),
      records: records, kinds: kinds, faults: faults, exclusions: exclusions, oddities: odd)
  }
}
