import Base
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
  /// The causes of what fails now and failed before, by what became of them.
  package let causes: Causes
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
    causes = Causes(runs)
    rejectedBefore = before.records.rejected
    rejectedNow = now.records.rejected
    secondsBefore = before.steps
  }
}

extension RunComparison {
  /// Causes by what became of them since the run before.
  package struct Causes: Sendable, Codable, Hashable {
    /// A cause in a few words.
    package struct Entry: Sendable, Codable, Hashable {
      package let id: String
      package let title: Bilingual
    }

    /// In no earlier run.
    package var new: [Entry] = []
    package var stillThere: [Entry] = []
    /// In an earlier run, but not in the one before.
    package var returned: [Entry] = []
    /// In the run before, and now not, though all its checks were judged.
    package var fixed: [Entry] = []
    /// In the run before, and now a check of it was not judged: not known to be fixed.
    package var undecided: [Entry] = []

    /// - Parameter runs: completed runs, oldest first; the last, with all its checks, is compared.
    init(_ runs: [RunRecord]) {
      guard runs.count >= 2, let now = runs.last else { return }
      let before = runs[runs.count - 2].causes
      let earlier = Set(runs.dropLast(2).flatMap(\.causes).map(\.id))
      let (here, there) = (Set(now.causes.map(\.id)), Set(before.map(\.id)))
      let passing = Set(now.checks.filter { $0.status == .passed || $0.status == .warned }.map(\.id))
      for cause in now.causes {
        let entry = Entry(id: cause.id, title: cause.title)
        if there.contains(cause.id) {
          stillThere.append(entry)
        } else if earlier.contains(cause.id) {
          returned.append(entry)
        } else {
          new.append(entry)
        }
      }
      for cause in before where !here.contains(cause.id) {
        let entry = Entry(id: cause.id, title: cause.title)
        let judged = passing.union(now.unpassed.filter { $0.status == .failed }.map(\.id))
        if cause.checks.allSatisfy(judged.contains) { fixed.append(entry) } else { undecided.append(entry) }
      }
    }
  }
}
