import Base

/// Constants, and values that are literals, numbers, figurative constants or constants by name.
extension EntryReader {
  /// `78 name VALUE IS value` (Micro Focus, GnuCOBOL), `01 name CONSTANT IS GLOBAL AS value`, also `FROM value` (COBOL
  /// 2002), after the level number.
  ///
  /// - Throws: `copybook.syntax` for more or less than one value, and for a name that already has one.
  mutating func constant() throws(Diagnostic) {
    let first = cursor.peek
    let name = try name("the name of a constant")
    guard constants[name] == nil else { throw cursor.wrong("the name of a constant that has no value yet", at: first) }
    if cursor.skip("CONSTANT") {
      if cursor.skip("IS"), cursor.word != "GLOBAL" { throw cursor.wrong("GLOBAL") }
      cursor.skip("GLOBAL")
      if !cursor.skip("AS") { cursor.skip("FROM") }
    } else {
      guard cursor.skip("VALUE") else { throw cursor.wrong("VALUE") }
      cursor.skip("IS")
    }
    constants[name] = try literal("a value")
    try cursor.stop()
  }

  private static let figurative: Set<String> = [
    "ZERO", "ZEROS", "ZEROES", "SPACE", "SPACES", "HIGH-VALUE", "HIGH-VALUES", "LOW-VALUE", "LOW-VALUES", "QUOTE",
    "QUOTES", "NULL", "NULLS",
  ]

  /// `[ALL] literal`, a number, a figurative constant, a constant; literals joined by `&` are one.
  mutating func literal(_ expected: String) throws(Diagnostic) -> Literal {
    let isAll = cursor.skip("ALL")
    let first = try value(expected)
    var text = first.text
    var written = first.written
    while cursor.skip("&") {
      let more = try value("a literal")
      text += more.text
      written += " & " + more.written
    }
    return Literal(kind: first.kind, text: text, written: (isAll ? "ALL " : "") + written, isAll: isAll)
  }

  private mutating func value(_ expected: String) throws(Diagnostic) -> Literal {
    guard let token = cursor.peek, !cursor.isAtLevel else { throw cursor.wrong(expected) }
    if let constant = constants[token.word] {
      cursor.advance()
      return constant
    }
    guard token.kind == .literal || token.number != nil || Self.figurative.contains(token.word) else {
      throw cursor.wrong(expected)
    }
    cursor.advance()
    return Literal(
      kind: token.kind == .literal ? .text : .word, text: token.text, written: token.written, isAll: false)
  }

  /// A picture with numbers for the constants in its brackets: `X(LEN)`.
  func picture(_ text: String) -> String {
    guard !constants.isEmpty else { return text }
    var result = ""
    for (index, part) in text.split(separator: "(", omittingEmptySubsequences: false).enumerated() {
      let name = part.prefix { $0 != ")" }
      let number = index > 0 ? constants[name.uppercased()]?.text : nil
      result += (index > 0 ? "(" : "") + (number ?? String(name)) + part[name.endIndex...]
    }
    return result
  }
}
