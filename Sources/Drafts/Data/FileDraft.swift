import Base
import Charset
import Copybook
import Decode
import Framing
import Profile
import Records

/// A record kind, as the data show it.
struct KindDraft {
  enum Role: String { case header, trailer, data }

  let code: String
  let bytes: [UInt8]
  let records: Int
  let role: Role
  /// The copybook: the file's own, or one of headers and trailers.
  let copybook: CopybookDraft
  /// The group of each set of redefinitions, by title, and how sure that is.
  let choose: [(title: String, evidence: String)]
  /// The items of the kind, and what is known of their values.
  let fields: [FieldDraft]

  /// Whether the size of a table is in another item.
  func varies(_ table: String) -> Bool {
    copybook.layout.items.contains { $0.dependingOn != nil && ($0.title == table || $0.name == table) }
  }

  /// A condition that every record fulfils: a condition reads an item.
  var always: String {
    guard let first = fields.first else { return "true" }
    let name = first.name + first.slot.dimensions.map { _ in "[1]" }.joined()
    return "is_null(\(name)) or not is_null(\(name))"
  }
}

/// An item of a kind with what its values show.
struct FieldDraft {
  let name: String
  let slot: Slot
  let comment: String
  let facts: ItemFacts
  /// Whether it is part of a redefinition that its kind chooses.
  let isSpecific: Bool
  /// What a cell of a delimited file is; `nil` for an item of a copybook.
  var cell: DelimitedColumnDraft?
  /// The innermost table (OCCURS) around it.
  var table: String? { slot.dimensions.last?.name }
  var identity: Int { slot.item.identity }
  var picture: Picture? { slot.item.picture }
  var isNumber: Bool { cell.map(\.isNumber) ?? (picture?.category == .numeric) }
  var isText: Bool { cell.map(\.isText) ?? (picture?.category == .alphanumeric) }
  /// Digits behind the point, and all digits, of a number.
  var scale: Int { cell.map(\.scale) ?? picture?.scale ?? 0 }
  var digits: Int { cell.map(\.width) ?? picture?.digits ?? 0 }
  /// The largest number of characters of a text.
  var characters: Int {
    cell.map(\.width) ?? (picture?.category == .national ? slot.item.length / 2 : slot.item.length)
  }
  /// Whether every value of a text is a whole number without a sign, so that a column of numbers may take it.
  var holdsDigits: Bool {
    if let cell { return cell.isDigits }
    guard isText, facts.distinct != nil, !facts.texts.isEmpty else { return false }
    return facts.texts.allSatisfy { $0.utf8.count <= 18 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }
  /// Digits that may be a name rather than a number.
  var isPlainDigits: Bool {
    cell == nil && isNumber && slot.item.usage == .display && picture?.signed == false && picture?.scale == 0
  }
  /// An unsigned whole number of so many digits, packed or shown.
  func isDigits(_ digits: Int) -> Bool {
    cell == nil && isNumber && [.packed, .packedUnsigned, .display].contains(slot.item.usage)
      && picture?.signed == false
      && picture?.scale == 0 && picture?.digits == digits
  }
}

/// A legacy file in the making: its copybook, its data, and all that its data show.
final class FileDraft {
  let copybook: CopybookDraft
  /// The name of its data in the folder of the legacy files, and where that is.
  let data: String
  let path: String
  let formats: [FormatGuess]
  var format: FormatGuess { formats[0] }
  var id: String { copybook.id }
  /// The kind's item and the values met, most plausible first.
  private(set) var kindItem: DataItem?
  private(set) var kindEvidence = ""
  private(set) var values: [RawKind] = []
  private(set) var records = 0
  /// Whether records are of several kinds, and no item tells them.
  var lacksKind: Bool { kindItem == nil && !copybook.layout.alternatives.isEmpty }
  var kinds: [KindDraft] = []

  /// A value of the kind's item: how often, and its first and last record.
  struct RawKind {
    let bytes: [UInt8]
    var count: Int
    var first: Int
    var last: Int
  }

  /// Whether its data are lines of cells, which need no copybook.
  let isDelimited: Bool
  /// The character set of lines of cells, and what speaks for it; a file of records has the project's.
  var lineCharset: (name: String, evidence: String)?

  /// A file of cells, whose kind is known.
  init(_ layout: CopybookDraft, data: String, path: String, lines: FormatGuess, _ kind: KindDraft) {
    copybook = layout
    self.data = data
    self.path = path
    formats = [lines]
    records = lines.records
    kinds = [kind]
    isDelimited = true
  }

  init(_ copybook: CopybookDraft, data: String, path: String, format: String?) throws(Diagnostic) {
    isDelimited = false
    self.copybook = copybook
    self.data = data
    self.path = path
    formats = try FormatGuess.candidates(path, length: copybook.layout.length, given: format)
  }

  /// The slots of all redefinitions.
  private var slots: [Slot] {
    copybook.layout.slots(choosing: Set(copybook.layout.alternatives.joined().map(\.title)))
  }

  /// The items of all redefinitions, which not every record has.
  static func redefined(_ layout: Layout) -> [Int: (set: Int, group: String)] {
    var found: [Int: (set: Int, group: String)] = [:]
    for (set, groups) in layout.alternatives.enumerated() {
      for group in groups {
        func visit(_ item: DataItem) {
          found[item.identity] = (set, group.title)
          item.children.forEach(visit)
        }
        visit(group)
      }
    }
    return found
  }

  /// The set of redefinitions that several level 01 entries are, each of which describes the whole record.
  private var recordSet: Int? {
    copybook.layout.alternatives.firstIndex { $0.allSatisfy(\.isRecord) }
  }

  /// The items that every record has: those outside of redefinitions, or, of several level 01 entries, those of the first
  /// one at whose place each of the others has an item of the same length.
  private func commonItems(_ redefined: [Int: (set: Int, group: String)]) -> Set<Int> {
    guard let set = recordSet else {
      return Set(slots.map(\.item.identity).filter { redefined[$0] == nil })
    }
    var places: [Range<Int>: [String: Int]] = [:]
    for slot in slots where slot.dimensions.isEmpty {
      guard let place = redefined[slot.item.identity], place.set == set else { continue }
      places[slot.item.offset..<slot.item.offset + slot.item.length, default: [:]][place.group] = slot.item.identity
    }
    let groups = copybook.layout.alternatives[set].map(\.title)
    return Set(places.values.filter { $0.count == groups.count }.compactMap { $0[groups[0]] })
  }

  // MARK: the first reading

  /// Reads the raw records once: the values of items that may tell the kind, and samples of texts.
  func scan(_ charsets: inout [CharsetGuess], _ own: Int) throws(Diagnostic) {
    let redefined = Self.redefined(copybook.layout)
    let slots = slots.filter { !$0.item.isFiller }
    let common = commonItems(redefined)
    let candidates = slots.filter { slot in
      guard let picture = slot.item.picture, slot.dimensions.isEmpty, common.contains(slot.item.identity) else {
        return false
      }
      let isText = picture.category == .alphanumeric
      return slot.item.offset + slot.item.length <= 24 && slot.item.length <= 4
        && (isText || (picture.category == .numeric && slot.item.usage == .display))
    }.map(\.item)
    // Of several level 01 entries the one of most items is that of data.
    let record = recordSet.flatMap { set in
      copybook.layout.alternatives[set].map(\.title).max { left, right in
        func count(_ title: String) -> Int { redefined.values.count { $0.set == set && $0.group == title } }
        return count(left) < count(right)
      }
    }
    let texts = slots.filter { slot in
      let place = redefined[slot.item.identity]
      return slot.dimensions.isEmpty && (place == nil || (record != nil && place?.group == record))
    }
    var met = [[UInt64: RawKind]?](repeating: [:], count: candidates.count)
    let step = max(1, format.records / 400)
    let reader = try RecordReader(path: path, format: format.format, layoutLength: copybook.layout.length)
    while let block = try reader.next() {
      try Interruption.check()
      for row in 0..<block.count {
        let number = reader.firstRecord + row
        let length = block.lengths?[row] ?? reader.recordLength
        let record = block.base + block.starts[row]
        for (index, item) in candidates.enumerated()
        where met[index] != nil && item.offset + item.length <= length {
          var key: UInt64 = 0
          for at in 0..<item.length { key = key << 8 | UInt64(record[item.offset + at]) }
          if met[index]?[key] == nil {
            if met[index]?.count == 40 {
              met[index] = nil
              continue
            }
            let bytes = (0..<item.length).map { record[item.offset + $0] }
            met[index]?[key] = RawKind(bytes: bytes, count: 0, first: number, last: number)
          }
          met[index]?[key]?.count += 1
          met[index]?[key]?.last = number
        }
        records = number
        // Headers and trailers have other items at the same places.
        if number > 1, number % step == 0 { charsets[own].add(record, length, texts, file: id, number: number) }
      }
    }
    chooseKind(candidates, met)
  }

  private static let kindWords: Set<String> = [
    "KIND", "KBN", "KUBUN", "SHUBETSU", "SBT", "REC", "TYPE", "RECKBN", "RTYPE", "DATAKBN", "ID", "CD",
  ]

  private func chooseKind(_ candidates: [DataItem], _ met: [[UInt64: RawKind]?]) {
    func score(_ item: DataItem, _ values: [RawKind]) -> Double {
      let words = NameSpelling.words(item.name).map(NameSpelling.normal)
      let isNamed = words.contains { Self.kindWords.contains($0) } || copybook.comment(item).contains("種別")
      // A header or a trailer stands alone.
      let isFramed = values.contains { $0.count == 1 && ($0.first == 1 || $0.last == records) } && values.count > 1
      let several = values.count > 1 || copybook.layout.alternatives.isEmpty
      return (isNamed ? 2 : 0) + (isFramed ? 3 : 0) + (several ? 1 : 0) - Double(item.offset) / 8
        - Double(values.count) / 20
    }
    let known = zip(candidates, met).compactMap { item, met in met.map { (item, Array($0.values)) } }
    let ranked = known.map { (score($0.0, $0.1), $0.0, $0.1) }.sorted { ($0.0, $1.1.offset) > ($1.0, $0.1.offset) }
    // Without redefinitions, headers and trailers all records are of one kind, whatever codes they have.
    let isNeeded =
      !copybook.layout.alternatives.isEmpty
      || (ranked.first?.2.contains { $0.count == 1 && ($0.first == 1 || $0.last == records) && records > 1 } ?? false)
    guard let (_, item, values) = ranked.first, isNeeded else {
      values = [RawKind(bytes: [], count: records, first: 1, last: records)]
      return
    }
    kindItem = item
    self.values = values.sorted { ($0.first, $0.count) < ($1.first, $1.count) }
    kindEvidence = "\(values.count) values in \(records) records at byte \(item.offset)"
    if ranked.count > 1 { kindEvidence += "; next \(ranked[1].1.name)" }
  }
}
