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
  /// Of a `rebuilt` check: which part of the record.
  package var part = 0
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

  package init(machine: Machine, count: Int, records: [Int], block: RecordBlock? = nil) {
    self.machine = machine
    self.count = count
    self.records = records
    self.block = block
  }

  /// Calls `body` for each selected row of each occurrence with the columns of keys and measures.
  ///
  /// - Returns: the number of rows whose condition, key or measure was invalid; `body` does not see them.
  @inline(__always)
  func forEach(_ term: Term, _ body: (_ row: Int, _ keys: [Column], _ measures: [Column]) -> Void) -> Int {
    var unreadable = 0
    for occurrence in 0..<(term.each?.count ?? 1) {
      if term.each != nil { machine.move(to: occurrence) }
      let condition = term.condition.map { machine.value($0) }
      let keys = term.keys.map { machine.value($0) }
      let measures = term.measures.map { machine.value($0) }
      for row in 0..<count {
        if let condition {
          if condition.states[row] > 1 {
            unreadable += 1
            continue
          }
          if condition.integers[row] == 0 { continue }
        }
        var worst: UInt8 = 0
        for column in keys { worst = max(worst, column.states[row]) }
        for column in measures { worst = max(worst, column.states[row]) }
        if worst > 1 {
          unreadable += 1
        } else {
          body(row, keys, measures)
        }
      }
    }
    return unreadable
  }
}
