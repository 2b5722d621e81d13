import Base
import Expressions
import Records

/// Hashes of the rows of a batch over some expressions, computed column by column and once for all checks with the same
/// key. One object for each machine.
///
/// Rows have the same hash when they have the same values in the same order; null, the empty text and zero differ, and
/// so do the text `1` and the number 1. A hash is valid within a run and is never evidence.
package final class KeyHashes {
  /// A request: the steps, and the occurrence when it matters.
  private struct Key: Hashable {
    let nodes: [Int]
    let occurrence: Int
  }

  private var known: [Key: Int] = [:]
  private var buffers: [UnsafeMutablePointer<UInt128>] = []
  private var used = 0
  private var capacity = 0
  /// For each row: 0 taken, 1 left out by the condition, 2 unreadable.
  fileprivate private(set) var marks = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)

  package init() {}

  deinit {
    for buffer in buffers { buffer.deallocate() }
    marks.deallocate()
  }

  /// Starts with the next batch.
  func begin(rows: Int) {
    known.removeAll(keepingCapacity: true)
    used = 0
    guard rows > capacity else { return }
    for buffer in buffers { buffer.deallocate() }
    buffers = []
    capacity = max(rows, 512)
    marks.deallocate()
    marks = .allocate(capacity: capacity)
  }

  /// The hashes of all rows; the hash of a row with an invalid value is undefined.
  func hashes(
    _ expressions: [Compiled], _ columns: [Column], occurrence: Int, rows: Int
  ) -> UnsafePointer<UInt128> {
    let moves = expressions.contains { $0.table != nil }
    let key = Key(nodes: expressions.map(\.node), occurrence: moves ? occurrence : -1)
    if let index = known[key] { return UnsafePointer(buffers[index]) }
    if used == buffers.count { buffers.append(.allocate(capacity: capacity)) }
    let buffer = buffers[used]
    known[key] = used
    used += 1
    buffer.update(repeating: 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834, count: rows)
    for column in columns { Self.add(column, rows, to: buffer) }
    return UnsafePointer(buffer)
  }

  /// Mixes the values of a column into hashes that begin with the same number each.
  private static func add(_ column: Column, _ rows: Int, to hashes: UnsafeMutablePointer<UInt128>) {
    let states = column.states
    switch column.type {
    case .text:
      let (bytes, ends) = (column.bytes, column.ends)
      var start = 0
      for row in 0..<rows {
        let value = XXH3.hash128(UnsafeRawBufferPointer(start: bytes + start, count: ends[row] - start))
        hashes[row] = mix(hashes[row], states[row] == 0 ? value : null)
        start = ends[row]
      }
    case .decimal:
      let values = column.wides
      for row in 0..<rows {
        let value = UInt128(bitPattern: values[row])
        let (low, high) = (UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64))
        hashes[row] = mix(hashes[row], states[row] == 0 ? spread(low, 2) ^ spread(high, 5) : null)
      }
    case .integer, .date, .flag:
      let values = column.integers
      let tag: UInt64 = column.type == .integer ? 1 : column.type == .date ? 3 : 4
      for row in 0..<rows {
        let value = spread(UInt64(bitPattern: values[row]), tag)
        hashes[row] = mix(hashes[row], states[row] == 0 ? value : null)
      }
    }
  }

  /// The hash of bytes under a key.
  static func hash(_ key: UInt128, _ bytes: UnsafeBufferPointer<UInt8>, number: Int) -> UInt128 {
    mix(key, XXH3.hash128(UnsafeRawBufferPointer(bytes), seed: UInt64(number)))
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

/// The rows of one occurrence that a term selects.
struct Selection {
  private let rows: ObservedRows
  private let term: Term
  let occurrence: Int
  let keys: [Column]
  let measures: [Column]
  /// For each row: 0 taken, 1 left out by the condition, 2 unreadable.
  let marks: UnsafePointer<UInt8>
  /// The number of rows taken.
  let taken: Int
  let unreadable: Int
  var count: Int { rows.count }

  fileprivate init(
    _ rows: ObservedRows, _ term: Term, _ occurrence: Int, _ condition: Column?, _ keys: [Column], _ measures: [Column],
    _ sums: Bool
  ) {
    self.rows = rows
    self.term = term
    self.occurrence = occurrence
    self.keys = keys
    self.measures = measures
    let marks = rows.hashes.marks
    marks.update(repeating: 0, count: rows.count)
    for column in keys { Self.worsen(marks, column.states, rows.count) }
    for column in measures { Self.worsen(marks, column.states, rows.count) }
    if sums { for column in measures { for row in 0..<rows.count where column.states[row] == 1 { marks[row] = 2 } } }
    var (taken, unreadable) = (0, 0)
    if let condition {
      let (states, values) = (condition.states, condition.integers)
      for row in 0..<rows.count {
        marks[row] = states[row] > 1 ? 2 : values[row] == 0 ? 1 : marks[row] > 1 ? 2 : 0
        taken &+= marks[row] == 0 ? 1 : 0
        unreadable &+= marks[row] == 2 ? 1 : 0
      }
    } else {
      for row in 0..<rows.count {
        marks[row] = marks[row] > 1 ? 2 : 0
        taken &+= marks[row] == 0 ? 1 : 0
      }
      unreadable = rows.count - taken
    }
    self.marks = UnsafePointer(marks)
    self.taken = taken
    self.unreadable = unreadable
  }

  @inline(__always)
  private static func worsen(
    _ marks: UnsafeMutablePointer<UInt8>, _ states: UnsafeMutablePointer<UInt8>, _ count: Int
  ) {
    for row in 0..<count { marks[row] = max(marks[row], states[row]) }
  }

  /// Hashes of the key, by row.
  var hashes: UnsafePointer<UInt128> { hashes(of: term.keys, keys) }

  /// Hashes of the key without its last part, and of the last part.
  var shortHashes: UnsafePointer<UInt128> { hashes(of: term.keys.dropLast(), keys.dropLast()) }
  var lastHashes: UnsafePointer<UInt128> { hashes(of: term.keys.suffix(1), keys.suffix(1)) }

  /// Hashes of the measures.
  var valueHashes: UnsafePointer<UInt128> { hashes(of: term.measures, measures) }

  /// Hashes of these values, by row.
  func hashes(of expressions: some Collection<Compiled>, _ columns: some Collection<Column>) -> UnsafePointer<
    UInt128
  > {
    rows.hashes.hashes(Array(expressions), Array(columns), occurrence: occurrence, rows: rows.count)
  }

  /// Calls `body` for each row taken.
  @inline(__always)
  func forEach(_ body: (_ row: Int) -> Void) {
    if taken == 0 { return }
    for row in 0..<count where marks[row] == 0 { body(row) }
  }
}

extension ObservedRows {
  /// Calls `body` with the rows that a term selects, for each occurrence.
  ///
  /// - Parameter measured: whether the measures are computed and checked; otherwise `body` does it.
  /// - Returns: the number of rows whose condition, key or measure was invalid.
  func select(_ term: Term, measured: Bool = true, sums: Bool = false, _ body: (Selection) -> Void) -> Int {
    var unreadable = 0
    for occurrence in 0..<(term.each?.count ?? 1) {
      if term.each != nil { machine.move(to: occurrence) }
      let selection = Selection(
        self, term, occurrence, term.condition.map { machine.value($0) }, term.keys.map { machine.value($0) },
        measured ? term.measures.map { machine.value($0) } : [], sums)
      unreadable += selection.unreadable
      body(selection)
    }
    return unreadable
  }
}

/// The order of keys in lists: the order of their texts, and for equal texts (a text `–` and no value) that of their
/// hashes, so that a list always has the same bytes.
struct KeyRank: Comparable {
  let name: [String]
  let hash: UInt128

  static func < (left: KeyRank, right: KeyRank) -> Bool {
    left.name == right.name ? left.hash < right.hash : left.name.lexicographicallyPrecedes(right.name)
  }
}
