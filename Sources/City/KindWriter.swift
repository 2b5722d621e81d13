import Base
import Charset
import Copybook
import Decode

/// Encodes the records of one kind and keeps their contributions to the trailer and the facts.
///
/// Every value passes through `set`, so a sum cannot differ from the bytes.
final class KindWriter {
  let encoder: RecordEncoder
  let kind: Int
  private let isSigned: [Bool]
  private var pending: [Int64]
  private(set) var sums: [Int64]
  private var touched: [Int] = []
  private(set) var rows = 0
  private(set) var rowsByYear = [Int](repeating: 0, count: 12)
  private(set) var latest = 0
  private(set) var deleted = 0
  private(set) var aliasYears = 0

  init(_ kind: Int, layout: Layout, choosing chosen: Set<String>, characters: CharacterSet) {
    self.kind = kind
    encoder = RecordEncoder(layout: layout, choosing: chosen, characters: characters)
    isSigned = encoder.slots.map { $0.item.picture?.signed == true }
    sums = [Int64](repeating: 0, count: encoder.slots.count)
    pending = sums
    touched.reserveCapacity(64)
  }

  func slot(_ name: String) throws(Diagnostic) -> Int { try encoder.slot(name) }

  func begin() {
    encoder.begin()
    for slot in touched { pending[slot] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  func set(_ slot: Int, _ value: Int64) throws(Diagnostic) {
    try encoder.set(slot, value)
    note(slot, value)
  }

  func set(_ slot: Int, _ occurrence: Int, _ value: Int64) throws(Diagnostic) {
    try encoder.set(slot, occurrence, value)
    note(slot, value)
  }

  func set(_ slot: Int, _ value: Int) throws(Diagnostic) { try set(slot, Int64(value)) }

  /// A code of one digit.
  func code(_ slot: Int, _ digit: Int) { encoder.set(slot, byte: 0xF0 | UInt8(truncatingIfNeeded: digit)) }

  /// A code of two digits.
  func code2(_ slot: Int, _ number: Int, at start: Int = 0) {
    encoder.set(slot, byte: 0xF0 | UInt8(truncatingIfNeeded: number / 10), at: start)
    encoder.set(slot, byte: 0xF0 | UInt8(truncatingIfNeeded: number % 10), at: start + 1)
  }

  func code(_ slot: Int, _ code: InstalmentCode) { self.code(slot, 0, code) }

  func code(_ slot: Int, _ occurrence: Int, _ code: InstalmentCode) {
    encoder.set(slot, occurrence, byte: code.high)
    encoder.set(slot, occurrence, byte: code.low, at: 1)
  }

  func text(_ slot: Int, _ bytes: [UInt8], at start: Int = 0) throws(Diagnostic) -> Int {
    let source = bytes.span
    var end = start
    var fault: Diagnostic?
    source.withUnsafeBufferPointer { pointer in
      do throws(Diagnostic) { end = try encoder.set(slot, encoded: pointer, at: start) } catch { fault = error }
    }
    if let fault { throw fault }
    return end
  }

  /// Decimal digits of `number`, without leading zeros, from byte `start`; returns their end.
  func digits(_ number: Int, _ slot: Int, at start: Int) -> Int {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    var at = start
    while divisor > 0 {
      encoder.set(slot, byte: 0xF0 | UInt8(number / divisor % 10), at: at)
      divisor /= 10
      at += 1
    }
    return at
  }

  private func note(_ slot: Int, _ value: Int64) {
    guard isSigned[slot], value != 0 else { return }
    if pending[slot] == 0 { touched.append(slot) }
    pending[slot] += value
  }

  /// Counts a written record.
  func count(_ mark: RecordMark) {
    rows += 1
    for slot in touched { sums[slot] += pending[slot] }
    if mark.year > 0 { rowsByYear[mark.year - 2013] += 1 }
    if mark.isLatest { latest += 1 }
    if mark.isDeleted { deleted += 1 }
    if mark.assessed > 500 { aliasYears += 1 }
  }

  /// Sum of a money item, by name.
  func sum(_ name: String) -> Int64 {
    guard let slot = encoder.slots.firstIndex(where: { $0.name == name }) else { return 0 }
    return sums[slot]
  }

  /// Sums under names without the file's prefix; items of a table as `KI.ZEIGAKU`.
  var namedSums: [(String, Int64)] {
    encoder.slots.indices.filter { isSigned[$0] }.map { index in
      let slot = encoder.slots[index]
      var name = String(slot.name.dropFirst(3))
      if let table = slot.dimensions.last {
        name = String(table.name.dropFirst(3)) + "." + String(slot.name.dropFirst(table.name.count + 1))
      }
      return ("\(kind)/\(name)", sums[index])
    }
  }
}

/// The subject of a record: for the totals, the facts and the choice of records to spoil.
struct RecordMark {
  /// Western 賦課年度, 0 when there is none, and the year as GYY.
  var year = 0
  var assessed: Int64 = 0
  var isLatest = false
  var isDeleted = false
  var number = 0
  /// 通知書番号 and 期別 or history number: for the place where a defect was planted.
  var notice: Int64 = 0
  var tax = 0
  var code = InstalmentCode.none
  var version = 1
  var versions = 1
  var amount = 0
  var unpaid = 0
  var received = 0
  var month = 0
  /// `YYYYMMDD`.
  var day = 0
  var method = 0
  var traits: Traits = []
  /// The lawful cases of which the record is an example.
  var cases = CityCases()

  struct Traits: OptionSet {
    let rawValue: Int
    static let protected = Traits(rawValue: 1)
    static let mixedBuilding = Traits(rawValue: 2)
    static let longBuilding = Traits(rawValue: 4)
    static let hasReport = Traits(rawValue: 8)
    static let cancelled = Traits(rawValue: 16)
    static let stopped = Traits(rawValue: 32)
    static let merged = Traits(rawValue: 64)
    static let leadingZero = Traits(rawValue: 128)
    static let provisional = Traits(rawValue: 256)
    static let fourParts = Traits(rawValue: 512)
    static let enforced = Traits(rawValue: 1_024)
    static let fullTable = Traits(rawValue: 2_048)
    static let uneven = Traits(rawValue: 4_096)
    /// A negative 調定; capital that was raised.
    static let negative = Traits(rawValue: 8_192)
    static let changed = Traits(rawValue: 16_384)
    static let unpaid = Traits(rawValue: 32_768)
    /// 増築, 共有, a class of property below its 免税点 or exactly at it, more than one parcel with odd thousands.
    static let extended = Traits(rawValue: 65_536)
    static let shared = Traits(rawValue: 131_072)
    static let below = Traits(rawValue: 262_144)
    static let atLimit = Traits(rawValue: 524_288)
    static let manyThings = Traits(rawValue: 1_048_576)
    static let exempt = Traits(rawValue: 2_097_152)
    static let reduced = Traits(rawValue: 4_194_304)
    /// For a resident: a household in which nothing ever changed, its first and second member, a foreigner, small kana
    /// in the given name, 富士見町 in the address.
    static let steady = Traits(rawValue: 8_388_608)
    static let head = Traits(rawValue: 16_777_216)
    static let second = Traits(rawValue: 33_554_432)
    static let foreign = Traits(rawValue: 67_108_864)
    static let smallKana = Traits(rawValue: 134_217_728)
    static let fujimi = Traits(rawValue: 268_435_456)
    /// A long-vowel mark in the reading of a corporation, or in the name of a person's building.
    static let longVowel = Traits(rawValue: 536_870_912)
  }
}
