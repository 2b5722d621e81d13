import Office
import Outline
import Projects
import Evidence
import Tables
import Gates
import Pipeline
import Registers
import Report

/// 概況: each gate's light, the records read and their dispositions, open matters, and a run at work.
enum HomePage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    guard rest.isEmpty else { return nil }
    let words = visit.words
    let decisions = try visit.snapshot.outline.gates.map { try visit.snapshot.decision($0) }
    let lights = decisions.map { light($0, visit) }
    return PageContent(
      words("概況", "Overview"),
      """
      \(RunFollower.box(visit))<div class="lights">\(lights)</div>
      \(next(decisions, visit).map { brief($0, visit) } ?? "")
      \(CausePage.first(visit))
      \(heat(visit))
      \(burnDown(visit))
      <h2>\(words("直近の実行", "Latest run"))</h2>\(run(visit))
      <h2>\(words("残っていること", "What is open"))</h2>\(open(visit))
      """)
  }

  /// The gate that is decided next: the first that its meeting has not passed.
  private static func next(_ decisions: [Decision], _ visit: Visit) -> Decision? {
    decisions.first { decision in
      !visit.snapshot.dossier.decisions.contains { $0.gate == decision.gate && $0.decision != .sentBack }
    } ?? decisions.last
  }

  /// Why the next gate stands as it does, what to do next, and what has changed.
  static func brief(_ decision: Decision, _ visit: Visit) -> HTML {
    let words = visit.words
    let brief = DecisionBrief(decision, visit.snapshot.dossier, sees: visit.sees(check:))
    let acts = brief.table(words) { target in
      switch target {
      case .cause(let id): PageAddress.path("causes", id)
      case .causes: PageAddress.path("causes")
      case .gate(let name): PageAddress.path("gates", name)
      }
    }
    // The acts stand side by side where there is room for a table.
    let parts = brief.facts(words).map { fact -> HTML in
      fact.key == "next" ? acts?.html(words) ?? HTML.sentences([fact], words) : HTML.sentences([fact], words)
    }
    let run = visit.snapshot.dossier.latest.map { run in
      words(
        "　\(words(run.stage.title)) \(run.run)（\(words.time(run.finished))）",
        ", \(words(run.stage.title)) \(run.run), \(words.time(run.finished))")
    }
    return
      "<section aria-label=\"\(words("\(words(decision.title))の要約", "\(words(decision.title)) in three sentences"))\"><p class=\"soft\"><strong>\(words(decision.title))</strong>\(run ?? "")</p>\(parts)</section>"
  }

  private static func heat(_ visit: Visit) -> HTML {
    let checks = (visit.snapshot.evidence?.checks ?? []).filter { visit.sees(check: $0.id) }
    if checks.isEmpty { return "" }
    let known = visit.snapshot.outline.subsystems.map { ($0, visit.snapshot.title(ofSubsystem: $0)) }
    let table = CheckHeat(checks, known).table(visit.words) { subsystem, category in
      PageAddress.path("checks", query: [("subsystem", subsystem), ("category", category)])
    }
    return table.html(visit.words)
  }

  private static func burnDown(_ visit: Visit) -> HTML {
    let items = visit.snapshot.dossier.items.filter { visit.sees($0) }
    if items.isEmpty { return "" }
    let chart = ProgressPaper.burnDown(items, visit.words, today: visit.today)
    return chart.figure(visit.words)
  }

  /// A gate's light, with a link to its criteria.
  static func light(_ decision: Decision, _ visit: Visit) -> HTML {
    let words = visit.words
    return """
      <a class="verdict \(words.tone(decision.verdict).rawValue)" href="\(PageAddress.path("gates", decision.gate))"><b>\(words.verdict(decision.verdict))</b>\
      <span><strong>\(words(decision.title))</strong><br>\
      \(decision.verdict == .go ? words.meaning(decision.verdict) : DecisionBrief.count(decision, words))</span></a>
      """
  }

  private static func run(_ visit: Visit) -> HTML {
    let words = visit.words
    guard let evidence = visit.snapshot.evidence, let latest = visit.snapshot.dossier.latest else {
      return "<p class=\"unknown\">\(words.noRun)</p>"
    }
    let records = evidence.records
    func card(_ name: String, _ value: Int, _ address: String) -> HTML {
      let number = words.number(value)
      return
        "<div class=\"card\"><b>\(address.isEmpty ? "\(number)" : .link(address, number))</b><span>\(name)</span></div>"
    }
    // A section's figures are those of the linked lists.
    let mine = evidence.checks.filter { visit.sees(check: $0.id) }
    let whose = visit.person.sections == nil ? "" : words("（担当分）", " (yours)")
    func checks(_ status: CheckStatus, _ name: String) -> HTML {
      card(
        name + whose, mine.count { $0.status == status },
        PageAddress.path("checks", query: [("status", status.rawValue)]))
    }
    let cards = [
      card(words("読込", "records read"), records.read, ""), card(words("移行", "migrated"), records.migrated, ""),
      card(words("拒否", "rejected"), records.rejected, records.rejected > 0 ? "/rejects" : ""),
      card(words("除外", "excluded"), records.excluded, ""),
      checks(.passed, words("検査 合格", "checks passed")), checks(.failed, words("検査 不合格", "checks failed")),
      checks(.warned, words("検査 警告", "warnings")), checks(.notRun, words("検査 未判定", "undecided")),
    ]
    return """
      <p>\(HTML.link(PageAddress.path("runs", latest.run), "\(words(latest.stage.title)) \(latest.run)"))　\(words("終了", "finished")) \(words.time(latest.finished))</p>\
      <div class="cards">\(cards)</div>
      """
  }

  private static func open(_ visit: Visit) -> HTML {
    let (words, dossier) = (visit.words, visit.snapshot.dossier)
    var rows: [Table.Row] = []
    for kind in Item.Kind.allCases {
      let items = dossier.items.filter { $0.item.kind == kind && visit.sees($0) }
      if items.isEmpty { continue }
      let late = items.count { $0.isOverdue(on: dossier.today) }
      let query = [("kind", kind.rawValue)]
      func link(_ cell: Cell, _ more: [(String, String)] = []) -> Cell {
        .link(cell, to: PageAddress.path("items", query: query + more))
      }
      rows.append(
        .init([
          link(.text(words("確認事項（\(words(kind.title))）", "items: \(words(kind.title))"))),
          link(.number(items.count { !$0.isDone }), [("open", "1")]), link(.number(late), [("overdue", "1")]),
          .number(items.count),
        ]))
    }
    let issues = dossier.issues.filter(visit.sees)
    let groups = dossier.latest?.groups.filter { visit.sees(check: $0.check) } ?? []
    let unclassified = groups.count { visit.snapshot.kind(of: $0.signature) == .unclassified }
    rows += [
      .init([
        .link(words("課題", "issues"), to: "/issues"), .number(issues.count { $0.isOpen }),
        .number(issues.count { $0.isOverdue(on: dossier.today) }), .number(issues.count),
      ]),
      .init([
        .link(words("不一致の群（未分類）", "groups of differences without a class"), to: "/differences"),
        .link(.number(unclassified), to: PageAddress.path("differences", query: [("class", "U")])), .text("–"),
        .number(groups.count),
      ]),
    ]
    return Table(
      "open", words("種類ごとの残り", "What is open, by kind"),
      [
        .init("kind", words("種類", "Kind"), head: true), .init("open", words("残り", "Open"), .number),
        .init("overdue", words("期限超過", "Overdue"), .number), .init("all", words("全部", "All"), .number),
      ], rows
    ).html(words)
  }
}
