import Base
import Copybook
import Decode

/// Offers records to the defects that wait for one, and notes where each was planted.
final class DefectPlanter {
  private struct Waiting {
    let defect: PlantedDefect
    var skip: Int
    var turn = 0
    /// Physical records and the number of the first, for defects of two.
    var records: [Int] = []
    var first = 0
  }

  private var waiting: [Waiting] = []
  private var complete: [Waiting] = []
  private(set) var planted: [CityFacts.Planted] = []
  /// Whether each defect's place is its own, whatever other defects there are.
  private let isSpread: Bool

  /// The seed and the defect select one of the first three suitable records, so that a city with few of them still has
  /// one.
  init(_ plan: CityPlan) {
    isSpread = !plan.skips.isEmpty
    for defect in plan.defects {
      let code = defect.id.utf8.reduce(0) { $0 &* 31 &+ Int($1) }
      var draw = Draw(plan.seed, .defect, code)
      let skip = plan.skips[defect.id] ?? (defect.records > 1 || defect.isRare ? 0 : draw.below(3))
      waiting.append(Waiting(defect: defect, skip: skip))
    }
  }

  var isIdle: Bool { waiting.isEmpty }

  /// Whether a defect waits for such a record.
  func isWaiting(for file: String, _ kind: Int, _ mark: RecordMark) -> Bool {
    guard !isIdle else { return false }
    return waiting.contains { $0.defect.file == file && takes($0, kind, mark) }
  }

  /// The treatment of a record, and whether the trailer follows it.
  func offer(
    _ writer: KindWriter, _ mark: RecordMark, file: String, record: Int
  ) throws(Diagnostic) -> (PlantedDefect.Disposition, follows: Bool) {
    for index in waiting.indices {
      let defect = waiting[index].defect
      guard defect.file == file, takes(waiting[index], writer.kind, mark) else { continue }
      if waiting[index].skip > 0 {
        waiting[index].skip -= 1
        continue
      }
      let change = PlantedDefect.Change(encoder: writer.encoder, mark: mark, turn: waiting[index].turn)
      let disposition = try defect.apply(change)
      // For a long run of records the first ones show its place.
      if waiting[index].turn < 8 { note(defect, mark, record) }
      waiting[index].turn += 1
      if waiting[index].records.isEmpty { waiting[index].first = mark.number }
      if defect.settle != nil { waiting[index].records.append(record) }
      if isSpread { pass(writer, mark, file, behind: index) }
      if waiting[index].turn == defect.records { complete.append(waiting.remove(at: index)) }
      return (disposition, defect.followsTrailer)
    }
    return (.keep, true)
  }

  /// Counts a record that one defect has taken for those behind it, which would have passed it over.
  private func pass(_ writer: KindWriter, _ mark: RecordMark, _ file: String, behind taken: Int) {
    for index in waiting.indices.dropFirst(taken + 1)
    where waiting[index].skip > 0 && waiting[index].defect.file == file && takes(waiting[index], writer.kind, mark) {
      waiting[index].skip -= 1
    }
  }

  private func takes(_ entry: Waiting, _ kind: Int, _ mark: RecordMark) -> Bool {
    if entry.defect.isRun, entry.turn > 0 { return true }
    guard entry.defect.kind == kind, entry.defect.suits(mark) else { return false }
    // Two different persons.
    return entry.defect.settle == nil || entry.records.isEmpty || entry.first != mark.number
  }

  func offerTrailer(_ encoder: RecordEncoder, file: String, record: Int) throws(Diagnostic) {
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

  func hasPairs(_ file: String) -> Bool { complete.contains { $0.defect.file == file && $0.defect.settle != nil } }

  /// The defects of two records for which both records exist.
  func pairs(_ file: String) -> [(defect: PlantedDefect, records: [Int])] {
    complete.filter { $0.defect.file == file && $0.records.count == 2 }.map { ($0.defect, $0.records) }
  }

  /// Ends a file.
  ///
  /// - Throws: `city.defect` when one of its defects found no record.
  func finish(_ file: String) throws(Diagnostic) {
    if let entry = waiting.first(where: { $0.defect.file == file && !isDone($0) }) {
      throw Diagnostic(.cityDefect, entry.defect.id, file)
    }
    waiting.removeAll { $0.defect.file == file }
  }

  /// A run of records may end with the file.
  private func isDone(_ entry: Waiting) -> Bool {
    entry.turn > 0 && (entry.defect.isRun || entry.defect.records == .max)
  }

  /// Ends all files: a defect of a file that was not written has found no record.
  ///
  /// - Throws: `city.defect`.
  func finish() throws(Diagnostic) {
    if let entry = waiting.first { throw Diagnostic(.cityDefect, entry.defect.id, entry.defect.file) }
  }

  /// The second copy of a doubled record belongs to no person.
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
