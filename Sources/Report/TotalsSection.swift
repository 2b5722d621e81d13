import Evidence

/// 件数・金額 by subsystem and year: the sums of the `totals` checks, expected beside actual.
struct TotalsSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  private struct Year {
    let name: String
    var expected: [Int128]
    var actual: [Int128]
  }

  var html: HTML {
    let sections = report.subsystems.map(subsystem)
    return """
      <h2>\(words("件数・金額", "Counts and amounts"))</h2>
      <p class="soft">\(words("左が期待値(旧システム)、右が実際(新システムから読み戻した値)。", "Expected from the old system, actual as read back from the new one."))</p>\(sections)
      """
  }

  private func subsystem(_ subsystem: (id: String, title: Bilingual)) -> HTML {
    let checks = report.evidence.checks.filter {
      $0.subsystem == subsystem.id && $0.kind == "totals" && $0.keyNames.first?.hasSuffix("年度") == true
        && $0.status != .notRun
    }
    guard !checks.isEmpty else { return "" }
    let tables = checks.map(table)
    return "<h3>\(words(subsystem.title))</h3>\(tables)"
  }

  private func table(_ check: CheckResult) -> HTML {
    let years = years(check)
    let rows = years.map { year -> HTML in
      let differs = year.expected != year.actual
      let cells = check.measureNames.indices.map { index -> HTML in
        """
        <td class="n">\(words.number(year.expected[index]))</td><td class="n">\(words.number(year.actual[index]))</td>\
        <td class="n">\(words.number(year.actual[index] - year.expected[index]))</td>
        """
      }
      return
        "<tr\(differs ? " class=\"bad\"" : "" as HTML)><th scope=\"row\">\(words.fiscalYear(year.name))</th>\(cells)</tr>"
    }
    let heads = check.measureNames.map { name -> HTML in
      "<th scope=\"col\" class=\"n\">\(name) \(words("期待", "expected"))</th><th scope=\"col\" class=\"n\">\(words("実際", "actual"))</th><th scope=\"col\" class=\"n\">\(words("差", "difference"))</th>"
    }
    let money = check.measureNames.count - 1
    let chart = Charts.amounts(
      years.map { (words.fiscalYear($0.name), $0.expected[money], $0.actual[money]) }, words)
    return """
      <div class="scroll"><table><caption>\(check.id)　\(words(check.title))</caption><thead><tr><th scope="col">\(check.keyNames[0])</th>\(heads)</tr></thead>\
      <tbody>\(rows)</tbody></table></div>\(chart)
      """
  }

  /// The groups of a check folded by their first key, the year.
  private func years(_ check: CheckResult) -> [Year] {
    var years: [String: Year] = [:]
    for line in check.lines {
      let zero = Array(repeating: Int128(0), count: check.measureNames.count)
      var year = years[line.key[0]] ?? Year(name: line.key[0], expected: zero, actual: zero)
      for index in check.measureNames.indices {
        year.expected[index] += line.expected[index]
        year.actual[index] += line.actual[index]
      }
      years[line.key[0]] = year
    }
    return years.values.sorted { $0.name < $1.name }
  }
}
