/// One line of source text, its characters with the columns in which they begin.
struct SourceLine {
  /// `position` counts characters from 0, `column` from 1 in widths.
  typealias Cell = (scalar: Unicode.Scalar, position: Int, column: Int)

  private let cells: [Cell]
  /// The width of the line in columns.
  let width: Int

  init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var cells: [Cell] = []
    cells.reserveCapacity(scalars.count)
    var column = 1
    for (position, scalar) in scalars.enumerated() {
      cells.append((scalar, position, column))
      column = scalar == "\t" ? ((column - 1) / 8 + 1) * 8 + 1 : column + scalar.columns
    }
    self.cells = cells
    width = column - 1
  }

  private static let indicators: Set<Unicode.Scalar> = [" ", "\t", "*", "/", "-", "$", "D", "d"]

  /// The character in column 7; a blank when there is none.
  var indicator: Unicode.Scalar {
    let cell = cells.first { $0.column == 7 }
    return cell.map { Self.indicators.contains($0.scalar) ? $0.scalar : " " } ?? " "
  }

  /// True when column 7 holds a character that is not an indicator.
  var beginsInColumn7: Bool {
    cells.contains { $0.column == 7 && !$0.scalar.isBlank && !Self.indicators.contains($0.scalar) }
  }

  /// True when columns 73–80 hold a word separate from the text, after a blank in column 72.
  var hasTail: Bool {
    guard let tail = cells.firstIndex(where: { $0.column > 72 && !$0.scalar.isBlank }) else { return false }
    return cells[..<tail].last { $0.column <= 72 }?.scalar.isBlank ?? true
  }

  func text(fixed: Bool) -> ArraySlice<Cell> {
    guard fixed else { return cells[...] }
    let first = beginsInColumn7 ? 7 : 8
    let start = cells.firstIndex { $0.column >= first } ?? cells.endIndex
    let end = cells[start...].firstIndex { $0.column > 72 } ?? cells.endIndex
    return cells[start..<end]
  }

  /// The text behind column 72 that is not the identification of the fixed form. The identification has at most eight
  /// characters that end by column 80, separate from the text or behind its full stop, and cannot continue an entry.
  ///
  /// - Parameter continues: whether the next line continues this one, so that its text may reach column 72.
  func cut(continues: Bool) -> ArraySlice<Cell> {
    guard let first = cells.firstIndex(where: { $0.column > 72 && !$0.scalar.isBlank }),
      let last = cells.lastIndex(where: { !$0.scalar.isBlank })
    else { return [] }
    let tail = cells[first...last]
    let before = first > 0 ? cells[first - 1].scalar : " "
    let stands = before.isBlank || before == "." || continues
    let words = string(tail).uppercased().split(separator: " ")
    let isCode = words.contains { word in
      word.contains { ".'\"".contains($0) } || word == "*>" || EntryReader.reserved.contains(String(word))
        || UsageClause(word: String(word)) != nil
    }
    return stands && cells[last].column <= 80 && !isCode ? [] : tail
  }

  /// True for blank lines, comments, debugging lines and compiler directives.
  func isSkipped(fixed: Bool) -> Bool {
    let trimmed = cells.drop { $0.scalar.isBlank }
    guard let first = trimmed.first?.scalar else { return true }
    if isConditional || changesSizes { return false }
    if fixed, "*/$Dd".unicodeScalars.contains(indicator) { return true }
    if starts(trimmed, with: "*>") || starts(trimmed, with: ">>") || starts(trimmed, with: "$SET") { return true }
    let text = self.text(fixed: fixed).drop { $0.scalar.isBlank }
    return text.isEmpty || starts(text, with: "*>") || starts(text, with: ">>") || (!fixed && first == "*")
  }

  /// True for directives that choose between lines: `>>IF`, `>>ELSE`, `>>EVALUATE`, `$IF` and the like. They are not
  /// executed, so they are not comments either.
  var isConditional: Bool {
    var text = cells.drop { $0.scalar.isBlank }
    let sign = text.prefix { $0.scalar == ">" || $0.scalar == "$" }.count
    guard sign == 1 ? text.first?.scalar == "$" : sign == 2 else { return false }
    text = text.dropFirst(sign).drop { $0.scalar.isBlank }
    let word = string(text.prefix { $0.scalar.isOfName }).uppercased()
    return ["IF", "ELSE", "ELIF", "ELSE-IF", "END", "END-IF", "EVALUATE", "WHEN", "END-EVALUATE"].contains(word)
  }

  /// True for `$SET` with an option after which items have other sizes or places (Micro Focus: IBMCOMP, ALIGN, P64).
  /// They are not executed, so they are not comments either.
  var changesSizes: Bool {
    guard cells.contains(where: { $0.scalar == "$" }) else { return false }
    let words = string(cells[...]).uppercased().split { " (\"',)".contains($0) }
    guard let set = words.firstIndex(of: "$SET") else { return false }
    return words[set...].contains { ["IBMCOMP", "ALIGN", "P64", "COMP-6"].contains($0) }
  }

  /// The form that `>>SOURCE FORMAT IS …` or `$SET SOURCEFORMAT …` requests.
  var directiveForm: SourceForm? {
    guard cells.contains(where: { $0.scalar == ">" || $0.scalar == "$" }) else { return nil }
    let text = string(cells[...]).uppercased()
    let isDirective = text.split(separator: " ").prefix(2).contains { $0.hasPrefix(">>") || $0.hasPrefix("$SET") }
    guard isDirective, text.contains("SOURCE") else { return nil }
    return text.contains("FREE") ? .free : text.contains("FIXED") ? .fixed : nil
  }

  /// True when the text begins with a level number, read in the given form.
  func beginsWithLevel(fixed: Bool) -> Bool {
    let word = text(fixed: fixed).drop { $0.scalar.isBlank }.prefix { !$0.scalar.isBlank }
    return (1...2).contains(word.count) && word.allSatisfy { ("0"..."9").contains($0.scalar) }
  }

  private func starts(_ cells: ArraySlice<Cell>, with prefix: String) -> Bool {
    string(cells.prefix(prefix.unicodeScalars.count)).uppercased() == prefix
  }

  private func string(_ cells: ArraySlice<Cell>) -> String {
    String(String.UnicodeScalarView(cells.map(\.scalar)))
  }
}

extension SourceForm {
  /// Distinguishes the fixed form from the free one: by the reading in which more lines begin with a level number. When
  /// both have as many, it is fixed if column 7 holds only indicators, or if separate text is in 73–80.
  static func isFixed(_ lines: some Sequence<SourceLine>) -> Bool {
    var fixed = 0
    var free = 0
    var fits = true
    var tails = 0
    var longest = 0
    for line in lines {
      guard line.width > 0 else { continue }
      let comment = line.isSkipped(fixed: false)
      if !comment, !line.isSkipped(fixed: true), line.beginsWithLevel(fixed: true) { fixed += 1 }
      if !comment, line.beginsWithLevel(fixed: false) { free += 1 }
      if !comment, line.beginsInColumn7 { fits = false }
      if line.hasTail { tails += 1 }
      longest = max(longest, line.width)
    }
    return fixed == free ? fits || (tails > 0 && longest <= 80) : fixed > free
  }
}

extension Unicode.Scalar {
  /// Blanks between words; the full-width space and the end-of-file mark of old editors count.
  var isBlank: Bool { self == " " || self == "\t" || self == "\u{1A}" || (value > 0x0A && properties.isWhitespace) }

  /// Columns on a mainframe's screen: full-width characters take two.
  var columns: Int {
    switch value {
    case 0x300...0x36F, 0x200B...0x200D, 0x3099...0x309A, 0xFE00...0xFE0F: 0
    case 0..<0x370, 0x203E, 0xFF61...0xFF9F, 0xFFE8...0xFFEE: 1
    default: 2
    }
  }
}
