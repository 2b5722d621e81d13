/// The decoding of one code in 32 bits, so that the common case is one load, one store and one addition: the low 24
/// bits hold up to three bytes of UTF-8 in memory order, the top byte their number. Any other top byte stops the hot
/// loop: see ``CellMark``.
package typealias Cell = UInt32

/// The top byte of a ``Cell`` that is not simply one to three bytes of UTF-8.
package enum CellMark {
  static let undefined: UInt32 = 0
  /// The low bits are an index into the table's rare cells.
  static let rare: UInt32 = 0x80
  /// A byte that begins a shift code.
  static let shift: UInt32 = 0x81
  static let gaijiUnmapped: UInt32 = 0x82
  static let gaijiUnidentified: UInt32 = 0x83
  package static let noUnicode: UInt32 = 0x84
  /// The first byte of two, in a table of single bytes of the ASCII family.
  package static let lead: UInt32 = 0x85
  /// A control character, which is counted: the table without marks has it as a character.
  static let control: UInt32 = 0x86
}

/// The countable property of a rare cell.
enum CellNote: UInt8 {
  case none, alternateSpace, gaijiMatch, glyphDifference, reduction
}

/// A code with four or more bytes in UTF-8, or one that is counted.
struct RareCell {
  /// Up to eight bytes of UTF-8 in memory order.
  var bytes: UInt64
  var length: UInt8
  var note: CellNote
}

/// UTF-8 of a scalar, in memory order of a little-endian machine, and its length.
func utf8(_ scalar: UInt32) -> (bytes: UInt32, length: Int) {
  switch scalar {
  case 0..<0x80:
    return (scalar, 1)
  case 0x80..<0x800:
    return (0x80C0 | scalar >> 6 | (scalar & 0x3F) << 8, 2)
  case 0x800..<0x1_0000:
    let middle = (scalar >> 6 & 0x3F) << 8
    return (0x80_80E0 | scalar >> 12 | middle | (scalar & 0x3F) << 16, 3)
  default:
    let second = (scalar >> 12 & 0x3F) << 8
    let third = (scalar >> 6 & 0x3F) << 16
    return (0x8080_80F0 | scalar >> 18 | second | third | (scalar & 0x3F) << 24, 4)
  }
}

/// Whether a cell is a control character: U+0000–001F and U+007F–009F, which no text of a register holds.
func isControl(_ cell: Cell) -> Bool {
  switch cell >> 24 {
  case 1: cell & 0xFF < 0x20 || cell & 0xFF == 0x7F
  case 2: cell & 0xFF == 0xC2 && cell >> 8 & 0xFF < 0xA0
  default: false
  }
}

@inline(__always)
func store32(_ value: UInt32, _ target: UnsafeMutablePointer<UInt8>) {
  UnsafeMutableRawPointer(target).storeBytes(of: value.littleEndian, as: UInt32.self)
}

@inline(__always)
func store64(_ value: UInt64, _ target: UnsafeMutablePointer<UInt8>) {
  UnsafeMutableRawPointer(target).storeBytes(of: value.littleEndian, as: UInt64.self)
}

/// The fault of a cell without a character.
func fault(of cell: Cell) -> TextFault {
  switch cell >> 24 {
  case CellMark.gaijiUnmapped: .gaijiUnmapped
  case CellMark.gaijiUnidentified: .gaijiUnidentified
  case CellMark.noUnicode: .noUnicode
  default: .undefinedCode
  }
}
