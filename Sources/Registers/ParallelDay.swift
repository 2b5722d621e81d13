import Base
import Evidence
import Ledger

/// 並行稼働の一日: the comparison of old and new outputs on a business day.
package struct ParallelDay: RegisterRecord {
  package enum Field: Int, RegisterField {
    case title, outcome, jobs, evidence, fileDigest, comparedAt

    package var kind: RegisterSchema.Kind { self == .jobs ? .structure : .text }
  }

  package static let register = RegisterSchema("parallel_day", Field.self)

  /// The comparison of one output of a job.
  package struct Job: Sendable, Hashable {
    package let id: String
    /// The job of the list that has the output.
    package let job: String
    package let section: String
    package let outcome: ParallelEvidence.Outcome
    /// The test items for which it is evidence.
    package let items: [String]
    /// The number of differing rows without an explanation.
    package let lines: Int
    /// The content of both outputs, whatever the order of their rows; empty when they had none, or were not compared.
    package let content: String
    /// SHA-256 of what was compared: columns, key, tolerances, left out parts. Empty when nothing was.
    package let terms: String
  }

  /// `YYYY-MM-DD`.
  package let day: String
  package let outcome: ParallelEvidence.Outcome
  package let jobs: [Job]
  package let evidence: String
  /// SHA-256 of the file `evidence.json`; empty while the day is unfinished.
  package let fileDigest: String
  package let comparedAt: String

  package init(_ row: RegisterRow) {
    day = row.id
    outcome = ParallelEvidence.Outcome(rawValue: row.text(Field.outcome)) ?? .notCompared
    jobs = (row[Field.jobs].list ?? []).map {
      Job(
        id: $0[0].text ?? "", job: $0[6].text ?? $0[0].text ?? "", section: $0[1].text ?? "",
        outcome: ParallelEvidence.Outcome(rawValue: $0[2].text ?? "") ?? .notCompared, items: $0[3].texts,
        lines: $0[4].integer ?? 0, content: $0[5].text ?? "", terms: $0[7].text ?? "")
    }
    evidence = row.text(Field.evidence)
    fileDigest = row.text(Field.fileDigest)
    comparedAt = row.text(Field.comparedAt)
  }

  /// 未完了: its evidence was about to be written, and its outcome was never entered.
  package var isUnfinished: Bool { fileDigest.isEmpty }

  /// Whether it was compared and the comparison has not been withdrawn.
  package var counts: Bool { !comparedAt.isEmpty }

  /// Whether every output with rows has the content that it had on another day. Two business days never end in the same
  /// files.
  package func repeats(_ other: ParallelDay) -> Bool {
    let held = contents
    return !held.isEmpty && held == other.contents
  }

  private var contents: [String: String] {
    Dictionary(jobs.filter { !$0.content.isEmpty }.map { ($0.id, $0.content) }) { first, _ in first }
  }

  /// The amendment that announces the evidence of a day. The outcomes of an earlier comparison stay, but the day counts
  /// as not compared until the next comparison is entered.
  package static func began(_ day: String, title: String) -> Amendment {
    Change<ParallelDay>(day, "begin").set(.title, title).set(.outcome, ParallelEvidence.Outcome.notCompared.rawValue)
      .clear(.fileDigest).amendment
  }

  /// - Parameter isWhole: false when only some jobs of the manifest were compared. The day then counts as not compared.
  package static func amendment(
    _ evidence: ParallelEvidence, fileDigest: String, isWhole: Bool, at now: String
  ) -> Amendment {
    let jobs = evidence.jobs.map { job -> JSONValue in
      .list([
        .text(job.id), .text(job.section), .text(job.outcome.rawValue), .texts(job.items),
        .integer(job.comparison?.unexplained ?? 0), .text(job.comparison.map(Self.content) ?? ""),
        .text(job.job ?? job.id), .text(job.comparison.map(Self.terms) ?? ""),
      ])
    }
    let outcome = isWhole ? evidence.outcome : .notCompared
    return Change<ParallelDay>(evidence.day, "compare").set(.title, evidence.title.ja)
      .set(.outcome, outcome.rawValue).set(.jobs, .list(jobs)).set(.evidence, evidence.evidence).set(
        .fileDigest, fileDigest
      )
      .set(.comparedAt, now).amendment
  }

  private static func terms(_ found: ComparisonEvidence) -> String {
    let columns = found.columns.map {
      "\($0.name) \($0.type) \($0.normalForms.joined(separator: "+")) \($0.tolerance ?? "") \($0.isKey)\n"
    }
    let leftOut = (found.left.ignored + ["|"] + found.right.ignored).joined(separator: ",")
    return SHA256.digest(of: columns.joined() + leftOut)
  }

  private static func content(_ found: ComparisonEvidence) -> String {
    found.left.rows + found.right.rows == 0 ? "" : "\(found.left.content) \(found.right.content)"
  }
}
