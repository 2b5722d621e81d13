/// The reference format of copybook text.
package enum SourceForm: String, Hashable, Sendable, CaseIterable {
  /// Fixed or free, determined from the text.
  case auto
  /// Columns 1–6 and 73–80 are ignored, column 7 is the indicator, 8–72 is text.
  case fixed
  /// The whole line is text.
  case free
}

/// One character of a line with its place.
struct SourceCharacter {
  let scalar: Unicode.Scalar
  let line: Int
  let column: Int
}

/// A line with its continuation lines.
struct LogicalLine {
  var text: [SourceCharacter]
  /// The text behind column 72 of the fixed form, when it is not an identification.
  var cut: ArraySlice<SourceCharacter>
}

/// Splits copybook text into logical lines: comments, directives and blank lines left out, continued lines joined.
///
/// Columns of the fixed form are those of a mainframe's screen: a full-width character takes two, a tab advances to the
/// next multiple of 8. A character in column 7 that is not an indicator belongs to the text, as in sources that begin
/// there.
struct SourceReader {
  private let lines: [ArraySlice<Unicode.Scalar>]
  private var index = 0
  private var isFixed: Bool

  init(_ text: String, form: SourceForm) {
    lines = Self.split(text)
    isFixed = form == .fixed
    if form == .auto { isFixed = SourceForm.isFixed(lines.lazy.map { SourceLine($0) }) }
  }

  /// The next logical line; `nil` after the last.
  mutating func next() -> LogicalLine? {
    while index < lines.count {
      let line = SourceLine(lines[index])
      index += 1
      if let form = line.directiveForm { isFixed = form == .fixed }
      guard !line.isSkipped(fixed: isFixed) else { continue }
      var logical = characters(of: line, at: index)
      var last = (line: line, number: index)
      var cut: ArraySlice<SourceCharacter> = []
      var quote = Self.openQuote(logical[...], after: nil)
      while isFixed, let more = continuation() {
        if cut.isEmpty { cut = characters(cutFrom: last.line, at: last.number, continues: true) }
        let start = join(&logical, last.line.width, characters(of: more, at: index), quote)
        quote = Self.openQuote(logical[start...], after: quote)
        last = (more, index)
      }
      if isFixed, cut.isEmpty { cut = characters(cutFrom: last.line, at: last.number, continues: false) }
      return LogicalLine(text: logical, cut: cut)
    }
    return nil
  }

  /// Moves to the next line if it continues this one; comments and blank lines may be between them.
  private mutating func continuation() -> SourceLine? {
    var next = index
    while next < lines.count {
      let line = SourceLine(lines[next])
      next += 1
      if line.isSkipped(fixed: true), line.directiveForm == nil { continue }
      guard line.indicator == "-" else { return nil }
      index = next
      return line
    }
    return nil
  }

  private func characters(of line: SourceLine, at number: Int) -> [SourceCharacter] {
    line.text(fixed: isFixed).map { SourceCharacter(scalar: $0.scalar, line: number, column: $0.position + 1) }
  }

  private func characters(cutFrom line: SourceLine, at number: Int, continues: Bool) -> ArraySlice<SourceCharacter> {
    let cut = line.cut(continues: continues)
    guard !cut.isEmpty else { return [] }
    let text = characters(of: line, at: number)
    let comment = text.indices.first { index in
      text[index...].prefix(2).map(\.scalar) == ["*", ">"] && Self.openQuote(text[..<index], after: nil) == nil
    }
    guard comment == nil else { return [] }
    return cut.map { SourceCharacter(scalar: $0.scalar, line: number, column: $0.position + 1) }[...]
  }

  /// An open literal continues after the quotation mark of the next line, including blanks up to column 72; a word
  /// continues with the next line's first character.
  ///
  /// - Returns: the place at which the next line's characters begin.
  private func join(
    _ logical: inout [SourceCharacter], _ width: Int, _ more: [SourceCharacter], _ quote: Unicode.Scalar?
  ) -> Int {
    let first = more.firstIndex { !$0.scalar.isBlank } ?? more.endIndex
    guard let quote else {
      while let last = logical.last, last.scalar.isBlank { logical.removeLast() }
      logical += more[first...]
      return logical.count - (more.count - first)
    }
    if let last = logical.last {
      let blank = SourceCharacter(scalar: " ", line: last.line, column: last.column)
      logical += Array(repeating: blank, count: max(0, 72 - width))
    }
    let opens = first < more.endIndex && more[first].scalar == quote
    let rest = more[(opens ? first + 1 : first)...]
    logical += rest
    return logical.count - rest.count
  }

  /// The quotation mark of a literal that is still open after these characters.
  private static func openQuote(
    _ characters: ArraySlice<SourceCharacter>, after quote: Unicode.Scalar?
  ) -> Unicode.Scalar? {
    var open = quote
    for (index, character) in zip(characters.indices, characters) {
      let scalar = character.scalar
      if let quote = open {
        if scalar == quote { open = nil }
      } else if scalar == "'" || scalar == "\"" {
        open = scalar
      } else if scalar == "*", index + 1 < characters.endIndex, characters[index + 1].scalar == ">" {
        return nil
      }
    }
    return open
  }

  /// Lines without their ends (LF, CR LF, CR), a byte order mark and form feeds at their beginning.
  private static func split(_ text: String) -> [ArraySlice<Unicode.Scalar>] {
    let scalars = Array(text.unicodeScalars)
    var lines: [ArraySlice<Unicode.Scalar>] = []
    var start = scalars.first == "\u{FEFF}" ? 1 : 0
    var index = start
    while index <= scalars.count {
      if index == scalars.count || scalars[index] == "\n" || scalars[index] == "\r" {
        lines.append(scalars[start..<index].drop { $0 == "\u{0C}" })
        if index + 1 < scalars.count, scalars[index] == "\r", scalars[index + 1] == "\n" { index += 1 }
        start = index + 1
      }
      index += 1
    }
    return lines
  }
}
