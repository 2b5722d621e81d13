/// One `… BY …` of COPY REPLACING or REPLACE.
struct TextReplacement: Hashable {
  enum Scope: Hashable {
    /// Whole words, as many as the text before BY has; or, when that is one word with separators in it (`:TAG:`), every
    /// place within a word.
    case whole
    /// The beginning, the end of a word.
    case leading, trailing
  }

  let scope: Scope
  let old: [Token]
  let new: [Token]

  /// The tokens after the replacements. At each place every replacement is tried once, and the first that matches is
  /// used.
  static func apply(_ rules: [TextReplacement], to tokens: [Token]) -> [Token] {
    guard !rules.isEmpty else { return tokens }
    var result: [Token] = []
    var index = 0
    while index < tokens.count {
      if let rule = rules.first(where: { $0.matches(tokens, at: index) }) {
        result += rule.new.map { $0.moved(to: tokens[index].place) }
        index += rule.old.count
      } else {
        result += rules.reduce([tokens[index]]) { words, rule in words.flatMap { rule.replaceWithin($0) } }
        index += 1
      }
    }
    return result
  }

  private func matches(_ tokens: [Token], at index: Int) -> Bool {
    guard scope == .whole, index + old.count <= tokens.count else { return false }
    return zip(old, tokens[index...]).allSatisfy { old, token in
      old.kind == token.kind && (old.kind == .word ? old.word == token.word : old.written == token.written)
    }
  }

  private func replaceWithin(_ token: Token) -> [Token] {
    guard token.kind == .word, old.count == 1, old[0].kind == .word else { return [token] }
    let word = Array(token.text.unicodeScalars)
    let part = Array(old[0].text.unicodeScalars)
    guard part.count < word.count else { return [token] }
    switch scope {
    case .leading:
      return Self.isSame(word[..<part.count], part) ? joined([[], word[part.count...]], token) : [token]
    case .trailing:
      let start = word.count - part.count
      return Self.isSame(word[start...], part) ? joined([word[..<start], []], token) : [token]
    case .whole:
      guard let edge = part.first, !edge.isOfName else { return [token] }
      var segments: [ArraySlice<Unicode.Scalar>] = []
      var start = 0
      var index = 0
      while index + part.count <= word.count {
        if Self.isSame(word[index..<(index + part.count)], part) {
          segments.append(word[start..<index])
          index += part.count
          start = index
        } else {
          index += 1
        }
      }
      return start == 0 ? [token] : joined(segments + [word[start...]], token)
    }
  }

  private static func isSame(_ word: ArraySlice<Unicode.Scalar>, _ part: [Unicode.Scalar]) -> Bool {
    zip(word, part).allSatisfy { $0.properties.uppercaseMapping == $1.properties.uppercaseMapping }
  }

  /// The segments of a word with the new text between them.
  private func joined(_ segments: [ArraySlice<Unicode.Scalar>], _ token: Token) -> [Token] {
    var words: [String] = []
    var current = ""
    for (index, segment) in segments.enumerated() {
      if index > 0, let first = new.first, let last = new.last {
        current += first.written
        if new.count > 1 {
          words += [current] + new.dropFirst().dropLast().map(\.written)
          current = last.written
        }
      }
      current.unicodeScalars += segment
    }
    return (words + [current]).filter { !$0.isEmpty }.map {
      Token(kind: .word, text: $0, written: $0, place: token.place)
    }
  }
}

extension Unicode.Scalar {
  /// Characters of COBOL words: letters, digits, hyphen, underscore and Japanese characters.
  var isOfName: Bool {
    switch self {
    case "A"..."Z", "a"..."z", "0"..."9", "-", "_": true
    default: value >= 0x80 && !isBlank
    }
  }
}
