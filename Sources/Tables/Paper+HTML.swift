import Base
import Records

extension Paper {
  /// The paper as a self-contained page, for screen and A4.
  ///
  /// - Parameter other: the same paper in the other language, to be chosen on the page.
  package func html(beside other: Paper? = nil) -> String {
    let words = Words(language: language)
    let content: HTML
    if let other {
      let papers = [self, other].sorted { $0.language == .japanese && $1.language != .japanese }
      let picks = papers.map { paper -> HTML in
        let name = paper.language.rawValue
        return """
          <input class="pick" type="radio" name="language" id="\(name)" aria-label="\(paper.languageName)"\(paper.language == language ? " checked" : "" as HTML)>

          """
      }
      let labels = papers.map { paper -> HTML in
        "<label for=\"\(paper.language.rawValue)\" lang=\"\(paper.language.rawValue)\">\(paper.languageName)</label>"
      }
      let pages = papers.map { paper -> HTML in
        "<main lang=\"\(paper.language.rawValue)\">\(paper.content(within: paper.language.rawValue + "-"))</main>\n"
      }
      content = "\(picks)<div class=\"switch\">\(labels)</div>\n\(pages)"
    } else {
      content = self.content(within: nil)
    }
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(title)</title><style>\(Style.sheet)\(PaperStyle.sheet)\(PaperStyle.sizes(self))\(PaperStyle.margins(self, words))</style></head>
      <body class="paper\(isDense ? " dense" : "")">\(content)
      </body></html>
      """
    return page.text + "\n"
  }

  private var languageName: String { language == .japanese ? "日本語" : "English" }

  /// - Parameter prefix: the prefix of the ids, when the paper is part of a page with others; otherwise `nil`.
  private func content(within prefix: String?) -> HTML {
    let words = Words(language: language)
    let rest: HTML = readers.isEmpty ? "" : "<div><dt>\(words("配付先", "For"))</dt><dd>\(readers)</dd></div>"
    let restricted: HTML =
      isRestricted ? "<p class=\"restricted\"><strong>\(words("取扱注意", "Restricted"))</strong> \(readers)</p>" : ""
    let parts = sections.enumerated().map { section($1, $0, words, prefix ?? "") }
    return """
      <header class="head"><h1>\(title)</h1>\(restricted)
      \(HTML.facts(facts, words, and: rest))\(contents(words, prefix ?? ""))</header>
      \(prefix == nil ? "<main>\(parts)</main>" as HTML : "\(parts)")
      <footer class="foot"><code>\(foot)</code></footer>
      """
  }

  private func contents(_ words: Words, _ prefix: String) -> HTML {
    guard hasContents else { return "" }
    let lines = sections.enumerated().map { place, section -> HTML in
      "<li><a href=\"#\(prefix)s\(place)\">\(section.title)</a></li>"
    }
    return "<nav class=\"contents\" aria-label=\"\(words("目次", "Contents"))\"><ol>\(lines)</ol></nav>"
  }

  private func section(_ section: Section, _ index: Int, _ words: Words, _ prefix: String) -> HTML {
    let style: HTML = section.startsPage && index > 0 ? " class=\"sheet\"" : ""
    return """
      <section\(style) aria-labelledby="\(prefix)s\(index)"><h2 id="\(prefix)s\(index)">\(section.title)</h2>
      \(section.blocks.map { block($0, words) })</section>

      """
  }

  private func block(_ block: Block, _ words: Words) -> HTML {
    switch block {
    case .light(let tone, let word, let meaning): return light(tone, word, meaning)
    case .heading(let text): return "<h3>\(text)</h3>"
    case .paragraph(let text, let tone): return "<p class=\"\(tone.rawValue)\">\(text)</p>"
    case .figures(let figures):
      let cards = figures.map { figure -> HTML in
        "<div class=\"card\"><dt>\(figure.name)</dt><dd>\(figure.value.html(words))</dd></div>"
      }
      return "<dl class=\"cards\">\(cards)</dl>"
    case .facts(let facts): return .facts(facts, words)
    case .sentences(let facts): return .sentences(facts, words)
    case .table(let table) where table.limit == 0: return ""
    case .table(let table): return table.html(words, whole: whole)
    case .chart(let chart): return chart.figure(words)
    case .seals(let names):
      let boxes = names.map { name -> HTML in "<div><span>\(name)</span></div>" }
      return "<div class=\"seals\">\(boxes)</div>"
    }
  }

  /// Three lamps of which one is lit; the word is beside it.
  private func light(_ tone: Tone, _ word: String, _ meaning: String) -> HTML {
    let lamps = [Tone.bad, .warn, .good].enumerated().map { index, lamp -> HTML in
      let style = lamp == tone ? "lamp \(lamp.rawValue)" : "lamp off"
      return "<circle class=\"\(style)\" cx=\"14\" cy=\"\(14 + index * 24)\" r=\"10\"/>"
    }
    return """
      <div class="verdict \(tone.rawValue)"><svg class="light" width="28" height="76" viewBox="0 0 28 76" role="img" aria-label="\(word)">\(lamps)</svg>\
      <b>\(word)</b><span>\(meaning)</span></div>
      """
  }
}

extension HTML {
  /// Names and values below each other.
  ///
  /// - Parameter rest: more of them, already written.
  package static func facts(_ facts: [Paper.Fact], _ words: Words, and rest: HTML = "") -> HTML {
    let lines = facts.map { fact -> HTML in
      "<div><dt>\(fact.name)</dt><dd>\(fact.value.html(words))</dd></div>"
    }
    return "<dl class=\"facts\">\(lines)\(rest)</dl>"
  }

  /// Names and sentences below each other, in the full width.
  package static func sentences(_ facts: [Paper.Fact], _ words: Words) -> HTML {
    "<div class=\"sentences\">\(HTML.facts(facts, words))</div>"
  }

  /// A sentence in which numbers of checks and items do not break at their hyphens.
  fileprivate static func sentence(_ text: String) -> HTML {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map { word -> HTML in
      let isNumber = word.contains("-") && word.utf8.allSatisfy { $0 < 0x80 } && word.count < 30
      return isNumber ? "<span class=\"whole\">\(String(word))</span>" : "\(String(word))"
    }
    return .row(parts, by: " ")
  }

  /// Pieces one after the other.
  package static func row(_ pieces: [HTML], by separator: HTML = ", ") -> HTML {
    var row: HTML = ""
    for (index, piece) in pieces.enumerated() { row = index == 0 ? piece : "\(row)\(separator)\(piece)" }
    return row
  }
}

extension Table {
  /// The table, in a region that scrolls by itself where the screen is narrow.
  ///
  /// - Parameter whole: the place of the complete list, for a table that is cut.
  package func html(_ words: Words, whole: String = "") -> HTML {
    guard !rows.isEmpty else {
      let none = none.isEmpty ? words("該当なし。", "None.") : none
      return "<p class=\"none\"><strong>\(title)</strong>　\(none)</p>"
    }
    let heads = columns.map { column -> HTML in
      "<th scope=\"col\"\(Self.style(column.form, column.width.map { "mm\($0)" }))>\(column.title)</th>"
    }
    let shown = Array(rows.prefix(limit))
    let spans = spans(shown)
    let lines = shown.indices.map { row(shown, spans, $0, words) }
    let cut: HTML =
      number > shown.count
      ? "<p class=\"cut\">\(words("\(words.number(number))件のうち\(words.number(shown.count))件。", "\(words.number(shown.count)) of \(words.number(number)). "))\(whole)</p>"
      : ""
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table><caption>\(title)</caption>\
      <thead><tr>\(heads)</tr></thead><tbody>
      \(lines)</tbody></table></div>\(cut)
      """
  }

  /// For each column the number of rows that a cell spans, by row; 0 where the cell above continues. A cell ends where
  /// its column's value or an earlier column's changes, and after six rows: a longer one would not break between
  /// sheets.
  private func spans(_ rows: [Row]) -> [[Int]] {
    var spans: [[Int]] = []
    var begins: Set<Int> = []
    for (place, column) in columns.enumerated() {
      var lengths = Array(repeating: 1, count: rows.count)
      defer { spans.append(lengths) }
      guard column.merges else { continue }
      var start = 0
      for row in rows.indices.dropFirst() {
        let goesOn =
          !begins.contains(row) && !rows[row].isTotal && row - start < 6
          && rows[row].cells[place] == rows[row - 1].cells[place]
        if goesOn {
          lengths[start] += 1
          lengths[row] = 0
        } else {
          start = row
          begins.insert(row)
        }
      }
    }
    return spans
  }

  private func row(_ rows: [Row], _ spans: [[Int]], _ index: Int, _ words: Words) -> HTML {
    let row = rows[index]
    var cells: [HTML] = []
    for (place, column) in columns.enumerated() {
      let length = spans[place][index]
      if length == 0 { continue }
      let cell = place < row.cells.count ? row.cells[place] : .empty
      let span: HTML = length > 1 ? " rowspan=\"\(length)\"" : ""
      let content = content(cell, column, words)
      if column.isHead {
        let scope = span.text.isEmpty ? "row" : "rowgroup"
        cells.append("<th scope=\"\(scope)\"\(span)\(Self.style(column.form))>\(content)</th>")
      } else {
        cells.append("<td\(span)\(Self.style(column.form))>\(content)</td>")
      }
    }
    let styles = [row.tone == .plain ? "" : row.tone.rawValue, row.isTotal ? "total" : ""].filter { !$0.isEmpty }
    let style: HTML = styles.isEmpty ? "" : " class=\"\(styles.joined(separator: " "))\""
    return "<tr\(style)>\(cells)</tr>\n"
  }

  private func content(_ cell: Cell, _ column: Column, _ words: Words) -> HTML {
    let inline = cell.html(words, isNarrow: true)
    guard let lines = column.lines else { return inline }
    return "<div class=\"clamp lines\(lines)\">\(inline)</div>"
  }

  private static func style(_ form: Column.Form, _ more: String? = nil) -> HTML {
    let own: String? =
      switch form {
      case .number, .pair: "n"
      case .id: "id"
      case .date: "w"
      case .mark: "m"
      case .blank: "blank"
      case .text: nil
      }
    let classes = [own, more].compactMap { $0 }
    return classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
  }
}

extension Cell {
  /// The cell on a page.
  ///
  /// - Parameter isNarrow: whether it is in a column of a table, where dates are short.
  package func html(_ words: Words, isNarrow: Bool = false) -> HTML {
    switch self {
    case .date(let iso) where isNarrow: "<time datetime=\"\(iso)\">\(words.shortDate(iso))</time>"
    case .late(let iso):
      "<span class=\"tag bad\">\(isNarrow ? Cell.date(iso).html(words, isNarrow: true) : "\(words.date(iso))")</span>"
    case .mark(let word, let tone): "<span class=\"tag \(tone.rawValue)\">\(word)</span>"
    case .unknown(let word): "<span class=\"unknown\">\(word)</span>"
    case .code(let text): "<code>\(text)</code>"
    case .changed(let text): "<mark>\(text)</mark>"
    case .soft(let text): "<span class=\"soft\">\(HTML.sentence(text))</span>"
    case .link(let cell, let address): "<a href=\"\(address)\">\(cell.html(words, isNarrow: isNarrow))</a>"
    case .several(let cells, let separator):
      .row(
        cells.filter { $0 != .empty }.map { $0.html(words, isNarrow: isNarrow) },
        by: separator == "\n" ? "<br>" : "\(separator)")
    case .pick(let value, let name):
      "<input type=\"checkbox\" name=\"item\" value=\"\(value)\" aria-label=\"\(name)\">"
    case .pair(let old, let new) where old != new:
      """
      <span class="bad">\(words.number(new))<br><small>\(words("旧", "old")) \(words.number(old))<br>\(words("差", "diff.")) \(words.number(new - old))</small></span>
      """
    case .text(let text): .sentence(text)
    default: "\(words.text(self))"
    }
  }
}
