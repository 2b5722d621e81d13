import Base
import Expressions
import Records

/// Hashes of the rows of a batch over some expressions, computed column by column and once for all checks with the same
/// key; of keys that begin alike, the beginning once. One object for each machine.
///
/// Rows have the same hash when they have the same values in the same order; null, the empty text and zero differ, and
/// so do the text `1` and the number 1. A hash is valid within a run and is never evidence.
package final class KeyHashes {
  /// What was computed last for a place of ``TermReaders``.
  private struct Stamp: Equatable {
    var serial = 0
    var occurrence = -1
  }

  private var serial = 0
  private var lists: [(list: ValueList, last: Compiled?)] = []
  private var stamps: [Stamp] = []
  private var hashes: [UnsafeMutablePointer<UInt128>?] = []
  private var conditions: [(stamp: Stamp, rows: ChosenRows)] = []
  private var capacity = 0
  /// The rows of a selection that no other shares.
  let own = ChosenRows()

  package init() {}

  deinit { for buffer in hashes { buffer?.deallocate() } }

  /// Makes room for the next batch.
  func begin(rows: Int) {
    guard rows > capacity else { return }
    for buffer in hashes { buffer?.deallocate() }
    hashes = hashes.map { _ in nil }
    stamps = stamps.map { _ in Stamp() }
    capacity = max(rows, 512)
  }

  /// Begins with the readers of a source: what others computed under the same numbers is forgotten.
  func begin(_ lists: [(list: ValueList, last: Compiled?)], conditions count: Int) {
    serial += 1
    self.lists = lists
    while hashes.count < lists.count {
      hashes.append(nil)
      stamps.append(Stamp())
    }
    while conditions.count < count { conditions.append((Stamp(), ChosenRows())) }
  }

  /// The hashes of all rows; the hash of a row with an invalid value is undefined.
  func hashes(_ list: Int, _ machine: Machine, _ occurrence: Int, _ rows: Int) -> UnsafeMutablePointer<UInt128> {
    let (values, last) = lists[list]
    let stamp = Stamp(serial: serial, occurrence: values.moves ? occurrence : -1)
    if stamps[list] == stamp, let buffer = hashes[list] { return buffer }
    let buffer = hashes[list] ?? .allocate(capacity: capacity)
    if let last {
      Self.add(machine.value(last), rows, hashes(values.beginning, machine, occurrence, rows), to: buffer)
    } else {
      buffer.update(repeating: Self.empty, count: rows)
    }
    hashes[list] = buffer
    stamps[list] = stamp
    return buffer
  }

  /// The rows that a condition chooses.
  func rows(
    _ place: Int, _ condition: Compiled?, _ machine: Machine, _ occurrence: Int, _ rows: Int
  ) -> ChosenRows {
    let stamp = Stamp(serial: serial, occurrence: condition?.table != nil ? occurrence : -1)
    let chosen = conditions[place].rows
    if conditions[place].stamp == stamp { return chosen }
    conditions[place].stamp = stamp
    chosen.choose(condition.map { machine.value($0) }, rows)
    return chosen
  }

  /// The hash of no values.
  private static let empty: UInt128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834

  /// Mixes the values of a column into the hashes of what stands before them.
  private static func add(
    _ column: Column, _ rows: Int, _ from: UnsafeMutablePointer<UInt128>, to hashes: UnsafeMutablePointer<UInt128>
  ) {
    let states = column.states
    switch column.type {
    case .text:
      let (bytes, ends) = (column.bytes, column.ends)
      var start = 0
      for row in 0..<rows {
        let value = hash(bytes + start, ends[row] - start)
        hashes[row] = mix(from[row], states[row] == 0 ? value : null)
        start = ends[row]
      }
    case .decimal:
      let values = column.wides
      for row in 0..<rows {
        let value = UInt128(bitPattern: values[row])
        let (low, high) = (UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64))
        hashes[row] = mix(from[row], states[row] == 0 ? spread(low, 2) ^ spread(high, 5) : null)
      }
    case .integer, .date, .flag:
      let values = column.integers
      let tag: UInt64 = column.type == .integer ? 1 : column.type == .date ? 3 : 4
      for row in 0..<rows {
        let value = spread(UInt64(bitPattern: values[row]), tag)
        hashes[row] = mix(from[row], states[row] == 0 ? value : null)
      }
    }
  }

  /// The hash of a column's text. Texts of up to sixteen bytes are one or two numbers.
  @inline(__always)
  private static func hash(_ text: UnsafePointer<UInt8>, _ length: Int) -> UInt128 {
    let size = UInt64(truncatingIfNeeded: length)
    if length <= 8 { return spread(ColumnText.word(text, length), 8 &+ size) }
    if length > 16 { return XXH3.hash128(UnsafeRawBufferPointer(start: text, count: length)) }
    return mix(spread(ColumnText.word(text, 8), 8 &+ size), spread(ColumnText.word(text + 8, length - 8), 32))
  }

  /// The hash of bytes under a key and a number.
  @inline(__always)
  static func hash(_ key: UInt128, _ bytes: UnsafeBufferPointer<UInt8>, number: Int) -> UInt128 {
    mix(key ^ spread(UInt64(truncatingIfNeeded: number), 7), XXH3.hash128(UnsafeRawBufferPointer(bytes)))
  }

  private static let null: UInt128 = 0xA076_1D64_78BD_642F_E703_7ED1_A0B4_28DB

  /// 128 well-mixed bits of a number.
  @inline(__always)
  private static func spread(_ value: UInt64, _ tag: UInt64) -> UInt128 {
    func half(_ start: UInt64) -> UInt64 {
      var mixed = start
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
    return UInt128(half(value &+ tag &* 0x9E37_79B9_7F4A_7C15)) << 64
      | UInt128(half(~value &+ tag &* 0xD6E8_FEB8_6659_FD93))
  }

  @inline(__always)
  private static func mix(_ hash: UInt128, _ value: UInt128) -> UInt128 {
    var mixed = (hash ^ value) &* 0x2D35_8DCC_AA6C_78A5_8BB8_4B93_962E_ACC9
    mixed ^= mixed >> 67
    mixed = mixed &* 0xD96E_8C5A_9D4E_1C37_4F1B_BCDC_BFA5_3E0B
    return mixed ^ mixed >> 61
  }
}
