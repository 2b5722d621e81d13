import Base

/// COPY, EXEC SQL INCLUDE and REPLACE: turns the tokens of a text into tokens with every member inserted in its place.
struct CopyExpansion {
  /// Text and file of a member; `nil` when there is none of that name.
  typealias Search = (String) throws(Diagnostic) -> (text: String, file: String)?

  private let form: SourceForm
  private let search: Search?
  /// Files being copied, outermost first.
  private var open: [String] = []
  private var count = 0

  /// The limit beyond which a text is refused: members that copy one another several times grow without bound.
  private static let limit = 2_000_000
  private static let depth = 64

  static func expand(
    _ tokens: [Token], file: String, form: SourceForm, search: Search?
  ) throws(Diagnostic) -> [Token] {
    var expansion = CopyExpansion(form: form, search: search, open: [file])
    return try replaced(try expansion.copied(tokens))
  }

  // MARK: COPY

  private mutating func copied(_ tokens: [Token]) throws(Diagnostic) -> [Token] {
    var result: [Token] = []
    var cursor = TokenCursor(tokens, file: open[open.count - 1])
    while let token = cursor.advance() {
      if token.word == "EXEC", let member = try Self.included(&cursor) {
        result += try text(member.text, member)
        continue
      }
      guard token.word == "COPY" else {
        result.append(token)
        continue
      }
      let member = try cursor.next("the name of a COPY member")
      var name = member.text
      if cursor.skip("OF", "IN") { name = try cursor.next("the name of a library").text + "/" + name }
      if cursor.skip("SUPPRESS") { cursor.skip("PRINTING") }
      let rules = cursor.skip("REPLACING") ? try Self.rules(&cursor) : []
      try cursor.stop()
      result += TextReplacement.apply(rules, to: try text(name, member))
      count += result.count
      guard count <= Self.limit else { throw refused(member, "a text of fewer than \(Self.limit) words") }
    }
    return result
  }

  /// The member that `EXEC SQL INCLUDE member END-EXEC` names, after EXEC; `nil` for other statements and for the
  /// database's own areas, which describe no record.
  private static func included(_ cursor: inout TokenCursor) throws(Diagnostic) -> Token? {
    var ahead = cursor
    guard ahead.skip("SQL"), ahead.skip("INCLUDE"), !["SQLCA", "SQLDA"].contains(ahead.word) else { return nil }
    let member = try ahead.next("the name of a member")
    guard ahead.skip("END-EXEC") else { throw ahead.wrong("END-EXEC") }
    if ahead.peek?.kind == .stop { ahead.advance() }
    cursor = ahead
    return member
  }

  private mutating func text(_ name: String, _ member: Token) throws(Diagnostic) -> [Token] {
    guard let search else { throw refused(member, "a folder in which COPY members are looked for") }
    guard let found = try search(name) else { throw refused(member, "a member of this name in the COPY folders") }
    guard !open.contains(found.file), open.count < Self.depth else {
      throw refused(member, "a member that does not copy itself (\((open + [found.file]).joined(separator: " → ")))")
    }
    open.append(found.file)
    let text = CopybookLexer.tokens(of: found.text, file: found.file, form: form)
    try CopybookLexer.check(text)
    let tokens = try copied(text)
    open.removeLast()
    return tokens
  }

  private func refused(_ member: Token, _ expected: String) -> Diagnostic {
    Diagnostic(.copybookCopy, at: member.place, member.text, expected)
  }

  // MARK: REPLACE

  /// Text between REPLACE and the next REPLACE or REPLACE OFF, replaced.
  private static func replaced(_ tokens: [Token]) throws(Diagnostic) -> [Token] {
    guard tokens.contains(where: { $0.word == "REPLACE" }) else { return tokens }
    var result: [Token] = []
    var rules: [TextReplacement] = []
    var section: [Token] = []
    var cursor = TokenCursor(tokens, file: tokens[0].place.file ?? "")
    while let token = cursor.advance() {
      guard token.word == "REPLACE" else {
        section.append(token)
        continue
      }
      result += TextReplacement.apply(rules, to: section)
      section = []
      cursor.skip("LAST")
      if cursor.skip("OFF") {
        rules = []
      } else {
        let also = cursor.skip("ALSO")
        rules = (also ? rules : []) + (try self.rules(&cursor))
      }
      try cursor.stop()
    }
    return result + TextReplacement.apply(rules, to: section)
  }

  /// `[LEADING | TRAILING] text BY text …`
  private static func rules(_ cursor: inout TokenCursor) throws(Diagnostic) -> [TextReplacement] {
    var rules: [TextReplacement] = []
    repeat {
      var scope = TextReplacement.Scope.whole
      if cursor.skip("LEADING") { scope = .leading } else if cursor.skip("TRAILING") { scope = .trailing }
      let expected = "text to be replaced (==…==, a word or a literal)"
      let place = cursor.peek
      let old = try operand(&cursor, expected)
      guard !old.isEmpty, scope == .whole || old.count == 1 else { throw cursor.wrong(expected, at: place) }
      guard cursor.skip("BY") else { throw cursor.wrong("BY") }
      rules.append(TextReplacement(scope: scope, old: old, new: try operand(&cursor, "the new text")))
    } while cursor.peek.map { $0.kind != .stop } ?? false
    return rules
  }

  private static func operand(_ cursor: inout TokenCursor, _ expected: String) throws(Diagnostic) -> [Token] {
    guard cursor.peek?.kind == .delimiter else { return [try cursor.next(expected)] }
    cursor.advance()
    var words: [Token] = []
    while let token = cursor.advance() {
      if token.kind == .delimiter { return words }
      words.append(token)
    }
    throw cursor.wrong("== at the end of the pseudo-text")
  }
}
