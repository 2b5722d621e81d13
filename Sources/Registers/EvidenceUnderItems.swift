import Base
import Evidence
import Records

/// The machine's evidence for items: the checks of the latest run, and the days of the parallel run.
package final class EvidenceUnderItems: Sendable {
  /// The machine's answer about an item.
  package enum Word: Sendable {
    /// None: the item has no checks and no job of the parallel run as its evidence.
    case none
    case noRun
    /// All its checks passed; they are named.
    case passed([String])
    case failed([String])
    /// Checks that were not run or could not be decided.
    case undecided([String])
    case parallel(ParallelDay, [ParallelDay.Job])

    package enum Answer: Sendable { case passed, failed, undecided, none }

    package var answer: Answer {
      switch self {
      case .none: .none
      case .noRun, .undecided: .undecided
      case .passed: .passed
      case .failed: .failed
      case .parallel(_, let jobs):
        switch Word.worst(jobs) {
        case .identical, .explained: .passed
        case .unexplained: .failed
        case .notCompared: .undecided
        }
      }
    }

    static func worst(_ jobs: [ParallelDay.Job]) -> ParallelEvidence.Outcome {
      [ParallelEvidence.Outcome.unexplained, .notCompared, .explained].first { worst in
        jobs.contains { $0.outcome == worst }
      } ?? .identical
    }
  }

  private let latest: RunRecord?
  private let checks: [String: RunRecord.Check]
  /// The index of the last run in which a check did not pass.
  private let lastUnpassed: [String: Int]
  /// For each check that fails now: the index of the last run in which it did not.
  private let lastNotFailed: [String: Int]
  /// The end of each run.
  private let ends: [String]
  /// By item and job: the latest day on which the job names the item, and its outcomes.
  private let days: [Named: (day: ParallelDay, jobs: [ParallelDay.Job])]

  /// An item as a job of a manifest names it.
  private struct Named: Hashable {
    let item: String
    let job: String
  }

  /// - Parameters:
  ///   - runs: the runs that ended, oldest first; the last with all its checks.
  ///   - days: the days of the parallel run, oldest first.
  package init(runs: [RunRecord], days: [ParallelDay]) {
    latest = runs.last
    ends = runs.map(\.finished)
    checks = Dictionary((runs.last?.checks ?? []).map { ($0.id, $0) }) { first, _ in first }
    var unpassed: [String: Int] = [:]
    for (index, run) in runs.enumerated() {
      for check in run.unpassed where check.status != .warned { unpassed[check.id] = index }
    }
    lastUnpassed = unpassed
    var notFailed: [String: Int] = [:]
    for check in runs.last?.unpassed ?? [] where check.status == .failed {
      let before = runs.lastIndex { run in
        !run.unpassed.contains { $0.id == check.id && $0.status == .failed }
      }
      notFailed[check.id] = before ?? -1
    }
    lastNotFailed = notFailed
    var found: [Named: (day: ParallelDay, jobs: [ParallelDay.Job])] = [:]
    for day in days {
      let named = day.jobs.flatMap { job in job.items.map { (Named(item: $0, job: job.job), job) } }
      for (item, jobs) in Dictionary(grouping: named, by: \.0) {
        // A day that could not be compared does not revoke the differences of an earlier day.
        let isOpen = found[item].map { Word.worst($0.jobs) == .unexplained } ?? false
        if isOpen, Word.worst(jobs.map(\.1)) == .notCompared { continue }
        found[item] = (day, jobs.map(\.1))
      }
    }
    self.days = found
  }

  package func word(on item: Item) -> Word {
    let evidence = item.evidence
    guard !evidence.isEmpty else { return parallel(item).map { .parallel($0.day, $0.jobs) } ?? .none }
    guard latest != nil else { return .noRun }
    var (failed, missing): ([String], [String]) = ([], [])
    for id in evidence {
      switch checks[id]?.status {
      case .failed: failed.append(id)
      case .notRun, nil: missing.append(id)
      case .passed, .warned: break
      }
    }
    return !failed.isEmpty ? .failed(failed) : missing.isEmpty ? .passed(evidence) : .undecided(missing)
  }

  /// The parallel run's result for an item. A manifest names items under a job; it proves the items that the list of
  /// test items assigns to that job, and no others.
  private func parallel(_ item: Item) -> (day: ParallelDay, jobs: [ParallelDay.Job])? {
    item.kind == .test ? days[Named(item: item.id, job: item.job)] : nil
  }

  /// The evidence against an item: the differences of its failed checks, the unexplained jobs of the parallel run.
  func scope(_ word: Word) -> ApprovedScope {
    switch word {
    case .none, .noRun, .passed: return ApprovedScope()
    case .failed(let ids), .undecided(let ids): return latest?.scope(ofChecks: ids) ?? ApprovedScope()
    case .parallel(_, let jobs):
      var scope = ApprovedScope()
      for job in jobs where [.unexplained, .notCompared].contains(job.outcome) {
        scope.add(job.id, ApprovedScope.Amount(lines: max(1, job.lines)))
      }
      return scope
    }
  }

  /// The basis of an answer, for people.
  package func why(_ word: Word) -> Bilingual {
    switch word {
    case .none: return Bilingual("", "")
    case .noRun: return Bilingual("完了した実行がない", "no run has come to its end")
    case .passed(let ids):
      let list = ids.joined(separator: ", ")
      return Bilingual("検査合格: \(list)", "passed: \(list)")
    case .failed(let ids):
      let list = ids.joined(separator: ", ")
      return Bilingual("検査不合格: \(list)", "failed: \(list)")
    case .undecided(let ids):
      let list = ids.joined(separator: ", ")
      return Bilingual("未実施または判定不能: \(list)", "not run or inconclusive: \(list)")
    case .parallel(let day, let jobs):
      let names = jobs.map(\.id).joined(separator: ", ")
      let outcome = Word.worst(jobs).title
      return Bilingual(
        "並行稼働 \(Language.japanese.date(day.day)) \(names): \(outcome.ja)",
        "parallel run \(day.day), \(names): \(outcome.en)")
    }
  }

  /// RFC 3339: the moment from which an answer holds; empty when there is no answer.
  package func since(_ word: Word) -> String {
    switch word {
    case .none, .noRun: ""
    case .passed(let ids): end((ids.map { lastUnpassed[$0] ?? -1 }.max() ?? -1) + 1)
    case .failed(let ids): end((ids.map { lastNotFailed[$0] ?? -1 }.min() ?? -1) + 1)
    case .undecided: ends.last ?? ""
    case .parallel(let day, _): day.comparedAt
    }
  }

  private func end(_ index: Int) -> String { ends.indices.contains(index) ? ends[index] : ends.last ?? "" }

  /// The digest of the evidence for an item; empty when there is none. Days on which the same outputs were compared in
  /// the same way and were identical are the same evidence: a person who has confirmed one need not confirm the next.
  package func digest(under item: Item) -> String {
    let evidence = item.evidence
    if !evidence.isEmpty {
      guard latest != nil else { return "" }
      return SHA256.digest(of: evidence.map { $0 + "=" + (checks[$0]?.digest ?? "") + "\n" }.joined())
    }
    if let (day, jobs) = parallel(item) {
      guard Word.worst(jobs) == .identical else { return day.evidence }
      return SHA256.digest(of: jobs.map { "\($0.id) \($0.terms)\n" }.sorted().joined())
    }
    return item.kind == .migration ? latest?.evidence ?? "" : ""
  }
}
