/// A parsed PICTURE character string.
package struct Picture: Hashable, Sendable {
  package enum Category: Hashable, Sendable {
    /// X and A (and mixtures with 9): one byte per character.
    case alphanumeric
    /// N and G, also with B 0 /: two bytes per character.
    case national
    /// 9 with S, V and P.
    case numeric
    /// Numeric or alphanumeric editing (Z * , . + - CR DB B 0 / $): kept as text.
    case edited
  }

  package let text: String
  package let category: Category
  /// Character positions: digits of a number, characters of a text. P, S and V take none, CR and DB two.
  package let count: Int
  /// Digits right of the assumed point; negative when P scales up.
  package let scale: Int
  /// A number with S, or a number edited with a sign.
  package let signed: Bool
  /// Digits right of the point of an edited number (`9(5).99`, `Z,ZZ9-`); `nil` for any other picture.
  package let editedScale: Int?
  /// Digits of a number, edited or not; 0 for text.
  package let digits: Int

  init(
    _ text: String, _ category: Category, count: Int, scale: Int = 0, signed: Bool = false, editedScale: Int? = nil,
    digits: Int = 0
  ) {
    self.text = text
    self.category = category
    self.count = count
    self.scale = scale
    self.signed = signed
    self.editedScale = editedScale
    self.digits = digits
  }

  /// The largest number of digits of a number (COBOL 2002: 31; compilers: 38).
  static let maximumDigits = 38

  /// Parses `text`, or throws the character (from 0) of the first error and the expected text.
  ///
  /// - Parameter decimalComma: DECIMAL-POINT IS COMMA, which swaps `,` and `.`.
  package static func parse(_ text: String, decimalComma: Bool = false) throws(Flaw) -> Picture {
    let symbols = try PictureSymbol.symbols(of: text, decimalComma: decimalComma)
    let count = symbols.reduce(0) { $0 + $1.positions }
    let used = Set(symbols.map(\.sign))
    func flaw(outside legal: Set<Character>, _ expected: String) -> Flaw? {
      symbols.first { !legal.contains($0.sign) }.map { Flaw(index: $0.index, expected: expected) }
    }
    if used.contains("N") || used.contains("G") {
      if let flaw = flaw(outside: ["N", "G", "B", "0", "/"], "one of N G B 0 /") { throw flaw }
      return Picture(text, .national, count: count)
    }
    if used.contains("X") || used.contains("A") {
      if let flaw = flaw(outside: ["X", "A", "9", "B", "0", "/"], "one of X A 9 B 0 /") { throw flaw }
      return Picture(text, used.isSubset(of: ["X", "A", "9"]) ? .alphanumeric : .edited, count: count)
    }
    return used.isSubset(of: ["9", "S", "V", "P"])
      ? try number(text, symbols) : try EditedPicture(symbols).picture(text, count: count)
  }

  package struct Flaw: Error {
    /// The index of the character in the picture, from 0.
    package let index: Int
    package let expected: String
  }

  /// S in front; V once; P before or after all digits, on the side of V without digits.
  private static func number(_ text: String, _ symbols: [PictureSymbol]) throws(Flaw) -> Picture {
    var digits = 0
    var scale = 0
    var signed = false
    var hasPoint = false
    var scaling = 0
    for (order, symbol) in symbols.enumerated() {
      func require(_ holds: Bool, _ expected: String) throws(Flaw) {
        if !holds { throw Flaw(index: symbol.index, expected: expected) }
      }
      switch symbol.sign {
      case "S":
        try require(order == 0 && symbol.repeats == 1, "S once, in front")
        signed = true
      case "V":
        try require(!hasPoint && symbol.repeats == 1, "V once")
        try require(digits > 0 || scaling == 0, "P only between V and the digits")
        hasPoint = true
      case "P":
        try require(!hasPoint || digits == 0, "P only between V and the digits")
        scaling += symbol.repeats
        if digits > 0 { scale -= symbol.repeats }
      default:
        try require(digits == 0 || scale >= 0, "P at one end of the digits")
        if digits == 0, scaling > 0 { scale = scaling }
        digits += symbol.repeats
        if hasPoint || scaling > 0 { scale += symbol.repeats }
      }
    }
    guard digits > 0, digits <= maximumDigits, scaling <= maximumDigits else {
      throw Flaw(index: 0, expected: "1 to \(maximumDigits) digits")
    }
    return Picture(text, .numeric, count: digits, scale: scale, signed: signed, digits: digits)
  }
}

/// A symbol of a picture and the number of its repetitions: `9(5)`, `999`, `CR`.
struct PictureSymbol {
  /// `C` is CR, `D` is DB, `$` any currency sign, `.` the decimal point, `,` the other sign.
  var sign: Character
  var repeats: Int
  /// The index of the character in the picture, from 0.
  let index: Int

  /// The number of character positions of the symbol in storage.
  var positions: Int { "SVP".contains(sign) ? 0 : "CD".contains(sign) ? 2 : repeats }

  private static let legal: Set<Character> = [
    "X", "A", "9", "N", "G", "S", "V", "P", "Z", "*", ",", ".", "+", "-", "B", "0", "/", "$", "\\", "¥", "C", "D",
  ]

  static func symbols(of text: String, decimalComma: Bool) throws(Picture.Flaw) -> [PictureSymbol] {
    var symbols: [PictureSymbol] = []
    let characters = Array(text.uppercased())
    var index = 0
    while index < characters.count {
      var symbol = PictureSymbol(sign: characters[index], repeats: 1, index: index)
      guard legal.contains(symbol.sign) else {
        throw Picture.Flaw(index: index, expected: "one of X A 9 N G S V P or an editing symbol")
      }
      if symbol.sign == "C" || symbol.sign == "D" {
        guard index + 1 < characters.count, characters[index + 1] == (symbol.sign == "C" ? "R" : "B") else {
          throw Picture.Flaw(index: index, expected: "CR or DB")
        }
        index += 1
      } else if index + 1 < characters.count, characters[index + 1] == "(" {
        guard let close = characters[index...].firstIndex(of: ")"),
          characters[(index + 2)..<close].allSatisfy({ ("0"..."9").contains($0) }),
          let number = Int(String(characters[(index + 2)..<close])), number > 0, number <= LayoutLimit.bytes
        else { throw Picture.Flaw(index: index + 1, expected: "(n) with n from 1") }
        symbol.repeats = number
        index = close
      }
      if symbol.sign == "\\" || symbol.sign == "¥" { symbol.sign = "$" }
      if decimalComma, symbol.sign == "," || symbol.sign == "." { symbol.sign = symbol.sign == "," ? "." : "," }
      if let last = symbols.last, last.sign == symbol.sign, !"VS.CD".contains(symbol.sign) {
        symbols[symbols.count - 1].repeats += symbol.repeats
      } else {
        symbols.append(symbol)
      }
      guard symbols[symbols.count - 1].repeats <= LayoutLimit.bytes else {
        throw Picture.Flaw(index: symbol.index, expected: "fewer than 2^31 positions")
      }
      index += 1
    }
    guard !symbols.isEmpty else { throw Picture.Flaw(index: 0, expected: "a picture") }
    return symbols
  }
}

/// Sizes beyond which a layout is refused.
enum LayoutLimit {
  /// Bytes of a record, 2^31 - 1.
  static let bytes = 2_147_483_647
}
