import Base
import Glibc

/// The most frequent values of a field, and the number of distinct ones.
///
/// As long as there are no more than ``capacity`` distinct values, every count is exact. Beyond that, the counts are
/// those of the Misra–Gries algorithm, purged in batches: a value's true count is between the shown one and that plus
/// ``slack``; and the number of distinct values comes from a HyperLogLog sketch of 2^14 registers (standard error 0.8
/// %).
struct FrequentValues {
  static let capacity = 4096

  private struct Entry {
    let hash: UInt64
    var count: Int
    let start: Int
    let length: Int
  }

  private var entries: [Entry] = []
  /// The values' bytes, concatenated.
  private var bytes: [UInt8] = []
  /// Open addressing: entry number plus 1, 0 for free.
  private var slots = [Int32](repeating: 0, count: capacity * 4)
  /// The amount that purging has subtracted from every count.
  private(set) var slack = 0
  private var registers = [UInt8](repeating: 0, count: 1 << 14)

  var isExact: Bool { slack == 0 }

  mutating func add(_ value: UnsafeBufferPointer<UInt8>) {
    let hash = XXH3.hash64(UnsafeRawBufferPointer(value))
    let register = Int(hash >> 50)
    let rank = UInt8(truncatingIfNeeded: (hash << 14 | 1 << 13).leadingZeroBitCount + 1)
    if rank > registers[register] { registers[register] = rank }

    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if entries[index].hash == hash, holds(entries[index], value) {
        entries[index].count += 1
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    if entries.count == Self.capacity {
      purge()
      return add(value)
    }
    entries.append(Entry(hash: hash, count: 1, start: bytes.count, length: value.count))
    bytes += value
    slots[slot] = Int32(entries.count)
  }

  private func holds(_ entry: Entry, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.length == value.count else { return false }
    for index in 0..<entry.length where bytes[entry.start + index] != value[index] { return false }
    return true
  }

  /// Subtracts the median count from all and keeps the remaining values.
  private mutating func purge() {
    let median = entries.map(\.count).sorted()[entries.count / 2]
    slack += median
    let (old, oldBytes) = (entries, bytes)
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    slots = [Int32](repeating: 0, count: slots.count)
    for entry in old where entry.count > median {
      let start = bytes.count
      bytes += oldBytes[entry.start..<entry.start + entry.length]
      entries.append(Entry(hash: entry.hash, count: entry.count - median, start: start, length: entry.length))
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(entries.count)
    }
  }

  /// Distinct values: exact, or the sketch's estimate.
  var distinct: Int {
    if isExact { return entries.count }
    let count = Double(registers.count)
    var sum = 0.0
    for register in registers { sum += Double(sign: .plus, exponent: -Int(register), significand: 1) }
    let free = registers.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    // For few values the free registers give a better estimate than the others (linear counting).
    let raw = 0.7213 / (1 + 1.079 / count) * count * count / sum
    let estimate = raw < 2.5 * count && free > 0 ? count * log(count / Double(free)) : raw
    return max(Int(estimate.rounded()), Self.capacity)
  }

  /// The values with the highest counts, the higher first; of equal counts the order of `precedes`.
  func top(
    _ number: Int, by precedes: ([UInt8], [UInt8]) -> Bool
  ) -> [(value: [UInt8], count: Int)] {
    let best = entries.map { (value: Array(bytes[$0.start..<$0.start + $0.length]), count: $0.count) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : precedes($0.value, $1.value) }
    return Array(best.prefix(number))
  }
}
