import Diff
import Evidence
import Glibc
import Records

/// Two datasets compared from references to evidence.
package struct DatasetComparison {
  /// What is to be had beside the evidence.
  package struct Wishes: Sendable {
    /// A file of expected differences, and the day on which they must hold, `YYYYMMDD`.
    package var accept: String?
    package var day: Int64
    package var reveals: Bool
    package var rows: String?
    package var csv: String?
    package var limit: Int
    package var language: Language
    package var jobs: Int

    package init(
      accept: String? = nil, day: Int64 = 0, reveals: Bool = false, rows: String? = nil, csv: String? = nil,
      limit: Int = .max, language: Language = .english, jobs: Int = 2
    ) {
      self.accept = accept
      self.day = day
      self.reveals = reveals
      self.rows = rows
      self.csv = csv
      self.limit = limit
      self.language = language
      self.jobs = jobs
    }
  }

  /// Bytes that a comparison keeps of rows and hashes before it uses the disk.
  private static let memory = 96 << 20

  private let plan: ComparisonPlan
  private let names: (left: String, right: String)

  /// Compares the schemas.
  ///
  /// - Throws: ``Diagnostics``: why the datasets cannot be compared.
  package init(left: any Dataset, right: any Dataset, _ request: ComparisonPlan.Request) throws(Diagnostics) {
    plan = try ComparisonPlan(left, right, request)
    names = (left.reference, right.reference)
  }

  /// Compares the rows.
  ///
  /// - Parameter remark: is given what people should know although the data could be read.
  /// - Throws: ``Diagnostics`` for the accepted differences, ``Diagnostic`` for all else. Lists that were begun stay as they
  ///   are then.
  package func run(_ wishes: Wishes, remark: (Diagnostic) -> Void) throws -> ComparisonEvidence {
    let rules = try wishes.accept.map { try AcceptanceRules.read($0, plan.terms, on: wishes.day) } ?? AcceptanceRules()
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let scratch = Scratch(folder: folder, budget: Self.memory)
    var writers: [any DifferenceWriter] = []
    if let path = wishes.rows {
      writers.append(try NDJSONDifferences(path, plan.terms, reveals: wishes.reveals, limit: wishes.limit))
    }
    if let path = wishes.csv {
      writers.append(
        try CSVDifferences(path, plan.terms, reveals: wishes.reveals, limit: wishes.limit, wishes.language))
    }
    let outcome = try Comparison(plan.terms, scratch: scratch, jobs: wishes.jobs).run(plan.left, plan.right)
    outcome.remarks.forEach(remark)
    var fold = DifferenceFold(plan.terms, rules, reveals: wishes.reveals, writers)
    return try fold.fold(outcome, plan, names)
  }
}
