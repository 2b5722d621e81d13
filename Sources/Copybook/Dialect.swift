/// What a compiler decides and a copybook does not say: sizes and order of binary numbers, alignment, signs, floats.
///
/// The text of a dialect is a compiler's name, and settings that differ from it: `ibm`, `gnucobol,sync=4,float=ieee`.
package struct Dialect: Hashable, Sendable {
  package enum Compiler: String, Hashable, Sendable, CaseIterable { case ibm, fujitsu, hitachi, nec, mf, gnucobol }

  /// Bytes of COMP by number of digits.
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

  package var compiler: Compiler
  package var binarySizes: BinarySizes
  /// Byte order of COMP, COMP-4, BINARY.
  package var binaryOrder: ByteOrder
  /// Byte order of COMP-5.
  package var nativeOrder: ByteOrder
  /// SYNC puts an 8-byte binary on a multiple of this: 4 or 8.
  package var longAlignment: Int
  /// True where COMP holds only what its picture shows (TRUNC(STD)); false where the whole binary range is legal.
  package var truncatesBinary: Bool
  package var float: FloatFormat
  /// True where items after an OCCURS DEPENDING ON follow the last occurrence that is there (IBM, and others by option).
  package var slidesAfterTables: Bool

  package init(_ compiler: Compiler) {
    self.compiler = compiler
    let onServer = compiler == .mf || compiler == .gnucobol
    binarySizes = compiler == .mf ? .minimal : compiler == .gnucobol ? .one : .two
    binaryOrder = .big
    nativeOrder = onServer ? .little : .big
    longAlignment = onServer ? 8 : 4
    truncatesBinary = true
    float = onServer ? .ieeeLittle : .hexadecimal
    slidesAfterTables = !onServer
  }
}
