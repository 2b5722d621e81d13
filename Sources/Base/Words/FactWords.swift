/// The Japanese names of facts that are words: states, acts, fields, what is expected. Facts are kept in English, as machines
/// read them.
enum FactWords {
  /// A fact in a language; a list of words word by word. Any other fact (a name, a number, an option) stays as it is.
  static func text(_ fact: String, _ language: Language) -> String {
    guard language == .japanese else { return fact }
    if let word = japanese[fact] ?? date(fact) ?? sentence(fact) { return word }
    let parts = fact.split(separator: ",").map { $0.drop { $0 == " " } }
    let words = parts.map { japanese[String($0)] }
    guard parts.count > 1, words.contains(where: { $0 != nil }) else { return fact }
    return zip(parts, words).map { $1 ?? String($0) }.joined(separator: "、")
  }

  /// `2019年11月29日` or `2019年11月29日 13:09` of a date or a moment.
  private static func date(_ fact: String) -> String? {
    guard Day.isValid(String(fact.prefix(10))), fact.utf8.count == 10 || fact.utf8.count == 16 else { return nil }
    let parts = fact.prefix(10).split(separator: "-").compactMap { Int($0) }
    return "\(parts[0])年\(parts[1])月\(parts[2])日\(fact.dropFirst(10))"
  }

  /// A fact that appears beside keywords (`title`, `reason`). Users type keywords as they are, so only phrases are
  /// translated.
  static func phrase(_ fact: String, _ language: Language) -> String {
    language == .japanese && fact.contains(" ") ? japanese[fact] ?? sentence(fact) ?? fact : fact
  }

  /// A phrase with names in it: the word before a colon, or one of ``patterns``. `nil` for any other text.
  private static func sentence(_ fact: String) -> String? {
    if let colon = fact.firstRange(of: ": "), let word = japanese[String(fact[..<colon.lowerBound])] {
      return "\(word): \(fact[colon.upperBound...])"
    }
    for (english, word) in patterns {
      guard let names = names(in: fact, english) else { continue }
      var (text, left) = ("", names[...])
      for character in word {
        if character == "*", let name = left.popFirst() {
          text += japanese[name] ?? name
        } else {
          text.append(character)
        }
      }
      return text
    }
    return nil
  }

  /// What stands in the places of `*`; `nil` when the text is not of the pattern.
  private static func names(in text: String, _ pattern: String) -> [String]? {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let last = parts.last, text.hasPrefix(first) else { return nil }
    var (rest, names) = (text.dropFirst(first.count), [String]())
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part) else { return nil }
      names.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    guard rest.hasSuffix(last) else { return nil }
    return names + [String(rest.dropLast(last.count))]
  }
}
