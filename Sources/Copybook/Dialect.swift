/// What a compiler decides and a copybook does not say: sizes and order of binary numbers, alignment, signs, floats.
///
/// The text of a dialect is a compiler's name, and settings that differ from it: `ibm`, `gnucobol,sync=4,float=ieee`.
package struct Dialect: Hashable, Sendable {
  package enum Compiler: String, Hashable, Sendable, CaseIterable { case ibm, fujitsu, hitachi, nec, mf, gnucobol }

  /// Bytes of COMP by number of digits; beyond 18 digits as few as hold the picture with a sign.
  package enum BinarySizes: String, Hashable, Sendable, CaseIterable {
    /// 1–4 digits 2 bytes, 5–9 4, 10–18 8.
    case two = "2-4-8"
    /// 1–2 digits 1 byte, then as ``two``.
    case one = "1-2-4-8"
    /// As few bytes as hold the picture: 1, 2, 3 … 8.
    case minimal = "1-8"
  }

  package enum ByteOrder: String, Hashable, Sendable, CaseIterable { case big, little }

  /// What COMP-1 and COMP-2 are.
  package enum FloatFormat: String, Hashable, Sendable, CaseIterable {
    /// IBM hexadecimal floating point.
    case hexadecimal = "ibm"
    case ieee
    case ieeeLittle = "ieee-le"
  }

  /// How the last (or first) digit of a zoned number in ASCII carries the sign. EBCDIC has C and D zones everywhere.
  package enum ZonedSign: String, Hashable, Sendable, CaseIterable {
    /// Positive `0`–`9`, negative 70–79 (`p`–`y`): Micro Focus, GnuCOBOL.
    case high = "mf"
    /// Positive `{A`–`I`, negative `}J`–`R`: EBCDIC's characters put into ASCII one by one, as transfers from IBM do.
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
  /// False where SYNC does nothing (Micro Focus without IBMCOMP).
  package var synchronizes: Bool
  /// SYNC puts an 8-byte binary on a multiple of this: 4 or 8.
  package var longAlignment: Int
  /// True where COMP holds only what its picture shows (TRUNC(STD)); false where the whole binary range is legal.
  package var truncatesBinary: Bool
  package var float: FloatFormat
  /// True where items after an OCCURS DEPENDING ON follow the last occurrence that is there (IBM, and others by option).
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

  /// Bytes of a binary number.
  package func binaryLength(digits: Int, signed: Bool) -> Int {
    switch binarySizes {
    case .minimal: Self.fewestBytes(digits: digits, signed: signed)
    case .one where digits <= 2: 1
    case .one, .two:
      digits <= 4 ? 2 : digits <= 9 ? 4 : digits <= 18 ? 8 : Self.fewestBytes(digits: digits, signed: true)
    }
  }

  /// Which byte of a binary number comes first.
  package func order(of usage: Usage) -> ByteOrder {
    switch usage {
    case .nativeBinary, .index, .pointer: nativeOrder
    case .littleBinary: .little
    case .byteBinary: .big
    default: binaryOrder
    }
  }

  /// The fewest bytes that hold every number of so many digits.
  package static func fewestBytes(digits: Int, signed: Bool) -> Int {
    // 10^digits ≤ 2^bits; 38 digits need 127.
    var limit = UInt128(1)
    for _ in 0..<min(digits, Picture.maximumDigits) { limit *= 10 }
    let bits = (UInt128.bitWidth - (limit - 1).leadingZeroBitCount) + (signed ? 1 : 0)
    return (bits + 7) / 8
  }

  /// The boundary SYNC puts a binary or floating-point item on; 1 where it does nothing.
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

  /// True where slack bytes before the first item of a group stand before the group (IBM: they follow the item before)
  /// and a table of one occurrence is filled up too; false where they are the group's first bytes (GnuCOBOL).
  var hasMainframeSlack: Bool { compiler != .gnucobol && compiler != .mf }
}
