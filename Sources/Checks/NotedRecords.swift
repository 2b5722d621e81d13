import Evidence
import Expressions

/// The first legacy records of one difference in reading order, which is the order of the files and, within a file, of
/// the records. Always 72 bytes.
struct NotedRecords {
  /// The largest number of records of a difference: enough to look at, while a line stays a line when a key has
  /// thousands.
  static let limit = RecordPlace.limit

  private struct Note {
    var place: UInt64
    var tag: UInt64
  }

  /// In reading order.
  private var notes = InlineArray<4, Note>(repeating: Note(place: 0, tag: 0))
  private var count = 0

  /// Notes a record, once.
  ///
  /// - Parameter place: as in ``LegacyFiles``; 0, which is not a record, is skipped.
  @inline(__always)
  mutating func note(_ place: UInt64) { note(place, of: place) }

  /// Notes a record unless an earlier one with the same tag is noted, so that the first record of each tag is reported.
  mutating func note(_ place: UInt64, of tag: UInt64) {
    if place == 0 || count == Self.limit && place >= notes[count - 1].place { return }
    // The note to replace: the later record of the tag, or the last one when there is no room.
    var gone = (0..<count).first { notes[$0].tag == tag } ?? count
    if gone < count, notes[gone].place <= place { return }
    if gone == count {
      if count < Self.limit { count += 1 }
      gone = count - 1
    }
    while gone > 0, notes[gone - 1].place > place {
      notes[gone] = notes[gone - 1]
      gone -= 1
    }
    notes[gone] = Note(place: place, tag: tag)
  }

  /// The places noted, in reading order.
  var places: [UInt64] { (0..<count).map { notes[$0].place } }
}

/// A value of each side of a check, without an array.
struct BothSides<Value> {
  var expected: Value
  var actual: Value

  init(_ value: Value) { self.init(value, value) }

  init(_ expected: Value, _ actual: Value) { (self.expected, self.actual) = (expected, actual) }

  subscript(side: Term.Side) -> Value {
    get { side == .expected ? expected : actual }
    _modify {
      if side == .expected { yield &expected } else { yield &actual }
    }
  }
}

/// The legacy files of a second reading, in its order. A record's place among them is one number: the file's in the
/// upper 16 bits, the record's in the others.
struct LegacyFiles {
  private var names: [String] = []

  /// The places of a batch's rows; empty for rows of a table.
  struct Places {
    fileprivate let file: UInt64
    fileprivate let records: [Int]

    /// 0 when the row is not a record.
    @inline(__always)
    subscript(row: Int) -> UInt64 { records.isEmpty ? 0 : file << 48 | UInt64(records[row]) }
  }

  /// Called once for each batch.
  mutating func places(_ term: Term, _ rows: ObservedRows) -> Places {
    guard case .records(let file, _) = term.source, !rows.records.isEmpty else { return Places(file: 0, records: []) }
    let number = names.firstIndex(of: file) ?? names.count
    if number == names.count { names.append(file) }
    return Places(file: UInt64(number), records: rows.records)
  }

  /// - Returns: `nil` when no record is known.
  func records(_ places: [UInt64]) -> [RecordPlace]? {
    let known = places.filter { $0 != 0 }
    if known.isEmpty { return nil }
    return known.map { RecordPlace(file: names[Int($0 >> 48)], record: Int($0 & (1 << 48 - 1))) }
  }

  func records(_ noted: NotedRecords) -> [RecordPlace]? { records(noted.places) }

  /// The first records of both sides of a difference, which are those of the difference.
  func records(_ noted: BothSides<NotedRecords>) -> [RecordPlace]? {
    records(Array(Set(noted.expected.places + noted.actual.places).sorted().prefix(NotedRecords.limit)))
  }
}
