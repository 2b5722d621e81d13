import Evidence
import Ledger

/// 並行稼働の一日: what the comparison of old and new outputs on a business day came to.
package struct ParallelDay: RegisterRecord {
  package enum Field: Int, RegisterField {
    case title, outcome, jobs, evidence, fileDigest, comparedAt

    package var kind: RegisterSchema.Kind { self == .jobs ? .structure : .text }
  }

  package static let register = RegisterSchema("parallel_day", Field.self)

  package struct Job: Sendable, Hashable {
    package let id: String
    package let section: String
    package let outcome: ParallelEvidence.Outcome
    /// The test items that it is evidence for.
    package let items: [String]
  }

  /// `YYYY-MM-DD`.
  package let day: String
  package let outcome: ParallelEvidence.Outcome
  package let jobs: [Job]
  package let evidence: String
  /// SHA-256 of the file `evidence.json`.
  package let fileDigest: String
  package let comparedAt: String

  package init(_ row: RegisterRow) {
    day = row.id
    outcome = ParallelEvidence.Outcome(rawValue: row.text(Field.outcome)) ?? .notCompared
    jobs = (row[Field.jobs].list ?? []).map {
      Job(
        id: $0[0].text ?? "", section: $0[1].text ?? "",
        outcome: ParallelEvidence.Outcome(rawValue: $0[2].text ?? "") ?? .notCompared, items: $0[3].texts)
    }
    evidence = row.text(Field.evidence)
    fileDigest = row.text(Field.fileDigest)
    comparedAt = row.text(Field.comparedAt)
  }

  /// - Parameter isWhole: false when only some jobs of the manifest were compared. The day then is not compared.
  package static func amendment(
    _ evidence: ParallelEvidence, fileDigest: String, isWhole: Bool, at now: String
  ) -> Amendment {
    let jobs = evidence.jobs.map { job -> JSONValue in
      .list([.text(job.id), .text(job.section), .text(job.outcome.rawValue), .texts(job.items)])
    }
    let outcome = isWhole ? evidence.outcome : .notCompared
    return Change<ParallelDay>(evidence.day, "compare").set(.title, evidence.title.ja)
      .set(.outcome, outcome.rawValue).set(.jobs, .list(jobs)).set(.evidence, evidence.evidence).set(
        .fileDigest, fileDigest
      )
      .set(.comparedAt, now).amendment
  }
}
