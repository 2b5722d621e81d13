/// USAGE of an elementary item.
package enum Usage: String, Hashable, Sendable {
  case display = "DISPLAY"
  case packed = "COMP-3"
  case binary = "COMP"
  case nativeBinary = "COMP-5"
  /// COMP-X: unsigned, high byte first, with one byte for each X of the picture, or the bytes that its digits need.
  case byteBinary = "COMP-X"
  /// Packed without a sign half-byte: COMP-6, COMP-3U.
  case packedUnsigned = "COMP-6"
  /// COMP-9: low byte first.
  case littleBinary = "COMP-9"
  case float = "COMP-1"
  case double = "COMP-2"
  case national = "NATIONAL"
  /// Double-byte characters: PIC G or N.
  case doubleByte = "DISPLAY-1"
  case index = "INDEX"
  case pointer = "POINTER"

  /// Usages whose items have no picture.
  package var hasNoPicture: Bool { [.float, .double, .index, .pointer].contains(self) }
}

/// The content of a USAGE clause: the usage, and for BINARY-CHAR and its like the number of bytes.
struct UsageClause: Hashable {
  var usage: Usage
  /// Bytes of BINARY-CHAR (1), -SHORT (2), -LONG (4), -DOUBLE (8), which have no picture.
  var width: Int?

  /// The usage that a word names; `nil` for other words.
  init?(word: String) {
    let short = word.hasPrefix("COMPUTATIONAL") ? "COMP" + word.dropFirst("COMPUTATIONAL".count) : word
    guard let usage = Self.words[short] else { return nil }
    self.usage = usage
    width = Self.widths[short]
  }

  /// The digits that a full binary of this width can hold, as a picture.
  static func picture(width: Int, signed: Bool) -> Picture {
    let digits = [1: 3, 2: 5, 4: 10][width] ?? (signed ? 19 : 20)
    return Picture("\(signed ? "S" : "")9(\(digits))", .numeric, count: digits, signed: signed, digits: digits)
  }

  private static let widths = ["BINARY-CHAR": 1, "BINARY-SHORT": 2, "BINARY-LONG": 4, "BINARY-DOUBLE": 8]

  private static let words: [String: Usage] = [
    "DISPLAY": .display, "DISPLAY-1": .doubleByte, "NATIONAL": .national, "COMP": .binary, "COMP-0": .binary,
    "COMP-4": .binary, "BINARY": .binary, "COMP-5": .nativeBinary, "COMP-N": .nativeBinary, "COMP-X": .byteBinary,
    "COMP-9": .littleBinary, "COMP-3": .packed, "PACKED-DECIMAL": .packed, "COMP-6": .packedUnsigned,
    "COMP-3U": .packedUnsigned, "COMP-1": .float, "FLOAT-SHORT": .float, "COMP-2": .double, "FLOAT-LONG": .double,
    "BINARY-CHAR": .nativeBinary, "BINARY-SHORT": .nativeBinary, "BINARY-LONG": .nativeBinary,
    "BINARY-DOUBLE": .nativeBinary, "INDEX": .index, "POINTER": .pointer, "PROCEDURE-POINTER": .pointer,
    "FUNCTION-POINTER": .pointer,
  ]
}

extension DataItem {
  /// Bytes of an elementary item: of each USAGE by the positions of its picture, as the compiler's manual has it.
  func elementaryLength(_ dialect: Dialect) -> Int {
    if let width = usageClause?.width { return width }
    let count = picture?.count ?? 0
    let isNumber = picture?.category == .numeric
    let signed = picture?.signed ?? false
    switch usage {
    case .float, .index: return 4
    case .double: return 8
    case .pointer: return dialect.pointerLength
    case .packed: return count / 2 + 1
    case .packedUnsigned: return isNumber ? (count + 1) / 2 : count
    case .byteBinary: return isNumber ? Dialect.fewestBytes(digits: count, signed: false) : count
    case .binary, .nativeBinary, .littleBinary: return dialect.binaryLength(digits: count, signed: signed)
    case .display, .national, .doubleByte:
      let positions = count + (isNumber && sign.separate ? 1 : 0)
      return usage != .display || picture?.category == .national ? positions * 2 : positions
    }
  }
}
