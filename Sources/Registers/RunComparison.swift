import Evidence

/// A run against those before it: which failures are new, fixed, still there, or have returned.
package struct RunComparison: Sendable, Codable {
  package let run: String
  package let previous: String
  /// Failed now, and in no run before.
  package let new: [String]
  /// Failed in the previous run, and passes now.
  package let fixed: [String]
  /// Failed in the previous run, and only warns now, or differs in what is accepted: not fixed.
  package let warned: [String]
  /// Whether the definitions are others than those of the previous run: then the checks themselves may be others.
  package let definitionsChanged: Bool
  /// Failed in the previous run and now.
  package let stillThere: [String]
  /// Failed in an earlier run, passed in the previous one, and fails again.
  package let returned: [String]
  /// Failed in the previous run, and is not decided now: not fixed.
  package let undecided: [String]
  package let rejectedBefore: Int
  package let rejectedNow: Int
  /// Seconds that each step of the previous run took.
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
