import Records

extension Kernel {
  /// Hyphens, minus signs and dashes in place of the long-vowel mark: behind katakana of either width, and not before a
  /// digit or Latin letter, where a hyphen separates a room's number or a name from the building's.
  static func hyphensForVowels(_ a: Column, _ out: Column, _ rows: Int) {
    for row in 0..<rows {
      out.states[row] = a.states[row]
      out.integers[row] = 0
      guard a.states[row] == 0 else { continue }
      let text = a.text(row)
      var (before, last, found) = (UInt32(0), UInt32(0), Int64(0))
      var scalar: UInt32 = 0
      // The current scalar is complete when the next begins; one more step concludes the last.
      for index in 0...text.count {
        let isEnd = index == text.count
        let byte = isEnd ? 0 : text[index]
        if !isEnd, byte & 0xC0 == 0x80 {
          scalar = scalar << 6 | UInt32(byte & 0x3F)
          continue
        }
        if index > 0 { (before, last) = (last, scalar) }
        let next: UInt32 = byte < 0x80 ? UInt32(byte) : byte < 0xE0 ? UInt32(byte & 0x1F) : UInt32(byte & 0x0F)
        if isHyphen(last), isKatakana(before), isEnd || !startsNumber(text, index) { found += 1 }
        scalar = next
      }
      out.integers[row] = found
    }
    out.commit(rows: rows)
  }

  private static func isHyphen(_ scalar: UInt32) -> Bool {
    scalar == 0x2D || scalar == 0xFF0D || scalar == 0x2212 || scalar == 0x2010 || scalar == 0x2015
  }

  private static func isKatakana(_ scalar: UInt32) -> Bool {
    (0x30A1...0x30FC).contains(scalar) && scalar != 0x30FB || (0xFF66...0xFF9F).contains(scalar)
  }

  /// Whether a digit or Latin letter, of either width, begins at a byte.
  private static func startsNumber(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    let byte = text[index]
    if byte < 0x80 { return isAlphanumeric(byte) }
    // U+FF10…FF5A are EF BC 90 … EF BD 9A.
    guard byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBC || text[index + 1] == 0xBD else { return false }
    let narrow = (UInt32(text[index + 1] & 0x3F) << 6 | UInt32(text[index + 2] & 0x3F)) & 0xFFF
    return narrow >= 0xF10 && narrow <= 0xF5A && isAlphanumeric(UInt8(truncatingIfNeeded: narrow - 0xF00 + 0x20))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
