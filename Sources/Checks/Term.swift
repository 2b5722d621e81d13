import Evidence
import Expressions
import Records

/// One part of one side of a check: the rows of a source, their key and their numbers.
package struct Term: Sendable {
  package enum Side: Sendable { case expected, actual }

  package let side: Side
  package let source: Source
  /// The table (OCCURS) whose occurrences are iterated, and their number.
  package let each: (table: String, count: Int)?
  package let condition: Compiled?
  package internal(set) var keys: [Compiled]
  package var measures: [Compiled]
  /// 1, or −1 when the term is subtracted.
  package let sign: Int128
  /// Whether the records are headers or trailers: the old system's own totals.
  package var isControl = false
  /// The part of the record, for a `rebuilt` check.
  package var part = 0
  /// Keys and condition as written; `nil` for terms of kinds that name no rows.
  package var written: (keys: [String], condition: String?)?
  /// The values that are compared and not added up, by name.
  package var values: [(name: String, value: Compiled)] = []
  /// What is told of a row that fails, by name.
  package var told: [(name: String, value: Compiled)] = []

  package init(
    side: Side, source: Source, each: (table: String, count: Int)?, condition: Compiled?, keys: [Compiled],
    measures: [Compiled], sign: Int128, isControl: Bool = false, part: Int = 0
  ) {
    self.side = side
    self.source = source
    self.each = each
    self.condition = condition
    self.keys = keys
    self.measures = measures
    self.sign = sign
    self.isControl = isControl
    self.part = part
  }

  /// All expressions by which it is judged.
  package var expressions: [Compiled] { [condition].compactMap(\.self) + keys + compared }

  /// What it adds up, tests or compares.
  package var compared: [Compiled] { measures + values.map(\.value) }

  /// The side of the migration that the term reads.
  var reads: CheckSide {
    if case .table = source { return .target }
    return isControl ? .control : .legacy
  }
}

/// The selection of a term: two terms with the same identity see the same keys.
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
  /// What the term that looks at the rows shares with others; set by ``TermReaders``.
  var places = TermPlaces(condition: 0, keys: 0, beginning: 0, last: 0, measures: 0, values: 0)

  /// - Parameter hashes: for consecutive batches of the same machine.
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
