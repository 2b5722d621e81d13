import Datasets
import Base
import Diff
import Evidence
import Glibc

/// Compares the outputs of one business day, job after job. A job that cannot be compared does not stop the others.
package struct ParallelRun {
  package let manifest: ParallelManifest
  /// The business day, `YYYY-MM-DD`.
  package let day: String
  private let open: (String) throws -> any Dataset

  /// - Parameter open: opens a reference.
  package init(_ manifest: ParallelManifest, day: String, open: @escaping (String) throws -> any Dataset) {
    self.manifest = manifest
    self.day = day
    self.open = open
  }

  /// - Parameter lists: folder for the differences of each job as NDJSON; `nil` to write none.
  /// - Parameter remark: receives remarks on data that could be read.
  /// - Throws: `diff.interrupted` at the user's request; any other error becomes the outcome of its job.
  package func run(
    only: Set<String>, wishes: DatasetComparison.Wishes, lists: String?, remark: (Diagnostic) -> Void
  ) throws -> ParallelEvidence {
    var jobs: [ParallelEvidence.Job] = []
    for job in manifest.jobs where only.isEmpty || only.contains(job.id) {
      do {
        jobs.append(try compare(job, wishes, lists, remark))
      } catch let diagnostic as Diagnostic where [.interrupted, .diffInterrupted].contains(diagnostic.code) {
        throw Diagnostic(.diffInterrupted)
      } catch let diagnostic as Diagnostic {
        jobs.append(report(job, .notCompared, trouble([diagnostic]), [], nil))
      } catch let diagnostics as Diagnostics {
        jobs.append(report(job, .notCompared, trouble(diagnostics.items), [], nil))
      }
    }
    let digest = SHA256()
    digest.update("totsugo parallel 1\n\(manifest.digest)\n\(day)\n")
    for job in jobs { digest.update("\(job.id) \(job.outcome.rawValue) \(job.comparison?.evidence ?? "")\n") }
    return ParallelEvidence(title: manifest.title, day: day, jobs: jobs, evidence: digest.finish())
  }

  private func compare(
    _ job: ParallelManifest.Job, _ wishes: DatasetComparison.Wishes, _ lists: String?, _ remark: (Diagnostic) -> Void
  ) throws -> ParallelEvidence.Job {
    var request = ComparisonPlan.Request(key: job.key)
    request.ignored = Set(job.ignored)
    request.tolerances = job.tolerances
    if let columns = job.columns { request.map = columns }
    if let map = job.map { request.map = try ColumnMap.read(manifest.resolved(map)) }
    let (old, new) = (manifest.reference(job.old, of: job, day), manifest.reference(job.new, of: job, day))
    if let file = try Self.file(old), try file == Self.file(new) {
      throw Diagnostic(.parallelSame, ShownText.reference(job.new))
    }
    let comparison = try DatasetComparison(left: try open(old), right: try open(new), request)
    var wishes = wishes
    wishes.accept = job.accept.map { manifest.resolved($0) }
    wishes.rows = lists.map { "\($0)/\(job.id).ndjson" }
    wishes.cutOff = job.cutOff
    let found = try comparison.run(wishes, remark: remark)
    if found.left.rows + found.right.rows == 0, !job.mayBeEmpty {
      return report(job, .notCompared, trouble([Diagnostic(.parallelEmpty)]), [], found)
    }
    let outcome: ParallelEvidence.Outcome =
      !found.isIdentical ? .unexplained : found.accepted > 0 ? .explained : .identical
    return report(job, outcome, nil, try comparison.totals(job.totals), found)
  }

  /// The file that a reference reads whole, by device and number; `nil` for a database and for a missing file.
  private static func file(_ reference: String) throws -> [UInt64]? {
    let dataset = try DatasetReference(reference)
    guard [.csv, .tsv, .ndjson, .legacy].contains(dataset.form) else { return nil }
    var status = stat()
    guard stat(dataset.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  private func trouble(_ diagnostics: [Diagnostic]) -> Bilingual {
    func text(_ language: Language) -> String {
      diagnostics.map { $0.message(language) }.joined(separator: "\n")
    }
    return Bilingual(text(.japanese), text(.english))
  }

  private func report(
    _ job: ParallelManifest.Job, _ outcome: ParallelEvidence.Outcome, _ trouble: Bilingual?,
    _ totals: [ParallelEvidence.Total], _ found: ComparisonEvidence?
  ) -> ParallelEvidence.Job {
    ParallelEvidence.Job(
      id: job.id, job: job.job, title: job.title, section: job.section, items: job.items,
      cutOffs: job.cutOff.map { [$0.old, $0.new] } ?? [], outcome: outcome, trouble: trouble, totals: totals,
      comparison: found)
  }
}
