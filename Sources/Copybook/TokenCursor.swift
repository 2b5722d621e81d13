import Base

/// A cursor over tokens that reports errors with their places.
struct TokenCursor {
  private let tokens: [Token]
  private let file: String
  private var index = 0

  init(_ tokens: [Token], file: String) {
    self.tokens = tokens
    self.file = file
  }

  /// The next token; `nil` at the end.
  var peek: Token? { index < tokens.count ? tokens[index] : nil }
  /// The token after ``peek``.
  var second: Token? { index + 1 < tokens.count ? tokens[index + 1] : nil }
  /// The next token's word in upper case, empty for any other token.
  var word: String { peek?.word ?? "" }

  /// True when a level number begins an entry on a new line, and is not a value, name or number of the previous entry,
  /// whose full stop is missing. A number that continues a list of values, or a phrase, is not a level number.
  var isAtLevel: Bool {
    guard let token = peek, token.level != nil, isFirstOnLine else { return false }
    guard let next = second else { return true }
    switch next.kind {
    case .word: return next.number == nil && !Self.afterNumbers.contains(next.word)
    case .delimiter: return true
    case .stop, .literal, .unclosed, .cut: return false
    }
  }

  /// True when the next token is the first of its line.
  var isFirstOnLine: Bool {
    guard let token = peek, index > 0 else { return true }
    let before = tokens[index - 1].place
    return token.place.line != before.line || token.place.file != before.file
  }

  /// Words that follow a number within an entry.
  private static let afterNumbers: Set<String> = [
    "TIMES", "TO", "THRU", "THROUGH", "DEPENDING", "ASCENDING", "DESCENDING", "INDEXED", "CHARACTERS", "RECORDS",
    "WHEN", "FALSE",
  ]

  /// Takes the next token, whatever it is.
  @discardableResult mutating func advance() -> Token? {
    defer { index += 1 }
    return peek
  }

  /// Takes a word or a literal.
  mutating func next(_ expected: String) throws(Diagnostic) -> Token {
    guard let token = peek, token.kind == .word || token.kind == .literal, !isAtLevel else { throw wrong(expected) }
    index += 1
    return token
  }

  /// Skips one of these words; true if it was there.
  @discardableResult mutating func skip(_ words: String...) -> Bool {
    guard let token = peek, token.kind == .word, words.contains(token.word) else { return false }
    index += 1
    return true
  }

  mutating func stop() throws(Diagnostic) {
    guard peek?.kind == .stop else { throw wrong("a full stop") }
    index += 1
  }

  /// Takes all tokens up to and including the full stop, which must come before the next entry.
  mutating func skipSentence() throws(Diagnostic) {
    while let token = peek, token.kind != .stop, !isAtLevel { index += 1 }
    try stop()
  }

  /// The tokens behind this one on its line.
  var restOfLine: ArraySlice<Token> {
    var rest = self
    rest.skipLine()
    return tokens[min(index + 1, tokens.count)..<rest.index]
  }

  /// Takes the rest of the line.
  mutating func skipLine() {
    repeat { index += 1 } while peek != nil && !isFirstOnLine
  }

  /// The error that the text cannot be parsed at the next token (or at `token`).
  func wrong(_ expected: String, at token: Token? = nil) -> Diagnostic {
    guard let token = token ?? peek else {
      let end = tokens.last?.place ?? Place(file: file, line: 1, column: 1)
      return Diagnostic(.copybookSyntax, at: end, "end of text", expected)
    }
    return Diagnostic(.copybookSyntax, at: token.place, token.written, expected)
  }
}
