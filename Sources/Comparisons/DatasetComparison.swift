import Datasets
import Base
import Diff
import Evidence
import Glibc

/// A comparison of two datasets, from references to evidence.
package struct DatasetComparison {
  /// The optional inputs and outputs of a comparison.
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
    /// When each system stopped taking input: differences between the two moments explain themselves.
    package var cutOff: CutOff?

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

  /// The number of bytes of rows and hashes that a comparison keeps in memory before it uses the disk.
  private static let memory = 96 << 20

  private var plan: ComparisonPlan
  private let names: (left: String, right: String)

  /// Compares the schemas.
  ///
  /// - Parameter progress: receives the number of rows read, from several threads.
  /// - Throws: ``Diagnostics``: the reasons why the datasets cannot be compared.
  package init(
    left: any Dataset, right: any Dataset, _ request: ComparisonPlan.Request,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(Diagnostics) {
    plan = try ComparisonPlan(left, right, request)
    plan.left.progress = progress
    plan.right.progress = progress
    names = (left.reference, right.reference)
  }

  /// Compares the rows.
  ///
  /// - Parameter remark: receives remarks on data that could be read.
  /// - Throws: ``Diagnostics`` for the accepted differences, ``Diagnostic`` for all other errors: `diff.scratch`,
  ///   `diff.column`, `diff.interrupted`, `output.write`, `file.changed`, and the errors of reading. Unfinished lists
  ///   then stay as they are.
  package func run(_ wishes: Wishes, remark: (Diagnostic) -> Void) throws -> ComparisonEvidence {
    var rules = try wishes.accept.map { try AcceptanceRules.read($0, plan.terms, on: wishes.day) } ?? AcceptanceRules()
    if let cutOff = wishes.cutOff { try rules.add(cutOff, plan.terms) }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let scratch = Scratch(folder: folder, budget: Self.memory)
    guard scratch.hasFile else { throw Diagnostic(.diffScratch, "\(folder): " + String(cString: strerror(errno))) }
    var writers: [any DifferenceWriter] = []
    if let path = wishes.rows {
      writers.append(try NDJSONDifferences(path, plan.terms, reveals: wishes.reveals, limit: wishes.limit))
    }
    if let path = wishes.csv {
      writers.append(
        try CSVDifferences(path, plan.terms, reveals: wishes.reveals, limit: wishes.limit, wishes.language))
    }
    do throws(Diagnostic) {
      let outcome = try Comparison(plan.terms, scratch: scratch, jobs: wishes.jobs).run(plan.left, plan.right)
      outcome.remarks.forEach(remark)
      var fold = DifferenceFold(plan.terms, rules, reveals: wishes.reveals, writers)
      var evidence = try fold.fold(outcome, plan, names)
      evidence.definitions = wishes.accept.map { ["\($0) \(rules.digest)"] } ?? []
      let found = evidence.unexplained + evidence.accepted
      if !writers.isEmpty, found > wishes.limit {
        let limited = Diagnostic(.diffLimited, String(wishes.limit), String(found))
        evidence.remarks.append(Bilingual(limited.message(.japanese), limited.message(.english)))
      }
      try plan.left.requireUnchanged()
      try plan.right.requireUnchanged()
      return evidence
    } catch {
      throw error.code == .interrupted ? Diagnostic(.diffInterrupted) : error
    }
  }

  /// The exact totals of some columns on both sides; a further reading of both.
  ///
  /// - Throws: `diff.column` for a column that is not compared; the errors of reading.
  package func totals(_ columns: [String]) throws(Diagnostic) -> [ParallelEvidence.Total] {
    guard !columns.isEmpty else { return [] }
    var indices: [Int] = []
    for name in columns {
      guard let index = plan.terms.columns.firstIndex(where: { $0.name == name }) else {
        throw Diagnostic(.diffColumn, name, plan.terms.columns.map(\.name).joined(separator: ", "))
      }
      indices.append(index)
    }
    let old = try Self.totals(plan.left.rows(plan.terms, .left, again: true), indices)
    let new = try Self.totals(plan.right.rows(plan.terms, .right, again: true), indices)
    return columns.enumerated().map { ParallelEvidence.Total(column: $1, old: old[$0], new: new[$0]) }
  }

  private static func totals(_ rows: any RowSource, _ columns: [Int]) throws(Diagnostic) -> [String] {
    var sums = columns.map { _ in ExactSum() }
    let row = CanonicalRow()
    let block = RowBlock()
    while try rows.next(block) {
      for index in 0..<block.count {
        row.read(block.row(index))
        for (place, column) in columns.enumerated() { sums[place].add(row.values[column]) }
      }
    }
    return sums.map(\.text)
  }
}

/// The exact sum of decimal numbers with at most 18 digits, nine of them behind the point.
private struct ExactSum {
  private static let scale = 9
  private var sum: Int128 = 0
  /// Values that are not such numbers, or could not be read; null and the empty text do not count.
  private var left = 0

  mutating func add(_ part: CanonicalRow.Part) {
    if part.value == .null || (part.value == .plain && part.bytes.isEmpty) { return }
    guard part.value == .plain || part.value == .number, let number = ExactDecimal.read(part.bytes),
      number.scale <= Self.scale
    else { return left += 1 }
    var value = number.unscaled
    for _ in number.scale..<Self.scale { value *= 10 }
    sum += value
  }

  var text: String {
    var number = ExactDecimal.text(sum, scale: Self.scale)
    while number.last == "0" { number.removeLast() }
    if number.last == "." { number.removeLast() }
    return left == 0 ? number : number + " (+\(left) ?)"
  }
}
