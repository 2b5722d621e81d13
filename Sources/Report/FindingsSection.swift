import Evidence
import Tables

/// The checks that did not pass, each with its explanation and a sample of what differs.
struct FindingsSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    let order: [CheckStatus] = [.failed, .notRun, .warned]
    let findings = order.flatMap { status in
      report.evidence.checks.filter { $0.status == status }.sorted { ($0.severity, $0.id) < ($1.severity, $1.id) }
    }
    guard !findings.isEmpty else {
      return "<h2>\(words("不合格の検査", "Failed checks"))</h2><p>\(words("ありません。", "None."))</p>"
    }
    return "<h2>\(words("不合格・未判定・警告の検査", "Checks that failed, are undecided, or warn"))</h2>\(findings.map(finding))"
  }

  private func finding(_ check: CheckResult) -> HTML {
    let list: HTML =
      check.list.map { "<dt>\(words("全件", "All of them"))</dt><dd><code>\($0)</code></dd>" } ?? ""
    return """
      <article class="finding \(check.status.rawValue)"><h3>\(check.id)　\(words(check.title)) <span class="tag">\(words.status(check.status))</span> \
      <span class="tag">\(check.severity.rawValue)</span></h3><p><strong>\(words(check.why))</strong></p><dl>\
      <dt>\(words("業務", "Subsystem"))</dt><dd>\(words(report.title(ofSubsystem: check.subsystem)))</dd>\
      <dt>\(words("突合の内容", "What is compared"))</dt><dd>\(words(check.formula))</dd>\(rule(check))\
      <dt>\(words("期待側", "Expected from"))</dt><dd>\(words.side(check.expectedFrom))　\(words.number(check.expectedRows))\(words("行", " rows"))</dd>\
      <dt>\(words("実際側", "Actual from"))</dt><dd>\(words.side(check.actualFrom))　\(words.number(check.actualRows))\(words("行", " rows"))</dd>\
      <dt>\(words("独立性", "Independence"))</dt><dd>\(words("両側とも写像の定義を使わない", "neither side uses the mapping"))</dd>\(list)</dl>\(sample(check))</article>
      """
  }

  private func rule(_ check: CheckResult) -> HTML {
    check.rule.map { "<dt>\(words("根拠", "Rule"))</dt><dd>\(words($0))</dd>" } ?? ""
  }

  private func sample(_ check: CheckResult) -> HTML {
    let lines = check.lines.filter { $0.differs || $0.expected.isEmpty }.prefix(10)
    guard !lines.isEmpty else { return "" }
    let hasNumbers = lines.contains { !$0.expected.isEmpty }
    let measures = hasNumbers ? (check.measureNames.isEmpty ? [words("件数", "count")] : check.measureNames) : []
    let heads =
      check.keyNames.map { name -> HTML in "<th scope=\"col\">\(name)</th>" }
      + measures.map { name -> HTML in
        "<th scope=\"col\" class=\"n\">\(name) \(words("期待", "expected"))</th><th scope=\"col\" class=\"n\">\(words("実際", "actual"))</th><th scope=\"col\" class=\"n\">\(words("差", "difference"))</th>"
      }
    let rows = lines.map { line -> HTML in
      let keys = line.key.map { part -> HTML in "<td>\(part)</td>" }
      let numbers = zip(line.expected, line.actual).map { expected, actual -> HTML in
        "<td class=\"n\">\(words.number(expected))</td><td class=\"n\">\(words.number(actual))</td><td class=\"n\">\(words.number(actual - expected))</td>"
      }
      return "<tr>\(keys)\(numbers)</tr>"
    }
    let header: HTML = check.keyNames.isEmpty && measures.isEmpty ? "" : "<thead><tr>\(heads)</tr></thead>"
    let caption = words(
      "\(words.number(check.differences))件のうち\(lines.count)件", "\(lines.count) of \(words.number(check.differences))")
    return """
      <div class="scroll" tabindex="0"><table><caption>\(caption)</caption>\(header)<tbody>\(rows)</tbody></table></div>
      """
  }
}

/// Records that were not migrated: where they stand and why; their bytes are in the quarantine.
struct RejectsSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    let total = report.evidence.records.rejected
    let title: HTML = "<h2>\(words("拒否されたレコード", "Rejected records"))</h2>"
    guard total > 0 else { return "\(title)<p>\(words("ありません。", "None."))</p>" }
    let shown = report.evidence.rejects.prefix(50)
    let rows = shown.map { reject -> HTML in
      """
      <tr><td>\(reject.file)</td><td>\(reject.kind)</td><td class="n">\(words.number(reject.record))</td><td class="n">\(words.number(reject.offset))</td>\
      <td><code>\(reject.field)</code></td><td>\(words.fault(reject.fault))<br><code class="soft">\(reject.fault)</code></td></tr>
      """
    }
    let columns = [
      words("ファイル", "File"), words("種別", "Kind"), words("何件目", "Record"), words("位置(バイト)", "Byte offset"),
      words("項目", "Field"), words("理由", "Why"),
    ]
    let heads = columns.map { name -> HTML in "<th scope=\"col\">\(name)</th>" }
    return """
      \(title)<p>\(words("\(words.number(total))件のうち\(shown.count)件。全件は quarantine/ にバイト列のまま保存。", "\(shown.count) of \(words.number(total)); all are kept byte for byte in quarantine/."))</p>
      <div class="scroll" tabindex="0"><table><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
