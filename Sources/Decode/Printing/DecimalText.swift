import Base

/// Numbers as ASCII digits, eight at a time, written straight into an output buffer.
enum DecimalText {
  /// The largest number of bytes that any call here writes, slack included: 39 digits, sign, point, and a word beyond.
  static let room = 56

  /// The eight digits of a number below 10^8, as a word whose lowest byte is the first digit; no ASCII zone yet.
  @inline(__always)
  private static func eight(_ number: UInt64) -> UInt64 {
    let high = number / 10_000
    let fours = high | (number &- high &* 10_000) &<< 32
    let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) &<< 16
    let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F
    return tens | (pairs &- tens &* 10) &<< 8
  }

  @inline(__always)
  private static func store(_ word: UInt64, _ out: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(out).storeBytes(of: word | 0x3030_3030_3030_3030, as: UInt64.self)
  }

  /// Writes a number without leading zeros; returns the number of bytes.
  @inline(__always)
  static func put(_ number: UInt64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    if number < 100_000_000 {
      let digits = eight(number)
      // The last digit always stays, so that 0 is "0".
      let zeros = (digits | 1 &<< 63).trailingZeroBitCount &>> 3
      store(digits &>> UInt64(truncatingIfNeeded: 8 &* zeros), out)
      return 8 &- zeros
    }
    return putLong(number, out)
  }

  private static func putLong(_ number: UInt64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    let high = number / 100_000_000
    let count = put(high, out)
    store(eight(number &- high &* 100_000_000), out + count)
    return count + 8
  }

  /// Writes the lowest `count` (1...8) digits of a number below 10^count, leading zeros included.
  @inline(__always)
  private static func put(_ number: UInt64, digits count: Int, _ out: UnsafeMutablePointer<UInt8>) {
    store(eight(number) &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count), out)
  }

  @inline(__always)
  static func put(_ number: Int64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    out[0] = 0x2D
    let sign = number < 0 ? 1 : 0
    return sign &+ put(number.magnitude, out + sign)
  }

  /// Writes `unscaled / 10^scale` with all its digits; `power` is 10^scale.
  @inline(__always)
  static func put(_ unscaled: Int128, scale: Int, power: UInt64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    guard scale > 0, scale <= 8, let number = Int64(exactly: unscaled) else { return putWide(unscaled, scale, out) }
    out[0] = 0x2D
    var at = number < 0 ? 1 : 0
    let whole = number.magnitude / power
    at &+= put(whole, out + at)
    out[at] = 0x2E
    put(number.magnitude &- whole &* power, digits: scale, out + at + 1)
    return at &+ 1 &+ scale
  }

  /// The rare cases: more than 64 bits, no scale, or a scale beyond 8.
  private static func putWide(_ unscaled: Int128, _ scale: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    var text = ExactDecimal.text(unscaled, scale: scale)
    return text.withUTF8 { bytes in
      precondition(bytes.count <= room, "a decimal has at most 38 digits")
      if let base = bytes.baseAddress { out.update(from: base, count: bytes.count) }
      return bytes.count
    }
  }

  /// Writes a date `YYYYMMDD` as `YYYY-MM-DD`.
  @inline(__always)
  static func put(date number: Int64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    let date = UInt64(bitPattern: number)
    put(date / 10_000, digits: 4, out)
    out[4] = 0x2D
    put(date / 100 % 100, digits: 2, out + 5)
    out[7] = 0x2D
    put(date % 100, digits: 2, out + 8)
    return 10
  }
}
