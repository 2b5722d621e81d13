/// An exact decimal is an unscaled `Int128` and a scale: the value is `unscaled / 10^scale`.
package enum ExactDecimal {
  /// All digits of the value: `-12.340` for −12340 with scale 3. A negative scale appends zeros.
  package static func text(_ unscaled: Int128, scale: Int) -> String {
    if scale <= 0 { return String(unscaled) + String(repeating: "0", count: unscaled == 0 ? 0 : -scale) }
    var digits = String(unscaled.magnitude)
    if digits.count <= scale { digits = String(repeating: "0", count: scale - digits.count + 1) + digits }
    let point = digits.index(digits.endIndex, offsetBy: -scale)
    return (unscaled < 0 ? "-" : "") + digits[..<point] + "." + digits[point...]
  }

  /// A number in plain decimal digits and the number of its digits behind the point; `nil` for any other text and for
  /// more than 18 digits.
  package static func read(_ text: UnsafeBufferPointer<UInt8>) -> (unscaled: Int128, scale: Int)? {
    var (value, isNegative, scale, digits) = (0 as Int128, false, -1, 0)
    for (place, byte) in text.enumerated() {
      switch byte {
      case 45 where place == 0: isNegative = true
      case 46 where scale < 0: scale = 0
      case 48...57:
        value = value * 10 + Int128(byte - 48)
        digits += 1
        if scale >= 0 { scale += 1 }
      default: return nil
      }
      if digits > 18 { return nil }
    }
    return digits == 0 ? nil : (isNegative ? -value : value, max(scale, 0))
  }
}
