import Evidence

extension EntryReader {
  /// Words that begin a clause, so that an entry without a name is told from one with a name.
  static let clauses: Set<String> = [
    "PIC", "PICTURE", "REDEFINES", "OCCURS", "USAGE", "SIGN", "JUST", "JUSTIFIED", "BLANK", "VALUE", "VALUES", "SYNC",
    "SYNCHRONIZED", "LEADING", "TRAILING", "IS", "GLOBAL", "EXTERNAL", "VOLATILE", "RENAMES",
  ]

  mutating func clauses(of item: inout DataItem) throws(Diagnostic) {
    while let token = cursor.peek, token.kind == .word {
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
        cursor.skip("RIGHT")
      case "BLANK":
        cursor.skip("WHEN")
        guard cursor.skip("ZERO", "ZEROS", "ZEROES") else { throw cursor.wrong("ZERO") }
        item.blankWhenZero = true
      case "VALUE", "VALUES":
        cursor.skip("IS", "ARE")
        item.value = try literal()
      case "SYNC", "SYNCHRONIZED":
        item.synchronized = true
        cursor.skip("LEFT", "RIGHT")
      case "IS", "GLOBAL", "EXTERNAL", "VOLATILE": break
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
    guard let token = cursor.peek, token.kind == .word else { throw cursor.wrong("a picture") }
    cursor.advance()
    do throws(Picture.Flaw) {
      item.picture = try Picture.parse(token.text, decimalComma: decimalComma)
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
    item.occursMinimum = ranges ? item.occurs : 1
    if cursor.skip("TO") { item.occurs = try number(from: max(1, item.occurs)) }
    item.isTable = true
    cursor.skip("TIMES")
    while true {
      if cursor.skip("DEPENDING") {
        cursor.skip("ON")
        item.dependingOnPlace = cursor.peek?.place
        item.dependingOnPath = try path("a data-name")
        item.dependingOn = item.dependingOnPath[0]
      } else if cursor.word == "ASCENDING" || cursor.word == "DESCENDING" {
        cursor.advance()
        cursor.skip("KEY", "IS")
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
    guard let token = cursor.peek, let number = Int(token.text), (minimum...LayoutLimit.bytes).contains(number) else {
      throw cursor.wrong("a number of occurrences from \(max(1, minimum))")
    }
    cursor.advance()
    return number
  }

  /// One name or several, up to the next clause.
  private mutating func names() throws(Diagnostic) {
    let ends: Set<String> = ["DEPENDING", "ASCENDING", "DESCENDING", "INDEXED"]
    _ = try path("a name")
    while cursor.peek?.kind == .word, !ends.contains(cursor.word), !Self.clauses.contains(cursor.word),
      UsageClause(word: cursor.word) == nil
    { _ = try path("a name") }
  }
}
