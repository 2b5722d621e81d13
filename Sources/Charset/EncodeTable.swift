/// From Unicode to codes: two look-ups per character, and a search for the few characters of two scalars.
///
/// Never changed after it was built, so it may be read from any thread.
package final class EncodeTable: @unchecked Sendable {
  /// Set in an entry when there is a code; the code is the low 16 bits.
  static let present: UInt32 = 1 << 16
  /// Set in an entry when a pair may begin with the character.
  static let beginsPair: UInt32 = 1 << 17

  /// For each block of 64 scalars the number of its entries' block; block 0 is empty.
  private let blocks: UnsafeMutablePointer<UInt16>
  private let entries: UnsafeMutablePointer<UInt32>
  private let pairs: UnsafeMutablePointer<EncodePair>
  private let pairCount: Int

  init(_ draft: EncodeDraft) {
    let sorted = draft.sortedPairs()
    blocks = .allocate(capacity: draft.blocks.count)
    blocks.initialize(from: draft.blocks, count: draft.blocks.count)
    entries = .allocate(capacity: draft.entries.count)
    entries.initialize(from: draft.entries, count: draft.entries.count)
    pairs = .allocate(capacity: max(sorted.count, 1))
    pairs.initialize(from: sorted, count: sorted.count)
    pairCount = sorted.count
  }

  deinit {
    blocks.deallocate()
    entries.deallocate()
    pairs.deallocate()
  }

  /// The entry of a scalar; 0 when it has neither a code nor a pair.
  @inline(__always)
  package subscript(_ scalar: UInt32) -> UInt32 {
    entries[Int(blocks[Int(scalar >> 6)]) << 6 | Int(scalar & 63)]
  }

  /// The code of two scalars that are one character of the set. Cost: logarithmic in the number of pairs.
  func code(_ first: UInt32, _ second: UInt32) -> UInt16? {
    let key = UInt64(first) << 32 | UInt64(second)
    var low = 0
    var high = pairCount
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < pairCount && pairs[low].key == key ? pairs[low].code : nil
  }
}

/// Two scalars, the first in the upper half of the key, and their code.
struct EncodePair {
  let key: UInt64
  let code: UInt16
}

/// An ``EncodeTable`` under construction.
struct EncodeDraft {
  fileprivate var blocks = [UInt16](repeating: 0, count: 0x11_0000 >> 6)
  fileprivate var entries = [UInt32](repeating: 0, count: 64)
  private var pairs: [EncodePair] = []

  /// Adds a code unless the character already has one: the first one counts.
  mutating func add(_ scalar: UInt32, code: Int) {
    let index = place(scalar)
    if entries[index] & EncodeTable.present == 0 { entries[index] |= EncodeTable.present | UInt32(code) }
  }

  /// Adds the code of two scalars, unless they have one already.
  mutating func add(_ first: UInt32, _ second: UInt32, code: Int) {
    entries[place(first)] |= EncodeTable.beginsPair
    pairs.append(EncodePair(key: UInt64(first) << 32 | UInt64(second), code: UInt16(code)))
  }

  fileprivate func sortedPairs() -> [EncodePair] {
    // Both scalars of a pair and its place in the order of adding fit one integer: 21, 21 and 22 bits.
    var order: [UInt64] = []
    order.reserveCapacity(pairs.count)
    for (index, pair) in pairs.enumerated() {
      order.append((pair.key >> 32) << 43 | (pair.key & 0x1F_FFFF) << 22 | UInt64(index))
    }
    order.sort()
    var kept: [EncodePair] = []
    kept.reserveCapacity(pairs.count)
    for item in order {
      let pair = pairs[Int(item & 0x3F_FFFF)]
      if kept.last?.key != pair.key { kept.append(pair) }
    }
    return kept
  }

  private mutating func place(_ scalar: UInt32) -> Int {
    let block = Int(scalar >> 6)
    if blocks[block] == 0 {
      blocks[block] = UInt16(entries.count >> 6)
      entries.append(contentsOf: repeatElement(0, count: 64))
    }
    return Int(blocks[block]) << 6 | Int(scalar & 63)
  }
}
