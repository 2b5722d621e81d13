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
    // Without a name it is the first gate.
    guard let name = rest.first ?? visit.snapshot.outline.gates.first?.name, rest.count <= 2 else { return nil }
    let gate = try visit.snapshot.outline.gate(name)
    let decision = try visit.snapshot.decision(gate)
    if rest.count < 2 { return gatePage(decision, visit) }
    guard let finding = decision.criteria.first(where: { $0.id == rest[1] }) else { return nil }
    return criterionPage(finding, decision, visit)
  }

  private static func gatePage(_ decision: Decision, _ visit: Visit) -> PageContent {
    let words = visit.words
    let table = Decision.Finding.listing.table(
      decision.criteria, words,
      Decision.Finding.columns(
        [.init("id", head: true), "title", "verdict", "actual", "required", "why"], of: decision),
      link: { PageAddress.path("gates", decision.gate, $0.id) })
    let run = decision.run.map { words("実行 \($0)", "run \($0)") } ?? words("実行なし", "no run")
    return PageContent(
      words(decision.title), crumbs: [.init(name: words("概況", "Overview"), address: "/")],
      """
      <div class="verdict \(words.tone(decision.verdict).rawValue)"><b>\(words.verdict(decision.verdict))</b><span>\(words.meaning(decision.verdict))</span></div>
      \(HomePage.brief(decision, visit))
      <p class="soft">\(words.date(visit.today))　\(run)　\(HTML.link(PageAddress.path("papers", "gate-pack", query: [("gate", decision.gate)]), words("判定会議資料", "Gate pack")))</p>
      \(table.html(words))
      \(remarks(visit))\(MeetingForm.decide(decision, visit))
      """)
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? {
    guard rest.count == 1, visit.inquiry.field("act") == "decide" else { return nil }
    return try MeetingForm(visit).decide(rest[0])
  }

  /// Withdrawn and unfinished entries, and corrections of the ledger itself, with their persons.
  private static func remarks(_ visit: Visit) -> HTML {
    visit.snapshot.dossier.remarks.reduce("") { "\($0)<p class=\"soft\">\(visit.words($1))</p>" }
  }

  private static func criterionPage(
    _ finding: Decision.Finding, _ decision: Decision, _ visit: Visit
  ) -> PageContent {
    let words = visit.words
    let facts = visit.facts(
      Decision.Finding.listing.facts(finding, words, ["actual", "required", "why", "since", "who", "waiver"]))
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
      "<p>\(words.mark(finding.verdict).html(words))</p>\(facts)\(rest)")
  }

  /// The largest number of lines of a table; items are counted, and listed on their own page.
  private static let limit = 300

  private static func blockers(_ blockers: [Blocker], _ visit: Visit) -> HTML {
    let words = visit.words
    guard !blockers.isEmpty else {
      return "<p>\(words("特定の記録はありません。理由を見てください。", "Nothing in particular; see why."))</p>"
    }
    let items = Dictionary(visit.snapshot.dossier.items.map { ($0.item.id, $0) }) { first, _ in first }
    return Table(
      "blockers", words("妨げているもの \(words.number(blockers.count))件", "\(words.number(blockers.count)) things"),
      [
        .init("kind", words("種類", "Kind")), .init("id", words("番号", "No."), .id, head: true),
        .init("state", words("状態", "State")), .init("title", words("内容", "What")), .init("owner", words("担当", "Who")),
      ], blockers.map { .init(row($0, items, visit)) }, limit: limit
    ).html(words)
  }

  private static func row(_ blocker: Blocker, _ items: [String: ItemStanding], _ visit: Visit) -> [Cell] {
    let (words, dossier) = (visit.words, visit.snapshot.dossier)
    let none = words("見る権限がない、または記録がない", "not yours to see, or not there")
    func line(_ kind: String, _ id: Cell, _ state: Cell = .empty, _ what: Cell = .empty, _ who: String = "") -> [Cell] {
      [.text(kind), id, state, what, .text(who)]
    }
    switch blocker {
    case .check(let id):
      let kind = words("検査", "check")
      guard visit.sees(check: id), let check = visit.snapshot.checks[id] else {
        return line(kind, .text(id), .empty, .text(none))
      }
      return line(
        kind, .link(id, to: PageAddress.path("checks", id)), words.mark(check.status),
        .several([.text(words(check.title)), .soft(words(check.why))]),
        (visit.snapshot.sectionsOfCheck[id] ?? []).sorted().joined(separator: "、"))
    case .group(let check, let signature):
      let kind = words("不一致の群", "group of differences")
      guard visit.sees(check: check), let result = visit.snapshot.checks[check],
        let group = result.groups.first(where: { $0.signature == signature })
      else { return line(kind, .text(signature), .empty, .text(none)) }
      return line(
        kind, .link(signature, to: DifferencePage.address(ofGroup: group, check)),
        words.mark(visit.snapshot.kind(of: signature)),
        .text("\(words(result.title)): \(words(group.pattern)) (\(words.number(group.lines)))"),
        (visit.snapshot.sectionsOfCheck[check] ?? []).sorted().joined(separator: "、"))
    case .item(let id):
      let kind = words("確認事項", "item")
      guard let standing = items[id], visit.sees(standing) else { return line(kind, .text(id), .empty, .text(none)) }
      return line(
        kind, .link(id, to: PageAddress.path("items", id)), words.mark(standing),
        .several([.text(words(standing.item.title)), .soft(words(standing.why))]),
        standing.item.owner)
    case .issue(let id):
      let kind = words("課題", "issue")
      guard let issue = dossier.issues.first(where: { $0.id == id }), visit.sees(issue) else {
        return line(kind, .text(id), .empty, .text(none))
      }
      return line(
        kind, .link(id, to: PageAddress.path("issues", id)), .text(words(issue.state.title)), .text(issue.title),
        issue.owner)
    case .milestone(let id):
      let milestone = dossier.milestones.first { $0.id == id }
      return line(
        words("日程", "schedule"), .link(id, to: "/schedule"), .empty, .text(milestone.map { words($0.title) } ?? none),
        milestone?.owner ?? "")
    case .request(let id):
      let request = dossier.requests.first { $0.id == id }
      return line(
        words("電算処理依頼", "extract request"), .text(id), .empty, .text(request.map { words($0.title) } ?? none))
    case .run(let run): return line(words("実行", "run"), .link(run, to: PageAddress.path("runs", run)))
    case .file(let id):
      return line(words("ファイル", "file"), .text(id), .empty, .text(words("移行できなかった", "could not be migrated")))
    case .subsystem(let id):
      return line(words("業務", "subsystem"), .text(id), .empty, .text(words(visit.snapshot.title(ofSubsystem: id))))
    case .day(let day):
      let found = dossier.days.first { $0.day == day }
      return line(
        words("並行稼働", "parallel run"),
        found == nil ? .text(day) : .link(day, to: PageAddress.path("papers", "parallel", query: [("day", day)])),
        .text(found.map { words($0.outcome.title) } ?? words("比較していない", "not compared")))
    case .decision(let gate):
      return line(words("決定", "decision"), .text(gate), .empty, .text(words("判定会議の決定", "what its meeting decided")))
    case .rejects(let run): return line(words("拒否レコード", "rejected records"), .link(run, to: "/rejects"))
    case .mapping(let id):
      return line(
        words("項目変換", "mapping"), .text(String(id.dropFirst("mapping/".count))), .empty,
        .text(words("未確認、または確認の後に変わった", "not confirmed, or changed since")))
    case .definitions(let run):
      return line(
        words("定義", "definitions"), .text(run), .empty,
        .text(words("実行の後に変わった。もう一度実行する", "changed since the run; run again")))
    }
  }
}
