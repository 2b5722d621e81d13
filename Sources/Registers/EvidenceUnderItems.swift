import Evidence

/// The machine's evidence that items rest on: the checks of the latest run, and the days of the parallel run.
package struct EvidenceUnderItems: Sendable {
  /// What machines say of an item.
  package struct Word: Sendable {
    package enum Answer: Sendable { case passed, failed, undecided, none }

    package let answer: Answer
    /// What it rests on, in words.
    package let why: Bilingual
    /// RFC 3339: since when it is so; empty where nothing has been said.
    package let since: String
    /// Digest of the evidence; empty where there is none.
    package let digest: String
  }

  private let latest: RunRecord?
  private var checks: [String: RunRecord.Check] = [:]
  /// The index of the last run in which a check did not pass, or passed.
  private var lastUnpassed: [String: Int] = [:]
  private var lastNotFailed: [String: Int] = [:]
  private let ends: [String]
  /// By item: the latest day that tells of it, and how its jobs ended.
  private var days: [String: (day: ParallelDay, jobs: [ParallelDay.Job])] = [:]

  /// - Parameters:
  ///   - runs: the runs that came to their end, oldest first; the last with all its checks.
  ///   - days: the days of the parallel run, oldest first.
  package init(runs: [RunRecord], days: [ParallelDay]) {
    latest = runs.last
    ends = runs.map(\.finished)
    for check in latest?.checks ?? [] { checks[check.id] = check }
    for (index, run) in runs.enumerated() {
      for check in run.unpassed {
        if check.status == .failed || check.status == .notRun { lastUnpassed[check.id] = index }
      }
    }
    // Only for the checks that fail now: how long they have.
    for check in latest?.unpassed ?? [] where check.status == .failed {
      let failing = runs.lastIndex { run in
        !run.unpassed.contains { $0.id == check.id && $0.status == .failed }
      }
      lastNotFailed[check.id] = failing ?? -1
    }
    for day in days {
      for (item, jobs) in Dictionary(grouping: day.jobs.flatMap { job in job.items.map { ($0, job) } }, by: \.0) {
        self.days[item] = (day, jobs.map(\.1))
      }
    }
  }

  package func word(on item: Item) -> Word {
    if !item.evidence.isEmpty { return byChecks(item) }
    if let (day, jobs) = days[item.id] { return byParallelRun(day, jobs) }
    let digest = item.kind == .migration ? latest?.evidence ?? "" : ""
    return Word(answer: .none, why: Bilingual("", ""), since: "", digest: digest)
  }

  private func byChecks(_ item: Item) -> Word {
    guard latest != nil else {
      return Word(
        answer: .undecided, why: Bilingual("完了した実行がない", "no run has come to its end"), since: "", digest: "")
    }
    var (failed, missing): ([String], [String]) = ([], [])
    let digest = SHA256()
    var since = 0
    for id in item.evidence {
      digest.update(id + "=" + (checks[id]?.digest ?? "") + "\n")
      switch checks[id]?.status {
      case .failed: failed.append(id)
      case .notRun, nil: missing.append(id)
      case .passed, .warned: since = max(since, (lastUnpassed[id] ?? -1) + 1)
      }
    }
    let under = digest.finish()
    if !failed.isEmpty {
      let list = failed.joined(separator: ", ")
      let first = failed.map { (lastNotFailed[$0] ?? -1) + 1 }.min() ?? 0
      return Word(
        answer: .failed, why: Bilingual("検査不合格: \(list)", "failed: \(list)"), since: end(first), digest: under)
    }
    if !missing.isEmpty {
      let list = missing.joined(separator: ", ")
      return Word(
        answer: .undecided, why: Bilingual("未実施または判定不能: \(list)", "not run or inconclusive: \(list)"),
        since: ends.last ?? "", digest: under)
    }
    let list = item.evidence.joined(separator: ", ")
    return Word(answer: .passed, why: Bilingual("検査合格: \(list)", "passed: \(list)"), since: end(since), digest: under)
  }

  private func end(_ index: Int) -> String { ends.indices.contains(index) ? ends[index] : ends.last ?? "" }

  private func byParallelRun(_ day: ParallelDay, _ jobs: [ParallelDay.Job]) -> Word {
    let outcome =
      [ParallelEvidence.Outcome.unexplained, .notCompared, .explained].first { worst in
        jobs.contains { $0.outcome == worst }
      } ?? .identical
    let names = jobs.map(\.id).joined(separator: ", ")
    let answer: Word.Answer =
      switch outcome {
      case .identical, .explained: .passed
      case .unexplained: .failed
      case .notCompared: .undecided
      }
    return Word(
      answer: answer,
      why: Bilingual(
        "並行稼働 \(day.day) \(names): \(outcome.title.ja)", "parallel run \(day.day), \(names): \(outcome.title.en)"),
      since: day.comparedAt, digest: day.evidence)
  }
}
