import Base

extension Expression {
  /// The items that it reads, as they may be written alone: `KJ-NENZEI`, `KJ-KI[2]`, and `sum(KJ-KI)` for all of a table.
  /// In the order of the text, each once.
  var readNames: [String] {
    var found: [String] = []
    collect(into: &found)
    return found
  }

  private func collect(into found: inout [String]) {
    func add(_ name: String) { if !found.contains(name) { found.append(name) } }
    switch self {
    case .name(let name, let occurrence, _): add(occurrence.map { "\(name)[\($0)]" } ?? name)
    case .call("sum", let arguments, _):
      if case .name(let name, nil, _)? = arguments.first { add("sum(\(name))") }
    case .call(_, let arguments, _): for argument in arguments { argument.collect(into: &found) }
    case .unary(_, let inner, _): inner.collect(into: &found)
    case .binary(_, let left, let right, _):
      left.collect(into: &found)
      right.collect(into: &found)
    case .integer, .decimal, .text, .keyword: break
    }
  }
}

extension Expression {
  /// Every name with its place in the text, from 0 in characters.
  fileprivate var namePlaces: [(name: String, at: Int)] {
    switch self {
    case .name(let name, _, let at): [(name, at)]
    case .call(_, let arguments, _): arguments.flatMap(\.namePlaces)
    case .unary(_, let inner, _): inner.namePlaces
    case .binary(_, let left, let right, _): left.namePlaces + right.namePlaces
    case .integer, .decimal, .text, .keyword: []
    }
  }
}

extension SourceBuilders {
  /// The expression with an expression in place of each name; `nil` when a name has none, or the text cannot be parsed.
  package static func replacing(_ text: String, by expressions: [String: String]) -> String? {
    guard let expression = try? ExpressionParser.parse(text, at: Place()) else { return nil }
    var characters = Array(text)
    // `x in (1, 2)` is `x = 1 or x = 2`: the name stands in the text once.
    let places = Dictionary(expression.namePlaces.map { ($0.at, $0.name) }) { first, _ in first }
    for (at, name) in places.sorted(by: { $0.key > $1.key }) {
      guard let own = expressions[name], characters[at...].starts(with: name) else { return nil }
      characters.replaceSubrange(at..<at + name.count, with: "(\(own))")
    }
    return String(characters)
  }

  /// The items that an expression reads, as they may be written alone; none for one that cannot be parsed.
  package static func names(readBy text: String) -> [String] {
    (try? ExpressionParser.parse(text, at: Place()))?.readNames ?? []
  }
}
