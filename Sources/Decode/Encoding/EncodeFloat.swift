/// COMP-1 and COMP-2 of IEEE: 4 or 8 bytes.
func putIEEE(_ value: Double, _ target: UnsafeMutablePointer<UInt8>, _ length: Int, littleEndian: Bool) {
  let bits = length == 4 ? UInt64(Float(value).bitPattern) : value.bitPattern
  putBinary(bits, target, length, littleEndian: littleEndian)
}

/// The same in IBM's hexadecimal form: sign, exponent to the base 16 in excess of 64, 6 or 14 hexadecimal digits; cut,
/// not rounded. False, with nothing written, when the exponent does not fit.
func putHexadecimal(_ value: Double, _ target: UnsafeMutablePointer<UInt8>, _ length: Int) -> Bool {
  guard value.isFinite else { return false }
  var bits: UInt64 = 0
  if value != 0 {
    // The smallest power of 16 above the magnitude; the fraction is then below 1 and at least 1/16.
    let exponent = Int((Double(value.exponent) / 4).rounded(.down)) + 1
    guard (-64...63).contains(exponent) else { return false }
    let fractionBits = 8 * length - 8
    let scale = fractionBits - 4 * exponent
    let scaled = Double(sign: .plus, exponent: scale, significand: value.magnitude)
    bits = UInt64(scaled) | UInt64(exponent + 64) << UInt64(fractionBits)
  }
  if value.sign == .minus { bits |= 1 << UInt64(8 * length - 1) }
  putBinary(bits, target, length, littleEndian: false)
  return true
}
