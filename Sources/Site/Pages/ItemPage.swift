import Office
import Evidence
import Outline
import Projects
import Base
import Tables
import Gates
import Ledger
import Records
import Registers
import Report

/// 確認事項: the list with its filters, and one item with its evidence and its history.
enum ItemPage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    if rest.isEmpty { return try list(visit) }
    guard rest.count == 1, let standing = visit.snapshot.dossier.items.first(where: { $0.item.id == rest[0] }),
      visit.sees(standing)
    else { return nil }
    return try item(standing, visit)
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? { try ItemForm(visit).enter(rest) }

  static func tag(_ standing: ItemStanding, _ words: Words) -> HTML {
    .tag(standing.isStale ? "stale" : standing.state.rawValue, words(standing.title))
  }

  // MARK: the list

  /// The number of items on a page.
  private static let limit = 200

  private static func filter(_ visit: Visit) throws -> ItemFilter {
    func given(_ name: String) -> String? { visit.query(name).isEmpty ? nil : visit.query(name) }
    var filter = ItemFilter()
    filter.state = Item.State(rawValue: visit.query("state"))
    filter.kind = Item.Kind(rawValue: visit.query("kind"))
    filter.subsystem = given("subsystem")
    filter.category = given("category")
    filter.owner = given("owner")
    filter.severity = Severity(rawValue: visit.query("severity"))
    filter.gate = try given("gate").map { try visit.snapshot.outline.gate($0).name }
    filter.search = given("search")
    filter.isOpen = given("open") != nil
    filter.isOverdue = given("overdue") != nil
    filter.isStale = given("stale") != nil
    return filter
  }

  private static func list(_ visit: Visit) throws -> PageContent {
    let words = visit.words
    let filter = try filter(visit)
    let mine = visit.snapshot.dossier.items.filter(visit.sees)
    let found = mine.filter { filter.admits($0, visit.today) }
    let pages = Paging(count: found.count, limit: limit, visit)
    let shown = found[pages.range]
    var grid = Grid(
      words(
        "\(words.number(found.count))項目（全\(words.number(mine.count))項目）",
        "\(words.number(found.count)) of \(words.number(mine.count)) items"),
      (visit.enters ? [.text(words("選択", "Pick"))] : []) + [
        .id(words("番号", "No.")), .text(words("状態", "State")), .text(words("重大度", "Severity")),
        .text(words("内容", "Item")), .text(words("担当課", "Section")), .id(words("期限", "Due")), .text(words("理由", "Why")),
      ])
    for standing in shown {
      let item = standing.item
      let isLate = !standing.isDone && !item.due.isEmpty && item.due < visit.today
      let due: HTML = item.due.isEmpty ? "" : isLate ? "<strong class=\"bad\">\(item.due)</strong>" : .text(item.due)
      var row: [HTML] = [
        .link(PageAddress.path("items", item.id), item.id), tag(standing, words), .text(item.severity.rawValue),
        .text(words(item.title)), .text(item.owner), due, .sentence(words(standing.why)),
      ]
      if visit.enters {
        row.insert(
          "<input type=\"checkbox\" name=\"item\" value=\"\(ItemForm.seen(standing))\" aria-label=\"\(item.id)\">",
          at: 0)
      }
      grid.add(row)
    }
    let body: HTML = visit.enters ? ItemForm.several(grid.html, visit) : grid.html
    return PageContent(
      words("確認事項", "Items to be confirmed"), "\(filters(visit, mine))\(pages.html)\(body)\(pages.html)")
  }

  private static func filters(_ visit: Visit, _ items: [ItemStanding]) -> HTML {
    let words = visit.words
    func values(_ name: (ItemStanding) -> String) -> [(String, String)] {
      Set(items.map(name)).filter { !$0.isEmpty }.sorted().map { ($0, $0) }
    }
    let fields: [HTML] = [
      FilterForm.choice("kind", words("区分", "Kind"), Item.Kind.allCases.map { ($0.rawValue, words($0.title)) }, visit),
      FilterForm.choice(
        "state", words("状態", "State"), Item.State.allCases.map { ($0.rawValue, words($0.title)) }, visit),
      FilterForm.choice("owner", words("担当課", "Section"), values(\.item.owner), visit),
      FilterForm.choice(
        "subsystem", words("業務", "Subsystem"),
        visit.snapshot.outline.subsystems.map { ($0, words(visit.snapshot.title(ofSubsystem: $0))) }, visit),
      FilterForm.choice("category", words("観点", "Category"), values(\.item.category), visit),
      FilterForm.choice(
        "severity", words("重大度", "Severity"), Severity.allCases.map { ($0.rawValue, $0.rawValue) }, visit),
      FilterForm.choice(
        "gate", words("判定", "Gate"), visit.snapshot.outline.gates.map { ($0.name, words($0.title)) }, visit),
      FilterForm.text("search", words("番号・文言", "Number or text"), visit),
      FilterForm.flag("open", words("未了のみ", "open only"), visit),
      FilterForm.flag("overdue", words("期限超過のみ", "overdue only"), visit),
      FilterForm.flag("stale", words("証跡変更のみ", "evidence changed only"), visit),
    ]
    return FilterForm.html("/items", fields, visit)
  }

  // MARK: one item

  private static func item(_ standing: ItemStanding, _ visit: Visit) throws -> PageContent {
    let (words, item) = (visit.words, standing.item)
    let job = visit.snapshot.dossier.jobs[item.job].map { words($0.title) } ?? item.job
    let gate = visit.snapshot.outline.gates.filter { item.belongs(to: $0.name) }
    let facts = HTML.facts([
      (words("状態", "State"), tag(standing, words)), (words("理由", "Why"), .sentence(words(standing.why))),
      (words("いつから", "Since"), standing.since.isEmpty ? "" : .text(words.time(standing.since))),
      (words("区分", "Kind"), .text(words(item.kind.title))), (words("重大度", "Severity"), .text(item.severity.rawValue)),
      (
        words("業務", "Subsystem"),
        item.subsystem.isEmpty ? "" : .text(words(visit.snapshot.title(ofSubsystem: item.subsystem)))
      ),
      (words("観点", "Category"), .text(item.category)), (words("バッチ処理", "Batch job"), .text(job)),
      (words("担当課", "Section"), .text(item.owner)), (words("確認者の職", "Confirmed by (post)"), .text(item.confirmer)),
      (words("期限", "Due"), item.due.isEmpty ? "" : .text(words.date(item.due))),
      (
        words("判定", "Gates"),
        .row(gate.map { .link(PageAddress.path("gates", $0.name), words($0.title)) })
      ),
      (words("担当者", "Assignee"), .text(item.assignee)), (words("回答", "Answer"), .text(item.answer)),
      (words("回答者", "Answered by"), said(item.answeredBy, item.answeredAt, words)),
      (words("確認者", "Confirmed by"), standing.isDone ? said(item.confirmedBy, item.confirmedAt, words) : ""),
      (words("差戻・保留の理由", "Reason"), .text(item.reason)), (words("承認者", "Approver"), .text(item.approver)),
      (words("いつまで", "Until"), item.until.isEmpty ? "" : .text(words.date(item.until))),
      (words("備考", "Note"), .text(item.note)),
    ])
    return PageContent(
      "\(item.id) \(words(item.title))",
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("確認事項", "Items"), address: "/items"),
      ],
      """
      \(facts)\(ItemForm.one(standing, visit))\(evidence(standing, visit))\(issues(standing, visit))\(try history(item, visit))
      """)
  }

  private static func said(_ person: String, _ at: String, _ words: Words) -> HTML {
    person.isEmpty ? "" : "\(person) <span class=\"soft\">\(words.time(at))</span>"
  }

  /// The item's checks, as the latest run found them, and the days of the parallel run.
  private static func evidence(_ standing: ItemStanding, _ visit: Visit) -> HTML {
    let words = visit.words
    let days = visit.snapshot.dossier.days.flatMap { day in
      day.jobs.filter { $0.items.contains(standing.item.id) }.map { (day: day, job: $0) }
    }
    guard !standing.item.evidence.isEmpty || !days.isEmpty else {
      return
        "<h2>\(words("証跡", "Evidence"))</h2><p>\(words("機械の証跡はありません。人が確認します。", "No machine proves it; a person confirms."))</p>"
    }
    var grid = Grid(
      words("証跡", "Evidence"),
      [
        .id(words("番号", "No.")), .text(words("結果", "Result")), .text(words("内容", "What")),
        .text(words("見つかったこと", "What was found")),
      ])
    for id in standing.item.evidence {
      guard let check = visit.snapshot.checks[id] else {
        grid.add([.text(id), .tag("not_run", words("未判定", "undecided")), "", .text(words("実行されていない", "was not run"))])
        continue
      }
      grid.add([
        .link(PageAddress.path("checks", id), id), .tag(check.status.rawValue, words.status(check.status)),
        .text(words(check.title)), .text(words(check.why)),
      ])
    }
    for (day, job) in days {
      grid.add([
        .link(PageAddress.path("papers", "parallel", query: [("day", day.day)]), day.day),
        .text(words(job.outcome.title)),
        .text(words("並行稼働 \(job.id)", "parallel run, \(job.id)")), "",
      ])
    }
    return "<h2>\(words("証跡", "Evidence"))</h2>\(grid.html)"
  }

  private static func issues(_ standing: ItemStanding, _ visit: Visit) -> HTML {
    let words = visit.words
    let issues = visit.snapshot.dossier.issues(about: standing).filter(visit.sees)
    guard !issues.isEmpty else { return "" }
    let lines = issues.map { issue -> HTML in
      "<li>\(HTML.link(PageAddress.path("issues", issue.id), issue.id)) \(words(issue.state.title)) \(issue.title)</li>"
    }
    return "<h2>\(words("関連する課題", "Issues about it"))</h2><ul>\(lines)</ul>"
  }

  /// All entries about the item.
  private static func history(_ item: Item, _ visit: Visit) throws -> HTML {
    let words = visit.words
    let entries = try visit.snapshot.office.reading().history(of: item.id, in: Item.register.name)
    var grid = Grid(
      words("経過", "History"),
      [
        .number(words("台帳", "Entry")), .id(words("日時", "When")), .text(words("誰が", "Who")),
        .text(words("何を", "What")), .text(words("内容", "Fields")),
      ])
    for entry in entries {
      let act = ItemAct.Kind(rawValue: entry.amendment.act).map { words($0.title) } ?? entry.amendment.act
      let source = entry.amendment.source.isEmpty ? "" : " (\(entry.amendment.source))"
      let fields = JSONValue.object(entry.amendment.changes).canonical
      grid.add([
        .text(words.number(entry.number)), .text(words.time(entry.at)), .text(entry.by), .text(act + source),
        "<code class=\"small\">\(fields.count > 300 ? String(fields.prefix(299)) + "…" : fields)</code>",
      ])
    }
    return "<h2>\(words("経過", "History"))</h2>\(grid.html)"
  }
}
