/// Numbers in one form: digits without leading zeros, a point only before a fraction, no zeros at the fraction's end.
package enum NumberForm {
  /// The accepted notations of a number.
  enum Reading {
    /// The notation of programs: `-12.50`, also `-0`, never `012`, `+12` or ` 12`.
    case strict
    /// Also spaces around it, a sign and leading zeros: the column was declared to be a number.
    case lenient
    /// Also the notation of amounts: thousands separated by commas, `△` or `▲` for minus, `(5)`, `5-`.
    case accounting
    /// The notation of databases and JSON, also with an exponent.
    case machine
  }

  /// The largest magnitude of an exponent that is written out; numbers beyond stay unreadable.
  private static let limit = 400

  /// Writes the number in `text` to `out`, which has room for `text.count` + 2 · ``limit`` bytes.
  ///
  /// - Returns: the number of bytes written; `nil` when the text is not a number.
  @inline(__always)
  static func write(
    _ text: UnsafeBufferPointer<UInt8>, _ reading: Reading, to out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard let base = text.baseAddress, text.count > 0 else { return nil }
    // Nearly all values are plain whole numbers.
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
    if let count = word(text, to: out) { return count }
    if reading == .accounting {
      guard let plain = amount(text) else { return nil }
      return plain.withUnsafeBufferPointer { write($0, .lenient, to: out) }
    }
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

    // All digits, and the place of the point among them.
    var digits: [UInt8] = wholeDigits.map { text[$0] } + fraction.map { text[$0] }
    var point = wholeDigits.count + exponent
    while digits.last == 48 { digits.removeLast() }
    var leading = 0
    while leading < digits.count, digits[leading] == 48 { leading += 1 }
    digits.removeFirst(leading)
    point -= leading
    if digits.isEmpty {
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

  /// The values of floating point and of PostgreSQL's `numeric` that are not numbers, in the notation of databases and
  /// programs: `NaN`, `Infinity`, `-inf`.
  private static func word(
    _ text: UnsafeBufferPointer<UInt8>, to out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard text.count <= 9, let last = text.last, last | 32 == 0x6E || last | 32 == 0x66 || last | 32 == 0x79 else {
      return nil
    }
    let found: String? =
      switch String(decoding: text, as: UTF8.self).lowercased() {
      case "nan": "NaN"
      case "inf", "infinity": "Infinity"
      case "-inf", "-infinity": "-Infinity"
      default: nil
      }
    guard let found else { return nil }
    for (index, byte) in found.utf8.enumerated() { out[index] = byte }
    return found.utf8.count
  }

  /// Whether a number in its form is one of those words.
  package static func isWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let last = bytes.last else { return false }
    return last > 57
  }

  /// The digits of an amount with a sign in the notation of programs; `nil` when commas do not separate thousands, or
  /// signs contradict.
  private static func amount(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var rest = text[...]
    func trim() {
      while rest.first == 32 { rest.removeFirst() }
      while rest.last == 32 { rest.removeLast() }
    }
    var signs = 0
    trim()
    for sign in ["△", "▲", "-"] where signs == 0 && rest.starts(with: sign.utf8) {
      rest.removeFirst(sign.utf8.count)
      signs += 1
    }
    if rest.last == 45 {
      rest.removeLast()
      signs += 1
    }
    if rest.first == 0x28, rest.last == 0x29, rest.count > 2 {
      rest = rest.dropFirst().dropLast()
      signs += 1
    }
    trim()
    guard signs <= 1, let first = rest.first, first &- 48 <= 9 else { return nil }
    var digits: [UInt8] = signs == 1 ? [45] : []
    let whole = rest.prefix { $0 != 46 }
    let groups = whole.split(separator: 0x2C, omittingEmptySubsequences: false)
    for (index, group) in groups.enumerated() {
      guard groups.count == 1 || (index == 0 ? (1...3).contains(group.count) : group.count == 3) else { return nil }
      digits += group
    }
    return digits + rest[whole.endIndex...]
  }

  /// The room for writing a number of `count` bytes.
  static func room(_ count: Int) -> Int { count + 2 * limit + 4 }
}
