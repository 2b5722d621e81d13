import Base

extension PaperChart {
  /// Inline SVG in the colours of the page's style sheet, so that dark mode and print follow.
  package func svg(_ words: Words) -> HTML {
    switch self {
    case .heat(let chart): chart.svg
    case .lines(let chart): chart.svg(words)
    case .waterfall(let chart): chart.svg(words)
    case .bars(let chart): chart.svg
    case .stacks(let chart): chart.svg(words)
    case .gantt(let chart): chart.svg(words)
    }
  }

  /// The chart below its title. It scrolls by itself where the screen is narrow.
  package func figure(_ words: Words) -> HTML {
    "<figure tabindex=\"0\"><figcaption>\(title)</figcaption>\(svg(words))</figure>"
  }

  /// The width of all charts; a unit is a pixel on the screen.
  package static let width = 720.0

  package static func frame(_ height: Double, _ alternative: String, _ parts: [HTML]) -> HTML {
    """
    <svg class="chart" viewBox="0 0 \(short(width)) \(short(height))" role="img" aria-label="\(alternative)">\(parts)</svg>
    """
  }

  package static func short(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  package static func rect(_ style: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double) -> HTML {
    "<rect class=\"\(style)\" x=\"\(short(x))\" y=\"\(short(y))\" width=\"\(short(width))\" height=\"\(short(height))\"/>"
  }

  package static func text(_ text: String, _ x: Double, _ y: Double, _ style: String = "") -> HTML {
    "<text class=\"\(style)\" x=\"\(short(x))\" y=\"\(short(y))\">\(text)</text>"
  }

  /// A name that fits before its bar: limited to about the places that the pixels hold.
  package static func fitted(_ text: String, _ places: Int) -> String {
    guard TextWidth.of(text) > places else { return text }
    var (fitted, used) = ("", 1)
    for character in text {
      used += TextWidth.of(String(character))
      if used > places { break }
      fitted.append(character)
    }
    return fitted + "…"
  }
}

extension PaperChart.HeatMap {
  package var svg: HTML {
    let (left, top, height) = (196.0, 32.0, 21.0)
    let width = (PaperChart.width - left) / Double(max(1, columns.count))
    var parts: [HTML] = []
    for (index, column) in columns.enumerated() {
      // The code is above, its meaning below.
      let middle = left + (Double(index) + 0.5) * width
      for (line, word) in column.split(separator: " ", maxSplits: 1).enumerated() {
        parts.append(
          PaperChart.text(PaperChart.fitted(String(word), Int(width / 5.6)), middle, 12 + Double(line) * 14, "mid"))
      }
    }
    for (row, name) in rows.enumerated() {
      let y = top + Double(row) * height
      parts.append(PaperChart.text(PaperChart.fitted(name, 33), 0, y + 15))
      for (column, square) in squares[row].enumerated() {
        let x = left + Double(column) * width
        guard let square else {
          parts.append(PaperChart.text("–", x + width / 2, y + 15, "mid soft"))
          continue
        }
        parts.append(PaperChart.rect("square s-\(square.tone.rawValue)", x + 1, y + 1, width - 2, height - 2))
        parts.append(PaperChart.text(square.text, x + width / 2, y + 15, "mid"))
      }
    }
    return PaperChart.frame(top + Double(rows.count) * height + 2, alternative, parts)
  }
}

extension PaperChart.LineChart {
  package func svg(_ words: Words) -> HTML {
    let (left, right, top, bottom) = (48.0, 560.0, 10.0, 190.0)
    let most = max(1, lines.flatMap(\.values).max() ?? 1)
    func x(_ index: Int) -> Double {
      points.count < 2 ? left : left + (right - left) * Double(index) / Double(points.count - 1)
    }
    func y(_ value: Int) -> Double { bottom - (bottom - top) * Double(value) / Double(most) }
    var parts: [HTML] = []
    for value in Set([0, most / 2, most]).sorted() {
      let height = PaperChart.short(y(value))
      parts.append(
        "<line class=\"axis\" x1=\"\(PaperChart.short(left))\" x2=\"\(PaperChart.short(right))\" y1=\"\(height)\" y2=\"\(height)\"/>"
      )
      parts.append(PaperChart.text(words.number(value), left - 6, y(value) + 4, "end soft"))
    }
    // At most six days below the axis, including the first and the last.
    let step = max(1, (points.count - 1 + 4) / 5)
    for index in points.indices where index % step == 0 || index == points.count - 1 {
      if index != points.count - 1, points.count - 1 - index < step, index > 0 { continue }
      let style = index == 0 ? "soft" : index == points.count - 1 ? "end soft" : "mid soft"
      parts.append(PaperChart.text(points[index], x(index), bottom + 18, style))
    }
    var names: [(y: Double, text: String, line: Int)] = []
    for (number, line) in lines.enumerated() {
      let way = line.values.enumerated().map { "\(PaperChart.short(x($0))),\(PaperChart.short(y($1)))" }
      parts.append("<polyline class=\"line l\(number % 4)\" points=\"\(way.joined(separator: " "))\"/>")
      if let last = line.values.last { names.append((y(last), "\(line.name) \(words.number(last))", number)) }
    }
    // Names are at the ends of their lines, one below the other where the ends meet.
    var free = top
    for name in names.sorted(by: { ($0.y, $0.line) < ($1.y, $1.line) }) {
      let place = max(free, name.y - 4)
      free = place + 16
      parts.append(
        "<line class=\"line l\(name.line % 4)\" x1=\"568\" x2=\"590\" y1=\"\(PaperChart.short(place + 4))\" y2=\"\(PaperChart.short(place + 4))\"/>"
      )
      parts.append(PaperChart.text(PaperChart.fitted(name.text, 22), 596, place + 8))
    }
    return PaperChart.frame(max(bottom + 26, free + 4), alternative, parts)
  }
}

extension PaperChart.Waterfall {
  package func svg(_ words: Words) -> HTML {
    let (left, right, height) = (270.0, 610.0, 20.0)
    let most = Double(max(1, steps.filter(\.isTotal).map(\.value).max() ?? 1))
    func width(_ value: Int) -> Double { (right - left) * Double(value) / most }
    var parts: [HTML] = []
    var level = 0
    for (index, step) in steps.enumerated() {
      let y = Double(index) * height
      parts.append(PaperChart.text(PaperChart.fitted(step.name, 45), 0, y + 14))
      let (from, to) = step.isTotal ? (0, step.value) : (min(level, level + step.value), max(level, level + step.value))
      level = step.isTotal ? step.value : level + step.value
      // An existing step is never too small to see.
      let wide = to == from ? 0 : max(2.5, width(to) - width(from))
      let x = min(left + width(from), right - wide)
      parts.append(PaperChart.rect("f-\(step.tone.rawValue)", x, y + 4, wide, height - 7))
      let sign = step.isTotal || step.value <= 0 ? "" : "+"
      parts.append(PaperChart.text(sign + words.number(step.value), PaperChart.width, y + 14, "end"))
    }
    return PaperChart.frame(Double(steps.count) * height + 2, alternative, parts)
  }
}

extension PaperChart.BarChart {
  package var svg: HTML {
    let (left, right, height) = (270.0, 560.0, 20.0)
    let most = max(bars.map(\.value).max() ?? 0, bars.compactMap(\.limit).max() ?? 0)
    func width(_ value: Double) -> Double { most > 0 ? (right - left) * value / most : 0 }
    var parts: [HTML] = []
    for (index, bar) in bars.enumerated() {
      let y = Double(index) * height
      parts.append(PaperChart.text(PaperChart.fitted(bar.name, 45), 0, y + 14))
      if bar.value > 0 {
        parts.append(PaperChart.rect("f-\(bar.tone.rawValue)", left, y + 4, max(2.5, width(bar.value)), height - 7))
      }
      if let limit = bar.limit {
        let x = PaperChart.short(left + width(limit))
        parts.append(
          "<line class=\"limit\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(PaperChart.short(y + 1))\" y2=\"\(PaperChart.short(y + height - 1))\"/>"
        )
      }
      parts.append(PaperChart.text(bar.text, PaperChart.width, y + 14, "end"))
    }
    return PaperChart.frame(Double(bars.count) * height + 2, alternative, parts)
  }
}

extension PaperChart.StackChart {
  /// Parts are distinguished by their fill, in any colour: solid, striped, blank; the head of each column of figures
  /// shows it.
  package func svg(_ words: Words) -> HTML {
    let (left, top, height, column) = (224.0, 20.0, 18.0, 74.0)
    let right = PaperChart.width - column * Double(parts.count + 1) - 8
    func end(_ number: Int) -> Double { PaperChart.width - column * Double(parts.count - number) }
    var drawn = [PaperChart.text(whole, end(0), 12, "end")]
    for (number, name) in parts.enumerated() {
      drawn += part(number, end(number) + 10, 3, 11, 10)
      drawn.append(PaperChart.text(PaperChart.fitted(name, 8), end(number) + 25, 12))
    }
    for (index, bar) in bars.enumerated() {
      let y = top + Double(index) * height
      drawn.append(PaperChart.text(PaperChart.fitted(bar.name, 35), 0, y + 13))
      var x = left
      for (number, width) in widths(bar.values, (right - left) / Double(max(1, scale))).enumerated() where width > 0 {
        drawn += part(number, x, y + 3, width, height - 6)
        x += width
      }
      drawn.append(PaperChart.text(words.number(bar.values.reduce(0, +)), end(0), y + 13, "end"))
      for (number, value) in bar.values.enumerated() {
        drawn.append(PaperChart.text(words.number(value), end(number + 1), y + 13, value == 0 ? "end soft" : "end"))
      }
    }
    return PaperChart.frame(top + Double(bars.count) * height + 2, alternative, drawn)
  }

  /// The widths of a bar's parts: an existing part is never too small to see, and the widest part gives up the
  /// difference.
  private func widths(_ values: [Int], _ scale: Double) -> [Double] {
    var widths = values.map { $0 > 0 ? max(2.5, Double($0) * scale) : 0 }
    let excess = widths.reduce(0, +) - Double(values.reduce(0, +)) * scale
    if let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
      widths[widest] = max(min(2.5, widths[widest]), widths[widest] - excess)
    }
    return widths
  }

  private func part(_ number: Int, _ x: Double, _ y: Double, _ width: Double, _ height: Double) -> [HTML] {
    let frame = PaperChart.rect("part p\(number)", x, y, width, height)
    guard number == 1 else { return [frame] }
    let middle = PaperChart.short(y + height / 2)
    return [
      frame,
      "<line class=\"stripes\" x1=\"\(PaperChart.short(x))\" x2=\"\(PaperChart.short(x + width))\" y1=\"\(middle)\" y2=\"\(middle)\" stroke-width=\"\(PaperChart.short(height))\"/>",
    ]
  }
}
