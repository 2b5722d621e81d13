import Base
import Tables
import Evidence
import Registers

/// 確認事項: how many are settled, and each that is not.
struct ItemsSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    guard !report.items.isEmpty else { return "" }
    let states = Item.State.allCases
    // Items of the migration by subsystem, the others by what they are.
    var groups: [(title: Bilingual, items: [ItemStanding])] = report.subsystems.map { id, title in
      (title, report.items.filter { $0.item.kind == .migration && $0.item.subsystem == id })
    }
    for kind in Item.Kind.allCases where kind != .migration {
      groups.append((kind.title, report.items.filter { $0.item.kind == kind }))
    }
    let rows = groups.compactMap { title, items -> HTML? in
      guard !items.isEmpty else { return nil }
      let counts = states.map { state -> HTML in "<td class=\"n\">\(items.filter { $0.state == state }.count)</td>" }
      return
        "<tr><th scope=\"row\">\(words(title))</th>\(counts)<td class=\"n\">\(items.count)</td></tr>"
    }
    let heads = states.map { state -> HTML in "<th scope=\"col\" class=\"n\">\(words(state.title))</th>" }
    return """
      <h2>\(words("確認事項", "Items to be confirmed"))</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("業務", "Subsystem"))</th>\(heads)<th scope="col" class="n">\(words("計", "all"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(open)
      """
  }

  private var open: HTML {
    let items = report.items.filter { !$0.isDone }
    guard !items.isEmpty else { return "<p>\(words("すべて確認済です。", "All are confirmed."))</p>" }
    let rows = items.prefix(200).map { status -> HTML in
      """
      <tr><td class="id">\(status.item.id)</td><td><span class="tag \(status.isStale ? "stale" : status.state.rawValue)">\(words(status.title))</span></td>\
      <td>\(words(status.item.title))</td><td>\(status.item.owner)</td><td>\(words(status.why))</td></tr>
      """
    }
    let columns = [
      "No.", words("状態", "State"), words("内容", "Item"), words("担当課", "Section"), words("理由", "Why"),
    ]
    let heads = columns.map { name -> HTML in "<th scope=\"col\">\(name)</th>" }
    return
      "<h3>\(words("未了の確認事項", "Items not yet confirmed"))</h3><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>"
  }
}

/// Every check with its result, so that what was verified can be read as well as what failed.
struct ChecksSection {
  private let report: RunReport
  private let words: Words

  init(_ report: RunReport, _ words: Words) {
    self.report = report
    self.words = words
  }

  var html: HTML {
    let rows = report.evidence.checks.map { check -> HTML in
      """
      <tr><td class="id">\(check.id)</td><td><span class="tag \(check.status.rawValue)">\(words.status(check.status))</span></td><td>\(check.severity.rawValue)</td>\
      <td>\(words(check.title))</td><td>\(words(check.why))</td></tr>
      """
    }
    let columns = [
      "No.", words("結果", "Result"), words("重大度", "Severity"), words("検査", "Check"), words("内容", "What was found"),
    ]
    let heads = columns.map { name -> HTML in "<th scope=\"col\">\(name)</th>" }
    let tables = report.evidence.tables.map { table -> HTML in
      "<tr><td>\(table.table)</td><td class=\"n\">\(words.number(table.rows))</td><td><code class=\"small\">\(table.sha256)</code></td></tr>"
    }
    return """
      <h2>\(words("全検査の結果", "All checks"))</h2><div class="scroll" tabindex="0"><table><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
      <h2>\(words("移行先の表", "Tables of the target"))</h2><div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(words("表", "Table"))</th>\
      <th scope="col" class="n">\(words("行数", "Rows"))</th><th scope="col">\(words("正規化した全行のSHA-256", "SHA-256 over its canonical rows"))</th></tr></thead><tbody>\(tables)</tbody></table></div>
      """
  }
}
