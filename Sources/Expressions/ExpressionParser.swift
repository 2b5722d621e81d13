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

  private let text: String
  /// Each with the number of characters before it, and where it begins.
  private var tokens: [(Token, Int, String.Index)] = []
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
    self.text = text
    self.place = place
  }

  static func place(_ place: Place, offset: Int) -> Place {
    var moved = place
    if let column = place.column { moved.column = column + offset }
    return moved
  }

  private func wrong(_ expected: String) -> Diagnostic {
    let (_, offset, index) = tokens[index]
    let found = index < text.endIndex ? beginning(index) : "end of text"
    return wrong(offset, found, expected)
  }

  private func wrong(_ offset: Int, _ found: String, _ expected: String) -> Diagnostic {
    Diagnostic(.expressionSyntax, at: Self.place(place, offset: offset), found, expected)
  }

  /// As much of the text from there as a message shows.
  private func beginning(_ index: String.Index) -> String { String(text[index...].prefix(20)) }

  // MARK: tokens

  private mutating func scan() throws(Diagnostic) {
    let text = text
    var at = text.startIndex
    var offset = 0
    func next() -> Character? { at < text.endIndex ? text[at] : nil }
    func step() {
      text.formIndex(after: &at)
      offset += 1
    }
    func skip(while belongs: (Character) -> Bool) {
      while let character = next(), belongs(character) { step() }
    }
    while let character = next() {
      let (first, start) = (at, offset)
      if character.isBlank {
        step()
      } else if character.isDigit {
        skip { $0.isOfNumber || $0 == "_" }
        guard let number = Int64(text[first..<at].filter { $0 != "_" }) else {
          throw wrong(start, String(text[first..<at]), "a number of at most 18 digits")
        }
        guard next() == ".", text[text.index(after: at)...].first?.isDigit == true else {
          tokens.append((.number(number), start, first))
          continue
        }
        step()
        let point = at
        skip(while: \.isDigit)
        let scale = text[point..<at].utf8.count
        guard scale <= 18, let digits = Int128(String(number) + text[point..<at]) else {
          throw wrong(start, String(text[first..<at]), "at most 18 digits behind the point")
        }
        tokens.append((.decimal(digits, scale: scale), start, first))
      } else if character == "'" {
        step()
        let inner = at
        skip { $0 != "'" }
        guard at < text.endIndex else { throw wrong(start, beginning(first), "a closing quote") }
        tokens.append((.text(String(text[inner..<at])), start, first))
        step()
      } else if character.isOfLetters {
        skip(while: \.isOfName)
        tokens.append((.name(String(text[first..<at])), start, first))
      } else {
        step()
        if let second = next(), Self.pairs.contains(where: { $0 == (character, second) }) { step() }
        tokens.append((.symbol(String(text[first..<at])), start, first))
      }
    }
    tokens.append((.end, offset, at))
  }

  /// The symbols of two characters.
  private static let pairs: [(Character, Character)] = [("<", ">"), ("<", "="), (">", "=")]

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
    let (token, at, _) = tokens[index]
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

/// What a character is to an expression. ASCII is told apart first: nearly all text is, and Unicode's tables are slow.
extension Character {
  fileprivate var isBlank: Bool {
    guard let ascii = asciiValue else { return isWhitespace }
    return ascii == 0x20 || (0x09...0x0D).contains(ascii)
  }

  /// 0 to 9.
  fileprivate var isDigit: Bool { asciiValue.map { (0x30...0x39).contains($0) } ?? false }

  fileprivate var isOfNumber: Bool { isDigit || asciiValue == nil && isNumber }

  fileprivate var isOfLetters: Bool {
    guard let ascii = asciiValue else { return isLetter }
    return (0x61...0x7A).contains(ascii | 0x20)
  }

  fileprivate var isOfName: Bool {
    isOfLetters || isOfNumber || self == "_" || self == "-" || self == "ー"
  }
}
