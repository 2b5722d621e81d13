/// Distinguishes UTF-8 texts from other bytes.
package enum WellFormedUTF8 {
  /// The offset of the first byte that is not well-formed UTF-8 (RFC 3629), or of a U+FFFD, which a program writes in
  /// place of a character that it lost; `nil` when all bytes are text.
  package static func firstMalformed(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    let raw = UnsafeRawPointer(base)
    var index = 0
    while index < count {
      while index + 8 <= count {
        let high = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080
        if high != 0 {
          index += high.trailingZeroBitCount >> 3
          break
        }
        index += 8
      }
      while index < count, index + 8 > count, base[index] < 0x80 { index += 1 }
      guard index < count else { break }
      // Nearly all Japanese characters have three bytes.
      while index + 4 <= count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt32.self)
        guard word & 0x00C0_C0F0 == 0x0080_80E0, word & 0x200F != 0, word & 0x200F != 0x200D,
          word & 0x00FF_FFFF != 0x00BD_BFEF
        else { break }
        index += 3
      }
      if index < count, base[index] < 0x80 { continue }
      guard index < count else { break }
      guard let length = sequence(base + index, count - index) else { return index }
      index += length
    }
    return nil
  }

  /// Whether the character at `base` is U+FFFD.
  package static func isReplacement(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    count >= 3 && base[0] == 0xEF && base[1] == 0xBF && base[2] == 0xBD
  }

  /// The number of bytes of the character that begins at `base`.
  private static func sequence(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    func follows(_ place: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      place < count && range.contains(base[place])
    }
    switch base[0] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return follows(1) ? 2 : nil
    case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : nil
    case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : nil
    case 0xEF where isReplacement(base, count): return nil
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : nil
    case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : nil
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : nil
    case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : nil
    default: return nil
    }
  }
}
