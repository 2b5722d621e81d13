import Base
import Records

/// Sums by key and reason, in a few pieces of memory: one entry costs no allocation of its own.
///
/// Adding and finding cost O(1) in the keys.
struct ShareTable {
  let measures: Int
  /// By key the entry that was added last, and for each entry the one before it.
  private var last: [UInt128: Int] = [:]
  private var before: [Int] = []
  private(set) var reasons: [Int] = []
  /// Of each entry the expected sums, then the actual ones.
  private var sums: [Int128] = []

  init(_ measures: Int) { self.measures = measures }

  var isEmpty: Bool { reasons.isEmpty }

  /// Adds the numbers of a row. Of one key, the rows of one reason come one after the other.
  mutating func add(_ columns: ArraySlice<Column>, _ row: Int, _ term: Term, to key: UInt128, _ reason: Int) {
    let found = last[key]
    var entry = found ?? 0
    if found.map({ reasons[$0] != reason }) ?? true {
      entry = reasons.count
      last[key] = entry
      before.append(found ?? -1)
      reasons.append(reason)
      sums.append(contentsOf: repeatElement(0, count: 2 * measures))
    }
    let first = entry * 2 * measures + (term.side == .expected ? 0 : measures)
    for (index, column) in columns.enumerated() { sums[first + index] &+= term.sign * Int128(column.integers[row]) }
  }

  /// The entries of a key.
  func entries(_ key: UInt128) -> [Int] {
    var found: [Int] = []
    var next = last[key] ?? -1
    while next >= 0 {
      found.append(next)
      next = before[next]
    }
    return found
  }

  func expected(_ entry: Int, _ measure: Int) -> Int128 { sums[entry * 2 * measures + measure] }
  func actual(_ entry: Int, _ measure: Int) -> Int128 { sums[(entry * 2 + 1) * measures + measure] }
}

/// A key of several parts as one number; two keys with the same number are as good as impossible.
struct ShareKey {
  private var bytes: [UInt8] = []

  /// Adds a part; `nil` for one that cannot be read.
  mutating func add(_ part: String?) {
    if let part { bytes.append(contentsOf: part.utf8) }
    bytes.append(part == nil ? 0 : 0x1F)
  }

  /// Adds a row's part as ``add(_:)-(String?)`` does its text.
  mutating func add(_ column: Column, _ row: Int) {
    if column.fault(row) != nil { return add(nil) }
    guard case .text = column.type, !column.isAbsent(row) else { return add(column.describe(row) ?? "–") }
    bytes.append(contentsOf: column.text(row))
    bytes.append(0x1F)
  }

  /// The number of the parts added, and begins anew.
  mutating func finish() -> UInt128 {
    let hash = bytes.withUnsafeBytes { XXH3.hash128($0) }
    bytes.removeAll(keepingCapacity: true)
    return hash
  }

  /// The number of a line's key, without the parts whose bits are set.
  static func of(_ parts: [String], without mask: UInt64 = 0) -> UInt128 {
    var key = ShareKey()
    for (index, part) in parts.enumerated() { key.add(mask >> index & 1 == 1 ? nil : part) }
    return key.finish()
  }
}
