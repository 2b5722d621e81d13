import Base

extension Paper {
  /// The paper as Markdown, for a ticket or a mail. Charts are written in words.
  package func markdown() -> String {
    let words = Words(language: language)
    var parts = ["# \(Self.escaped(title))"]
    if isRestricted { parts.append("**\(words("取扱注意", "Restricted"))** \(Self.escaped(readers))") }
    parts.append(
      facts.map { "- \(Self.escaped($0.name)): \(Self.escaped(words.text($0.value)))" }.joined(separator: "\n"))
    for section in sections {
      parts.append("## \(Self.escaped(section.title))")
      parts += section.blocks.compactMap { block($0, words) }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func block(_ block: Block, _ words: Words) -> String? {
    switch block {
    case .light(_, let word, let meaning): return "**\(Self.escaped(word))** \(Self.escaped(meaning))"
    case .heading(let text): return "### \(Self.escaped(text))"
    case .paragraph(let text, _): return Self.escaped(text)
    case .figures(let figures):
      return figures.map { "- \(Self.escaped($0.name)): **\(Self.escaped(words.text($0.value)))**" }.joined(
        separator: "\n")
    case .facts(let facts), .sentences(let facts):
      return facts.map { "- \(Self.escaped($0.name)): \(Self.escaped(words.text($0.value)))" }.joined(separator: "\n")
    case .chart(let chart): return "_\(Self.escaped(chart.title))_: \(Self.escaped(chart.alternative))"
    case .seals: return nil
    case .table(let table) where table.limit == 0: return nil
    case .table(let table):
      let none = table.none.isEmpty ? words("該当なし。", "None.") : table.none
      guard !table.rows.isEmpty else { return "**\(Self.escaped(table.title))** \(Self.escaped(none))" }
      let rules = table.columns.map { [.number, .pair].contains($0.form) ? "---:" : "---" }
      let rows = table.rows.prefix(table.limit).map { row in
        table.columns.indices.map { $0 < row.cells.count ? Self.escaped(words.text(row.cells[$0])) : "" }
      }
      let lines = ([table.columns.map { Self.escaped($0.title) }, rules] + rows).map {
        "| " + $0.joined(separator: " | ") + " |"
      }
      let cut =
        table.number > table.limit
        ? "\n\n"
          + words(
            "\(words.number(table.number))件のうち\(words.number(table.limit))件。",
            "\(words.number(table.limit)) of \(words.number(table.number)). ") + Self.escaped(whole)
        : ""
      return "**\(Self.escaped(table.title))**\n\n" + lines.joined(separator: "\n") + cut
    }
  }

  /// Escapes characters that Markdown, or the HTML in it, would interpret.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in ControlCharacter.shown(text).unicodeScalars {
      switch character {
      case "\n", "\r": escaped += " "
      case "<": escaped += "&lt;"
      case "&": escaped += "&amp;"
      case "|", "*", "_", "`", "[", "]", "\\", "#": escaped += "\\" + String(character)
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// JUnit XML for CI servers: a case for each row of the tables with a judgement. Unknown is an error, never passed.
  package func junit() -> String {
    let words = Words(language: language)
    var (tests, failures, errors) = (0, 0, 0)
    var lines: [String] = []
    for table in tables {
      guard let judge = table.columns.firstIndex(where: { $0.key == table.judges }) else { continue }
      for row in table.rows where !row.isTotal {
        let texts = row.cells.map { words.text($0) }
        let title = texts.indices.filter { $0 != judge && $0 < 3 }.map { texts[$0] }.filter { !$0.isEmpty }
        let why = Self.xml(zip(table.columns, texts).map { "\($0.title): \($1)" }.joined(separator: "; "))
        tests += 1
        var inside = ""
        switch row.cells[judge] {
        case .mark(_, .good), .mark(_, .plain): break
        case .mark(_, .warn): inside = "<system-out>\(why)</system-out>"
        case .mark(_, .bad):
          failures += 1
          inside = "<failure message=\"\(why)\"/>"
        default:
          errors += 1
          inside = "<error message=\"\(why)\"/>"
        }
        lines.append(
          "  <testcase classname=\"\(Self.xml(name + "." + table.key))\" name=\"\(Self.xml(title.joined(separator: " ")))\">\(inside)</testcase>"
        )
      }
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="\(Self.xml(title))" tests="\(tests)" failures="\(failures)" errors="\(errors)">
      \(lines.joined(separator: "\n"))
      </testsuite>

      """
  }

  /// Escaped text without characters that XML 1.0 cannot hold.
  private static func xml(_ text: String) -> String {
    HTML.escaped(
      String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value & 0xFFFE != 0xFFFE })))
  }
}
