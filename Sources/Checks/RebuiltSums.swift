import Decode
import Expressions
import Records

/// Σ hash of the legacy records minus Σ hash of the rows, by bucket of keys.
final class RebuiltSums: CheckSummary {
  private let body: RebuiltCheck.Body
  private let sums = UnsafeMutablePointer<UInt128>.allocate(capacity: BucketSums.count)
  private(set) var records = 0
  private(set) var rows = 0
  private(set) var unreadable = 0
  /// The number of records with another form for each canonical item, or with any value for each lost item.
  private(set) var otherForms: [Int]
  private(set) var lost: [Int]
  /// Entries (records, occurrences) with a row, by part.
  private(set) var entries: [Int]
  /// Records with values behind the count of a table.
  private(set) var behind = 0
  private let reader: RebuiltRows

  init(_ body: RebuiltCheck.Body) {
    self.body = body
    otherForms = Array(repeating: 0, count: body.canonical.count)
    lost = Array(repeating: 0, count: body.losses.count)
    entries = Array(repeating: 0, count: body.parts.count)
    reader = RebuiltRows(body)
    sums.initialize(repeating: 0, count: BucketSums.count)
  }

  deinit { sums.deallocate() }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let (sums, part) = (sums, term.part)
    let isExpected = term.side == .expected
    var own = 0
    let counts = reader.read(term, rows) { piece in
      let bucket = BucketSums.bucket(piece.key)
      own &+= piece.part == part ? 1 : 0
      sums[bucket] = isExpected ? sums[bucket] &+ piece.hash : sums[bucket] &- piece.hash
    }
    if isExpected { entries[part] += own }
    unreadable += counts.unreadable
    behind += counts.behind
    for (item, count) in counts.otherForms { otherForms[item] += count }
    if term.side == .actual {
      self.rows += counts.rows
    } else if term.part == body.lead {
      records += counts.rows
      countLosses(rows)
    }
  }

  private func countLosses(_ rows: ObservedRows) {
    guard !body.losses.isEmpty, let block = rows.block else { return }
    for (number, loss) in body.losses.enumerated() {
      var found = 0
      for row in 0..<rows.count {
        let record = reader.records.bytes(block, row)
        let isBlank = loss.offsets.indices.allSatisfy { occurrence in
          if let presence = loss.presence, rows.machine.input(presence + occurrence).integers[row] == 0 { return true }
          return loss.blank.indices.allSatisfy { record[loss.offsets[occurrence] + $0] == loss.blank[$0] }
        }
        if !isBlank { found += 1 }
      }
      lost[number] += found
    }
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? RebuiltSums else { return }
    for index in 0..<BucketSums.count { sums[index] &+= other.sums[index] }
    records += other.records
    rows += other.rows
    unreadable += other.unreadable
    behind += other.behind
    for index in otherForms.indices { otherForms[index] += other.otherForms[index] }
    for index in lost.indices { lost[index] += other.lost[index] }
    for index in entries.indices { entries[index] += other.entries[index] }
  }

  var differing: Set<Int> { Set((0..<BucketSums.count).filter { sums[$0] != 0 }) }
}
