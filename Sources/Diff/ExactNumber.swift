/// A decimal number of any length, exact to all digits: for differences and tolerances, not for loops over every row.
package struct ExactNumber: Sendable, Comparable, Hashable, CustomStringConvertible {
  /// Decimal digits without leading zeros, most significant first; empty for zero.
  private let digits: [UInt8]
  /// The number of digits behind the point.
  private let scale: Int
  private let isNegative: Bool

  /// Reads digits with an optional sign and point, as in canonical rows; `nil` for any other text.
  package init?(_ text: some Sequence<UInt8>) {
    var digits: [UInt8] = []
    var (scale, sawPoint, isNegative, sawDigit, isFirst) = (0, false, false, false, true)
    for byte in text {
      switch byte {
      case 45 where isFirst: isNegative = true
      case 46 where !sawPoint && sawDigit: sawPoint = true
      case 48...57:
        sawDigit = true
        if !digits.isEmpty || byte != 48 { digits.append(byte - 48) }
        if sawPoint { scale += 1 }
      default: return nil
      }
      isFirst = false
    }
    guard sawDigit else { return nil }
    self.digits = digits
    self.scale = scale
    self.isNegative = isNegative && !digits.isEmpty
  }

  /// The number in digits, without superfluous zeros.
  package var description: String {
    let all = [UInt8](repeating: 0, count: max(0, scale + 1 - digits.count)) + digits
    let text = String(decoding: all.map { $0 + 48 }, as: UTF8.self)
    let point = text.index(text.endIndex, offsetBy: -scale)
    var fraction = text[point...]
    while fraction.last == "0" { fraction.removeLast() }
    return (isNegative ? "-" : "") + text[..<point] + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// Whether the distance of two numbers is at most `tolerance`.
  package static func isWithin(_ tolerance: ExactNumber, _ left: ExactNumber, _ right: ExactNumber) -> Bool {
    let scale = max(left.scale, right.scale, tolerance.scale)
    let (a, b, limit) = (left.scaled(scale), right.scaled(scale), tolerance.scaled(scale))
    let distance = left.isNegative == right.isNegative ? subtract(a, b) : add(a, b)
    return compare(distance, limit) <= 0
  }

  /// The distance of two numbers.
  package static func distance(_ left: ExactNumber, _ right: ExactNumber) -> ExactNumber {
    let scale = max(left.scale, right.scale)
    let (a, b) = (left.scaled(scale), right.scaled(scale))
    return ExactNumber(left.isNegative == right.isNegative ? subtract(a, b) : add(a, b), scale)
  }

  /// The sum of two numbers without their signs.
  package func adding(_ other: ExactNumber) -> ExactNumber {
    let scale = max(scale, other.scale)
    return ExactNumber(Self.add(scaled(scale), other.scaled(scale)), scale)
  }

  package static let zero = ExactNumber([], 0)

  private init(_ digits: [UInt8], _ scale: Int) { (self.digits, self.scale, isNegative) = (digits, scale, false) }

  package static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let scale = max(left.scale, right.scale)
    let order = compare(left.scaled(scale), right.scaled(scale))
    return left.isNegative ? order > 0 : order < 0
  }

  /// The digits of the number times 10 to the power of `scale`, without sign.
  private func scaled(_ scale: Int) -> [UInt8] {
    digits.isEmpty ? [] : digits + [UInt8](repeating: 0, count: scale - self.scale)
  }

  private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    for (a, b) in zip(left, right) where a != b { return a < b ? -1 : 1 }
    return 0
  }

  private static func add(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var sum: [UInt8] = []
    var carry: UInt8 = 0
    for place in 0..<max(left.count, right.count) {
      let a = place < left.count ? left[left.count - 1 - place] : 0
      let b = place < right.count ? right[right.count - 1 - place] : 0
      let total = a + b + carry
      sum.append(total % 10)
      carry = total / 10
    }
    if carry > 0 { sum.append(carry) }
    return trimmed(sum.reversed())
  }

  /// The distance of two numbers.
  private static func subtract(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    let (large, small) = compare(left, right) >= 0 ? (left, right) : (right, left)
    var rest: [UInt8] = []
    var borrow: UInt8 = 0
    for place in 0..<large.count {
      let a = large[large.count - 1 - place] + 10 - borrow
      let b = place < small.count ? small[small.count - 1 - place] : 0
      rest.append((a - b) % 10)
      borrow = a - b < 10 ? 1 : 0
    }
    return trimmed(rest.reversed())
  }

  private static func trimmed(_ digits: [UInt8]) -> [UInt8] { Array(digits.drop { $0 == 0 }) }
}
