import Evidence
import Expressions
import Records

/// One part of one side of a check: which rows of a source, under which key, with which numbers.
package struct Term: Sendable {
  package enum Side: Sendable { case expected, actual }

  package let side: Side
  package let source: Source
  /// The table (OCCURS) whose occurrences are walked, and how many there are.
  package let each: (table: String, count: Int)?
  package let condition: Compiled?
  package let keys: [Compiled]
  package let measures: [Compiled]
  /// 1, or −1 where the term is subtracted.
  package let sign: Int128
  /// Whether the records are headers or trailers: the old system's own totals.
  package var isControl = false
  /// Of a `rebuilt` check: which part of the record.
  package var part = 0

  /// The side of the migration that it looks at.
  var reads: CheckSide {
    if case .table = source { return .target }
    return isControl ? .control : .legacy
  }
}

/// What a term selects: two terms with the same identity see the same keys.
package struct TermIdentity: Hashable, Sendable {
  private let source: Source
  private let each: String?
  private let condition: Compiled?
  private let keys: [Compiled]

  init(_ term: Term) {
    source = term.source
    each = term.each?.table
    condition = term.condition
    keys = term.keys
  }
}

/// The rows of one batch as a check sees them.
package struct ObservedRows {
  package let machine: Machine
  package let count: Int
  /// Number of the record of each row, from 1; empty for rows of a table.
  package let records: [Int]
  /// The bytes of the records, row by row; `nil` for rows of a table.
  package let block: RecordBlock?

  let hashes: KeyHashes

  /// - Parameter hashes: used for one batch after the other of the same machine.
  package init(
    machine: Machine, count: Int, records: [Int], block: RecordBlock? = nil, hashes: KeyHashes = KeyHashes()
  ) {
    self.machine = machine
    self.count = count
    self.records = records
    self.block = block
    self.hashes = hashes
    hashes.begin(rows: count)
  }
}
