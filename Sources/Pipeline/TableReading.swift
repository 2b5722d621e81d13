import Evidence
import Projects
import Base
import Checks
import Expressions
import Records
import Targets

/// Reads one table back in key order, for the checks, and computes its canonical digest.
struct TableReading {
  static let rowsPerBatch = 1024

  let table: TableSchema
  let source: Source
  let machine: Machine
  private let hashes = KeyHashes()

  init(_ table: TableSchema, _ project: Project) {
    self.table = table
    source = .table(table.name)
    machine = Machine(project.programs[source]!)
  }

  /// - Parameter digests: false in a second reading, which is only for the checks.
  func read(
    _ target: any Target, digests: Bool, observe: (Source, ObservedRows) -> Void
  ) throws(Diagnostic) -> RunEvidence.TableEvidence {
    let reader = try target.reader(table)
    let batch = Batch(table.fields)
    var canonical = CanonicalDigest(table)
    var rows = 0
    while try reader.read(into: batch, limit: Self.rowsPerBatch) {
      try Interruption.check()
      rows += batch.count
      if digests { canonical.add(batch) }
      machine.start(batch.columns, rows: batch.count)
      observe(source, ObservedRows(machine: machine, count: batch.count, records: [], hashes: hashes))
    }
    return RunEvidence.TableEvidence(table: table.name, rows: rows, sha256: digests ? canonical.finish() : "")
  }
}
