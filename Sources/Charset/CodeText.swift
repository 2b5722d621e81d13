/// The facts of a double-byte set, in the generator's notation.
///
/// - `rows`: lines of `B0A1 亜唖娃`: the code of the first cell, a space, one character for each code that follows; U+FFFD
///   when there is none. A cell that is a line feed is written U+F00A.
/// - The other texts are words: a code `41A5`, a range `FA40-FA7E`, or fields `41A5:3`, all in hexadecimal.
package struct DoubleByteText: Sendable {
  package let rows: StaticString
  /// Codes that decode, but are not chosen when their character is encoded.
  package var oneWay: StaticString = ""
  /// Codes whose glyph is lost unless the variation is kept (縮退).
  package var reduced: StaticString = ""
  /// Codes that are defined and have no Unicode character.
  package var noUnicode: StaticString = ""
  /// `code:n`: the variation selector U+E0100 + n belongs to the code.
  package var variations: StaticString = ""
  /// `code:first:second`: codes that are two scalars.
  package var pairs: StaticString = ""
  /// `scalar:code`: characters that are encoded, though the code decodes to their canonical equivalent.
  package var encodeOnly: StaticString = ""
}

/// Passes each cell of a code text's rows to `body`. Cost: one pass over the text.
@inline(__always)
func forEachCell(_ rows: StaticString, _ body: (_ code: Int, _ scalar: UInt32) -> Void) {
  var reader = Utf8Reader(rows)
  while !reader.isAtEnd {
    var code = reader.hexadecimal()
    reader.skip()  // the space
    while !reader.isAtEnd, reader.byte != 0x0A {
      let scalar = reader.scalar()
      if scalar != 0xFFFD { body(code, scalar == 0xF00A ? 0x0A : scalar) }
      code += 1
    }
    reader.skip()  // the line feed
  }
}

/// Passes words of up to three hexadecimal fields to `body`; a range is passed as its codes one by one. Absent fields
/// are 0.
@inline(__always)
func forEachWord(_ words: StaticString, _ body: (_ first: Int, _ second: Int, _ third: Int) -> Void) {
  var reader = Utf8Reader(words)
  while !reader.isAtEnd {
    let first = reader.hexadecimal()
    if !reader.isAtEnd, reader.byte == UInt8(ascii: "-") {
      reader.skip()
      let last = reader.hexadecimal()
      for code in first...last { body(code, 0, 0) }
    } else {
      let second = reader.field()
      body(first, second, reader.field())
    }
    reader.skip()  // the space or line feed
  }
}

/// A cursor over a literal of this module, which the compiler guarantees to be UTF-8.
private struct Utf8Reader {
  private var at: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  init(_ text: StaticString) {
    precondition(text.hasPointerRepresentation)
    at = text.utf8Start
    end = at + text.utf8CodeUnitCount
  }

  var isAtEnd: Bool { at >= end }
  var byte: UInt8 { at.pointee }
  mutating func skip() { at += 1 }

  /// The hexadecimal digits at the cursor, which then moves behind them.
  mutating func hexadecimal() -> Int {
    var value = 0
    while !isAtEnd {
      switch byte {
      case 0x30...0x39: value = value << 4 | Int(byte - 0x30)
      case 0x41...0x46: value = value << 4 | Int(byte - 0x37)
      default: return value
      }
      at += 1
    }
    return value
  }

  /// `:` and digits, or 0 when there is no colon.
  mutating func field() -> Int {
    guard !isAtEnd, byte == UInt8(ascii: ":") else { return 0 }
    at += 1
    return hexadecimal()
  }

  mutating func scalar() -> UInt32 {
    let lead = UInt32(byte)
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = length == 1 ? lead : lead & (0xFF >> UInt32(length + 1))
    for index in 1..<max(length, 1) { value = value << 6 | UInt32(at[index] & 0x3F) }
    at += length
    return value
  }
}
