/// A number in a file's notation, parsed: ±0.`digits` × 10^`exponent`.
///
/// `digits` neither begins nor ends with 0; zero has none.
package struct CellNumber: Hashable {
  var isNegative = false
  var digits: [UInt8] = []
  var exponent = 0

  /// The number of digits that Excel shows and keeps of a typed number.
  static let digitLimit = 15

  /// Parses `-12.50`, `1E+2` and the like; `nil` for any other text.
  package init?(_ text: String) {
    var rest = text.utf8[...]
    func take(_ one: UnicodeScalar, _ other: UnicodeScalar) -> Bool {
      guard let first = rest.first, first == UInt8(ascii: one) || first == UInt8(ascii: other) else { return false }
      rest.removeFirst()
      return true
    }
    func takeDigits() -> [UInt8] {
      let run = Array(rest.prefix { (48...57).contains($0) })
      rest.removeFirst(run.count)
      return run
    }
    isNegative = rest.first == UInt8(ascii: "-")
    _ = take("+", "-")
    let whole = takeDigits()
    let fraction = take(".", ".") ? takeDigits() : []
    guard whole.count + fraction.count > 0 else { return nil }
    exponent = whole.count
    if take("e", "E") {
      let sign = rest.first == UInt8(ascii: "-") ? -1 : 1
      _ = take("+", "-")
      let power = takeDigits()
      guard !power.isEmpty else { return nil }
      // Beyond any double; kept small to avoid overflow.
      exponent += sign * (Int(String(decoding: power, as: UTF8.self)).map { min($0, 10_000) } ?? 10_000)
    }
    guard rest.isEmpty else { return nil }
    digits = whole + fraction
    tidy()
  }

  /// The part of a number before the next byte.
  private enum Place { case start, sign, whole, point, fraction, power, powerSign, powerDigits }

  /// Whether ``init(_:)`` would read it, at lower cost.
  static func isNumber(_ bytes: some Sequence<UInt8>) -> Bool {
    var place = Place.start
    var hasDigit = false
    for byte in bytes {
      switch (byte, place) {
      case (0x30...0x39, .start), (0x30...0x39, .sign), (0x30...0x39, .whole): (place, hasDigit) = (.whole, true)
      case (0x30...0x39, .point), (0x30...0x39, .fraction): (place, hasDigit) = (.fraction, true)
      case (0x30...0x39, _): place = .powerDigits
      case (0x2B, .start), (0x2D, .start): place = .sign
      case (0x2B, .power), (0x2D, .power): place = .powerSign
      case (0x2E, .start), (0x2E, .sign), (0x2E, .whole): place = .point
      case (0x45, _), (0x65, _):
        guard hasDigit, place != .power, place != .powerSign, place != .powerDigits else { return false }
        place = .power
      default: return false
      }
    }
    return hasDigit && place != .power && place != .powerSign
  }

  private mutating func tidy() {
    let leading = digits.prefix { $0 == 48 }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == 48 { digits.removeLast() }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }

  /// The same, rounded to Excel's fifteen digits, half away from zero: 0.1 for 0.10000000000000001.
  func rounded() -> CellNumber {
    guard digits.count > Self.digitLimit else { return self }
    var rounded = self
    rounded.digits = Array(digits.prefix(Self.digitLimit))
    if digits[Self.digitLimit] >= 53 {
      var index = Self.digitLimit - 1
      while index >= 0, rounded.digits[index] == 57 {
        rounded.digits[index] = 48
        index -= 1
      }
      if index >= 0 {
        rounded.digits[index] += 1
      } else {
        rounded.digits.insert(49, at: 0)
        rounded.exponent += 1
      }
    }
    rounded.tidy()
    return rounded
  }

  /// The value when it is an integer, in any notation; `nil` for fractions, and beyond 64 bits.
  var integer: Int? {
    if digits.isEmpty { return 0 }
    return digits.count <= exponent && exponent <= 19 ? Int(plain) : nil
  }

  /// The number without an exponent: `-12.5`.
  package var plain: String {
    if digits.isEmpty { return "0" }
    let zeros = [UInt8](repeating: 48, count: max(-exponent, exponent - digits.count, 0))
    var bytes = digits
    if exponent <= 0 {
      bytes = Array("0.".utf8) + zeros + digits
    } else if digits.count <= exponent {
      bytes += zeros
    } else {
      bytes.insert(UInt8(ascii: "."), at: exponent)
    }
    return (isNegative ? "-" : "") + String(decoding: bytes, as: UTF8.self)
  }
}
