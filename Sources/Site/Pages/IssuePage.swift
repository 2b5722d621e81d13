import Evidence
import Tables
import Office
import Registers
import Report

/// 課題: the list, and one issue.
enum IssuePage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    if rest.isEmpty { return list(visit) }
    guard rest.count == 1, let issue = visit.snapshot.dossier.issues.first(where: { $0.id == rest[0] }),
      visit.sees(issue)
    else { return nil }
    return try one(issue, visit)
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? { try IssueForm(visit).enter(rest) }

  private static func list(_ visit: Visit) -> PageContent {
    let (words, today) = (visit.words, visit.today)
    let mine = visit.snapshot.dossier.issues.filter(visit.sees)
    let state = Issue.State(rawValue: visit.query("state"))
    let found = mine.filter { issue in
      (state == nil || issue.state == state)
        && (visit.query("severity").isEmpty || issue.severity.rawValue == visit.query("severity"))
        && (visit.query("open").isEmpty || issue.isOpen)
    }.sorted { ($0.severity, $0.due, $0.id) < ($1.severity, $1.due, $1.id) }
    let pages = Paging(count: found.count, limit: 200, visit)
    let table = Issue.listing(on: today).table(
      found[pages.range], words,
      [.init("id", head: true), "state", "severity", "title", "owner", "due", "age_days"],
      title: words(
        "\(words.number(found.count))件（全\(words.number(mine.count))件）",
        "\(words.number(found.count)) of \(words.number(mine.count)) issues"), limit: .max,
      link: { PageAddress.path("issues", $0.id) })
    let filter = FilterForm.html(
      "/issues",
      [
        FilterForm.choice(
          "state", words("状態", "State"), Issue.State.allCases.map { ($0.rawValue, words($0.title)) }, visit),
        FilterForm.choice(
          "severity", words("重大度", "Severity"), Severity.allCases.map { ($0.rawValue, $0.rawValue) }, visit),
        FilterForm.flag("open", words("未完了のみ", "open only"), visit),
      ], visit)
    return PageContent(
      words("課題", "Issues"),
      "\(filter)\(pages.around(table))\(EntryForm.acts([IssueForm.new(link: visit.query("link"), visit)], visit))")
  }

  private static func one(_ issue: Issue, _ visit: Visit) throws -> PageContent {
    let words = visit.words
    let links = issue.links.map { link -> Cell in
      if visit.snapshot.dossier.items.contains(where: { $0.item.id == link && visit.sees($0) }) {
        return .link(link, to: PageAddress.path("items", link))
      }
      if visit.snapshot.checks[link] != nil, visit.sees(check: link) {
        return .link(link, to: PageAddress.path("checks", link))
      }
      return .text(link)
    }
    return PageContent(
      "\(issue.id) \(issue.title)",
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("課題", "Issues"), address: "/issues"),
      ],
      """
      \(visit.facts(
        Issue.listing(on: visit.today).facts(issue, words, Issue.facts.filter { $0 != "links" })
          + [.init(words("関連", "Linked to"), .several(links, by: ", "))]))\(IssueForm.one(issue, visit))\(try visit.history(of: issue.id, in: Issue.register))
      """)
  }
}
