import Copybook

/// Numbers as bytes. Each function writes exactly `length` bytes and trusts that the number fits: the caller has
/// compared it with the field's range. No allocation, no branch per digit except the loop.

/// The bounds of numbers by their digits.
enum DecimalLimit {
  static func range(_ digits: Int, signed: Bool) -> ClosedRange<Int128> {
    let largest = (0..<min(digits, 38)).reduce(Int128(1)) { power, _ in power * 10 } - 1
    return (signed ? -largest : 0)...largest
  }
}

/// COMP-3: two digits per byte, the last half byte is the sign (C plus, D minus, F unsigned).
@inline(__always)
func putPacked<Magnitude: FixedWidthInteger>(
  _ magnitude: Magnitude, sign: UInt8, _ target: UnsafeMutablePointer<UInt8>, _ length: Int
) {
  let (rest, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
  target[length - 1] = UInt8(truncatingIfNeeded: digit) << 4 | sign
  putPackedUnsigned(rest, target, length - 1)
}

/// COMP-6: two digits per byte.
@inline(__always)
func putPackedUnsigned<Magnitude: FixedWidthInteger>(
  _ magnitude: Magnitude, _ target: UnsafeMutablePointer<UInt8>, _ length: Int
) {
  var rest = magnitude
  var index = length - 1
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

/// COMP and its like: two's complement.
@inline(__always)
func putBinary<Value: FixedWidthInteger>(
  _ value: Value, _ target: UnsafeMutablePointer<UInt8>, _ length: Int, littleEndian: Bool
) {
  var rest = value
  for index in 0..<length {
    target[littleEndian ? index : length - 1 - index] = UInt8(truncatingIfNeeded: rest)
    rest >>= 8
  }
}

/// DISPLAY: one byte per digit; the sign in the zone of the last (LEADING: first) one, or in a separate byte.
struct ZonedDigits {
  private enum Sign: UInt8 { case none, zone, punched, separate }

  private let sign: Sign
  private let leading: Bool
  /// Zone of a digit without sign.
  private let zone: UInt8
  /// Zones of the digit with the sign, or the bytes of SEPARATE.
  private let plus: UInt8
  private let minus: UInt8

  init(ascii: Bool, asciiSign: Dialect.ZonedSign, signed: Bool, leading: Bool, separate: Bool) {
    zone = ascii ? 0x30 : 0xF0
    self.leading = leading
    if !signed {
      (sign, plus, minus) = (.none, zone, zone)
    } else if separate {
      (sign, plus, minus) = (.separate, ascii ? 0x2B : 0x4E, ascii ? 0x2D : 0x60)
    } else if !ascii {
      (sign, plus, minus) = (.zone, 0xC0, 0xD0)
    } else {
      switch asciiSign {
      case .high: (sign, plus, minus) = (.zone, 0x30, 0x70)
      case .fujitsu: (sign, plus, minus) = (.zone, 0x40, 0x50)
      case .punched: (sign, plus, minus) = (.punched, 0x40, 0x49)
      }
    }
  }

  @inline(__always)
  func put<Magnitude: FixedWidthInteger>(
    _ magnitude: Magnitude, isMinus: Bool, _ target: UnsafeMutablePointer<UInt8>, _ length: Int
  ) {
    let isSeparate = sign == .separate
    let first = isSeparate && leading ? 1 : 0
    var index = isSeparate && !leading ? length - 2 : length - 1
    var rest = magnitude
    while index >= first {
      target[index] = zone | UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      index -= 1
    }
    let signed = target + (leading ? 0 : length - 1)
    switch sign {
    case .none: break
    case .separate: signed.pointee = isMinus ? minus : plus
    case .zone: signed.pointee = signed.pointee & 0x0F | (isMinus ? minus : plus)
    case .punched:
      // `{A…I` and `}J…R`.
      let digit = signed.pointee & 0x0F
      signed.pointee = digit == 0 ? (isMinus ? 0x7D : 0x7B) : digit + (isMinus ? minus : plus)
    }
  }
}
