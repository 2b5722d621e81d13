import Evidence
import Expressions
import Records

/// The differences in which single records take part, as old records and by the rows that they make: differences that
/// name nothing in common may still come from one record.
///
/// Memory grows with the records and the open checks. Not for several threads at once.
package final class RecordParts {
  private struct Place: Hashable {
    let check: Int
    let key: UInt128
  }

  private let checks: [Check]
  private let readers: TermReaders
  private let numbers: [String: Int]
  private var records: [Place: Set<RecordPlace>] = [:]

  /// - Parameter checks: those that did not pass.
  package init(_ checks: [Check]) {
    self.checks = checks
    readers = TermReaders(checks)
    numbers = Dictionary(checks.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// The sources whose rows matter.
  package var sources: Set<Source> { readers.sources }

  /// Adds rows of one record.
  package func observe(_ record: RecordPlace, _ source: Source, _ rows: ObservedRows) {
    readers.forEach(source, rows) { reader, rows in
      let body = checks[reader.check].body
      guard body.tells.hasRowKeys || body.tells == .step else { return }
      var key = ShareKey()
      _ = rows.select(reader.term, sums: false) { selection in
        let columns = selection.keys.prefix(body.keyNames.count)
        // What a condition leaves out may be left out because of the fault.
        for row in 0..<selection.count where columns.allSatisfy({ $0.fault(row) == nil }) {
          for column in columns { key.add(column, row) }
          records[Place(check: reader.check, key: key.finish()), default: []].insert(record)
        }
      }
    }
  }

  /// The records that take part in a difference.
  func records(_ check: String, _ key: UInt128) -> Set<RecordPlace> {
    numbers[check].flatMap { records[Place(check: $0, key: key)] } ?? []
  }
}
