import Base

/// Reads data description entries in sequence: level number, name, clauses, full stop.
///
/// Text that cannot be parsed is refused at its place; only listing directives, headers and embedded SQL are skipped.
struct EntryReader {
  var entries: [DataItem] = []
  private(set) var renames: [Renaming] = []
  /// Level 78 and 01 … CONSTANT entries so far, by name.
  var constants: [String: Literal] = [:]
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
      if try skipsOther(token) { continue }
      guard let level = token.level else { throw cursor.wrong("a level number (01–49, 66, 77, 78, 88)") }
      cursor.advance()
      switch level {
      case 66: try renaming(token.place)
      case 78: try constant()
      case 88: try condition()
      case 1 where cursor.second?.word == "CONSTANT": try constant()
      default: entries.append(try entry(Int(level), token.place))
      }
    }
    guard !entries.isEmpty else { throw cursor.wrong("a data description entry") }
  }

  /// Skips text between entries: listing directives, division and section headers, FD, embedded SQL.
  private mutating func skipsOther(_ token: Token) throws(Diagnostic) -> Bool {
    switch token.word {
    case "CBL", "PROCESS", "*CBL", "*CONTROL":
      // With these, addresses have 8 bytes, and N items another usage.
      for word in cursor.restOfLine
      where ["LP(64)", "NSYMBOL(DBCS)", "NS(DBCS)"].contains(where: word.text.uppercased().contains) {
        throw cursor.wrong("options that leave the sizes and usages of items as they are", at: word)
      }
      cursor.skipLine()
    case "EJECT", "SKIP1", "SKIP2", "SKIP3":
      cursor.advance()
      if cursor.peek?.kind == .stop { cursor.advance() }
    case "TITLE":
      cursor.advance()
      if cursor.peek?.kind == .literal { cursor.advance() }
      if cursor.peek?.kind == .stop { cursor.advance() }
    case "FD", "SD", "RD", "CD":
      // Records of two files, or of a file and of working storage, are not alternatives of one another.
      if !entries.isEmpty { throw cursor.wrong("the records of one file; give this one in a copybook of its own") }
      try cursor.skipSentence()
    case "EXEC":
      repeat {
        cursor.advance()
        guard let next = cursor.peek, next.kind != .stop, next.word != "EXEC", !cursor.isAtLevel else {
          throw cursor.wrong("END-EXEC")
        }
      } while cursor.word != "END-EXEC"
      cursor.advance()
      if cursor.peek?.kind == .stop { cursor.advance() }
    case "$SET": throw cursor.wrong("options that leave sizes and places as they are; say others by --dialect")
    case let word where word.hasPrefix(">>") || word.hasPrefix("$"):
      throw cursor.wrong("a copybook without conditional compilation")
    default:
      guard let header = cursor.second?.word, Self.headers[header]?.contains(token.word) == true else { return false }
      if header == "SECTION", !entries.isEmpty {
        throw cursor.wrong("the records of one section; give the file's in a copybook of its own")
      }
      cursor.advance()
      cursor.advance()
      try cursor.stop()
    }
    return true
  }

  private static let headers: [String: Set<String>] = [
    "DIVISION": ["DATA"],
    "SECTION": ["FILE", "WORKING-STORAGE", "LOCAL-STORAGE", "LINKAGE", "COMMUNICATION", "REPORT", "SCREEN"],
  ]

  private mutating func entry(_ level: Int, _ place: Place) throws(Diagnostic) -> DataItem {
    let isNamed =
      cursor.peek?.kind == .word && !Self.clauses.contains(cursor.word) && UsageClause(word: cursor.word) == nil
    let name = isNamed ? try self.name("a data-name") : "FILLER"
    var item = DataItem(level: level, name: name, place: place)
    try clauses(of: &item)
    try cursor.stop()
    return item
  }

  /// A word that may be a name: it has a letter and no other meaning in an entry.
  mutating func name(_ expected: String) throws(Diagnostic) -> String {
    guard let token = cursor.peek, token.kind == .word, case let word = token.word, !Self.reserved.contains(word),
      UsageClause(word: word) == nil,
      token.text.unicodeScalars.allSatisfy({ $0.isOfName || "#@$:".unicodeScalars.contains($0) }),
      token.text.unicodeScalars.contains(where: { !"0123456789-_".unicodeScalars.contains($0) })
    else { throw cursor.wrong(expected) }
    cursor.advance()
    return word
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
    repeat {
      let from = try literal("a value or a full stop")
      values.append(
        Condition.Values(from: from, through: cursor.skip("THRU", "THROUGH") ? try literal("a value") : nil))
    } while cursor.peek.map { $0.kind != .stop && $0.word != "WHEN" && $0.word != "FALSE" } ?? false
    // [WHEN SET TO] FALSE IS value: the value that SET … TO FALSE moves.
    if cursor.skip("WHEN") {
      cursor.skip("SET")
      cursor.skip("TO")
      guard cursor.word == "FALSE" else { throw cursor.wrong("FALSE") }
    }
    if cursor.skip("FALSE") {
      cursor.skip("IS")
      _ = try literal("a value")
    }
    try cursor.stop()
    entries[entries.count - 1].conditions.append(Condition(name: name, values: values))
  }
}
