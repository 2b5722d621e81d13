/// A PICTURE character string, understood.
package struct Picture: Hashable, Sendable {
  package enum Category: Hashable, Sendable {
    /// X and A (and mixtures with 9): one byte a character.
    case alphanumeric
    /// N and G: two bytes a character.
    case national
    /// 9 with S, V and P.
    case numeric
    /// Numeric or alphanumeric editing (Z * , . + - CR DB B 0 / $): kept as text.
    case edited
  }

  package let text: String
  package let category: Category
  /// Character positions: digits of a number, characters of a text.
  package let count: Int
  /// Digits right of the assumed point; negative when P scales up.
  package let scale: Int
  package let signed: Bool

  /// Understands `text`, or says at which character (from 0) it stops making sense and what was expected there.
  package static func parse(_ text: String) throws(Flaw) -> Picture {
    var symbols: [(Character, Int)] = []
    let characters = Array(text.uppercased())
    var index = 0
    while index < characters.count {
      let symbol = characters[index]
      var repeats = 1
      if index + 1 < characters.count, characters[index + 1] == "(" {
        guard let close = characters[index...].firstIndex(of: ")"),
          let number = Int(String(characters[(index + 2)..<close])), number > 0, number <= 1_000_000
        else { throw Flaw(index: index + 1, expected: "(n) with n from 1") }
        repeats = number
        index = close
      }
      symbols.append((symbol, repeats))
      index += 1
    }
    guard !symbols.isEmpty else { throw Flaw(index: 0, expected: "a picture") }
    return try classify(text, symbols)
  }

  package struct Flaw: Error {
    package let index: Int
    package let expected: String
  }

  private static func classify(_ text: String, _ symbols: [(Character, Int)]) throws(Flaw) -> Picture {
    let used = Set(symbols.map(\.0))
    let total = symbols.reduce(0) { $0 + $1.1 }
    if used.isSubset(of: ["9", "S", "V", "P"]) {
      return try number(text, symbols)
    }
    if used.isSubset(of: ["X", "A", "9"]) {
      return Picture(text: text, category: .alphanumeric, count: total, scale: 0, signed: false)
    }
    if used.isSubset(of: ["N"]) || used.isSubset(of: ["G"]) {
      return Picture(text: text, category: .national, count: total, scale: 0, signed: false)
    }
    let editing: Set<Character> = [
      "X", "A", "9", "N", "B", "0", "/", ",", ".", "Z", "*", "+", "-", "$", "C", "R", "D", "V", "P", "S", "\\", "¥",
    ]
    guard let odd = symbols.firstIndex(where: { !editing.contains($0.0) }) else {
      let positions = symbols.reduce(0) { $0 + (($1.0 == "V" || $1.0 == "P" || $1.0 == "S") ? 0 : $1.1) }
      return Picture(text: text, category: .edited, count: positions, scale: 0, signed: false)
    }
    throw Flaw(index: odd, expected: "one of X A 9 N G S V P or an editing symbol")
  }

  private static func number(_ text: String, _ symbols: [(Character, Int)]) throws(Flaw) -> Picture {
    var digits = 0
    var scale = 0
    var afterPoint = false
    var signed = false
    var leadingP = 0
    for (index, (symbol, repeats)) in symbols.enumerated() {
      switch symbol {
      case "S":
        guard index == 0, repeats == 1 else { throw Flaw(index: index, expected: "S once, in front") }
        signed = true
      case "V":
        guard !afterPoint, repeats == 1 else { throw Flaw(index: index, expected: "V once") }
        afterPoint = true
      case "P":
        if digits == 0 { leadingP += repeats } else if !afterPoint { scale -= repeats }
      default:
        digits += repeats
        if afterPoint { scale += repeats }
      }
    }
    if leadingP > 0 { scale = leadingP + digits }
    guard digits > 0, digits <= 38 else { throw Flaw(index: 0, expected: "1 to 38 digits") }
    return Picture(text: text, category: .numeric, count: digits, scale: scale, signed: signed)
  }
}
