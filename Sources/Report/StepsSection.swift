import Evidence
import Tables
import Registers

/// 所要時間: what each step took, against the plan of the cut-over and the rehearsal before.
struct StepsSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    let steps = report.evidence.steps
    guard !steps.isEmpty else { return "" }
    let before = report.comparison?.secondsBefore ?? [:]
    let rows = steps.map { step -> HTML in
      let isLate = step.planned.map { step.seconds > Double($0) } ?? false
      let style: HTML = isLate ? " class=\"bad\"" : ""
      return """
        <tr\(style)><th scope="row" class="id">\(words.step(step.step))</th><td class="n">\(seconds(step.seconds))</td>\
        <td class="n">\(step.planned.map { words.number($0) } ?? "–")</td><td class="n">\(before[step.step].map(seconds) ?? "–")</td></tr>
        """
    }
    let planned = steps.compactMap(\.planned).reduce(0, +)
    return """
      <h2>\(words("工程ごとの所要時間", "Time of each step"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("工程", "Step"))</th><th scope="col" class="n">\(words("実績(秒)", "Took (s)"))</th>\
      <th scope="col" class="n">\(words("計画(秒)", "Planned (s)"))</th><th scope="col" class="n">\(words("前回(秒)", "Before (s)"))</th></tr></thead>\
      <tbody>\(rows)</tbody><tfoot><tr><th scope="row">\(words("計", "All"))</th><td class="n">\(seconds(steps.reduce(0) { $0 + $1.seconds }))</td>\
      <td class="n">\(planned == 0 ? "–" : words.number(planned))</td><td class="n">\(before.isEmpty ? "–" : seconds(before.values.reduce(0, +)))</td></tr></tfoot></table></div>
      """
  }

  private func seconds(_ seconds: Double) -> String { String((seconds * 10).rounded() / 10) }
}
