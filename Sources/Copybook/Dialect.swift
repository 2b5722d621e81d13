/// The decisions of a compiler that a copybook does not express: sizes and order of binary numbers, alignment, signs,
/// floats.
///
/// The text of a dialect is a compiler's name, and settings that differ from it: `ibm`, `gnucobol,sync=4,float=ieee`.
package struct Dialect: Hashable, Sendable {
  package enum Compiler: String, Hashable, Sendable, CaseIterable { case ibm, fujitsu, hitachi, nec, mf, gnucobol }

  /// Bytes of COMP by number of digits; beyond 18 digits the smallest size that holds the picture with a sign.
  package enum BinarySizes: String, Hashable, Sendable, CaseIterable {
    /// 1–4 digits 2 bytes, 5–9 4, 10–18 8.
    case two = "2-4-8"
    /// 1–2 digits 1 byte, then as ``two``.
    case one = "1-2-4-8"
    /// The smallest size that holds the picture: 1, 2, 3 … 8.
    case minimal = "1-8"
  }

  package enum ByteOrder: String, Hashable, Sendable, CaseIterable { case big, little }

  /// The form of COMP-1 and COMP-2.
  package enum FloatFormat: String, Hashable, Sendable, CaseIterable {
    /// IBM hexadecimal floating point.
    case hexadecimal = "ibm"
    case ieee
    case ieeeLittle = "ieee-le"
  }

  /// The sign in the last (or first) digit of a zoned number in ASCII. EBCDIC always uses C and D zones.
  package enum ZonedSign: String, Hashable, Sendable, CaseIterable {
    /// Positive `0`–`9`, negative 70–79 (`p`–`y`): Micro Focus, GnuCOBOL.
    case high = "mf"
    /// Positive `{A`–`I`, negative `}J`–`R`: EBCDIC's characters converted to ASCII one by one, as in transfers from
    /// IBM.
    case punched = "ibm"
    /// Positive 40–49 (`@A`–`I`), negative 50–59 (`P`–`Y`): Fujitsu NetCOBOL.
    case fujitsu
  }

  package var compiler: Compiler
  package var binarySizes: BinarySizes
  /// Byte order of COMP, COMP-4, BINARY.
  package var binaryOrder: ByteOrder
  /// Byte order of COMP-5.
  package var nativeOrder: ByteOrder
  /// False when SYNC has no effect (Micro Focus without IBMCOMP).
  package var synchronizes: Bool
  /// SYNC puts an 8-byte binary on a multiple of this: 4 or 8.
  package var longAlignment: Int
  /// True when COMP holds only the digits of its picture (TRUNC(STD)); false when the whole binary range is legal.
  package var truncatesBinary: Bool
  package var float: FloatFormat
  /// True when items after an OCCURS DEPENDING ON follow the last existing occurrence (IBM, and others by option).
  package var slidesAfterTables: Bool
  package var zonedSign: ZonedSign

  package init(_ compiler: Compiler) {
    self.compiler = compiler
    let onServer = compiler == .mf || compiler == .gnucobol
    binarySizes = compiler == .mf ? .minimal : compiler == .gnucobol ? .one : .two
    binaryOrder = .big
    nativeOrder = onServer ? .little : .big
    synchronizes = compiler != .mf
    longAlignment = onServer ? 8 : 4
    truncatesBinary = true
    float = onServer ? .ieeeLittle : .hexadecimal
    slidesAfterTables = !onServer
    zonedSign = onServer ? .high : compiler == .fujitsu ? .fujitsu : .punched
  }

  /// The number of bytes of a binary number.
  package func binaryLength(digits: Int, signed: Bool) -> Int {
    switch binarySizes {
    case .minimal: Self.fewestBytes(digits: digits, signed: signed)
    case .one where digits <= 2: 1
    case .one, .two:
      digits <= 4 ? 2 : digits <= 9 ? 4 : digits <= 18 ? 8 : Self.fewestBytes(digits: digits, signed: true)
    }
  }

  /// The byte order of a binary number.
  package func order(of usage: Usage) -> ByteOrder {
    switch usage {
    case .nativeBinary, .index, .pointer: nativeOrder
    case .littleBinary: .little
    case .byteBinary: .big
    default: binaryOrder
    }
  }

  /// The smallest number of bytes that hold every number of `digits` digits.
  package static func fewestBytes(digits: Int, signed: Bool) -> Int {
    // 10^digits ≤ 2^bits; 38 digits need 127.
    var limit = UInt128(1)
    for _ in 0..<min(digits, Picture.maximumDigits) { limit *= 10 }
    let bits = (UInt128.bitWidth - (limit - 1).leadingZeroBitCount) + (signed ? 1 : 0)
    return (bits + 7) / 8
  }

  /// The boundary on which SYNC places a binary or floating-point item; 1 when it has no effect.
  package func alignment(_ usage: Usage, length: Int) -> Int {
    guard synchronizes else { return 1 }
    switch usage {
    case .binary, .nativeBinary, .littleBinary, .index, .pointer:
      return length <= 1 ? 1 : length <= 2 ? 2 : length <= 4 ? 4 : longAlignment
    case .float: return 4
    case .double: return 8
    default: return 1
    }
  }

  /// Bytes of a pointer: 31-bit addresses on mainframes, 64-bit on servers.
  var pointerLength: Int { compiler == .mf || compiler == .gnucobol ? 8 : 4 }

  /// True where slack bytes before the first item of a group precede the group (IBM: they follow the previous item) and
  /// a table of one occurrence is padded too; false where they are the group's first bytes (GnuCOBOL).
  var hasMainframeSlack: Bool { compiler != .gnucobol && compiler != .mf }
}
