import Charset
import Copybook

/// A slot of a record, reduced to the data for writing it. Trivial, so that a table of slots is plain memory.
struct EncodeField {
  enum Form: UInt8 {
    case packed
    /// COMP-6.
    case packedUnsigned
    case zoned, binary, hexadecimalFloat, ieeeFloat, single, double, bytes
  }

  let form: Form
  let offset: Int
  let length: Int
  /// The number of occurrences of the innermost table, 1 outside tables, and the distance between two.
  let count: Int
  let stride: Int
  /// The smallest and the largest number that the item holds, unscaled.
  let range: ClosedRange<Int128>
  let littleEndian: Bool
  let signed: Bool
  let sign: ZonedDigits

  init(_ slot: Slot, _ characters: CharacterSet, _ dialect: Dialect) {
    let item = slot.item
    let picture = item.picture
    offset = item.offset
    length = item.length
    count = slot.dimensions.last?.count ?? 1
    stride = slot.dimensions.last?.stride ?? 0
    signed = picture?.signed ?? false
    form = Self.form(item, dialect)
    range = form == .binary ? Self.binaryRange(item, dialect) : DecimalLimit.range(picture?.count ?? 0, signed: signed)
    littleEndian = form == .ieeeFloat ? dialect.float == .ieeeLittle : dialect.order(of: item.usage) == .little
    sign = ZonedDigits(
      ascii: characters.singleSpace == 0x20, asciiSign: dialect.zonedSign, signed: signed, leading: item.sign.leading,
      separate: item.sign.separate)
  }

  private static func form(_ item: DataItem, _ dialect: Dialect) -> Form {
    switch (item.picture?.category, item.usage) {
    case (_, .float), (_, .double): dialect.float == .hexadecimal ? .hexadecimalFloat : .ieeeFloat
    case (.numeric, .packed): .packed
    case (.numeric, .packedUnsigned): .packedUnsigned
    case (.numeric, .binary), (.numeric, .nativeBinary), (_, .byteBinary), (.numeric, .littleBinary): .binary
    case (_, .index), (_, .pointer): .binary
    case (.numeric, .display): .zoned
    case (.national, _), (_, .national), (_, .doubleByte): .double
    case (.alphanumeric, .packedUnsigned): .bytes
    case (.alphanumeric, _), (.edited, _): .single
    default: .bytes
    }
  }

  /// The range of the picture when COMP truncates to it, otherwise that of the bytes.
  private static func binaryRange(_ item: DataItem, _ dialect: Dialect) -> ClosedRange<Int128> {
    let signed = item.picture?.signed ?? false
    if item.usage == .binary, dialect.truncatesBinary, let picture = item.picture {
      return DecimalLimit.range(picture.count, signed: signed)
    }
    if item.length >= 16 { return (signed ? Int128.min : 0)...Int128.max }
    let values = Int128(1) << Int128(8 * item.length)
    return signed ? -values / 2...values / 2 - 1 : 0...values - 1
  }

  var isNumber: Bool { form.rawValue <= Form.binary.rawValue }
  var isFloat: Bool { form == .hexadecimalFloat || form == .ieeeFloat }

  /// Writes a number within ``range``.
  @inline(__always)
  func put<Value: FixedWidthInteger & SignedInteger>(_ value: Value, _ target: UnsafeMutablePointer<UInt8>)
  where Value.Magnitude: FixedWidthInteger {
    switch form {
    case .packed: putPacked(value.magnitude, sign: value < 0 ? 0xD : signed ? 0xC : 0xF, target, length)
    case .packedUnsigned: putPackedUnsigned(value.magnitude, target, length)
    case .zoned: sign.put(value.magnitude, isMinus: value < 0, target, length)
    case .binary: putBinary(value, target, length, littleEndian: littleEndian)
    case .hexadecimalFloat, .ieeeFloat, .single, .double, .bytes: break
    }
  }

  /// Writes the bytes of a field without a value: zero, or spaces of the character set.
  func putEmpty(_ target: UnsafeMutablePointer<UInt8>, _ characters: CharacterSet) {
    switch form {
    case .packed, .packedUnsigned, .zoned, .binary: put(Int64(0), target)
    case .single: target.update(repeating: characters.singleSpace, count: length)
    case .double:
      let space = characters.doubleSpace ?? (characters.singleSpace, characters.singleSpace)
      for index in 0..<length { target[index] = index % 2 == 0 ? space.0 : space.1 }
    case .hexadecimalFloat, .ieeeFloat, .bytes: target.update(repeating: 0, count: length)
    }
  }
}
