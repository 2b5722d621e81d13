import Evidence
import Projects
import Base
import Checks
import Expressions
import Records
import Targets

/// Reads one table back in key order, for the checks, and computes its canonical digest.
struct TableReading {
  static let rowsPerBatch = 512

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

/// SHA-256 over the canonical bytes of a table's rows in key order. Rows with the same key, which the database may
/// return in any order, are sorted by their bytes.
struct CanonicalDigest: ~Copyable {
  private let table: TableSchema
  private let digest = SHA256()
  private var key = RowEncoder()
  private var row = RowEncoder()
  private var lastKey: UInt128?
  /// The rows of the current key.
  private var pending: [[UInt8]] = []
  private var held: [UInt8] = []

  init(_ table: TableSchema) { self.table = table }

  mutating func add(_ batch: Batch) {
    for index in 0..<batch.count {
      key.removeAll()
      for column in table.key { key.append(batch.columns[column], row: index, number: column) }
      row.removeAll()
      for (number, column) in batch.columns.enumerated() { row.append(column, row: index, number: number) }
      let hash = key.hash
      if hash == lastKey {
        if pending.isEmpty { pending = [held] }
        pending.append(Array(row.bytes))
      } else {
        flush()
        lastKey = hash
        held.replaceSubrange(held.indices, with: row.bytes)
      }
    }
  }

  private mutating func flush() {
    if pending.isEmpty {
      held.withUnsafeBytes { digest.update($0) }
      return
    }
    for bytes in pending.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      bytes.withUnsafeBytes { digest.update($0) }
    }
    pending = []
  }

  consuming func finish() -> String {
    flush()
    return digest.finish()
  }
}
