import Evidence

/// Steps through tokens and words what is wrong where.
struct TokenCursor {
  private let tokens: [Token]
  private let file: String
  private var index = 0

  init(_ tokens: [Token], file: String) {
    self.tokens = tokens
    self.file = file
  }

  /// The next token, `nil` at the end.
  var peek: Token? { index < tokens.count ? tokens[index] : nil }
  /// The token after ``peek``.
  var second: Token? { index + 1 < tokens.count ? tokens[index + 1] : nil }
  /// The next token's word in upper case, empty for anything else.
  var word: String { peek?.word ?? "" }

  /// Takes whatever comes next.
  @discardableResult mutating func advance() -> Token? {
    defer { index += 1 }
    return peek
  }

  /// Takes a word or a literal.
  mutating func next(_ expected: String) throws(Diagnostic) -> Token {
    guard let token = peek, token.kind == .word || token.kind == .literal else { throw wrong(expected) }
    index += 1
    return token
  }

  /// Steps over any of these words; true if there was one.
  @discardableResult mutating func skip(_ words: String...) -> Bool {
    let start = index
    while let token = peek, token.kind == .word, words.contains(token.word) { index += 1 }
    return index > start
  }

  mutating func stop() throws(Diagnostic) {
    guard peek?.kind == .stop else { throw wrong("a full stop") }
    index += 1
  }

  /// Takes everything up to the full stop and the stop.
  mutating func skipSentence() {
    while let token = peek, token.kind != .stop { index += 1 }
    index += 1
  }

  /// The text cannot be read at the next token (or at `token`).
  func wrong(_ expected: String, at token: Token? = nil) -> Diagnostic {
    guard let token = token ?? peek else {
      let end = tokens.last?.place ?? Place(file: file, line: 1, column: 1)
      return Diagnostic(.copybookSyntax, at: end, "end of text", expected)
    }
    return Diagnostic(
      .copybookSyntax, at: token.place, token.written, token.kind == .unclosed ? "a closing quote" : expected)
  }
}
