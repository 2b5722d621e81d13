import Base
import Records

/// Dates as targets store them: `YYYY-MM-DD` with 00 for unknown parts; an empty date is `0000-00-00`, as in the
/// standard's interface files.
package enum StoredDate {
  /// The number of bytes of every date.
  package static let length = 10

  /// Writes a date, 0 for the empty one. `out` has room for `length` bytes.
  package static func write(_ date: Int64, to out: UnsafeMutablePointer<UInt8>) {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100)
    put(year / 100, to: out)
    put(year % 100, to: out + 2)
    put(month, to: out + 5)
    put(day, to: out + 8)
    (out[4], out[7]) = (45, 45)
  }

  /// Writes two digits, of a number below 100.
  @inline(__always)
  private static func put(_ pair: Int64, to out: UnsafeMutablePointer<UInt8>) {
    let (tens, ones) = pair.quotientAndRemainder(dividingBy: 10)
    (out[0], out[1]) = (48 + UInt8(truncatingIfNeeded: tens), 48 + UInt8(truncatingIfNeeded: ones))
  }

  /// The number of a date whose day is one that every month has; `nil` for others, valid or not.
  @inline(__always)
  private static func readPlain(_ text: UnsafePointer<UInt8>) -> Int64? {
    let raw = UnsafeRawPointer(text)
    // Of `YYYY-MM-`, the digits; zeros in place of the hyphens.
    let digits = raw.loadUnaligned(as: UInt64.self).littleEndian ^ 0x2D30_302D_3030_3030
    let days = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self).littleEndian ^ 0x3030
    // A digit above 9, or anything in place of a hyphen, sets the highest bit of its byte.
    let isWrong = (digits &+ 0x7F76_767F_7676_7676 | digits) & 0x8080_8080_8080_8080
    let areDaysWrong = (days &+ 0x7676 | days) & 0x8080
    guard isWrong == 0, areDaysWrong == 0 else { return nil }
    func digit(_ place: UInt64) -> Int64 { Int64(truncatingIfNeeded: digits >> (place &* 8)) & 15 }
    let year = digit(0) &* 1000 &+ digit(1) &* 100 &+ digit(2) &* 10 &+ digit(3)
    let month = digit(5) &* 10 &+ digit(6)
    let day = Int64(days & 15) &* 10 &+ Int64(days >> 8)
    guard year >= 1, 1...12 ~= month, 1...28 ~= day else { return nil }
    return year &* 10_000 &+ month &* 100 &+ day
  }

  /// The number of a stored date, 0 for the empty one; `nil` when the text is not a date.
  package static func read(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == length, let base = text.baseAddress else { return nil }
    if let date = readPlain(base) { return date }
    guard text[4] == 45, text[7] == 45 else { return nil }
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

/// Moments as columns hold them: `2024-04-01 09:30:00`, `09:30:00`, and fractions of seconds without zeros at their end.
enum StoredMoment {
  static func isMoment(_ text: UnsafeBufferPointer<UInt8>, hasDate: Bool) -> Bool {
    var time = text
    if hasDate {
      guard text.count >= 19, text[10] == 0x20 else { return false }
      let date = StoredDate.read(UnsafeBufferPointer(rebasing: text[..<10]))
      guard let date, date != 0, CivilDate.dayNumber(date) != nil else { return false }
      time = UnsafeBufferPointer(rebasing: text[11...])
    }
    guard time.count >= 8, time[2] == 0x3A, time[5] == 0x3A else { return false }
    for (place, limit) in [(0, 24), (3, 60), (6, 60)] {
      let (tens, ones) = (time[place] &- 0x30, time[place + 1] &- 0x30)
      guard tens < 10, ones < 10, Int(tens) * 10 + Int(ones) < limit else { return false }
    }
    if time.count == 8 { return true }
    guard time[8] == 0x2E, (10...15).contains(time.count), time[time.count - 1] != 0x30 else { return false }
    return time[9...].allSatisfy { $0 &- 0x30 < 10 }
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

extension TargetColumn {
  /// The value of a stored text: without spaces at its end, where these are padding.
  package func value(of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard form == .padded, text.last == 0x20 else { return text }
    var count = text.count
    while count > 0, text[count - 1] == 0x20 { count -= 1 }
    return UnsafeBufferPointer(rebasing: text[..<count])
  }

  /// Makes the last value `unreadable` when the column's digits or form do not allow it. Lengths of texts are the
  /// business of a check.
  @inline(__always)
  func judge(_ column: Column) {
    guard digits != nil || form == .timestamp || form == .time else { return }
    let row = column.count - 1
    if column.states[row] == 0, fault(column, row) != nil { column.replaceLast(state: Fault.unreadable.rawValue) }
  }
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
