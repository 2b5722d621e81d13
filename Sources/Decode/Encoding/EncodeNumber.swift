/// Numbers as bytes. Each function writes exactly `length` bytes and trusts that the magnitude fits: the caller has
/// compared it with ``DecimalLimit``. No allocation, no branch per digit but the loop.

/// Smallest magnitude that needs more than n digits: 10^n, for n in 0...18.
enum DecimalLimit {
  static let powers: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 0..<18 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// Exclusive bound of the magnitude of a number with `digits` digits; every `Int64` fits from 19 digits.
  static func bound(digits: Int) -> UInt64 { digits < powers.count ? powers[digits] : .max }
}

/// COMP-3: two digits a byte, the last half byte is the sign (C plus, D minus, F unsigned).
@inline(__always)
func putPacked(_ magnitude: UInt64, sign: UInt8, _ target: UnsafeMutablePointer<UInt8>, _ length: Int) {
  var rest = magnitude
  target[length - 1] = UInt8(truncatingIfNeeded: rest % 10) << 4 | sign
  rest /= 10
  var index = length - 2
  while rest > 0, index >= 0 {
    let pair = rest % 100
    rest /= 100
    target[index] = UInt8(truncatingIfNeeded: (pair / 10) << 4 | pair % 10)
    index -= 1
  }
  while index >= 0 {
    target[index] = 0
    index -= 1
  }
}

/// DISPLAY in EBCDIC: a byte a digit with zone F; `sign` replaces the zone of the last one (C plus, D minus).
@inline(__always)
func putZoned(_ magnitude: UInt64, sign: UInt8, _ target: UnsafeMutablePointer<UInt8>, _ length: Int) {
  var rest = magnitude
  var index = length - 1
  while index >= 0 {
    target[index] = 0xF0 | UInt8(truncatingIfNeeded: rest % 10)
    rest /= 10
    index -= 1
  }
  target[length - 1] = target[length - 1] & 0x0F | sign << 4
}

/// COMP: two's complement, high byte first.
@inline(__always)
func putBinary(_ value: Int64, _ target: UnsafeMutablePointer<UInt8>, _ length: Int) {
  var rest = value
  var index = length - 1
  while index >= 0 {
    target[index] = UInt8(truncatingIfNeeded: rest)
    rest >>= 8
    index -= 1
  }
}
