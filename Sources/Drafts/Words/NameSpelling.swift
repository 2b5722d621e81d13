/// How names are spelled, whoever spelled them: SYOTOKU and SHOTOKU, GEMMEN and GENMEN, NOUKI and NOKI are the same.
package enum NameSpelling {
  /// Upper case, Hepburn, without long vowels, N before every consonant.
  package static func normal(_ text: String) -> String {
    var text = text.uppercased()
    for (from, to) in replaced where text.contains(from) { text = text.replacing(from, with: to) }
    return text
  }

  private static let replaced: [(String, String)] = [
    ("SYO", "SHO"), ("SYU", "SHU"), ("SYA", "SHA"), ("TYO", "CHO"), ("TYU", "CHU"), ("TYA", "CHA"), ("ZYO", "JO"),
    ("ZYU", "JU"), ("ZYA", "JA"), ("JYO", "JO"), ("JYU", "JU"), ("JYA", "JA"), ("OU", "O"), ("UU", "U"), ("OO", "O"),
    ("MM", "NM"), ("MB", "NB"), ("MP", "NP"),
  ]

  /// What a character's reading becomes before another one: 欠 KETSU is KES before SON.
  static func joined(_ reading: String, before next: Character?) -> String? {
    guard let next, "KSTCHPF".contains(next), reading.count > 2 else { return nil }
    for ending in ["TSU", "CHI", "KU", "KI"] where reading.hasSuffix(ending) {
      return String(reading.dropLast(ending.count))
        + (next == "C" ? "T" : next == "H" || next == "F" ? "P" : String(next))
    }
    return nil
  }

  /// A reading within a word, where its first sound may change: 付 FU is PU in 還付, 払 HARAI is BARAI.
  static func voiced(_ reading: String) -> [String] {
    let changes: [(String, [String])] = [
      ("H", ["P", "B"]), ("F", ["P", "B"]), ("SH", ["J"]), ("K", ["G"]), ("T", ["D"]), ("S", ["Z"]),
    ]
    guard let (from, to) = changes.first(where: { reading.hasPrefix($0.0) }) else { return [reading] }
    return [reading] + to.map { $0 + reading.dropFirst(from.count) }
  }

  /// A name's words: `KJ-KI-ZEIGAKU`, `tax_amount`, `taxAmount`.
  package static func words(_ name: String) -> [String] {
    var words: [String] = [""]
    var last: Character = " "
    for character in name {
      if "-_ .・／/（）()".contains(character) {
        words.append("")
      } else {
        if character.isUppercase, last.isLowercase { words.append("") }
        words[words.count - 1].append(character)
      }
      last = character
    }
    return words.filter { !$0.isEmpty }
  }
}
