import Evidence
import Projects
import Base
import Checks
import Decode
import Expressions
import Framing
import Targets

/// Verifies a target repeatedly while one table after the other is changed: the observations of the legacy files and of
/// the other tables are kept, and only the changed table is read.
///
/// Not thread-safe. Memory: three times that of the checks.
package final class TargetTrials {
  private let project: Project
  private let target: any Target
  private let files: [RunEvidence.FileEvidence]
  private let legacy: Observer
  /// The observations of everything except one table.
  private var rest: (table: String, observer: Observer)?

  /// Reads the legacy files.
  ///
  /// - Parameter clean: evidence of a complete run over these files.
  /// - Throws: `file.…` when a file cannot be read.
  package init(project: Project, target: any Target, data: String, clean: RunEvidence) throws(Diagnostic) {
    self.project = project
    self.target = target
    files = clean.files
    legacy = Observer(project.checks)
    for plan in project.files {
      let file = try plan.open(in: data)
      let shard = FileShard(plan, file, project)
      for block in 0..<file.blockCount {
        _ = try shard.work(block, observe: { legacy.observe($0, $1) }, maps: false)
      }
    }
  }

  /// The results of all checks, with the present content of `table`. Differences are not listed.
  ///
  /// Costs one reading of the table; of all tables when the table is not that of the previous call.
  /// - Throws: `target.read` when the target cannot be read.
  package func results(changed table: TableSchema) throws(Diagnostic) -> [CheckResult] {
    let trial = Observer(project.checks)
    _ = try TableReading(table, project).read(target, digests: false) { trial.observe($0, $1) }
    trial.merge(try others(than: table))
    trial.settle()
    return trial.results(files: files, unread: [:], found: [:], accepting: AcceptanceTally(project.accepted, on: .max))
  }

  private func others(than table: TableSchema) throws(Diagnostic) -> Observer {
    if let rest, rest.table == table.name { return rest.observer }
    rest = nil
    let observer = Observer(project.checks)
    observer.merge(legacy)
    for other in project.tables where other.name != table.name {
      _ = try TableReading(other, project).read(target, digests: false) { observer.observe($0, $1) }
    }
    rest = (table.name, observer)
    return observer
  }
}
