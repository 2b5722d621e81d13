import Copybook
import Decode
import Evidence

/// A defect that can be planted in one of the three files: which records can carry it, and what changes.
///
/// Only the records named in ``CityFacts/planted`` change; the trailer stays the clean city's, so that totals disagree
/// exactly where a real file's would.
package struct PlantedDefect: Sendable {
  /// `D01` … as the list of dirty data numbers them; variants have a suffix.
  package let id: String
  /// ATMAST, KJFUKA or SNCHOTEI.
  package let file: String
  package let description: Bilingual
  package enum Expectation: Sendable { case found, accepted }
  package var expected: Expectation { .found }
  /// Record kind that carries it; 99 is the trailer.
  let kind: Int
  let suits: @Sendable (RecordMark) -> Bool
  /// What happens to the n-th record chosen (from 0); `change.isDone` ends it.
  let apply: @Sendable (Change) throws(Diagnostic) -> Disposition
  /// Records that change together.
  let records: Int
  /// True when a small city may have a single record that suits: the first is taken.
  let isRare: Bool

  init(
    _ id: String, _ file: String, kind: Int, _ ja: String, _ en: String, records: Int = 1,
    isRare: Bool = false,
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
  }

  /// The defect with that id, in any case of letters.
  package static func named(_ id: String) -> PlantedDefect? {
    catalog.first { $0.id.lowercased() == id.lowercased() }
  }

  enum Disposition {
    case keep, drop
    /// Written, and written again with 宛名番号 9999999999.
    case twice
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

    func set(_ name: String, text: String) throws(Diagnostic) { try encoder.set(encoder.slot(name), text) }

    /// Overwrites bytes of the item from `start`.
    func set(_ name: String, bytes: [UInt8], at start: Int = 0) throws(Diagnostic) {
      let (offset, length) = try place(name)
      for (index, byte) in bytes.enumerated() where start + index < length {
        encoder.bytes[offset + start + index] = byte
      }
    }

    /// The bytes of the item as they are.
    func bytes(_ name: String) throws(Diagnostic) -> [UInt8] {
      let (offset, length) = try place(name)
      return Array(encoder.bytes[offset..<offset + length])
    }

    /// The value of a packed item, read back digit by digit.
    func packed(_ name: String, occurrence: Int = 0) throws(Diagnostic) -> Int {
      let slot = encoder.slots[try encoder.slot(name)]
      let offset = slot.item.offset + occurrence * (slot.dimensions.last?.stride ?? 0)
      var value = 0
      for index in 0..<slot.item.length {
        let byte = Int(encoder.bytes[offset + index])
        value = value * 10 + byte >> 4
        if index < slot.item.length - 1 { value = value * 10 + byte & 15 } else if byte & 15 == 0xD { value = -value }
      }
      return value
    }

    private func place(_ name: String) throws(Diagnostic) -> (Int, Int) {
      let item = encoder.slots[try encoder.slot(name)].item
      return (item.offset, item.length)
    }
  }
}

/// Offers records to the defects that wait for one, and remembers where each went.
final class DefectPlanter {
  private struct Waiting {
    let defect: PlantedDefect
    var skip: Int
    var turn = 0
  }

  private var waiting: [Waiting] = []
  private(set) var planted: [CityFacts.Planted] = []

  /// Which suitable record is taken depends on the seed and the defect: one of the first three, so that every city that
  /// has few of them still has it.
  init(_ plan: CityPlan) {
    for defect in plan.defects {
      let code = defect.id.utf8.reduce(0) { $0 &* 31 &+ Int($1) }
      var draw = Draw(plan.seed, .defect, code)
      waiting.append(Waiting(defect: defect, skip: defect.records > 1 || defect.isRare ? 0 : draw.below(3)))
    }
  }

  var isIdle: Bool { waiting.isEmpty }

  func offer(
    _ writer: KindWriter, _ mark: RecordMark, file: String, record: Int
  ) throws(Diagnostic) -> PlantedDefect.Disposition {
    for index in waiting.indices {
      let defect = waiting[index].defect
      guard defect.file == file, defect.kind == writer.kind, defect.suits(mark) else { continue }
      if waiting[index].skip > 0 {
        waiting[index].skip -= 1
        continue
      }
      let change = PlantedDefect.Change(encoder: writer.encoder, mark: mark, turn: waiting[index].turn)
      let disposition = try defect.apply(change)
      note(defect, mark, record)
      waiting[index].turn += 1
      if waiting[index].turn == defect.records { waiting.remove(at: index) }
      return disposition
    }
    return .keep
  }

  func offerTrailer(
    _ encoder: RecordEncoder, count: Int64, totals: [Int64], file: String, record: Int
  ) throws(Diagnostic) {
    var rest: [Waiting] = []
    for entry in waiting {
      guard entry.defect.file == file, entry.defect.kind == 99 else {
        rest.append(entry)
        continue
      }
      let mark = RecordMark()
      _ = try entry.defect.apply(PlantedDefect.Change(encoder: encoder, mark: mark, turn: 0))
      note(entry.defect, mark, record)
    }
    waiting = rest
  }

  /// All files are complete: a defect of a file that was not written found no record.
  ///
  /// - Throws: `city.defect`.
  func finish() throws(Diagnostic) {
    if let entry = waiting.first { throw Diagnostic(.cityDefect, entry.defect.id, entry.defect.file) }
  }

  /// A file is complete.
  ///
  /// - Throws: `city.defect` when one of its defects found no record.
  func finish(_ file: String) throws(Diagnostic) {
    if let entry = waiting.first(where: { $0.defect.file == file }) {
      throw Diagnostic(.cityDefect, entry.defect.id, file)
    }
  }

  /// The second copy of a record that was written twice belongs to nobody.
  func alterCopy(_ writer: KindWriter) {
    for slot in writer.encoder.slots where slot.name.hasSuffix("-ATENA-NO") {
      for index in 0..<slot.item.length { writer.encoder.bytes[slot.item.offset + index] = 0xF9 }
    }
  }

  private func note(_ defect: PlantedDefect, _ mark: RecordMark, _ record: Int) {
    var parts = mark.number > 0 ? [String(mark.number)] : ["trailer"]
    if mark.year > 0 { parts.append(String(mark.year)) }
    if mark.notice > 0 { parts.append(String(mark.notice)) }
    if !mark.code.text.isEmpty { parts.append(mark.code.text) }
    planted.append(.init(id: defect.id, file: defect.file, record: record, key: parts.joined(separator: "/")))
  }
}
