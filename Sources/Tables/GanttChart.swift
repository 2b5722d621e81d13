import Base

extension PaperChart {
  /// 工程表: lines of a plan over time: planned from when to when, and what became of it.
  package struct GanttChart: Sendable {
    package struct Line: Sendable {
      package let name: String
      /// Numbers of days, as ``Base/Day/number(_:)`` counts them; the last day is included.
      package let planned: ClosedRange<Int>
      /// What has been done; up to today while it is under way. `nil` when it has not begun.
      package let actual: ClosedRange<Int>?
      package let tone: Tone

      package init(name: String, planned: ClosedRange<Int>, actual: ClosedRange<Int>?, tone: Tone) {
        self.name = name
        self.planned = planned
        self.actual = actual
        self.tone = tone
      }
    }

    package let title: String
    package let lines: [Line]
    /// The days that are drawn, so that adjacent charts have one scale.
    package let span: ClosedRange<Int>
    /// Drawn as a line when it is within the span.
    package let today: Int
    package let alternative: String

    package init(title: String, lines: [Line], span: ClosedRange<Int>, today: Int, alternative: String) {
      self.title = title
      self.lines = lines
      self.span = span
      self.today = today
      self.alternative = alternative
    }
  }
}

extension PaperChart.GanttChart {
  /// The plan is a frame, what was done fills it; the first days of months are marked, at most a dozen of them named.
  package func svg(_ words: Words) -> HTML {
    let (left, top, height) = (270.0, 22.0, 17.0)
    let scale = (PaperChart.width - left - 4) / Double(span.upperBound - span.lowerBound + 1)
    func x(_ day: Int) -> Double {
      left + Double(min(max(day, span.lowerBound), span.upperBound + 1) - span.lowerBound) * scale
    }
    let bottom = top + Double(lines.count) * height
    func rule(_ x: Double, _ style: String, from: Double) -> HTML {
      "<line class=\"\(style)\" x1=\"\(PaperChart.short(x))\" x2=\"\(PaperChart.short(x))\" y1=\"\(PaperChart.short(from))\" y2=\"\(PaperChart.short(bottom))\"/>"
    }
    var parts: [HTML] = []
    let months = span.filter { Day.text($0).hasSuffix("-01") }
    let step = max(1, (months.count + 11) / 12)
    for (number, day) in months.enumerated() {
      let isNamed = number % step == 0
      parts.append(rule(x(day), "axis", from: isNamed ? top - 8 : top))
      if isNamed, x(day) < PaperChart.width - 40 {
        let text = Day.text(day)
        let month = Int(text.dropFirst(5).prefix(2)) ?? 0
        let isFirst = number == 0 || month == 1
        let name = words(
          isFirst ? "\(words.shortDate(text).split(separator: ".")[0]).\(month)" : "\(month)月", String(text.prefix(7)))
        parts.append(PaperChart.text(name, x(day) + 2, 11, "soft"))
      }
    }
    for (number, line) in lines.enumerated() {
      let y = top + Double(number) * height
      parts.append(PaperChart.text(PaperChart.fitted(line.name, 45), 0, y + 13))
      func bar(_ style: String, _ days: ClosedRange<Int>, _ inset: Double) -> HTML {
        PaperChart.rect(
          style, x(days.lowerBound), y + inset, max(3, x(days.upperBound + 1) - x(days.lowerBound)), height - 2 * inset)
      }
      parts.append(bar("square s-\(line.tone.rawValue)", line.planned, 2.5))
      if let actual = line.actual { parts.append(bar("f-\(line.tone.rawValue)", actual, 5.5)) }
    }
    if span.contains(today) { parts.append(rule(x(today), "limit", from: top - 4)) }
    return PaperChart.frame(bottom + 4, alternative, parts)
  }
}
