import Base

extension EntryReader {
  /// Words that begin a clause, which distinguish an entry without a name from one with a name.
  static let clauses: Set<String> = [
    "PIC", "PICTURE", "REDEFINES", "OCCURS", "USAGE", "SIGN", "JUST", "JUSTIFIED", "BLANK", "VALUE", "VALUES", "SYNC",
    "SYNCHRONIZED", "LEADING", "TRAILING", "IS", "GLOBAL", "EXTERNAL", "VOLATILE", "RENAMES",
  ]

  /// Words that are never names: those of clauses, and those that may follow within one.
  static let reserved = clauses.union([
    "ALL", "ARE", "ASCENDING", "BY", "CHARACTER", "CONSTANT", "COPY", "DEPENDING", "DESCENDING", "DIVISION", "EXEC",
    "FALSE", "FD", "IN", "INDEXED", "KEY", "OF", "ON", "REPLACE", "RIGHT", "SECTION", "SEPARATE", "SIGNED", "THROUGH",
    "THRU", "TIMES", "TO", "UNSIGNED", "WHEN", "ZERO", "ZEROS", "ZEROES", "SPACE", "SPACES",
  ])

  /// Clauses with two spellings.
  private static let synonyms = [
    "PICTURE": "PIC", "JUSTIFIED": "JUST", "VALUES": "VALUE", "SYNCHRONIZED": "SYNC", "LEADING": "SIGN",
    "TRAILING": "SIGN",
  ]

  /// Clauses up to the full stop, each once.
  mutating func clauses(of item: inout DataItem) throws(Diagnostic) {
    var seen: Set<String> = []
    while let token = cursor.peek, token.kind == .word {
      let clause = Self.synonyms[token.word] ?? token.word
      if Self.clauses.contains(token.word), clause != "IS", !seen.insert(clause).inserted {
        throw cursor.wrong("one \(clause) clause")
      }
      cursor.advance()
      switch token.word {
      case "PIC", "PICTURE": try picture(&item)
      case "REDEFINES": item.redefines = try name("a data-name")
      case "OCCURS": try occurs(&item)
      case "USAGE":
        cursor.skip("IS")
        try usage(&item)
      case "SIGN", "LEADING", "TRAILING": try sign(&item, token)
      case "JUST", "JUSTIFIED":
        item.justifiedRight = true
        item.clausePlaces["JUSTIFIED"] = token.place
        cursor.skip("RIGHT")
      case "BLANK":
        cursor.skip("WHEN")
        item.clausePlaces["BLANK WHEN ZERO"] = token.place
        guard cursor.skip("ZERO", "ZEROS", "ZEROES") else { throw cursor.wrong("ZERO") }
        item.blankWhenZero = true
      case "VALUE", "VALUES":
        cursor.skip("IS", "ARE")
        item.value = try literal("a value")
      case "SYNC", "SYNCHRONIZED":
        item.synchronized = true
        cursor.skip("LEFT", "RIGHT")
      case "IS":
        guard ["GLOBAL", "EXTERNAL", "VOLATILE"].contains(cursor.word) else {
          throw cursor.wrong("GLOBAL, EXTERNAL or VOLATILE")
        }
      case "GLOBAL", "EXTERNAL", "VOLATILE": break
      default:
        guard let clause = UsageClause(word: token.word) else {
          throw cursor.wrong("a clause (PIC, USAGE, OCCURS, REDEFINES …) or a full stop", at: token)
        }
        try set(clause, token, &item)
      }
    }
  }

  private mutating func picture(_ item: inout DataItem) throws(Diagnostic) {
    cursor.skip("IS")
    guard let token = cursor.peek, token.kind == .word, !cursor.isAtLevel else { throw cursor.wrong("a picture") }
    cursor.advance()
    do throws(Picture.Flaw) {
      item.picture = try Picture.parse(picture(token.text), decimalComma: decimalComma)
    } catch {
      var place = token.place
      place.column = place.column.map { $0 + error.index }
      place.field = item.name
      throw Diagnostic(.copybookPicture, at: place, token.text, error.expected)
    }
  }

  private mutating func usage(_ item: inout DataItem) throws(Diagnostic) {
    guard let token = cursor.peek, let clause = UsageClause(word: token.word) else {
      throw cursor.wrong("a usage (DISPLAY, COMP, COMP-3, COMP-5, NATIONAL …)")
    }
    cursor.advance()
    try set(clause, token, &item)
  }

  private mutating func set(_ clause: UsageClause, _ token: Token, _ item: inout DataItem) throws(Diagnostic) {
    guard item.usageClause == nil else { throw cursor.wrong("one usage", at: token) }
    item.usageClause = clause
    item.usagePlace = token.place
    item.usage = clause.usage
    if clause.width != nil {
      item.isUnsigned = cursor.word == "UNSIGNED"
      cursor.skip("SIGNED", "UNSIGNED")
    }
  }

  private mutating func sign(_ item: inout DataItem, _ first: Token) throws(Diagnostic) {
    item.clausePlaces["SIGN"] = first.place
    var word = first.word
    if word == "SIGN" {
      cursor.skip("IS")
      word = cursor.word
      guard cursor.skip("LEADING", "TRAILING") else { throw cursor.wrong("LEADING or TRAILING") }
    }
    let separate = cursor.skip("SEPARATE")
    if separate { cursor.skip("CHARACTER") }
    item.signClause = SignPosition(leading: word == "LEADING", separate: separate)
  }

  /// `OCCURS [m TO] n [TIMES] [DEPENDING ON a] [ASCENDING KEY …] [INDEXED BY …]`.
  private mutating func occurs(_ item: inout DataItem) throws(Diagnostic) {
    let ranges = cursor.second?.word == "TO"
    item.occurs = try number(from: ranges ? 0 : 1)
    var phrases: Set<String> = []
    item.occursMinimum = ranges ? item.occurs : 1
    if cursor.skip("TO") { item.occurs = try number(from: max(1, item.occurs)) }
    item.isTable = true
    cursor.skip("TIMES")
    while true {
      if ["DEPENDING", "INDEXED"].contains(cursor.word), !phrases.insert(cursor.word).inserted {
        throw cursor.wrong("one \(cursor.word) phrase")
      }
      if cursor.skip("DEPENDING") {
        cursor.skip("ON")
        item.dependingOnPlace = cursor.peek?.place
        item.dependingOnPath = try path("a data-name")
        item.dependingOn = item.dependingOnPath[0]
      } else if cursor.word == "ASCENDING" || cursor.word == "DESCENDING" {
        cursor.advance()
        cursor.skip("KEY")
        cursor.skip("IS")
        try names()
      } else if cursor.skip("INDEXED") {
        cursor.skip("BY")
        try names()
      } else {
        break
      }
    }
    guard item.dependingOn != nil || !ranges else { throw cursor.wrong("DEPENDING ON") }
    if item.dependingOn == nil { item.occursMinimum = item.occurs }
  }

  private mutating func number(from minimum: Int) throws(Diagnostic) -> Int {
    let text = cursor.isAtLevel ? nil : cursor.peek.map { constants[$0.word]?.text ?? $0.text }
    guard let number = text.flatMap({ Int($0) }), (minimum...LayoutLimit.bytes).contains(number) else {
      throw cursor.wrong("a number of occurrences from \(max(1, minimum))")
    }
    cursor.advance()
    return number
  }

  /// One name or several, up to the next clause.
  private mutating func names() throws(Diagnostic) {
    repeat {
      _ = try path("a name")
    } while cursor.peek?.kind == .word && !Self.reserved.contains(cursor.word)
      && UsageClause(word: cursor.word) == nil && !cursor.isAtLevel
  }
}
