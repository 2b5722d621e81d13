import Base
import Evidence
import Foundation
import Ledger
import Workspace

/// The single differences of a run compared with those of earlier runs, by check and key.
package struct DifferenceComparison: Sendable, Codable, Hashable {
  /// Present now, and in no earlier run.
  package private(set) var new = 0
  /// Present in the previous run, and gone now. The differences of a check that is now undecided, or only warns, do not
  /// count as gone.
  package private(set) var fixed = 0
  /// Present in the previous run and now.
  package private(set) var stillThere = 0
  /// Present in an earlier run, gone in the previous one, and present again.
  package private(set) var returned = 0

  /// - Parameter runs: completed runs, oldest first; the last is compared.
  /// - Returns: `nil` when there are fewer than two. Reads the lists of all runs with failures; memory: 8 bytes for
  ///   each difference.
  /// - Throws: `workspace.unreadable` naming a list that is gone or damaged, `ledger.tampered` when evidence or a list
  ///   is not what was recorded.
  package init?(_ runs: [RunRecord], in workspace: Workspace) throws(Diagnostic) {
    guard runs.count >= 2, let now = runs.last else { return nil }
    let current = try Self.differences(now, workspace)
    let before = try Self.differences(runs[runs.count - 2], workspace)
    var earlier: Set<Int> = []
    for run in runs.dropLast(2) { for keys in try Self.differences(run, workspace).values { earlier.formUnion(keys) } }
    let notPassed = Set(now.unpassed.filter { $0.status != .failed }.map(\.id))
    for check in Set(current.keys).union(before.keys) {
      let (here, there) = (current[check] ?? [], before[check] ?? [])
      stillThere += here.intersection(there).count
      if !notPassed.contains(check) { fixed += there.subtracting(here).count }
      let added = here.subtracting(there)
      returned += added.intersection(earlier).count
      new += added.subtracting(earlier).count
    }
  }

  /// Hashes of check and key of each difference.
  private static func differences(
    _ record: RunRecord, _ workspace: Workspace
  ) throws(Diagnostic) -> [String: Set<Int>] {
    guard record.unpassed.contains(where: { $0.status == .failed }) else { return [:] }
    let run = try workspace.evidence(of: record)
    var found: [String: Set<Int>] = [:]
    for check in run.checks where check.status == .failed {
      var keys: Set<Int> = []
      if let (file, data) = try workspace.differences(of: check, in: run.run) {
        for line in data.split(separator: 10) {
          guard let entry = DifferenceList.Line(line) else {
            throw Diagnostic(.workspaceUnreadable, at: Place(file: file))
          }
          keys.insert(hash(check.id, entry.key.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }))
        }
      } else {
        for line in check.lines where line.differs || line.expected.isEmpty { keys.insert(hash(check.id, line.key)) }
      }
      found[check.id] = keys
    }
    return found
  }

  private static func hash(_ check: String, _ key: [String]) -> Int {
    var hasher = Hasher()
    hasher.combine(check)
    hasher.combine(key)
    return hasher.finalize()
  }
}
