/// The characters and names of XML 1.0, in UTF-8.
enum XMLCharacters {
  /// Scans the bytes from `start` on for whole characters that XML allows.
  ///
  /// - Returns: the end of these characters: before `end` when the rest is the beginning of a character, or, with
  ///   `isWrong`, when a byte is not part of a character.
  static func scan(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> (end: Int, isWrong: Bool) {
    var index = start
    while index < end {
      // Eight at once, while none is below a space or above ASCII.
      while index + 8 <= end {
        let word = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
        let low = (word &- 0x2020_2020_2020_2020) & ~word
        if (word | low) & 0x8080_8080_8080_8080 != 0 { break }
        index += 8
      }
      if index == end { break }
      let first = bytes[index]
      if first < 0x80 {
        guard first >= 0x20 || first == 0x09 || first == 0x0A || first == 0x0D else { return (index, true) }
        index += 1
        continue
      }
      guard let count = length(first) else { return (index, true) }
      guard index + count <= end else { return (index, false) }
      guard isCharacter(bytes + index, count) else { return (index, true) }
      index += count
    }
    return (end, false)
  }

  /// The number of bytes of a character with this first byte; `nil` when there is none.
  private static func length(_ first: UInt8) -> Int? {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }

  private static func isCharacter(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let second = bytes[1]
    let range: ClosedRange<UInt8> =
      switch bytes[0] {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    guard range.contains(second), count < 3 || bytes[2] & 0xC0 == 0x80, count < 4 || bytes[3] & 0xC0 == 0x80
    else { return false }
    // U+FFFE and U+FFFF.
    return !(bytes[0] == 0xEF && second == 0xBF && bytes[2] >= 0xBE)
  }

  /// Whether a reference to this scalar is allowed.
  static func isAllowed(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

  /// Whether a byte may be in a name. Above ASCII every character is accepted: no element of a workbook uses those that
  /// XML forbids there.
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x3A, 0x5F, 0x2D, 0x2E, 0x80...0xFF: true
    default: false
    }
  }

  static func beginsName(_ byte: UInt8) -> Bool {
    isName(byte) && !(0x30...0x39).contains(byte) && byte != 0x2D && byte != 0x2E
  }
}
