import Base
import Charset
import Copybook
import Framing
import Records

/// 文字コード: which set reads the texts of files without a fault. Counted over samples of records from all of each file.
struct CharsetGuess {
  struct Count {
    let name: String
    var values = 0
    /// Values without a fault.
    var fits = 0
    var characters = 0
    /// Characters that occur in names, addresses and codes.
    var usual = 0
    /// File and record of the first value that does not fit.
    var against: String?

    var share: Double { values == 0 ? 0 : Double(fits) / Double(values) }
    /// Values that fit, weighed by how usual their characters are.
    var score: Double { share * (0.5 + 0.5 * Double(usual) / Double(max(1, characters))) }
  }

  /// The sets that are tried: one of each that the others are names of.
  static let names = [
    "fujitsu-jef", "fujitsu-jef-ebcdic", "fujitsu-jef-ascii", "hitachi-keis83", "hitachi-keis83-ebcdic",
    "hitachi-keis78",
    "nec-jips-e", "nec-jips-j", "ibm-930", "ibm-939", "ibm-1390", "ibm-1399", "windows-31j", "euc-jp", "utf-8",
  ]

  private(set) var counts: [Count]
  /// Mixed texts among items of single bytes, for each set: item to values with and without shift codes.
  private let sets: [CharacterSet]

  init(_ given: String?) {
    let names = given.map { [$0] } ?? Self.names
    sets = names.compactMap(CharacterSet.named)
    counts = sets.map { Count(name: $0.name) }
  }

  /// Counts the texts of a record. Digits of zoned numbers tell EBCDIC from ASCII.
  mutating func add(_ record: UnsafePointer<UInt8>, _ length: Int, _ slots: [Slot], file: String, number: Int) {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 4 * length + 8)
    defer { room.deallocate() }
    for slot in slots {
      guard let picture = slot.item.picture, slot.item.offset + slot.item.length <= length else { continue }
      let isZoned = picture.category == .numeric && slot.item.usage == .display && !picture.signed
      guard isZoned || picture.category == .alphanumeric || picture.category == .national else { continue }
      let isDouble = picture.category == .national || slot.item.usage == .doubleByte
      let bytes = record + slot.item.offset
      for (index, set) in sets.enumerated() {
        let outcome = set.decode(isDouble ? .double : isZoned ? .single : .mixed, bytes, slot.item.length, to: room)
        var isFit = outcome.fault == nil
        if isFit, isZoned { isFit = (0..<outcome.written).allSatisfy { room[$0] >= 0x30 && room[$0] <= 0x39 } }
        counts[index].values += 1
        if isFit {
          counts[index].fits += 1
        } else if counts[index].against == nil {
          counts[index].against = "\(file) record \(number) \(slot.item.name)"
        }
        guard isFit, !isZoned else { continue }
        for scalar in String(decoding: UnsafeBufferPointer(start: room, count: outcome.written), as: UTF8.self)
          .unicodeScalars where scalar != " " && scalar != "\u{3000}"
        {
          counts[index].characters += 1
          if Self.isUsual(scalar) { counts[index].usual += 1 }
        }
      }
    }
  }

  private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x2D, 0x2E, 0xFF66...0xFF9F, 0x3041...0x3096, 0x30A1...0x30FC, 0xFF10...0xFF19: true
    case 0x4E00...0x9FFF: Readings.of(Character(scalar)).isEmpty == false
    default: false
    }
  }

  /// The sets in the order of how well they fit.
  var ranking: [Count] {
    counts.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }.map(\.element)
  }
}

extension CharsetGuess {
  /// Adds the counts of another file's samples of the same set.
  mutating func add(_ count: Count) {
    guard let index = counts.firstIndex(where: { $0.name == count.name }) else { return }
    counts[index].values += count.values
    counts[index].fits += count.fits
    counts[index].characters += count.characters
    counts[index].usual += count.usual
    counts[index].against = counts[index].against ?? count.against
  }

  static func isName(_ text: String) -> Bool { CharacterSet.names.contains(text) }
}
