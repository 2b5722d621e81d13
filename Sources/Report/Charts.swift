import Evidence
import Tables

/// Charts as inline SVG, each with a text alternative. Colours are those of the page's style sheet, so that dark mode
/// and print follow.
enum Charts {
  /// One bar: what became of the records read.
  static func disposition(_ tally: Tally, _ words: Words) -> HTML {
    guard tally.read > 0 else { return "" }
    let parts = [("ok", tally.migrated), ("bad", tally.rejected), ("out", tally.excluded)]
    var x = 0.0
    var bars: [HTML] = []
    for (style, count) in parts where count > 0 {
      // A part that exists is never too small to see.
      let width = max(4, 400 * Double(count) / Double(tally.read))
      bars.append("<rect class=\"\(style)\" x=\"\(short(x))\" y=\"0\" width=\"\(short(width))\" height=\"14\"/>")
      x += width
    }
    let alternative = words(
      "移行\(words.number(tally.migrated))件、拒否\(words.number(tally.rejected))件、除外\(words.number(tally.excluded))件",
      "migrated \(words.number(tally.migrated)), rejected \(words.number(tally.rejected)), excluded \(words.number(tally.excluded))"
    )
    return """
      <svg class="bar" viewBox="0 0 \(short(max(400, x))) 14" role="img" aria-label="\(alternative)" preserveAspectRatio="none">\(bars)</svg>
      """
  }

  /// Bars by group: the expected amount as an outline, the actual one filled.
  static func amounts(_ groups: [(name: String, expected: Int128, actual: Int128)], _ words: Words) -> HTML {
    let largest = groups.map { max($0.expected, $0.actual) }.max() ?? 0
    guard largest > 0, groups.count > 1, groups.count <= 12 else { return "" }
    let row = 22
    var bars: [HTML] = []
    for (index, group) in groups.enumerated() {
      let (expected, actual) = (width(group.expected, largest), width(group.actual, largest))
      let y = index * row
      let differs = group.expected != group.actual
      bars.append(
        """
        <text x="0" y="\(y + 15)">\(group.name)</text>\
        <rect class="\(differs ? "bad" : "ok")" x="150" y="\(y + 4)" width="\(short(actual))" height="14"/>\
        <rect class="outline" x="150" y="\(y + 4)" width="\(short(expected))" height="14"/>\
        <text class="figure" x="640" y="\(y + 15)">\(words.number(group.actual))</text>
        """)
    }
    let differing = groups.filter { $0.expected != $0.actual }.count
    let alternative = words(
      "\(groups.count)区分の金額。不一致\(differing)区分。数値は表のとおり。",
      "Amounts of \(groups.count) groups, \(differing) of them differing; the table has the figures.")
    return """
      <svg class="amounts" viewBox="0 0 640 \(groups.count * row)" role="img" aria-label="\(alternative)">\(bars)</svg>
      """
  }

  private static func width(_ value: Int128, _ largest: Int128) -> Double {
    max(0, Double(value) / Double(largest) * 340)
  }

  private static func short(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
