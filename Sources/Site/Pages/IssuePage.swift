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
    var grid = Grid(
      words(
        "\(words.number(found.count))件（全\(words.number(mine.count))件）",
        "\(words.number(found.count)) of \(words.number(mine.count)) issues"),
      [
        .id(words("番号", "No.")), .text(words("状態", "State")), .text(words("重大度", "Severity")),
        .text(words("件名", "Title")), .text(words("担当", "Owner")), .id(words("期限", "Due")),
        .number(words("経過日数", "Age, days")),
      ])
    for issue in found[pages.range] {
      let due: HTML = issue.isOverdue(on: today) ? "<strong class=\"bad\">\(issue.due)</strong>" : .text(issue.due)
      grid.add([
        .link(PageAddress.path("issues", issue.id), issue.id),
        .tag(issue.isOpen ? "open" : "closed", words(issue.state.title)),
        .text(issue.severity.rawValue), .text(issue.title), .text("\(issue.section) \(issue.owner)"), due,
        .text(issue.age(on: today).map(words.number) ?? ""),
      ])
    }
    let filter = FilterForm.html(
      "/issues",
      [
        FilterForm.choice(
          "state", words("状態", "State"), Issue.State.allCases.map { ($0.rawValue, words($0.title)) }, visit),
        FilterForm.choice(
          "severity", words("重大度", "Severity"), Severity.allCases.map { ($0.rawValue, $0.rawValue) }, visit),
        FilterForm.flag("open", words("未完了のみ", "open only"), visit),
      ], visit)
    return PageContent(words("課題", "Issues"), "\(filter)\(pages.html)\(grid.html)\(pages.html)")
  }

  private static func one(_ issue: Issue, _ visit: Visit) throws -> PageContent {
    let words = visit.words
    let links = issue.links.map { link -> HTML in
      if visit.snapshot.dossier.items.contains(where: { $0.item.id == link && visit.sees($0) }) {
        return .link(PageAddress.path("items", link), link)
      }
      if visit.snapshot.checks[link] != nil, visit.sees(check: link) {
        return .link(PageAddress.path("checks", link), link)
      }
      return .text(link)
    }
    func said(_ person: String, _ at: String) -> HTML {
      person.isEmpty ? "" : "\(person) <span class=\"soft\">\(words.time(at))</span>"
    }
    return PageContent(
      "\(issue.id) \(issue.title)",
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("課題", "Issues"), address: "/issues"),
      ],
      .facts([
        (words("状態", "State"), .tag(issue.isOpen ? "open" : "closed", words(issue.state.title))),
        (words("重大度", "Severity"), .text(issue.severity.rawValue)), (words("内容", "Detail"), .text(issue.detail)),
        (words("要因", "Cause"), .text("\(issue.cause.rawValue) \(words(issue.cause.title))")),
        (words("担当課", "Section"), .text(issue.section)), (words("担当", "Owner"), .text(issue.owner)),
        (words("期限", "Due"), issue.due.isEmpty ? "" : .text(words.date(issue.due))),
        (words("重要課題", "Important"), issue.isImportant ? .text(words("はい", "yes")) : ""),
        (words("回避策", "Workaround"), .text(issue.workaround)), (words("対応", "Resolution"), .text(issue.resolution)),
        (words("起票", "Opened"), said(issue.openedBy, issue.openedAt)),
        (words("解決", "Resolved"), said(issue.resolvedBy, issue.resolvedAt)),
        (words("完了", "Closed"), said(issue.closedBy, issue.closedAt)), (words("理由", "Reason"), .text(issue.reason)),
        (words("関連", "Linked to"), .row(links)),
      ]))
  }
}
