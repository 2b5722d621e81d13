import Base
import Tables
import Evidence
import Records

/// 現新比較 of a business day: a line a job, for a terminal and as a page for the daily meeting.
package struct ParallelPage {
  private let found: ParallelEvidence
  private let time: String

  /// - Parameter time: when it was made, RFC 3339; only the page shows it.
  package init(_ found: ParallelEvidence, at time: String) {
    self.found = found
    self.time = time
  }

  /// The jobs, and the line in which the day ends.
  package func text(_ language: Language) -> String {
    let words = Words(language: language)
    var table = TextTable(
      [
        words("判定", "outcome"), words("処理", "job"), words("名称", "name"), words("旧(行)", "old rows"),
        words("新(行)", "new rows"),
        words("未説明", "unexplained"), words("説明済", "explained"), words("合計(旧/新)", "totals (old / new)"),
      ], rightAligned: [3, 4, 5, 6])
    for job in found.jobs {
      let totals = job.totals.map { "\($0.column) \(amount($0.old, words)) / \(amount($0.new, words))" }
      table.add(
        [words(job.outcome.title), job.id, words(job.title)] + figures(job, words) + [totals.joined(separator: "、")])
    }
    let troubles = found.jobs.compactMap { job in job.trouble.map { "\(job.id): \(words($0))" } }
    let left = found.jobs.flatMap { job in notCompared(job, words).map { "\(job.id): \($0)" } }
    let last = "\(words.date(found.day)) \(words(found.title)): \(words(found.outcome.title))"
    return (table.lines + troubles + left + ["", last, found.evidence]).joined(separator: "\n")
  }

  private func figures(_ job: ParallelEvidence.Job, _ words: Words) -> [String] {
    guard let comparison = job.comparison else { return ["–", "–", "–", "–"] }
    return [comparison.left.rows, comparison.right.rows, comparison.unexplained, comparison.accepted].map {
      words.number($0)
    }
  }

  /// What of a job's files is not compared, or was odd in them.
  private func notCompared(_ job: ParallelEvidence.Job, _ words: Words) -> [String] {
    guard let comparison = job.comparison else { return [] }
    let sides = [(words("旧", "old"), comparison.left), (words("新", "new"), comparison.right)]
    let left = sides.compactMap { name, side -> String? in
      let items = Report.notCompared(side, words)
      return items.isEmpty
        ? nil
        : words("\(name)の比べない項目(\(items.count)) ", "\(name), not compared (\(items.count)): ")
          + items.joined(separator: ", ")
    }
    return left + comparison.remarks.map { ShownText.visible(words($0)) }
  }

  /// With separators where it is a whole number.
  private func amount(_ text: String, _ words: Words) -> String { Int128(text).map { words.number($0) } ?? text }

  package func html(_ language: Language) -> String {
    let words = Words(language: language)
    let rows = found.jobs.map { job -> HTML in
      let style = job.outcome == .identical || job.outcome == .explained ? "passed" : "failed"
      let totals = job.totals.map { total -> HTML in
        let isSame = total.old == total.new
        return """
          <div\(isSame ? "" as HTML : " class=\"failed\"")>\(total.column) \(amount(total.old, words))\(isSame ? "" as HTML : " → \(amount(total.new, words))")</div>
          """
      }
      let cells = figures(job, words).map { "<td class=\"n\">\($0)</td>" as HTML }
      let trouble: HTML = job.trouble.map { "<div class=\"small failed\">\(words($0))</div>" } ?? ""
      let cutOff: HTML =
        job.cutOffs.isEmpty
        ? "" : "<div class=\"small soft\">\(words("締め", "cut-off")) \(job.cutOffs.joined(separator: " / "))</div>"
      let left = notCompared(job, words).map { "<div class=\"small soft\">\($0)</div>" as HTML }
      let items: HTML =
        job.items.isEmpty
        ? "" : "<div class=\"small soft\">\(words("確認事項", "items")) \(job.items.joined(separator: ", "))</div>"
      return """
        <tr><td><span class="tag \(style)">\(words(job.outcome.title))</span></td><th scope="row"><code>\(job.id)</code> \(words(job.title))\(cutOff)\(items)\(left)\(trouble)</th>\
        <td>\(job.section)</td>\(cells)<td>\(totals)</td></tr>
        """
    }
    let isGood = found.outcome == .identical || found.outcome == .explained
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(words(found.title)) \(found.day)</title><style>\(Style.sheet)</style></head><body><main>
      <h1>\(words(found.title))</h1><p class="soft">\(words.date(found.day)) — \(words.time(time))</p>
      <div class="verdict \(isGood ? "GO" : "NO-GO")"><b>\(words(found.outcome.title))</b>\
      <span>\(found.jobs.count) \(words("件の処理", "jobs"))</span></div>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("判定", "Outcome"))</th><th scope="col">\(words("バッチ処理", "Batch job"))</th><th scope="col">\(words("担当課", "Section"))</th>\
      <th scope="col" class="n">\(words("旧", "Old"))</th><th scope="col" class="n">\(words("新", "New"))</th><th scope="col" class="n">\(words("未説明", "Unexplained"))</th><th scope="col" class="n">\(words("説明済", "Explained"))</th>\
      <th scope="col">\(words("合計", "Totals"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      \(reasons(words))<p class="small soft">\(words("証跡", "Evidence")) <code>\(found.evidence)</code></p></main></body></html>
      """
    return page.text
  }

  /// Why differences are explained, job by job.
  private func reasons(_ words: Words) -> HTML {
    let rows = found.jobs.flatMap { job in
      (job.comparison?.rules ?? []).map { rule -> HTML in
        """
        <tr><td class="id">\(job.id)</td><td class="id">\(rule.id)</td><td>\(rule.kind.map { "\($0.rawValue) \(words($0.title))" } ?? "")</td><td>\(rule.reason)</td>\
        <td>\(rule.approver)</td><td class="n">\(words.number(rule.matched))</td><td>\(ruleState(rule, words))</td></tr>
        """
      }
    }
    guard !rows.isEmpty else { return "" }
    return """
      <h2>\(words("説明", "Explanations"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("処理", "Job"))</th><th scope="col">\(words("規則", "Rule"))</th><th scope="col">\(words("要因", "Cause"))</th><th scope="col">\(words("理由", "Reason"))</th>\
      <th scope="col">\(words("承認者", "Approver"))</th><th scope="col" class="n">\(words("行", "Rows"))</th><th scope="col">\(words("状態", "State"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
