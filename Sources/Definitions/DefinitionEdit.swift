import Base
import Yams

/// A change of one text in a definition file; comments, order and the notation of everything else stay.
package struct DefinitionEdit {
  /// Where the text begins, as ``DefinitionNode/place`` says, from 1.
  package let line: Int
  package let column: Int
  package let old: String
  package let new: String

  package init(line: Int, column: Int, old: String, new: String) {
    self.line = line
    self.column = column
    self.old = old
    self.new = new
  }

  /// Applies edits of different places to the text of a file, and proves that nothing else has changed: both texts are
  /// parsed and compared node by node.
  ///
  /// - Throws: `definition.edit` for a text that is not where it should be, or that cannot be replaced in its place.
  package static func apply(_ edits: [DefinitionEdit], to text: String, name: String) throws(Diagnostic) -> String {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    for edit in edits.sorted(by: { ($1.line, $1.column) < ($0.line, $0.column) }) {
      try edit.apply(to: &lines, name)
    }
    var changed = String.UnicodeScalarView()
    for (index, line) in lines.enumerated() {
      if index > 0 { changed.append("\n") }
      changed.append(contentsOf: line)
    }
    let result = String(changed)
    try prove(edits, text, result, name)
    return result
  }

  private func refusal(_ name: String, _ why: String) -> Diagnostic {
    Diagnostic(.definitionEdit, at: Place(file: name, line: line, column: column), why)
  }

  private func apply(to lines: inout [[Unicode.Scalar]], _ name: String) throws(Diagnostic) {
    let (row, start) = (line - 1, column - 1)
    guard lines.indices.contains(row), start < lines[row].count else {
      throw refusal(name, old)
    }
    // A file with CRLF keeps it.
    let returns: [Unicode.Scalar] = lines[row].last == "\r" ? ["\r"] : []
    let isInFlow = Self.isInFlow(lines[row][..<start])
    let written = Self.scalar(new, inFlow: isInFlow)
    let first = lines[row][start]
    switch first {
    case "&", "*", "!": throw refusal(name, old)
    case "'", "\"":
      let end = try closing(first, lines, row, start, name)
      let tail = lines[end.row][(end.column + 1)...]
      lines.replaceSubrange(row...end.row, with: [Array(lines[row][..<start]) + written + tail])
    case "|", ">":
      let last = Self.lastOfBlock(lines, row)
      lines.replaceSubrange(row...last, with: [Array(lines[row][..<start]) + written + returns])
    default:
      let source = Array(old.unicodeScalars)
      if lines[row][start...].starts(with: source) {
        lines[row].replaceSubrange(start..<start + source.count, with: written)
      } else {
        // A plain text on several lines.
        guard !isInFlow else { throw refusal(name, old) }
        let last = Self.lastOfBlock(lines, row)
        lines.replaceSubrange(row...last, with: [Array(lines[row][..<start]) + written + returns])
      }
    }
  }

  /// Whether a `{` or `[` is open before the place on its line.
  private static func isInFlow(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
    var depth = 0
    var quote: Unicode.Scalar?
    for scalar in before {
      if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
      } else if scalar == "{" || scalar == "[" {
        depth += 1
      } else if scalar == "}" || scalar == "]" {
        depth -= 1
      }
    }
    return depth > 0
  }

  private func closing(
    _ quote: Unicode.Scalar, _ lines: [[Unicode.Scalar]], _ row: Int, _ start: Int, _ name: String
  ) throws(Diagnostic) -> (row: Int, column: Int) {
    var (row, column) = (row, start + 1)
    while row < lines.count {
      while column < lines[row].count {
        let scalar = lines[row][column]
        if quote == "\"", scalar == "\\" {
          column += 2
          continue
        }
        if scalar == quote {
          // A doubled quote stands for itself.
          guard quote == "'", column + 1 < lines[row].count, lines[row][column + 1] == "'" else { return (row, column) }
          column += 1
        }
        column += 1
      }
      (row, column) = (row + 1, 0)
    }
    throw refusal(name, old)
  }

  /// The last line of a text that goes on over lines that are indented deeper than its key; blank lines and comments
  /// behind it are not of it.
  private static func lastOfBlock(_ lines: [[Unicode.Scalar]], _ row: Int) -> Int {
    func indent(_ line: [Unicode.Scalar]) -> Int? { line.firstIndex { $0 != " " && $0 != "\r" } }
    let own = indent(lines[row]) ?? 0
    var last = row
    for next in lines.indices[(row + 1)...] {
      guard let depth = indent(lines[next]) else { continue }
      if depth <= own || lines[next][depth] == "#" { break }
      last = next
    }
    return last
  }

  /// A text as a scalar on one line: plain where that cannot be misread, else in single quotes.
  private static func scalar(_ text: String, inFlow: Bool) -> [Unicode.Scalar] {
    if text.contains("\n") || text.contains("\t") {
      let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        .replacing("\t", with: "\\t")
      return Array("\"\(escaped)\"".unicodeScalars)
    }
    let first = text.unicodeScalars.first
    let isPlain =
      first.map { !"-?:,[]{}#&*!|>'\"%@`= ".unicodeScalars.contains($0) } ?? false && !text.hasSuffix(" ")
      && !text.hasSuffix(":") && !text.contains(": ") && !text.contains(" #")
      && !(inFlow && text.contains { ",[]{}".contains($0) })
    return Array((isPlain ? text : "'\(text.replacing("'", with: "''"))'").unicodeScalars)
  }

  // MARK: proof

  private static func prove(
    _ edits: [DefinitionEdit], _ before: String, _ after: String, _ name: String
  ) throws(Diagnostic) {
    guard let edit = edits.first else { return }
    let (old, new) = (try? Yams.compose(yaml: before), try? Yams.compose(yaml: after))
    guard let old, let new else { throw edit.refusal(name, edit.new) }
    var places: [Int: [Int: DefinitionEdit]] = [:]
    for edit in edits { places[edit.line, default: [:]][edit.column] = edit }
    if let wrong = difference(old, new, places) { throw (wrong ?? edit).refusal(name, (wrong ?? edit).new) }
  }

  /// The first edit that did not come out as wanted; `.some(nil)` when something else has changed, `nil` when all is
  /// right.
  private static func difference(
    _ old: Node, _ new: Node, _ places: [Int: [Int: DefinitionEdit]]
  ) -> DefinitionEdit?? {
    switch (old, new) {
    case (.scalar(let left), .scalar(let right)):
      if let mark = left.mark, let edit = places[mark.line]?[mark.column] {
        return left.string == edit.old && right.string == edit.new ? nil : .some(edit)
      }
      return left.string == right.string ? nil : .some(nil)
    case (.mapping(let left), .mapping(let right)):
      guard left.count == right.count else { return .some(nil) }
      for (mine, theirs) in zip(left, right) {
        if let found = difference(mine.key, theirs.key, places) { return found }
        if let found = difference(mine.value, theirs.value, places) { return found }
      }
      return nil
    case (.sequence(let left), .sequence(let right)):
      guard left.count == right.count else { return .some(nil) }
      for (mine, theirs) in zip(left, right) {
        if let found = difference(mine, theirs, places) { return found }
      }
      return nil
    default: return .some(nil)
    }
  }
}
