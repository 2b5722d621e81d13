import Base

/// Parses the text of an expression.
///
/// A name starts with a letter and goes on with letters, digits, `_` and `-`, as in COBOL: `KJ-NENZEI` is a name, so
/// subtraction needs spaces; `OF` and `IN` qualify a name, `MMDD OF FROM-DATE`. Precedence, loosest first: `or`, `and`,
/// `not`, comparison and `in`, `+ -`, `*`, unary `-`.
struct ExpressionParser {
  private enum Token: Equatable {
    case number(Int64)
    case decimal(Int128, scale: Int)
    case text(String)
    case name(String)
    case symbol(String)
    case end
  }

  private let characters: [Character]
  private var tokens: [(Token, Int)] = []
  private var index = 0
  private let place: Place
  /// The number of open brackets and signs, and its limit: each takes some of the stack.
  private var depth = 0
  private static let depthLimit = 100

  /// - Throws: `expression.syntax` at the place of `text` plus the offset within it.
  static func parse(_ text: String, at place: Place) throws(Diagnostic) -> Expression {
    var parser = ExpressionParser(text, place)
    try parser.scan()
    let expression = try parser.disjunction()
    guard parser.peek == .end else { throw parser.wrong("the end, or an operator") }
    return expression
  }

  private init(_ text: String, _ place: Place) {
    characters = Array(text)
    self.place = place
  }

  static func place(_ place: Place, offset: Int) -> Place {
    var moved = place
    if let column = place.column { moved.column = column + offset }
    return moved
  }

  private func wrong(_ expected: String) -> Diagnostic {
    let offset = tokens[index].1
    let found = offset < characters.count ? String(characters[offset...].prefix(20)) : "end of text"
    return Diagnostic(.expressionSyntax, at: Self.place(place, offset: offset), found, expected)
  }

  // MARK: tokens

  private mutating func scan() throws(Diagnostic) {
    var at = 0
    func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "_" || character == "-" || character == "ー"
    }
    while at < characters.count {
      let character = characters[at]
      let first = at
      if character.isWhitespace {
        at += 1
      } else if character.isASCII, character.isNumber {
        while at < characters.count, characters[at].isNumber || characters[at] == "_" { at += 1 }
        guard let number = Int64(String(characters[first..<at].filter { $0 != "_" })) else {
          throw Diagnostic(
            .expressionSyntax, at: Self.place(place, offset: first), String(characters[first..<at]),
            "a number of at most 18 digits")
        }
        guard at + 1 < characters.count, characters[at] == ".", ("0"..."9").contains(characters[at + 1]) else {
          tokens.append((.number(number), first))
          continue
        }
        let point = at
        at += 1
        while at < characters.count, ("0"..."9").contains(characters[at]) { at += 1 }
        let scale = at - point - 1
        guard scale <= 18, let digits = Int128(String(number) + String(characters[(point + 1)..<at])) else {
          throw Diagnostic(
            .expressionSyntax, at: Self.place(place, offset: first), String(characters[first..<at]),
            "at most 18 digits behind the point")
        }
        tokens.append((.decimal(digits, scale: scale), first))
      } else if character == "'" {
        guard let close = characters[(at + 1)...].firstIndex(of: "'") else {
          throw Diagnostic(
            .expressionSyntax, at: Self.place(place, offset: first), String(characters[first...].prefix(20)),
            "a closing quote")
        }
        tokens.append((.text(String(characters[(at + 1)..<close])), first))
        at = close + 1
      } else if character.isLetter {
        while at < characters.count, isWord(characters[at]) { at += 1 }
        tokens.append((.name(String(characters[first..<at])), first))
      } else {
        let pair = at + 1 < characters.count ? String(characters[at...(at + 1)]) : ""
        let symbol = ["<>", "<=", ">="].contains(pair) ? pair : String(character)
        tokens.append((.symbol(symbol), first))
        at += symbol.count
      }
    }
    tokens.append((.end, characters.count))
  }

  private var peek: Token { tokens[index].0 }

  private mutating func take(_ symbol: String) -> Int? {
    guard peek == .symbol(symbol) || peek == .name(symbol) else { return nil }
    index += 1
    return tokens[index - 1].1
  }

  private mutating func need(_ symbol: String) throws(Diagnostic) {
    guard take(symbol) != nil else { throw wrong("“\(symbol)”") }
  }

  // MARK: grammar

  private mutating func disjunction() throws(Diagnostic) -> Expression {
    var left = try conjunction()
    while let at = take("or") { left = .binary("or", left, try conjunction(), at: at) }
    return left
  }

  private mutating func conjunction() throws(Diagnostic) -> Expression {
    var left = try negation()
    while let at = take("and") { left = .binary("and", left, try negation(), at: at) }
    return left
  }

  private mutating func negation() throws(Diagnostic) -> Expression {
    guard let at = take("not") else { return try comparison() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw wrong("at most \(Self.depthLimit) levels") }
    return .unary("not", try negation(), at: at)
  }

  private mutating func comparison() throws(Diagnostic) -> Expression {
    let left = try sum()
    for symbol in ["=", "<>", "<=", ">=", "<", ">"] {
      if let at = take(symbol) { return .binary(symbol, left, try sum(), at: at) }
    }
    let negated = peek == .name("not") && index + 1 < tokens.count && tokens[index + 1].0 == .name("in")
    if negated { index += 1 }
    guard let at = take("in") else { return left }
    try need("(")
    var test: Expression?
    repeat {
      let equal = Expression.binary("=", left, try sum(), at: at)
      test = test.map { .binary("or", $0, equal, at: at) } ?? equal
    } while take(",") != nil
    try need(")")
    guard let test else { throw wrong("a value") }
    return negated ? .unary("not", test, at: at) : test
  }

  private mutating func sum() throws(Diagnostic) -> Expression {
    var left = try product()
    while true {
      if let at = take("+") {
        left = .binary("+", left, try product(), at: at)
      } else if let at = take("-") {
        left = .binary("-", left, try product(), at: at)
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(Diagnostic) -> Expression {
    var left = try factor()
    while let at = take("*") { left = .binary("*", left, try factor(), at: at) }
    return left
  }

  private mutating func factor() throws(Diagnostic) -> Expression {
    let (token, at) = tokens[index]
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw wrong("at most \(Self.depthLimit) levels") }
    switch token {
    case .symbol("-"):
      index += 1
      if case .decimal(let digits, let scale) = peek {
        index += 1
        return .decimal(-digits, scale: scale, at: at)
      }
      return .unary("-", try factor(), at: at)
    case .symbol("("):
      index += 1
      let inner = try disjunction()
      try need(")")
      return inner
    case .number(let number):
      index += 1
      return .integer(number, at: at)
    case .decimal(let digits, let scale):
      index += 1
      return .decimal(digits, scale: scale, at: at)
    case .text(let text):
      index += 1
      return .text(text, at: at)
    case .name(let name):
      index += 1
      return try named(name, at)
    default: throw wrong("a field, a value or a function")
    }
  }

  private mutating func named(_ name: String, _ at: Int) throws(Diagnostic) -> Expression {
    if take("(") != nil {
      var arguments: [Expression] = []
      if take(")") == nil {
        repeat { arguments.append(try disjunction()) } while take(",") != nil
        try need(")")
      }
      return .call(name, arguments, at: at)
    }
    if ["true", "false", "null"].contains(name) { return .keyword(name, at: at) }
    var name = name
    while [.name("OF"), .name("IN")].contains(peek), index + 1 < tokens.count,
      case .name(let group) = tokens[index + 1].0
    {
      name += " OF " + group
      index += 2
    }
    if take("[") != nil {
      guard case .number(let number) = peek else { throw wrong("the number of an occurrence") }
      index += 1
      try need("]")
      return .name(name, occurrence: Int(number), at: at)
    }
    return .name(name, occurrence: nil, at: at)
  }
}
