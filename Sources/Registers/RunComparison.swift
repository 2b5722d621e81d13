import Evidence

/// A run compared with earlier ones: which failures are new, fixed, still present, or have returned.
package struct RunComparison: Sendable, Codable {
  package let run: String
  package let previous: String
  /// Checks that fail now and failed in no earlier run.
  package let new: [String]
  /// Checks that failed in the previous run and pass now.
  package let fixed: [String]
  /// Checks that failed in the previous run and now only warn, or differ only in accepted differences: not fixed.
  package let warned: [String]
  /// Whether the definitions differ from those of the previous run: the checks may then differ too.
  package let definitionsChanged: Bool
  /// Checks that failed in the previous run and fail now.
  package let stillThere: [String]
  /// Checks that failed in an earlier run, passed in the previous one, and fail again.
  package let returned: [String]
  /// Checks that failed in the previous run and are undecided now: not fixed.
  package let undecided: [String]
  package let rejectedBefore: Int
  package let rejectedNow: Int
  /// The time of each step of the previous run, in seconds.
  package let secondsBefore: [String: Double]

  /// - Parameter runs: completed runs, oldest first; the last, with all its checks, is compared.
  /// - Returns: `nil` when there are fewer than two.
  package init?(_ runs: [RunRecord]) {
    guard runs.count >= 2, let now = runs.last else { return nil }
    let before = runs[runs.count - 2]
    func failed(_ run: RunRecord) -> Set<String> { Set(run.unpassed.filter { $0.status == .failed }.map(\.id)) }
    let passing = Set(now.checks.filter { $0.status == .passed }.map(\.id))
    let warning = Set(now.checks.filter { $0.status == .warned }.map(\.id))
    let (old, current) = (failed(before), failed(now))
    let earlier = runs.dropLast(2).reduce(into: Set<String>()) { $0.formUnion(failed($1)) }
    run = now.run
    previous = before.run
    fixed = old.intersection(passing).sorted()
    stillThere = old.intersection(current).sorted()
    warned = old.intersection(warning).sorted()
    definitionsChanged = now.definitions != before.definitions
    undecided = old.subtracting(current).subtracting(passing).subtracting(warning).sorted()
    returned = current.subtracting(old).intersection(earlier).sorted()
    new = current.subtracting(old).subtracting(earlier).sorted()
    rejectedBefore = before.records.rejected
    rejectedNow = now.records.rejected
    secondsBefore = before.steps
  }
}
