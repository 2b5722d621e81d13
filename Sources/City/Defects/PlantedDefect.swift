import Base
import Copybook
import Decode

/// A defect that can be planted in one of the nine files: the suitable records, and the change.
///
/// Only the records named in ``CityFacts/planted`` change. The trailer agrees with the spoiled file, as that of a
/// system that counted its own dirt, unless the defect is one of the trailer or of the transfer: it then stays that of
/// the clean city.
package struct PlantedDefect: Sendable {
  /// `D01` … with the numbers of the list of dirty data, `G01` … for defects of any legacy file; variants have a
  /// suffix.
  package let id: String
  /// The file that carries it, without extension.
  package let file: String
  package let description: Bilingual
  /// The reaction required of a verifier.
  package let expected: Expectation
  /// The record kind that carries it; 99 is the trailer.
  let kind: Int
  let suits: @Sendable (RecordMark) -> Bool
  /// The change of the n-th chosen record (from 0).
  let apply: @Sendable (Change) throws(Diagnostic) -> Disposition
  /// The change of two records, when both exist.
  private(set) var settle: (@Sendable (Pair) throws(Diagnostic) -> Void)?
  /// The number of records that change together; `Int.max` for all suitable ones.
  let records: Int
  /// True when a small city may have a single suitable record: the first is taken.
  let isRare: Bool
  let followsTrailer: Bool
  /// True when all records after the first are taken, of any kind.
  let isRun: Bool

  /// Whether a verifier must report a defect.
  package enum Expectation: String, Sendable {
    /// A finding, or a rejected record.
    case found
    /// Legal, though odd: at most it is counted.
    case accepted
  }

  /// True for the entries of the list of dirty data (`D…`).
  package var listed: Bool { id.hasPrefix("D") }

  /// The suitable records from one of its places to the next; 0 when it takes the first it finds.
  package var interval: Int { isRare || kind == 99 || records > 1 && settle == nil ? 0 : records }

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

  /// A defect that needs two records together.
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

  /// A record to be written, which can be changed by item name.
  struct Change {
    let encoder: RecordEncoder
    let mark: RecordMark
    /// The number of records that this defect has changed before.
    let turn: Int

    /// Writes a number into the item `name`, in the given occurrence.
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

  /// Two written records, which can be changed by item name.
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

    /// Copies an item from the first record to the second.
    func copy(_ name: String) throws(Diagnostic) {
      let range = try range(name)
      second.replaceSubrange(range, with: first[range])
    }
  }
}
