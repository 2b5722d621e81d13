/// A place in the tokens of a statement.
struct SQLCursor {
  private let tokens: [SQLToken]
  private var at = 0

  init(_ tokens: [SQLToken]) { self.tokens = tokens }

  var next: SQLToken? { at < tokens.count ? tokens[at] : nil }
  var keyword: String { next?.keyword ?? "" }
  var rest: [SQLToken] { Array(tokens[min(at, tokens.count)...]) }

  mutating func skip(_ count: Int = 1) { at = min(at + count, tokens.count) }

  mutating func takes(_ word: String) -> Bool {
    guard keyword == word else { return false }
    at += 1
    return true
  }

  /// The last part of a name that may be qualified: `"dbo"."T"` is T.
  mutating func takeName() -> String? { takePath().last }

  mutating func takePath() -> [String] {
    var path: [String] = []
    while let token = next, token.isName {
      path.append(token.text)
      at += 1
      guard next?.isSign(".") == true else { break }
      at += 1
    }
    return path
  }

  /// What stands between the brackets that begin here; `nil` when they are never closed.
  mutating func takeBrackets() -> [SQLToken]? {
    var depth = 0
    for index in at..<tokens.count {
      if tokens[index].isSign("(") { depth += 1 }
      if tokens[index].isSign(")") { depth -= 1 }
      if depth == 0 {
        defer { at = index + 1 }
        return Array(tokens[at + 1..<index])
      }
    }
    return nil
  }

  /// The names in brackets: `(A, B DESC)`.
  mutating func takeNames() -> [String] {
    guard next?.isSign("(") == true, let inside = takeBrackets() else { return [] }
    return Self.split(inside).compactMap { item in item.first.flatMap { $0.isName ? $0.text : nil } }
  }

  /// Words with which a clause of a column begins.
  private static let clauses: Set<String> = [
    "NOT", "NULL", "PRIMARY", "UNIQUE", "REFERENCES", "CHECK", "CONSTRAINT", "COMMENT", "COLLATE", "GENERATED",
    "DEFAULT",
  ]

  /// Skips DEFAULT and its value.
  mutating func skipValue() {
    skip()
    // A default may be NULL itself.
    if !takes("NULL") { skipToClause(inside: true) }
  }

  /// Skips this clause up to the next one.
  mutating func skipToClause(inside: Bool = false) {
    if !inside { skip() }
    while let token = next, !Self.clauses.contains(token.keyword) {
      if token.isSign("(") { _ = takeBrackets() ?? [] } else { skip() }
      if token.isSign("("), next == nil { return }
    }
  }

  /// The items between the commas of the outermost level.
  static func split(_ tokens: [SQLToken]) -> [[SQLToken]] {
    var items: [[SQLToken]] = [[]]
    var depth = 0
    for token in tokens {
      if token.isSign("(") { depth += 1 }
      if token.isSign(")") { depth -= 1 }
      if depth == 0, token.isSign(",") { items.append([]) } else { items[items.count - 1].append(token) }
    }
    return items.filter { !$0.isEmpty }
  }
}
