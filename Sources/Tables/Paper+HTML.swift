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
    let facts = facts.map { fact -> HTML in
      "<div><dt>\(fact.name)</dt><dd>\(Self.inline(fact.value, words))</dd></div>"
    }
    let restricted: HTML =
      isRestricted ? "<p class=\"restricted\"><strong>\(words("取扱注意", "Restricted"))</strong> \(readers)</p>" : ""
    let parts = sections.enumerated().map { section($1, $0, words, prefix ?? "") }
    return """
      <header class="head"><h1>\(title)</h1>\(restricted)
      <dl class="facts">\(facts)\(readers.isEmpty ? "" : "<div><dt>\(words("配付先", "For"))</dt><dd>\(readers)</dd></div>" as HTML)</dl></header>
      \(prefix == nil ? "<main>\(parts)</main>" as HTML : "\(parts)")
      <footer class="foot"><code>\(foot)</code></footer>
      """
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
        "<div class=\"card\"><dt>\(figure.name)</dt><dd>\(Self.inline(figure.value, words))</dd></div>"
      }
      return "<dl class=\"cards\">\(cards)</dl>"
    case .facts(let facts):
      let lines = facts.map { fact -> HTML in
        "<div><dt>\(fact.name)</dt><dd>\(Self.inline(fact.value, words))</dd></div>"
      }
      return "<dl class=\"facts\">\(lines)</dl>"
    case .table(let table): return self.table(table, words)
    case .chart(let chart):
      return """
        <figure><figcaption>\(chart.title)</figcaption>\(chart.svg(words))</figure>
        """
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

  // MARK: tables

  private func table(_ table: Table, _ words: Words) -> HTML {
    guard !table.rows.isEmpty else {
      let none = table.none.isEmpty ? words("該当なし。", "None.") : table.none
      return "<p class=\"none\"><strong>\(table.title)</strong>　\(none)</p>"
    }
    let heads = table.columns.map { column -> HTML in
      "<th scope=\"col\"\(Self.style(column.form, column.width.map { "mm\($0)" }))>\(column.title)</th>"
    }
    let shown = Array(table.rows.prefix(table.limit))
    let spans = Self.spans(table, shown)
    let rows = shown.indices.map { row(table, shown, spans, $0, words) }
    let cut: HTML =
      table.rows.count > shown.count
      ? "<p class=\"cut\">\(words("\(words.number(table.rows.count))件のうち\(words.number(shown.count))件。", "\(words.number(shown.count)) of \(words.number(table.rows.count)). "))\(whole)</p>"
      : ""
    return "\(HTML.table(table.title, heads: heads, rows: rows))\(cut)"
  }

  /// For each column the number of rows that a cell spans, by row; 0 where the cell above continues. A cell ends where
  /// its column's value or an earlier column's changes, and after six rows: a longer one would not break between
  /// sheets.
  private static func spans(_ table: Table, _ rows: [Table.Row]) -> [[Int]] {
    var spans: [[Int]] = []
    var begins: Set<Int> = []
    for (place, column) in table.columns.enumerated() {
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

  private func row(
    _ table: Table, _ rows: [Table.Row], _ spans: [[Int]], _ index: Int, _ words: Words
  ) -> HTML {
    let row = rows[index]
    var cells: [HTML] = []
    for (place, column) in table.columns.enumerated() {
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

  private func content(_ cell: Cell, _ column: Table.Column, _ words: Words) -> HTML {
    let inline: HTML
    if case .date(let iso) = cell {
      inline = "<time datetime=\"\(iso)\">\(words.shortDate(iso))</time>"
    } else {
      inline = Self.inline(cell, words)
    }
    guard let lines = column.lines else { return inline }
    return "<div class=\"clamp lines\(lines)\">\(inline)</div>"
  }

  private static func style(_ form: Table.Column.Form, _ more: String? = nil) -> HTML {
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

  private static func inline(_ cell: Cell, _ words: Words) -> HTML {
    switch cell {
    case .mark(let word, let tone): return "<span class=\"tag \(tone.rawValue)\">\(word)</span>"
    case .unknown(let word): return "<span class=\"unknown\">\(word)</span>"
    case .code(let text): return "<code>\(text)</code>"
    case .pair(let old, let new) where old != new:
      return """
        <span class="bad">\(words.number(new))<br><small>\(words("旧", "old")) \(words.number(old))<br>\(words("差", "diff.")) \(words.number(new - old))</small></span>
        """
    default: return "\(words.text(cell))"
    }
  }
}

extension Words {
  /// `R元.11.29` in the narrow columns of a Japanese table, otherwise the ISO date.
  package func shortDate(_ iso: String) -> String {
    guard language == .japanese, let date = CivilDate.parse(iso.prefix(10)), let era = Era.of(date) else {
      return String(iso.prefix(10))
    }
    let letters = ["M", "T", "S", "H", "R"]
    let year = Int(date / 10_000) - era.firstYear + 1
    return "\(letters[era.digit - 1])\(year == 1 ? "元" : String(year)).\(date / 100 % 100).\(date % 100)"
  }
}
