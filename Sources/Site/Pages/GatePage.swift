import Office
import Outline
import Evidence
import Tables
import Gates
import Pipeline
import Registers
import Report

/// 判定: a gate's criteria; and one criterion with everything that keeps it from being met.
enum GatePage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    guard let name = rest.first, rest.count <= 2 else { return nil }
    let gate = try visit.snapshot.outline.gate(name)
    let decision = try visit.snapshot.decision(gate)
    if rest.count == 1 { return gatePage(decision, visit) }
    guard let finding = decision.criteria.first(where: { $0.id == rest[1] }) else { return nil }
    return criterionPage(finding, decision, visit)
  }

  private static func gatePage(_ decision: Decision, _ visit: Visit) -> PageContent {
    let words = visit.words
    var grid = Grid(
      words("判定基準", "Criteria"),
      [
        .id(words("番号", "No.")), .text(words("基準", "Criterion")), .text(words("判定", "Verdict")),
        .text(words("実績", "Actual")), .text(words("必要", "Required")), .text(words("理由", "Why")),
      ])
    for finding in decision.criteria {
      let address = PageAddress.path("gates", decision.gate, finding.id)
      grid.add([
        .link(address, finding.id), .link(address, words(finding.title)), verdict(finding.verdict, words),
        .text(words(finding.actual)), .text(words(finding.required)),
        "\(HTML.sentence(words(finding.why)))\(waiver(finding, words))",
      ])
    }
    let run = decision.run.map { words("実行 \($0)", "run \($0)") } ?? words("実行なし", "no run")
    return PageContent(
      words(decision.title), crumbs: [.init(name: words("概況", "Overview"), address: "/")],
      """
      <div class="verdict \(decision.verdict.rawValue)"><b>\(words.verdict(decision.verdict))</b><span>\(words.meaning(decision.verdict))</span></div>
      <p class="soft">\(words.date(visit.today))　\(run)　\(HTML.link(PageAddress.path("papers", "gate-pack", query: [("gate", decision.gate)]), words("判定会議資料", "Gate pack")))</p>
      \(grid.html)
      \(remarks(visit))
      """)
  }

  /// Withdrawn and unfinished entries, and corrections of the ledger itself, with their persons.
  private static func remarks(_ visit: Visit) -> HTML {
    visit.snapshot.dossier.remarks.reduce("") { "\($0)<p class=\"soft\">\(visit.words($1))</p>" }
  }

  private static func verdict(_ verdict: Verdict, _ words: Words) -> HTML {
    .tag(verdict.rawValue, words.verdict(verdict))
  }

  private static func waiver(_ finding: Decision.Finding, _ words: Words) -> HTML {
    guard let waiver = finding.waiver else { return "" }
    let text = words(
      "適用除外 \(waiver.id): \(waiver.reason)（責任者 \(waiver.owner)、承認 \(waiver.approver)、\(words.date(waiver.until))まで）",
      "waived by \(waiver.id): \(waiver.reason) (owner \(waiver.owner), approved by \(waiver.approver), until \(waiver.until))"
    )
    return "<br><strong>\(text)</strong>"
  }

  private static func criterionPage(
    _ finding: Decision.Finding, _ decision: Decision, _ visit: Visit
  ) -> PageContent {
    let words = visit.words
    let facts = HTML.facts([
      (words("実績", "Actual"), .text(words(finding.actual))), (words("必要", "Required"), .text(words(finding.required))),
      (words("理由", "Why"), .sentence(words(finding.why))),
      (words("いつから", "Since"), finding.since.isEmpty ? "" : .text(words.time(finding.since))),
      (words("変えられる人", "Who can change it"), finding.who.map { .text(words($0)) } ?? ""),
      (words("適用除外", "Waiver"), waiver(finding, words)),
    ])
    let rest: HTML =
      finding.verdict == .go && finding.blockers.isEmpty
      ? "<p class=\"good\">\(words("満たしています。", "It holds."))</p>"
      : "<h2>\(words("妨げているもの", "What keeps it from holding"))</h2>\(blockers(finding.blockers, visit))"
    return PageContent(
      "\(finding.id) \(words(finding.title))",
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"),
        .init(name: words(decision.title), address: PageAddress.path("gates", decision.gate)),
      ],
      "<p>\(verdict(finding.verdict, words))</p>\(facts)\(rest)")
  }

  /// The largest number of lines of a table; items are counted, and listed on their own page.
  private static let limit = 300

  private static func blockers(_ blockers: [Blocker], _ visit: Visit) -> HTML {
    let words = visit.words
    guard !blockers.isEmpty else {
      return "<p>\(words("特定の記録はありません。理由を見てください。", "Nothing in particular; see why."))</p>"
    }
    let items = Dictionary(visit.snapshot.dossier.items.map { ($0.item.id, $0) }) { first, _ in first }
    var grid = Grid(
      words("妨げているもの \(words.number(blockers.count))件", "\(words.number(blockers.count)) things"),
      [
        .text(words("種類", "Kind")), .id(words("番号", "No.")), .text(words("状態", "State")), .text(words("内容", "What")),
        .text(words("担当", "Who")),
      ])
    for blocker in blockers.prefix(limit) { grid.add(row(blocker, items, visit)) }
    let more = blockers.count - limit
    let cut: HTML =
      more > 0
      ? "<p class=\"cut\">\(words("ほか\(words.number(more))件。", "\(words.number(more)) more."))</p>" : ""
    return "\(grid.html)\(cut)"
  }

  private static func row(_ blocker: Blocker, _ items: [String: ItemStanding], _ visit: Visit) -> [HTML] {
    let (words, dossier) = (visit.words, visit.snapshot.dossier)
    let none = words("見る権限がない、または記録がない", "not yours to see, or not there")
    func line(_ kind: String, _ id: HTML, _ state: HTML = "", _ what: HTML = "", _ who: HTML = "") -> [HTML] {
      [.text(kind), id, state, what, who]
    }
    switch blocker {
    case .check(let id):
      let kind = words("検査", "check")
      guard visit.sees(check: id), let check = visit.snapshot.checks[id] else {
        return line(kind, .text(id), "", .text(none))
      }
      return line(
        kind, .link(PageAddress.path("checks", id), id), .tag(check.status.rawValue, words.status(check.status)),
        "\(words(check.title)) <span class=\"soft\">\(words(check.why))</span>",
        .text((visit.snapshot.sectionsOfCheck[id] ?? []).sorted().joined(separator: "、")))
    case .group(let check, let signature):
      let kind = words("不一致の群", "group of differences")
      guard visit.sees(check: check), let result = visit.snapshot.checks[check],
        let group = result.groups.first(where: { $0.signature == signature })
      else { return line(kind, .text(signature), "", .text(none)) }
      return line(
        kind, .link(DifferencePage.address(ofGroup: group, check), signature),
        .text(words(visit.snapshot.kind(of: signature).title)),
        "\(words(result.title)): \(words(group.pattern)) (\(words.number(group.lines)))",
        .text((visit.snapshot.sectionsOfCheck[check] ?? []).sorted().joined(separator: "、")))
    case .item(let id):
      let kind = words("確認事項", "item")
      guard let standing = items[id], visit.sees(standing) else { return line(kind, .text(id), "", .text(none)) }
      return line(
        kind, .link(PageAddress.path("items", id), id), ItemPage.tag(standing, words),
        "\(words(standing.item.title)) <span class=\"soft\">\(HTML.sentence(words(standing.why)))</span>",
        .text(standing.item.owner))
    case .issue(let id):
      let kind = words("課題", "issue")
      guard let issue = dossier.issues.first(where: { $0.id == id }), visit.sees(issue) else {
        return line(kind, .text(id), "", .text(none))
      }
      return line(
        kind, .link(PageAddress.path("issues", id), id), .text(words(issue.state.title)), .text(issue.title),
        .text(issue.owner))
    case .milestone(let id):
      let milestone = dossier.milestones.first { $0.id == id }
      return line(
        words("日程", "schedule"), .link("/schedule", id), "", .text(milestone.map { words($0.title) } ?? none),
        .text(milestone?.owner ?? ""))
    case .request(let id):
      let request = dossier.requests.first { $0.id == id }
      return line(
        words("電算処理依頼", "extract request"), .text(id), "", .text(request.map { words($0.title) } ?? none))
    case .run(let run): return line(words("実行", "run"), .link(PageAddress.path("runs", run), run))
    case .file(let id):
      return line(words("ファイル", "file"), .text(id), "", .text(words("移行できなかった", "could not be migrated")))
    case .subsystem(let id):
      return line(words("業務", "subsystem"), .text(id), "", .text(words(visit.snapshot.title(ofSubsystem: id))))
    case .day(let day):
      let found = dossier.days.first { $0.day == day }
      return line(
        words("並行稼働", "parallel run"),
        found == nil ? .text(day) : .link(PageAddress.path("papers", "parallel", query: [("day", day)]), day),
        .text(found.map { words($0.outcome.title) } ?? words("比較していない", "not compared")))
    case .decision(let gate):
      return line(words("決定", "decision"), .text(gate), "", .text(words("判定会議の決定", "what its meeting decided")))
    case .rejects(let run): return line(words("拒否レコード", "rejected records"), .link("/rejects", run))
    case .definitions(let run):
      return line(
        words("定義", "definitions"), .text(run), "",
        .text(words("実行の後に変わった。もう一度実行する", "changed since the run; run again")))
    }
  }
}
