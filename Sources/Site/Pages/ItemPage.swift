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
    let pick = Listing<ItemStanding>.Field.cell("選択", "Pick", key: "pick") { standing, _ in
      .pick(ItemForm.seen(standing), of: standing.item.id)
    }
    let table = listing(visit).adding(pick).table(
      found[pages.range], words,
      (visit.enters ? ["pick"] : []) + [.init("id", head: true), "state", "severity", "title", "owner", "due", "why"],
      title: words(
        "\(words.number(found.count))項目（全\(words.number(mine.count))項目）",
        "\(words.number(found.count)) of \(words.number(mine.count)) items"), limit: .max,
      link: { PageAddress.path("items", $0.item.id) }
    ).html(words)
    let body: HTML = visit.enters ? ItemForm.several(table, visit) : table
    return PageContent(
      words("確認事項", "Items to be confirmed"), "\(filters(visit, mine))\(pages.around(body))")
  }

  private static func listing(_ visit: Visit) -> Listing<ItemStanding> {
    ItemStanding.listing(on: visit.today, visit.snapshot.names)
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
    let gates = visit.snapshot.outline.gates.filter { item.belongs(to: $0.name) }.map { gate in
      Cell.link(words(gate.title), to: PageAddress.path("gates", gate.name))
    }
    let keys = ItemStanding.facts.filter { !["gate", "evidence", "links"].contains($0) }
    let facts = visit.facts(
      listing(visit).facts(standing, words, keys) + [.init(words("判定", "Gates"), .several(gates, by: ", "))])
    return PageContent(
      "\(item.id) \(words(item.title))",
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("確認事項", "Items"), address: "/items"),
      ],
      """
      \(facts)\(ItemForm.one(standing, visit))\(evidence(standing, visit))\(issues(standing, visit))\(try visit.history(of: item.id, in: Item.register))
      """)
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
    let checks = standing.item.evidence.map { id -> Table.Row in
      guard let check = visit.snapshot.checks[id] else {
        return .init([
          .text(id), .mark(words("未判定", "undecided"), .unknown), .empty, .text(words("実行されていない", "was not run")),
        ])
      }
      return .init([
        .link(id, to: PageAddress.path("checks", id)), words.mark(check.status), .text(words(check.title)),
        .text(words(check.why)),
      ])
    }
    let table = Table(
      "evidence", words("証跡", "Evidence"),
      [
        .init("id", words("番号", "No."), .id, head: true), .init("status", words("結果", "Result"), .mark),
        .init("title", words("内容", "What")), .init("why", words("見つかったこと", "What was found")),
      ],
      checks
        + days.map { day, job in
          .init([
            .link(day.day, to: PageAddress.path("papers", "parallel", query: [("day", day.day)])),
            words.mark(job.outcome), .text(words("並行稼働 \(job.id)", "parallel run, \(job.id)")), .empty,
          ])
        }, limit: .max)
    return "<h2>\(words("証跡", "Evidence"))</h2>\(table.html(words))"
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
}
