import Evidence
import Tables
import Ledger

/// 要因分類表: the differences of all failed checks, grouped by what they look like, with their classes.
struct DifferencesSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  private struct Entry {
    let check: CheckResult
    let group: DifferenceGroup
    let kind: DifferenceClass
  }

  private var entries: [Entry] {
    report.evidence.checks.filter { $0.status == .failed }.flatMap { check in
      check.groups.map { Entry(check: check, group: $0, kind: report.classes[$0.signature] ?? .unclassified) }
    }.sorted { ($1.group.lines, $0.group.signature) < ($0.group.lines, $1.group.signature) }
  }

  var html: HTML {
    let entries = entries
    guard !entries.isEmpty else { return "" }
    let classes = DifferenceClass.allCases.map { kind -> HTML in
      let of = entries.filter { $0.kind == kind }
      let lines = of.reduce(0) { $0 + $1.group.lines }
      let style: HTML = kind == .unclassified && lines > 0 ? " class=\"bad\"" : ""
      return """
        <tr\(style)><th scope="row" class="id">\(kind.rawValue) \(words(kind.title))</th><td class="n">\(words.number(of.count))</td>\
        <td class="n">\(words.number(lines))</td></tr>
        """
    }
    let shown = entries.prefix(60)
    let rest: HTML =
      entries.count > shown.count
      ? "<p class=\"soft\">\(words("ほか\(entries.count - shown.count)群。", "\(entries.count - shown.count) more groups."))</p>"
      : ""
    return """
      <h2>\(words("不一致の要因分類", "Differences by cause"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("要因", "Cause"))</th><th scope="col" class="n">\(words("群", "Groups"))</th>\
      <th scope="col" class="n">\(words("不一致", "Differences"))</th></tr></thead><tbody>\(classes)</tbody></table></div>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("署名", "Signature"))</th><th scope="col">\(words("内容", "What"))</th>\
      <th scope="col" class="n">\(words("件数", "Lines"))</th><th scope="col" class="n">\(words("差の合計", "Sum"))</th>\
      <th scope="col">\(words("例", "For example"))</th><th scope="col">\(words("要因", "Cause"))</th></tr></thead>\
      <tbody>\(shown.map(row))</tbody></table></div>\(rest)
      """
  }

  private func row(_ entry: Entry) -> HTML {
    let sums = zip(entry.check.measureNames, entry.group.sums).map { "\($0) \(words.number($1))" }.joined(
      separator: "　")
    let style: HTML = entry.kind == .unclassified ? " class=\"bad\"" : ""
    return """
      <tr\(style)><td class="id">\(entry.group.signature)</td><td>\(words(entry.check.title))<br><span class="soft">\(words(entry.group.pattern))</span></td>\
      <td class="n">\(words.number(entry.group.lines))</td><td class="n">\(sums)</td>\
      <td>\(entry.group.samples.first?.joined(separator: " / ") ?? "")</td><td>\(entry.kind.rawValue) \(words(entry.kind.title))</td></tr>
      """
  }
}
