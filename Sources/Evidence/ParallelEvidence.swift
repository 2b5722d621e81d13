import Base

/// The result of the comparison of old and new batch outputs on one day (現新比較): evidence for test items.
package struct ParallelEvidence: Codable, Sendable, Hashable {
  /// The outcome of a day's comparison of one job.
  package enum Outcome: String, Codable, Sendable, CaseIterable {
    /// 一致: no difference.
    case identical
    /// 説明済: every difference is accepted, or due to the time at which each system stopped taking input.
    case explained
    /// 未説明: differences without an explanation.
    case unexplained
    /// Not compared: an output is missing or cannot be read. Never a match.
    case notCompared = "not_compared"

    package var title: Bilingual {
      switch self {
      case .identical: Bilingual("一致", "identical")
      case .explained: Bilingual("説明済", "explained")
      case .unexplained: Bilingual("未説明", "unexplained")
      case .notCompared: Bilingual("比較不能", "not compared")
      }
    }
  }

  /// The total of a column on both sides, exact.
  package struct Total: Codable, Sendable, Hashable {
    package var column: String
    package var old: String
    package var new: String

    package init(column: String, old: String, new: String) {
      self.column = column
      self.old = old
      self.new = new
    }
  }

  /// The comparison of one output of a job.
  package struct Job: Codable, Sendable, Hashable {
    package var id: String
    /// The job of the list that has the output; `nil` when it has that id.
    package var job: String?
    package var title: Bilingual
    /// 担当課.
    package var section: String
    /// The test items for which the outcome is evidence.
    package var items: [String]
    /// The time at which each system stopped taking input, from the manifest.
    package var cutOffs: [String]
    package var outcome: Outcome
    /// The reason why it was not compared.
    package var trouble: Bilingual?
    package var totals: [Total]
    package var comparison: ComparisonEvidence?

    package init(
      id: String, job: String? = nil, title: Bilingual, section: String, items: [String], cutOffs: [String],
      outcome: Outcome, trouble: Bilingual?, totals: [Total], comparison: ComparisonEvidence?
    ) {
      self.id = id
      self.job = job
      self.title = title
      self.section = section
      self.items = items
      self.cutOffs = cutOffs
      self.outcome = outcome
      self.trouble = trouble
      self.totals = totals
      self.comparison = comparison
    }
  }

  package var title: Bilingual
  /// The business day, `YYYY-MM-DD`.
  package var day: String
  package var jobs: [Job]
  /// SHA-256 over the manifest and every job's outcome and evidence.
  package var evidence: String

  package init(title: Bilingual, day: String, jobs: [Job], evidence: String) {
    self.title = title
    self.day = day
    self.jobs = jobs
    self.evidence = evidence
  }

  /// The outcome of the day: the worst of its jobs.
  package var outcome: Outcome {
    for outcome in [Outcome.notCompared, .unexplained, .explained] where jobs.contains(where: { $0.outcome == outcome })
    {
      return outcome
    }
    return .identical
  }
}
