/// From Unicode to codes: two look-ups a character, and a search for the few characters of two scalars.
///
/// Built once, never changed afterwards, so it may be read from any thread.
final class EncodeTable: @unchecked Sendable {
  /// Set in an entry when there is a code; the code is the low 16 bits.
  static let present: UInt32 = 1 << 16
  /// Set in an entry when a pair may begin with the character.
  static let beginsPair: UInt32 = 1 << 17

  private var blocks: [UInt16]
  private var entries: [UInt32]
  private var pairs: [(key: UInt64, code: UInt16)] = []

  init() {
    blocks = Array(repeating: 0, count: 0x11_0000 >> 6)
    entries = Array(repeating: 0, count: 64)  // block 0: nothing
  }

  /// The entry of a scalar; 0 when it has neither a code nor a pair.
  @inline(__always)
  subscript(_ scalar: UInt32) -> UInt32 {
    entries[Int(blocks[Int(scalar >> 6)]) << 6 | Int(scalar & 63)]
  }

  /// The code of two scalars that are one character of the set. Cost: logarithmic in the number of pairs.
  func code(_ first: UInt32, _ second: UInt32) -> UInt16? {
    let key = UInt64(first) << 32 | UInt64(second)
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < pairs.count && pairs[low].key == key ? pairs[low].code : nil
  }

  // MARK: Building

  /// Adds a code unless the character has one already: the first comes first.
  func add(_ scalar: UInt32, code: Int) {
    let index = place(scalar)
    if entries[index] & Self.present == 0 { entries[index] |= Self.present | UInt32(code) }
  }

  func add(_ first: UInt32, _ second: UInt32, code: Int) {
    entries[place(first)] |= Self.beginsPair
    pairs.append((UInt64(first) << 32 | UInt64(second), UInt16(code)))
  }

  /// To be called after the last pair was added; of equal pairs the one added first stays.
  func finish() {
    // Both scalars of a pair and its place in the order of adding fit one integer: 21, 21 and 22 bits.
    var order: [UInt64] = []
    order.reserveCapacity(pairs.count)
    for (index, pair) in pairs.enumerated() {
      order.append((pair.key >> 32) << 43 | (pair.key & 0x1F_FFFF) << 22 | UInt64(index))
    }
    order.sort()
    var kept: [(key: UInt64, code: UInt16)] = []
    kept.reserveCapacity(pairs.count)
    for item in order {
      let pair = pairs[Int(item & 0x3F_FFFF)]
      if kept.last?.key != pair.key { kept.append(pair) }
    }
    pairs = kept
  }

  private func place(_ scalar: UInt32) -> Int {
    let block = Int(scalar >> 6)
    if blocks[block] == 0 {
      blocks[block] = UInt16(entries.count >> 6)
      entries.append(contentsOf: repeatElement(0, count: 64))
    }
    return Int(blocks[block]) << 6 | Int(scalar & 63)
  }
}
