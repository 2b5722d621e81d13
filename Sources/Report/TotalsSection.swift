import Base
import Tables
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
      $0.subsystem == subsystem.id && $0.kind == "totals" && ["C01", "C02"].contains($0.category)
        && $0.keyNames.first?.hasSuffix("年度") == true
        && $0.status != .notRun
    }
    guard !checks.isEmpty else { return "" }
    let tables = checks.map(table)
    return "<h3>\(words(subsystem.title))</h3>\(tables)"
  }

  /// One row for each year and measure: however many measures there are, the table fits a page.
  private func table(_ check: CheckResult) -> HTML {
    let years = years(check)
    let rows = years.flatMap { year in
      check.measureNames.indices.map { row(year, $0, check.measureNames) }
    }
    let columns = [words("期待", "expected"), words("実際", "actual"), words("差", "difference")]
    let heads = columns.map { name -> HTML in "<th scope=\"col\" class=\"n\">\(name)</th>" }
    let money = check.measureNames.count - 1
    let chart =
      check.measureNames.count > 2
      ? "" : Charts.amounts(years.map { (words.fiscalYear($0.name), $0.expected[money], $0.actual[money]) }, words)
    return """
      <div class="scroll" tabindex="0"><table><caption>\(check.id)　\(words(check.title))</caption><thead><tr><th scope="col">\(check.keyNames[0])</th>\
      <th scope="col">\(words("項目", "Item"))</th>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>\(chart)
      """
  }

  private func row(_ year: Year, _ index: Int, _ names: [String]) -> HTML {
    let (expected, actual) = (year.expected[index], year.actual[index])
    let head: HTML =
      index == 0
      ? "<th scope=\"rowgroup\" class=\"id\" rowspan=\"\(names.count)\">\(words.fiscalYear(year.name))</th>" : ""
    let style: HTML = expected == actual ? "" : " class=\"bad\""
    return """
      <tr\(style)>\(head)<td>\(names[index])</td><td class="n">\(words.number(expected))</td>\
      <td class="n">\(words.number(actual))</td><td class="n">\(words.number(actual - expected))</td></tr>
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
