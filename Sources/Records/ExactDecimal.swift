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
}
