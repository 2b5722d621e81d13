/// How well the name of an item of a copybook fits the name of a column, from 0 to 1.
///
/// A word of the item is spelled by the characters of the column as they are read (FUKA is 賦課), by a word of the field
/// (KBN is 区分), or, where the column's name is not Japanese, by the same word. Comments beside both are compared, too.
package struct NameMatch {
  /// A name of a copybook, cut into words, without what all its names begin with.
  package struct Item: Sendable {
    /// The letters of each word.
    let words: [[Character]]
    /// The words as texts.
    let texts: [String]
    let comment: [Character]
    /// The letters that count, and those of general words, which count less.
    let weight: Double

    /// The pairs of letters with which its words begin; `nil` when it must be compared with every name.
    var codes: [Int]? {
      guard comment.isEmpty else { return nil }
      var found: [Int] = []
      for word in words {
        guard let codes = LetterPairs.codes(word) else { return nil }
        found += codes
      }
      return found
    }

    package init(_ name: String, prefix: String, comment: String = "") {
      let rest = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
      texts = NameSpelling.words(rest.isEmpty ? name : rest).map(NameSpelling.normal)
      words = texts.map(Array.init)
      self.comment = NameMatch.plain(comment)
      weight = texts.reduce(0) { $0 + NameMatch.weight(of: $1) }
    }
  }

  /// A name of a column with its comment.
  package struct Column: Sendable {
    let name: [Character]
    let comment: [Character]
    /// The words of a name that is not Japanese.
    let texts: [String]
    /// The comment beside a Japanese name, where it says something else: an item may fit either.
    let others: [Column]
    /// Whether a word of it is compared as a whole, so that no pairs of letters tell which items may fit.
    var isWorded: Bool { !texts.isEmpty || others.contains { !$0.texts.isEmpty } }
    /// The weight of each character.
    let weights: [Double]
    /// The pairs of letters with which a word may begin at one of its characters.
    let beginnings: LetterPairs

    package init(_ name: String, comment: String = "") {
      let isJapanese = name.unicodeScalars.contains { $0.value > 0x7F }
      self.name = isJapanese ? Array(name.filter { $0 != "_" }) : NameMatch.plain(comment)
      self.comment = isJapanese ? NameMatch.plain(comment) : self.name
      texts = isJapanese ? [] : NameSpelling.words(name).map(NameSpelling.normal)
      let isOther = isJapanese && !self.comment.isEmpty && self.comment != self.name
      others = isOther ? [Column(String(self.comment))] : []
      weights = NameMatch.weights(of: self.name)
      var beginnings = LetterPairs()
      for at in self.name.indices {
        for reading in Readings.of(self.name[at]) { beginnings.insert(reading) }
        for word in FieldWords.beginning(self.name[at...]) {
          for spelling in word.spellings { beginnings.insert(spelling) }
        }
      }
      for other in others { beginnings.formUnion(other.beginnings) }
      self.beginnings = beginnings
    }
  }

  /// Letters and characters alone, without what stands in brackets.
  static func plain(_ text: String) -> [Character] {
    var depth = 0
    return text.filter { character in
      if "（([【".contains(character) { depth += 1 }
      defer { if "）)]】".contains(character) { depth -= 1 } }
      return depth == 0 && (character.isLetter || character.isNumber)
    }
  }

  static func weight(of word: String) -> Double {
    // Which letters a text is written in is no part of its meaning.
    if word == "KANJI" { return 0.5 }
    return Double(word.count) * (FieldWords.generalSpellings.contains(word) ? 0.35 : 1)
  }

  private static func weights(of name: [Character]) -> [Double] {
    var weights = [Double](repeating: 1, count: name.count)
    for at in name.indices {
      for word in FieldWords.general where name[at...].starts(with: Array(word)) {
        for place in at..<at + word.count { weights[place] = 0.35 }
      }
    }
    return weights
  }

  // MARK: the score

  package static func score(_ item: Item, _ column: Column) -> Double {
    column.others.reduce(alone(item, column)) { max($0, alone(item, $1) * 0.98) }
  }

  private static func alone(_ item: Item, _ column: Column) -> Double {
    // Most pairs of names have nothing in common, which is told at once.
    if column.texts.isEmpty, item.comment.isEmpty, !item.words.contains(where: column.beginnings.contains) { return 0 }
    var best = column.name.isEmpty ? 0 : spelled(item, column)
    if !column.texts.isEmpty { best = max(best, worded(item, column)) }
    if !item.comment.isEmpty, !column.name.isEmpty { best = max(best, alike(item.comment, column.name)) }
    return best
  }

  /// The words of the item found in the characters of the column.
  private static func spelled(_ item: Item, _ column: Column) -> Double {
    var used = [Bool](repeating: false, count: column.name.count)
    var (found, skips) = (0.0, 0)
    var isFound = [Bool](repeating: false, count: item.words.count)
    let order = item.words.indices.sorted { item.words[$0].count > item.words[$1].count }
    for index in order {
      let word = item.words[index]
      guard column.beginnings.contains(word), let span = span(word, in: column.name, used)
      else { continue }
      for place in span.places { used[place] = true }
      skips += span.skips
      isFound[index] = true
      found += weight(of: item.texts[index])
    }
    guard found > 0, item.weight > 0 else { return 0 }
    // A name of general words alone (KIND, KBN) says little.
    let isGeneral = item.texts.allSatisfy { FieldWords.generalSpellings.contains($0) }
    let total = column.weights.reduce(0, +)
    let covered = zip(column.weights, used).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    // 番号 is no KBN: what kind of value it is should be the same.
    let others = item.texts.indices.count { index in
      !isFound[index] && item.texts[index] != "KANJI" && FieldWords.generalSpellings.contains(item.texts[index])
    }
    let isOther = others > 0 && column.weights.last ?? 1 < 1
    let score = found / item.weight * 0.6 + covered / max(total, 0.1) * 0.4 - Double(skips) * 0.03
    return score * (isGeneral ? 0.7 : 1) - (isOther ? 0.12 : 0) - Double(others) * 0.03
  }

  private struct Span {
    var places: [Int]
    var skips: Int
  }

  /// The unused characters that spell a word, leaving out single ones between them; the fewest left out, then the most
  /// covered.
  private static func span(_ word: [Character], in name: [Character], _ used: [Bool]) -> Span? {
    var best: Span?
    func better(_ span: Span) -> Bool {
      guard let best else { return true }
      return (span.skips, -span.places.count) < (best.skips, -best.places.count)
    }
    func walk(_ letter: Int, _ at: Int, _ span: Span) {
      if letter == word.count {
        if better(span) { best = span }
        return
      }
      // A number behind a word tells several items of one name apart.
      if word[letter].isNumber, letter > 0 {
        if at < name.count, name[at] == word[letter] {
          return walk(letter + 1, at + 1, Span(places: span.places + [at], skips: span.skips))
        }
        return walk(letter + 1, at, Span(places: span.places, skips: span.skips + 1))
      }
      guard at < name.count, span.skips < 4 else { return }
      if !used[at] {
        let rest = word[letter...]
        for field in FieldWords.beginning(name[at...]) {
          let places = Array(at..<at + field.word.count)
          guard !places.contains(where: { used[$0] }) else { continue }
          for spelling in field.spellings where rest.starts(with: spelling) {
            walk(letter + spelling.count, at + places.count, Span(places: span.places + places, skips: span.skips))
          }
        }
        for reading in Readings.of(name[at]) {
          if let spelled = letter == 0
            ? (rest.starts(with: reading) ? reading : nil) : NameSpelling.voiced(reading).first(where: rest.starts)
          {
            walk(letter + spelled.count, at + 1, Span(places: span.places + [at], skips: span.skips))
          } else if let joined = NameSpelling.joined(reading, before: next(rest, reading)), rest.starts(with: joined) {
            walk(letter + joined.count, at + 1, Span(places: span.places + [at], skips: span.skips))
          }
        }
      }
      // 普徴 of 普通徴収: one character of each word.
      if !span.places.isEmpty { walk(letter, at + 1, Span(places: span.places, skips: span.skips + 1)) }
    }
    for start in name.indices where !used[start] { walk(0, start, Span(places: [], skips: 0)) }
    return best
  }

  /// The letter behind a reading whose last syllable gave way.
  private static func next(_ rest: ArraySlice<Character>, _ reading: String) -> Character? {
    let stem = reading.hasSuffix("TSU") || reading.hasSuffix("CHI") ? reading.count - 3 : reading.count - 2
    return stem < 1 ? nil : rest.dropFirst(stem).first
  }

  /// The words of the item found among the words of a name that is not Japanese.
  private static func worded(_ item: Item, _ column: Column) -> Double {
    var used = [Bool](repeating: false, count: column.texts.count)
    var found = 0.0
    for text in item.texts {
      let place = column.texts.indices.first { index in
        !used[index]
          && (column.texts[index] == text
            || !FieldWords.meaning(column.texts[index]).isDisjoint(with: FieldWords.meaning(text)))
      }
      guard let place else { continue }
      used[place] = true
      found += weight(of: text)
    }
    let total = column.texts.reduce(0) { $0 + weight(of: $1) }
    let covered = zip(column.texts, used).reduce(0) { $0 + ($1.1 ? weight(of: $1.0) : 0) }
    return found / max(item.weight, 0.1) * 0.6 + covered / max(total, 0.1) * 0.4
  }

  /// How much two Japanese texts have in common: pairs of neighbouring characters.
  private static func alike(_ left: [Character], _ right: [Character]) -> Double {
    if left == right { return 1 }
    func pairs(_ text: [Character]) -> Set<String> {
      text.count < 2 ? [String(text)] : Set(zip(text, text.dropFirst()).map { String([$0, $1]) })
    }
    let (a, b) = (pairs(left), pairs(right))
    return 2 * Double(a.intersection(b).count) / Double(max(1, a.count + b.count)) * 0.98
  }
}

/// Pairs of letters A–Z: a set in a few words.
struct LetterPairs: Sendable {
  private var bits = [UInt32](repeating: 0, count: 27)

  /// Adds what a word that is spelled so, or begins so, begins with.
  mutating func insert(_ spelling: String) {
    let letters = spelling.utf8.prefix(3).map(Self.number)
    guard let first = letters.first else { return }
    // The letter behind a short first syllable is another reading's, or gives way: 一 ICHI is IP in IPPAN.
    bits[first] |= letters.count < 2 || Self.vowels.contains(first) ? .max : 1 << UInt32(letters[1])
  }

  mutating func formUnion(_ other: LetterPairs) {
    for index in bits.indices { bits[index] |= other.bits[index] }
  }

  /// Whether a word may begin here; one without letters always may.
  func contains(_ word: [Character]) -> Bool {
    guard let first = word.first?.asciiValue.map(Self.number) else { return true }
    guard word.count > 1, let second = word[1].asciiValue.map(Self.number) else {
      return bits[first] != 0 || first == 26
    }
    return first == 26 || bits[first] & 1 << UInt32(second) != 0
  }

  /// A number for each pair in the set; one for a letter with whatever follows.
  var codes: [Int] {
    bits.indices.flatMap { first in
      bits[first] == .max
        ? [first * 32 + 31] : (0..<27).filter { bits[first] & 1 << UInt32($0) != 0 }.map { first * 32 + $0 }
    }
  }

  /// The numbers of the pairs with which a word may begin; `nil` for a word that may begin anywhere.
  static func codes(_ word: [Character]) -> [Int]? {
    guard let first = word.first?.asciiValue.map(number), first < 26 else { return nil }
    guard word.count > 1, let second = word[1].asciiValue.map(number) else { return nil }
    return [first * 32 + second, first * 32 + 31]
  }

  private static let vowels = [0, 4, 8, 14, 20]
  /// 0–25 of a letter, 26 of anything else.
  private static func number(_ byte: UInt8) -> Int { byte >= 65 && byte <= 90 ? Int(byte) - 65 : 26 }
}
