import Base
import Tables
import Evidence
import Records

/// What a comparison found, as a page that is whole in itself and prints on A4.
package struct ComparisonPage {
  private static let groupsShown = 200

  private let found: ComparisonEvidence
  private let time: String

  /// - Parameter time: when it was made, RFC 3339.
  package init(_ found: ComparisonEvidence, at time: String) {
    self.found = found
    self.time = time
  }

  package func html(_ language: Language) -> String {
    let words = Words(language: language)
    let title = words("データの比較", "Comparison of datasets")
    let verdict = words(found.verdict)
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(title)</title><style>\(Style.sheet)</style></head><body><main>
      <h1>\(title)</h1><p class="soft">\(words.time(time))</p>
      <div class="verdict \(found.isIdentical ? "GO" : "NO-GO")"><b>\(verdict)</b><span>\(words("説明のつかない差異", "Unexplained differences")) \(words.number(found.unexplained))\(words("件", ""))</span></div>
      \(cards(words))\(sides(words))\(columns(words))\(groups(words))\(AcceptedSection(found.rules, words).html)
      <p class="small soft">\(found.remarks.map { "\(words($0))<br>" as HTML })\(found.definitions.map { "<code>\($0)</code><br>" as HTML })\(comparisonWay(found.way, words))<br>\(words("証跡", "Evidence")) <code>\(found.evidence)</code></p>
      </main></body></html>
      """
    return page.text
  }

  private func cards(_ words: Words) -> HTML {
    let cards: [(String, Int)] = [
      (words("同じ", "Same"), found.same), (words("値が違う", "Changed"), found.changed),
      (words("左だけ", "Left only"), found.leftOnly), (words("右だけ", "Right only"), found.rightOnly),
      (words("了承済み", "Accepted"), found.accepted),
    ]
    let parts = cards.map { "<div class=\"card\"><b>\(words.number($0.1))</b><span>\($0.0)</span></div>" as HTML }
    let tolerated: HTML =
      found.tolerated == 0
      ? ""
      : "<p class=\"small soft\">\(words("「同じ」のうち\(words.number(found.tolerated))行は、許容差の範囲で違います。", "\(words.number(found.tolerated)) of the same rows differ within a tolerance."))</p>"
    return "<div class=\"cards\">\(parts)</div>\(tolerated)"
  }

  private func sides(_ words: Words) -> HTML {
    let rows = [(words("左", "Left"), found.left), (words("右", "Right"), found.right)].map { name, side -> HTML in
      """
      <tr><th scope="row">\(name)</th><td><code>\(side.reference)</code></td><td class="n">\(words.number(side.rows))</td>\
      <td class="n">\(words.number(side.duplicateKeys))</td><td>\(notCompared(side, words).joined(separator: ", "))</td></tr>
      """
    }
    return """
      <h2>\(words("比べたもの", "What was compared"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("側", "Side"))</th><th scope="col">\(words("データ", "Dataset"))</th><th scope="col" class="n">\(words("行", "Rows"))</th>\
      <th scope="col" class="n">\(words("重複キー", "Duplicate keys"))</th><th scope="col">\(words("比べない項目", "Not compared"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func columns(_ words: Words) -> HTML {
    let sorted = found.columns.sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }
    let rows = sorted.map { column -> HTML in
      let forms = column.normalForms + (column.tolerance.map { ["± " + $0] } ?? [])
      let style: HTML = column.changed > 0 ? " class=\"bad\"" : ""
      return """
        <tr\(style)><th scope="row">\(column.name)\(column.isKey ? words("(キー)", " (key)") : "")</th><td>\(Self.type(column.type, words))</td><td>\(forms.joined(separator: ", "))</td>\
        <td class="n">\(words.number(column.changed))</td><td class="n">\(words.number(column.unreadableLeft))</td><td class="n">\(words.number(column.unreadableRight))</td></tr>
        """
    }
    return """
      <h2>\(words("項目ごと", "By column"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("項目", "Column"))</th><th scope="col">\(words("型", "Type"))</th><th scope="col">\(words("無視する違い", "Disregarded"))</th>\
      <th scope="col" class="n">\(words("違う行", "Changed"))</th><th scope="col" class="n">\(words("左で読めない", "Unreadable left"))</th><th scope="col" class="n">\(words("右で読めない", "Unreadable right"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func groups(_ words: Words) -> HTML {
    guard !found.groups.isEmpty else { return "" }
    let rows = found.groups.prefix(Self.groupsShown).map { group -> HTML in
      let samples = group.samples.prefix(3).map { sample -> HTML in
        let values = sample.values.map { value -> HTML in
          "<br><span class=\"soft\">\(value.column)</span> \(Self.shown(value.left)) → \(Self.shown(value.right))"
        }
        return "<p><code>\(sample.key.joined(separator: " / "))</code>\(values)</p>"
      }
      return """
        <tr><td class="id">\(group.signature)</td><td>\(words(group.pattern))</td><td class="n">\(words.number(group.rows))</td><td>\(samples)</td></tr>
        """
    }
    let rest = found.groups.count - Self.groupsShown
    let more: HTML =
      rest > 0 ? "<p class=\"soft\">\(words("ほか\(rest)種類。", "\(rest) more kinds."))</p>" : ""
    return """
      <h2>\(words("差異の種類", "Kinds of differences"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("署名", "Signature"))</th><th scope="col">\(words("違い", "What"))</th><th scope="col" class="n">\(words("行", "Rows"))</th>\
      <th scope="col">\(words("例", "For example"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(more)
      """
  }

  /// A value whose spaces at the ends can be seen; NULL and the empty text differ.
  private static func shown(_ value: String?) -> HTML {
    guard let value else { return "<span class=\"soft\">NULL</span>" }
    if value.isEmpty { return "<span class=\"soft\">“”</span>" }
    func isSpace(_ character: Character) -> Bool { character == " " || character == "\u{3000}" }
    func marks(_ spaces: some Sequence<Character>) -> String {
      String(spaces.map { $0 == " " ? "␣" : "□" })
    }
    let head = value.prefix(while: isSpace)
    let rest = value.dropFirst(head.count)
    let tail = String(rest.reversed().prefix(while: isSpace).reversed())
    let cut = rest.count > 400 ? rest.prefix(400) + "…" : rest.dropLast(tail.count)
    return "<span class=\"soft\">\(marks(head))</span>\(String(cut))<span class=\"soft\">\(marks(tail))</span>"
  }

  private static func type(_ name: String, _ words: Words) -> String {
    switch name {
    case "text": words("文字", "text")
    case "number": words("数値", "number")
    case "date": words("日付", "date")
    case "boolean": words("真偽", "true/false")
    default: words("値ごと", "any")
    }
  }
}
