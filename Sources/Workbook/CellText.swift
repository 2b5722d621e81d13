import Base

/// The rules for text in cells, and the escapes that files use for other characters (`_x000D_`).
package enum CellText {
  /// The largest number of UTF-16 units, which Excel counts here and in formulas.
  package static let limit = 32_767
  static let formulaLimit = 255

  /// - Throws: `workbook.length`, `workbook.character`: Excel would cut the text, or call the file damaged.
  static func check(_ text: String, limit: Int = limit, at place: Place) throws(Diagnostic) {
    // A text never has more UTF-16 units than bytes.
    if text.utf8.count > limit, text.utf16.count > limit {
      throw Diagnostic(.workbookLength, at: place, String(text.utf16.count), String(limit))
    }
    for scalar in text.unicodeScalars where isForbidden(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      throw Diagnostic(
        .workbookCharacter, at: place, "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    }
  }

  /// Control characters other than tab and line feed, and characters that XML cannot express.
  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// Text that only looks like an escape, with its first character escaped: `_x0041_` as `_x005F_x0041_`.
  package static func escaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for index in bytes.indices {
      result += code(bytes, index) == nil ? [bytes[index]] : Array("_x005F_".utf8)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Text of a file with its escapes decoded. Half of a surrogate pair stays unchanged.
  package static func unescaped(_ bytes: [UInt8]) -> String {
    guard bytes.contains(UInt8(ascii: "_")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let unit = code(bytes, index) {
        if let scalar = Unicode.Scalar(UInt32(unit)) {
          result += UTF8.encode(scalar)!
          index += 7
          continue
        }
        if UTF16.isLeadSurrogate(unit), let next = code(bytes, index + 7), UTF16.isTrailSurrogate(next) {
          result += UTF8.encode(UTF16.decode(UTF16.EncodedScalar([unit, next])))!
          index += 14
          continue
        }
      }
      result.append(bytes[index])
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The UTF-16 unit of an escape `_xHHHH_` that begins at `index`.
  private static func code(_ bytes: [UInt8], _ index: Int) -> UInt16? {
    guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"), bytes[index + 1] == UInt8(ascii: "x"),
      bytes[index + 6] == UInt8(ascii: "_")
    else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[(index + 2)..<(index + 6)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
