/// Fractions that can be added up (持分): as whole numbers modulo a prime, so that shares of a whole add up to 1.
package enum Share {
  /// 2^61 − 1, a prime.
  package static let modulus: Int64 = 2_305_843_009_213_693_951

  /// numerator · denominator⁻¹ modulo ``modulus``. The second value is true when there is none.
  static func value(_ numerator: Int64, _ denominator: Int64) -> (Int64, Bool) {
    guard denominator > 0, numerator >= 0, denominator < modulus, numerator < modulus else { return (0, true) }
    func times(_ a: Int64, _ b: Int64) -> Int64 { Int64(Int128(a) * Int128(b) % Int128(modulus)) }
    // denominator^(p − 2), by squares.
    var (inverse, power, exponent) = (Int64(1), denominator, modulus - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { inverse = times(inverse, power) }
      power = times(power, power)
      exponent >>= 1
    }
    return (times(numerator, inverse), false)
  }
}
