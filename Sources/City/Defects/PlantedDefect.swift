import Base
import Copybook
import Decode

/// A defect that can be planted in one of the nine files: which records can carry it, and what changes.
///
/// Only the records named in ``CityFacts/planted`` change. The trailer follows what stands in the file, as that of a
/// system that counted its own dirt, unless the defect is of the trailer or of the transfer: then it stays the clean
/// city's.
package struct PlantedDefect: Sendable {
  /// `D01` … as the list of dirty data numbers them, `G01` … for what befalls any legacy file; variants have a suffix.
  package let id: String
  /// The file that carries it, without extension.
  package let file: String
  package let description: Bilingual
  /// What a verifier owes it.
  package let expected: Expectation
  /// Record kind that carries it; 99 is the trailer.
  let kind: Int
  let suits: @Sendable (RecordMark) -> Bool
  /// What happens to the n-th record chosen (from 0).
  let apply: @Sendable (Change) throws(Diagnostic) -> Disposition
  /// What happens to two records, when both are there.
  private(set) var settle: (@Sendable (Pair) throws(Diagnostic) -> Void)?
  /// Records that change together; `Int.max` for all that suit.
  let records: Int
  /// True when a small city may have a single record that suits: the first is taken.
  let isRare: Bool
  let followsTrailer: Bool
  /// True when all records after the first are taken, of whatever kind.
  let isRun: Bool

  /// Whether a verifier must report a defect.
  package enum Expectation: String, Sendable {
    /// A finding, or a rejected record.
    case found
    /// Legal, though odd: it is counted at most.
    case accepted
  }

  /// True for the entries of the list of dirty data (`D…`).
  package var listed: Bool { id.hasPrefix("D") }

  init(
    _ id: String, _ file: String, kind: Int, _ ja: String, _ en: String, records: Int = 1, isRare: Bool = false,
    isRun: Bool = false, followsTrailer: Bool = true, expected: Expectation = .found,
    suits: @escaping @Sendable (RecordMark) -> Bool = { _ in true },
    apply: @escaping @Sendable (Change) throws(Diagnostic) -> Disposition
  ) {
    self.id = id
    self.file = file
    self.kind = kind
    description = Bilingual(ja, en)
    self.suits = suits
    self.apply = apply
    self.records = records
    self.isRare = isRare
    self.isRun = isRun
    self.followsTrailer = followsTrailer
    self.expected = expected
  }

  /// A defect of two records that must see each other.
  init(
    _ id: String, _ file: String, kind: Int, _ ja: String, _ en: String, expected: Expectation = .found,
    suits: @escaping @Sendable (RecordMark) -> Bool = { _ in true },
    settle: @escaping @Sendable (Pair) throws(Diagnostic) -> Void
  ) {
    self.init(id, file, kind: kind, ja, en, records: 2, expected: expected, suits: suits) { _ throws(Diagnostic) in
      .keep
    }
    self.settle = settle
  }

  /// The defect with that id, in any case of letters.
  package static func named(_ id: String) -> PlantedDefect? {
    catalog.first { $0.id.lowercased() == id.lowercased() }
  }

  enum Disposition {
    case keep, drop
    /// Written twice.
    case again
    /// Written, and written again with 宛名番号 9999999999.
    case twice
    /// Written after the record that should follow it.
    case later
    /// The first of 512 records that are written twice.
    case block
  }

  /// A record about to be written, open to change by item name.
  struct Change {
    let encoder: RecordEncoder
    let mark: RecordMark
    /// How many records this defect changed before.
    let turn: Int

    /// Puts a number where `name` stands, in the given occurrence.
    func set(_ name: String, _ value: Int, occurrence: Int = 0) throws(Diagnostic) {
      try encoder.set(encoder.slot(name), occurrence, Int64(value))
    }

    /// Adds to a packed number.
    func add(_ name: String, _ value: Int, occurrence: Int = 0) throws(Diagnostic) {
      try set(name, packed(name, occurrence: occurrence) + value, occurrence: occurrence)
    }

    func set(_ name: String, text: String) throws(Diagnostic) { try encoder.set(encoder.slot(name), text) }

    /// Overwrites bytes of the item from `start`.
    func set(_ name: String, bytes: [UInt8], at start: Int = 0, occurrence: Int = 0) throws(Diagnostic) {
      let (offset, length) = try place(name, occurrence)
      for (index, byte) in bytes.enumerated() where start + index < length {
        encoder.bytes[offset + start + index] = byte
      }
    }

    /// The bytes of the item as they are.
    func bytes(_ name: String, occurrence: Int = 0) throws(Diagnostic) -> [UInt8] {
      let (offset, length) = try place(name, occurrence)
      return Array(encoder.bytes[offset..<offset + length])
    }

    /// The value of a packed item, read back digit by digit.
    func packed(_ name: String, occurrence: Int = 0) throws(Diagnostic) -> Int {
      try Int(TrailerShare.packed(bytes(name, occurrence: occurrence)[...], orUnsigned: true))
    }

    /// The value of a zoned item.
    func zoned(_ name: String) throws(Diagnostic) -> Int { try bytes(name).reduce(0) { $0 * 10 + Int($1 & 15) } }

    private func place(_ name: String, _ occurrence: Int) throws(Diagnostic) -> (Int, Int) {
      let slot = encoder.slots[try encoder.slot(name)]
      return (slot.item.offset + occurrence * (slot.dimensions.last?.stride ?? 0), slot.item.length)
    }
  }

  /// Two records that were written, open to change by item name.
  final class Pair {
    let encoder: RecordEncoder
    var first: [UInt8]
    var second: [UInt8]

    init(encoder: RecordEncoder, first: [UInt8], second: [UInt8]) {
      self.encoder = encoder
      self.first = first
      self.second = second
    }

    /// Bytes of an item in both records.
    private func range(_ name: String) throws(Diagnostic) -> Range<Int> {
      let item = encoder.slots[try encoder.slot(name)].item
      return item.offset..<item.offset + item.length
    }

    func swap(_ name: String) throws(Diagnostic) {
      let range = try range(name)
      let kept = Array(first[range])
      first.replaceSubrange(range, with: second[range])
      second.replaceSubrange(range, with: kept)
    }

    /// The second gets what the first has.
    func copy(_ name: String) throws(Diagnostic) {
      let range = try range(name)
      second.replaceSubrange(range, with: first[range])
    }
  }
}
