import Evidence

/// Reads data description entries one after another: level number, name, clauses, full stop.
struct EntryReader {
  private(set) var entries: [DataItem] = []
  private(set) var renames: [Renaming] = []
  var cursor: TokenCursor
  let file: String
  let decimalComma: Bool

  init(_ tokens: [Token], file: String, decimalComma: Bool) {
    cursor = TokenCursor(tokens, file: file)
    self.file = file
    self.decimalComma = decimalComma
  }

  mutating func read() throws(Diagnostic) {
    while let token = cursor.peek {
      if skipsOther(token) { continue }
      guard token.kind == .word, token.text.utf8.count <= 2, let level = UInt8(token.text), token.text.first != "+",
        (1...49).contains(level) || [66, 77, 88].contains(level)
      else { throw cursor.wrong("a level number (01–49, 66, 77, 88)") }
      cursor.advance()
      switch level {
      case 66: try renaming(token.place)
      case 88: try condition()
      default: entries.append(try entry(Int(level), token.place))
      }
    }
    guard !entries.isEmpty else { throw cursor.wrong("a data description entry") }
  }

  /// Steps over what stands between entries: listing directives, division and section headers, FD, embedded SQL.
  private mutating func skipsOther(_ token: Token) -> Bool {
    switch token.word {
    case "EJECT", "SKIP1", "SKIP2", "SKIP3":
      cursor.advance()
      if cursor.peek?.kind == .stop { cursor.advance() }
    case "TITLE":
      cursor.advance()
      if cursor.peek?.kind == .literal { cursor.advance() }
      if cursor.peek?.kind == .stop { cursor.advance() }
    case "FD", "SD", "RD", "CD": cursor.skipSentence()
    case "EXEC":
      while let next = cursor.advance(), next.word != "END-EXEC" {}
      if cursor.peek?.kind == .stop { cursor.advance() }
    default:
      guard let header = cursor.second?.word, header == "SECTION" || header == "DIVISION" else { return false }
      cursor.skipSentence()
    }
    return true
  }

  private mutating func entry(_ level: Int, _ place: Place) throws(Diagnostic) -> DataItem {
    var name = "FILLER"
    if cursor.peek?.kind == .word, !Self.clauses.contains(cursor.word), UsageClause(word: cursor.word) == nil {
      name = try self.name("a data-name")
    }
    var item = DataItem(level: level, name: name, place: place)
    try clauses(of: &item)
    try cursor.stop()
    return item
  }

  mutating func name(_ expected: String) throws(Diagnostic) -> String {
    guard let token = cursor.peek, token.kind == .word,
      token.text.unicodeScalars.allSatisfy({ $0.isOfName || "#@$:".unicodeScalars.contains($0) })
    else { throw cursor.wrong(expected) }
    cursor.advance()
    return token.word
  }

  /// `A [OF B [IN C …]]`, the item's own name first.
  mutating func path(_ expected: String) throws(Diagnostic) -> [String] {
    var names = [try name(expected)]
    while cursor.skip("OF", "IN") { names.append(try name("a data-name")) }
    return names
  }

  // MARK: levels 66 and 88

  private mutating func renaming(_ place: Place) throws(Diagnostic) {
    let name = try name("a data-name")
    guard cursor.skip("RENAMES") else { throw cursor.wrong("RENAMES") }
    let from = try path("a data-name")
    let through = cursor.skip("THRU", "THROUGH") ? try path("a data-name") : nil
    try cursor.stop()
    renames.append(Renaming(name: name, place: place, from: from, through: through, order: entries.count))
  }

  private mutating func condition() throws(Diagnostic) {
    let first = cursor.peek
    let name = try name("a condition-name")
    guard !entries.isEmpty else { throw cursor.wrong("an item before level 88", at: first) }
    guard cursor.skip("VALUE", "VALUES") else { throw cursor.wrong("VALUE") }
    cursor.skip("IS", "ARE")
    var values: [Condition.Values] = []
    while cursor.peek?.kind == .literal
      || (cursor.peek?.kind == .word && cursor.word != "WHEN" && cursor.word != "FALSE")
    {
      let from = try literal()
      values.append(Condition.Values(from: from, through: cursor.skip("THRU", "THROUGH") ? try literal() : nil))
    }
    guard !values.isEmpty else { throw cursor.wrong("a value") }
    if cursor.skip("WHEN", "SET", "TO", "FALSE") {
      cursor.skip("IS")
      _ = try literal()
    }
    try cursor.stop()
    entries[entries.count - 1].conditions.append(Condition(name: name, values: values))
  }

  /// `[ALL] literal`, a number, a figurative constant; literals joined by `&` are one.
  mutating func literal() throws(Diagnostic) -> Literal {
    let isAll = cursor.skip("ALL")
    let first = try cursor.next("a value")
    var text = first.text
    var written = first.written
    while cursor.skip("&") {
      let more = try cursor.next("a literal")
      text += more.text
      written += " & " + more.written
    }
    return Literal(
      kind: first.kind == .literal ? .text : .word, text: text, written: (isAll ? "ALL " : "") + written, isAll: isAll)
  }
}
