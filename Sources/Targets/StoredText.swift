import Base
import Records

/// Dates as targets store them: `YYYY-MM-DD` with 00 for unknown parts; an empty date is `0000-00-00`, as in the
/// standard's interface files.
package enum StoredDate {
  /// The number of bytes of every date.
  package static let length = 10

  /// Writes a date, 0 for the empty one. `out` has room for `length` bytes.
  package static func write(_ date: Int64, to out: UnsafeMutablePointer<UInt8>) {
    var rest = date
    for position in [9, 8, 6, 5, 3, 2, 1, 0] {
      out[position] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    (out[4], out[7]) = (45, 45)
  }

  /// The number of a stored date, 0 for the empty one; `nil` when the text is not a date.
  package static func read(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == length, text[4] == 45, text[7] == 45 else { return nil }
    var value: Int64 = 0
    var valid = true
    for index in 0..<length where index != 4 && index != 7 {
      valid = valid && text[index] >= 48 && text[index] <= 57
      value = value &* 10 &+ Int64(text[index] & 15)
    }
    let (year, month, day) = (Int(value / 10_000), Int(value / 100 % 100), Int(value % 100))
    let exists =
      value == 0 || value == CivilDate.noEnd || (month == 0 && day == 0) || (day == 0 && (1...12).contains(month))
      || CivilDate.exists(year: year, month: month, day: day)
    return valid && exists ? value : nil
  }
}

/// Decimals as targets store them: all digits, with exactly as many behind the point as the column's scale.
package enum StoredDecimal {
  /// The requirement on the digits behind the point.
  package enum Fraction {
    /// Exactly as many as the scale: the column is a text, and another number of digits is another text.
    case exact
    /// Any number, when no significant digit is lost: the column is a number.
    case any
  }

  /// The unscaled value of a stored decimal; `nil` when the text is not a decimal or has more than the 38 digits of the
  /// type.
  package static func read(_ text: UnsafeBufferPointer<UInt8>, scale: Int, _ fraction: Fraction) -> Int128? {
    var value: Int128 = 0
    var whole = 0
    var behind = -1
    for byte in text.first == 45 ? UnsafeBufferPointer(rebasing: text.dropFirst()) : text {
      if byte == 46, behind < 0, whole > 0 {
        behind = 0
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      if behind < 0 { whole += 1 } else { behind += 1 }
      // Zeros beyond the scale are not significant.
      if behind > max(scale, 0) {
        guard fraction == .any, byte == 48 else { return nil }
        continue
      }
      guard value < limit else { return nil }
      value = value &* 10 &+ Int128(byte & 15)
    }
    guard whole > 0, behind != 0 else { return nil }
    var missing = scale - max(behind, 0)
    if missing > 0, fraction == .exact { return nil }
    while missing > 0 {
      guard value < limit else { return nil }
      value *= 10
      missing -= 1
    }
    if scale < 0 {
      for _ in scale..<0 {
        guard value % 10 == 0 else { return nil }
        value /= 10
      }
    }
    return text.first == 45 ? -value : value
  }

  /// The largest number of bytes of a decimal.
  package static func room(scale: Int) -> Int { 42 + abs(scale) }

  /// Writes a decimal to `out`, which has `room(scale:)` bytes.
  ///
  /// - Returns: the number of bytes written.
  package static func write(_ value: Int128, scale: Int, to out: UnsafeMutablePointer<UInt8>) -> Int {
    let room = room(scale: scale)
    var at = room
    var digits = 0
    if scale < 0, value != 0 {
      for _ in scale..<0 { put(48, out, &at) }
    }
    var large = value.magnitude
    while large > UInt128(UInt64.max) {
      digit(UInt8(truncatingIfNeeded: large % 10), scale, out, &at, &digits)
      large /= 10
    }
    var rest = UInt64(truncatingIfNeeded: large)
    repeat {
      digit(UInt8(truncatingIfNeeded: rest % 10), scale, out, &at, &digits)
      rest /= 10
    } while rest > 0 || digits <= scale
    if value < 0 { put(45, out, &at) }
    out.update(from: out + at, count: room - at)
    return room - at
  }

  @inline(__always)
  private static func digit(
    _ digit: UInt8, _ scale: Int, _ out: UnsafeMutablePointer<UInt8>, _ at: inout Int, _ digits: inout Int
  ) {
    if digits == scale, scale > 0 { put(46, out, &at) }
    put(48 + digit, out, &at)
    digits += 1
  }

  @inline(__always)
  private static func put(_ byte: UInt8, _ out: UnsafeMutablePointer<UInt8>, _ at: inout Int) {
    at -= 1
    out[at] = byte
  }

  /// A value below this has room for one more digit.
  private static let limit: Int128 = 10_000_000_000_000_000_000_000_000_000_000_000_000
}

extension Column {
  /// Appends a stored date; the empty one is null, and a text that is not a date is the fault `unreadable`.
  package func append(storedDate text: UnsafeBufferPointer<UInt8>) {
    guard let date = StoredDate.read(text) else { return append(state: Fault.unreadable.rawValue) }
    if date == 0 { appendNull() } else { append(date) }
  }

  /// Appends a stored text. A text that is not UTF-8, or holds U+FFFD, which a program writes in place of a character
  /// that it lost, is the fault `unreadable`.
  package func append(checked text: UnsafeBufferPointer<UInt8>) {
    if let base = text.baseAddress, WellFormedUTF8.firstMalformed(base, text.count) != nil {
      return append(state: Fault.unreadable.rawValue)
    }
    append(text)
  }

  /// Appends a decimal of a column that holds numbers, written in digits.
  package func append(storedDecimal text: String, scale: Int) {
    var text = text
    text.withUTF8 { append(storedDecimal: $0, scale: scale, .any) }
  }

  /// Appends a stored decimal; a text that is not a decimal is the fault `unreadable`.
  package func append(storedDecimal text: UnsafeBufferPointer<UInt8>, scale: Int, _ fraction: StoredDecimal.Fraction) {
    guard let value = StoredDecimal.read(text, scale: scale, fraction) else {
      return append(state: Fault.unreadable.rawValue)
    }
    append(wide: value)
  }
}
