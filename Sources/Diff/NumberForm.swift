/// Numbers in one form: digits without leading zeros, a point only before a fraction, no zeros at the fraction's end.
enum NumberForm {
  /// How much of a number's writing is disregarded.
  enum Reading {
    /// As programs write numbers: `-12.50`, never `012`, `+12` or ` 12`.
    case strict
    /// Spaces around it, a sign and leading zeros, too: the column was declared to be a number.
    case lenient
    /// What a database or JSON writes: with exponent, too.
    case machine
  }

  /// The longest number that is written out: 1E400 and the like stay unreadable.
  private static let limit = 400

  /// Writes the number in `text` to `out`, which has room for `text.count` + 2 · ``limit`` bytes.
  ///
  /// - Returns: the bytes written; `nil` when the text is no number.
  @inline(__always)
  static func write(
    _ text: UnsafeBufferPointer<UInt8>, _ reading: Reading, to out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard let base = text.baseAddress, text.count > 0 else { return nil }
    // Nearly all are plain whole numbers.
    var plain = base[0] != 48 || text.count == 1
    let first = base[0] == 45 && text.count > 1 && base[1] != 48 ? 1 : 0
    for index in first..<text.count where base[index] &- 48 > 9 { plain = false }
    if plain {
      out.update(from: base, count: text.count)
      return text.count
    }
    return writeOdd(text, reading, to: out)
  }

  private static func writeOdd(
    _ text: UnsafeBufferPointer<UInt8>, _ reading: Reading, to out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    var (position, end) = (0, text.count)
    if reading == .lenient {
      while position < end, text[position] == 32 { position += 1 }
      while end > position, text[end - 1] == 32 { end -= 1 }
    }
    var isNegative = false
    if position < end, text[position] == 45 || (text[position] == 43 && reading != .strict) {
      isNegative = text[position] == 45
      position += 1
    }
    let whole = position
    while position < end, text[position] &- 48 <= 9 { position += 1 }
    var wholeDigits = whole..<position
    guard !wholeDigits.isEmpty else { return nil }
    if reading == .strict, text[whole] == 48, wholeDigits.count > 1 { return nil }
    var fraction = position..<position
    if position < end, text[position] == 46 {
      let start = position + 1
      position = start
      while position < end, text[position] &- 48 <= 9 { position += 1 }
      guard position > start else { return nil }
      fraction = start..<position
    }
    var exponent = 0
    if reading == .machine, position < end, text[position] | 32 == 101 {
      position += 1
      var falls = false
      if position < end, text[position] == 45 || text[position] == 43 {
        falls = text[position] == 45
        position += 1
      }
      let start = position
      while position < end, text[position] &- 48 <= 9 {
        exponent = min(exponent * 10 + Int(text[position] - 48), 100_000)
        position += 1
      }
      guard position > start else { return nil }
      if falls { exponent = -exponent }
      guard abs(exponent) <= limit else { return nil }
    }
    guard position == end else { return nil }
    while wholeDigits.count > 0, text[wholeDigits.lowerBound] == 48 { wholeDigits.removeFirst() }

    // All digits, and where the point stands among them.
    var digits: [UInt8] = wholeDigits.map { text[$0] } + fraction.map { text[$0] }
    var point = wholeDigits.count + exponent
    while digits.last == 48 { digits.removeLast() }
    var leading = 0
    while leading < digits.count, digits[leading] == 48 { leading += 1 }
    digits.removeFirst(leading)
    point -= leading
    if digits.isEmpty {
      if isNegative, reading == .strict { return nil }
      out[0] = 48
      return 1
    }
    var count = 0
    func put(_ byte: UInt8) {
      out[count] = byte
      count += 1
    }
    if isNegative { put(45) }
    if point <= 0 {
      put(48)
      put(46)
      for _ in 0..<(-point) { put(48) }
      digits.forEach(put)
    } else {
      for place in 0..<max(point, digits.count) {
        if place == point { put(46) }
        put(place < digits.count ? digits[place] : 48)
      }
    }
    return count
  }

  /// Room that writing a number of so many bytes needs.
  static func room(_ count: Int) -> Int { count + 2 * limit + 4 }
}
