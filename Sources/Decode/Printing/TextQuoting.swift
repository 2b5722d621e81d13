/// Text as a CSV field or a JSON string. Eight bytes at a time as long as nothing needs quoting.
///
/// Both read up to 7 bytes beyond the text and write up to 8 beyond the returned length.
enum TextQuoting {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Not zero when a byte of the word is `byte`.
  @inline(__always)
  private static func has(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let rest = word ^ ones &* UInt64(byte)
    return (rest &- ones) & ~rest & tops
  }

  /// Not zero when a byte of the word is below X'20'.
  @inline(__always)
  private static func hasControl(_ word: UInt64) -> UInt64 { (word &- ones &* 0x20) & ~word & tops }

  /// Copies the bytes, and returns whether one that needs quoting was among them.
  @inline(__always)
  private static func copy(
    _ text: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>, special: UInt8
  ) -> Bool {
    var found: UInt64 = 0
    var at = 0
    while at < count {
      var word = UnsafeRawPointer(text + at).loadUnaligned(as: UInt64.self)
      UnsafeMutableRawPointer(out + at).storeBytes(of: word, as: UInt64.self)
      if at &+ 8 > count {
        // Bytes beyond the text are treated as spaces.
        let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* (count &- at))
        word = word & mask | (ones &* 0x20) & ~mask
      }
      found |= has(word, 0x22) | has(word, special) | hasControl(word)
      at &+= 8
    }
    return found != 0
  }

  static func csv(_ text: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    guard copy(text, count, out, special: 0x2C) else { return count }
    // A lone CR or LF, a comma or a quote: the whole field is quoted, and quotes are doubled.
    var at = 1
    out[0] = 0x22
    for index in 0..<count {
      out[at] = text[index]
      at += 1
      if text[index] == 0x22 {
        out[at] = 0x22
        at += 1
      }
    }
    out[at] = 0x22
    return at + 1
  }

  static func json(_ text: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    out[0] = 0x22
    if !copy(text, count, out + 1, special: 0x5C) {
      out[count + 1] = 0x22
      return count + 2
    }
    var at = 1
    for index in 0..<count {
      let byte = text[index]
      if byte < 0x20 {
        // \u00 and two digits.
        UnsafeMutableRawPointer(out + at).storeBytes(of: UInt32(littleEndian: 0x3030_755C), as: UInt32.self)
        out[at + 4] = hexadecimal(byte >> 4)
        out[at + 5] = hexadecimal(byte & 15)
        at += 6
        continue
      }
      if byte == 0x22 || byte == 0x5C {
        out[at] = 0x5C
        at += 1
      }
      out[at] = byte
      at += 1
    }
    out[at] = 0x22
    return at + 1
  }

  private static func hexadecimal(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x37 + half }
}
