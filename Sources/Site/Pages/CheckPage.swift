import Office
import Evidence
import Outline
import Projects
import Base
import Tables
import Records
import Registers
import Workspace
import Report

/// 検査: the list of all checks of the latest run, and one check: its comparison, its findings, its groups of
/// differences.
enum CheckPage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    if rest.isEmpty { return list(visit) }
    guard rest.count == 1, visit.sees(check: rest[0]), let check = visit.snapshot.checks[rest[0]] else { return nil }
    return one(check, visit)
  }

  private static let limit = 200

  private static func list(_ visit: Visit) -> PageContent {
    let words = visit.words
    let title = words("検査", "Checks")
    guard let evidence = visit.snapshot.evidence else {
      return PageContent(title, "<p class=\"unknown\">\(words.noRun)</p>")
    }
    let mine = CheckResult.gravestFirst(evidence.checks.filter { visit.sees(check: $0.id) })
    let status = CheckStatus(rawValue: visit.query("status"))
    let found = mine.filter { check in
      (status == nil || check.status == status)
        && (visit.query("subsystem").isEmpty || check.subsystem == visit.query("subsystem"))
        && (visit.query("category").isEmpty || check.category == visit.query("category"))
        && (visit.query("severity").isEmpty || check.severity.rawValue == visit.query("severity"))
    }
    let pages = Paging(count: found.count, limit: limit, visit)
    let table = CheckResult.listing(visit.snapshot.title(ofSubsystem:)).table(
      found[pages.range], words, [.init("id", head: true), "status", "severity", "title", "why", "differences"],
      title: words(
        "\(words.number(found.count))検査（全\(words.number(mine.count))検査）",
        "\(words.number(found.count)) of \(words.number(mine.count)) checks"), limit: .max,
      link: { PageAddress.path("checks", $0.id) })
    let statuses: [CheckStatus] = [.failed, .notRun, .warned, .passed]
    let categories = Set(mine.map(\.category)).sorted()
    let filters = FilterForm.html(
      "/checks",
      [
        FilterForm.choice("status", words("結果", "Result"), statuses.map { ($0.rawValue, words.status($0)) }, visit),
        FilterForm.choice(
          "subsystem", words("業務", "Subsystem"),
          visit.snapshot.outline.subsystems.map { ($0, words(visit.snapshot.title(ofSubsystem: $0))) }, visit),
        FilterForm.choice("category", words("観点", "Category"), categories.map { ($0, $0) }, visit),
        FilterForm.choice(
          "severity", words("重大度", "Severity"), Severity.allCases.map { ($0.rawValue, $0.rawValue) }, visit),
      ], visit)
    return PageContent(title, "\(filters)\(pages.around(table))")
  }

  private static func one(_ check: CheckResult, _ visit: Visit) -> PageContent {
    let words = visit.words
    let place = (try? visit.site.snapshots.project(visit.snapshot))?.place(ofCheck: check.id)
    let items = visit.snapshot.dossier.items.filter { $0.item.evidence.contains(check.id) && visit.sees($0) }
    let listing = CheckResult.listing(visit.snapshot.title(ofSubsystem:))
    let facts = visit.facts(
      listing.facts(
        check, words, ["status", "why", "severity", "subsystem", "formula", "rule", "expected", "actual"]) + [
          .init(words("定義", "Defined in"), place.map { .code($0.text(visit.language)) } ?? .empty),
          .init(
            words("確認事項", "Items that rest on it"),
            .several(items.map { .link($0.item.id, to: PageAddress.path("items", $0.item.id)) }, by: ", ")),
        ])
    return PageContent(
      "\(check.id) \(words(check.title))",
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("検査", "Checks"), address: "/checks"),
      ],
      "\(facts)\(groups(check, visit))\(lines(check, visit))")
  }

  private static func groups(_ check: CheckResult, _ visit: Visit) -> HTML {
    let words = visit.words
    guard check.differences > 0 else { return "" }
    let title = words("不一致の群", "Groups of differences")
    let table = GroupEntry.listing.table(
      GroupEntry.all([check], visit.snapshot.dossier.classes), words,
      [.init("signature", head: true), "pattern", "differences", "sums", "cause"],
      title: words(
        "不一致 \(words.number(check.differences))件、\(check.groups.count)群",
        "\(words.number(check.differences)) differences in \(check.groups.count) groups"), limit: .max,
      link: { DifferencePage.address(ofGroup: $0.group, check.id) })
    let all = HTML.link(PageAddress.path("differences", check.id), words("全件を見る", "See every one"))
    return "<h2>\(title)</h2>\(table.html(words))<p>\(all)</p>"
  }

  /// The compared groups or keys, also of a check that passed.
  private static func lines(_ check: CheckResult, _ visit: Visit) -> HTML {
    let words = visit.words
    guard check.differences == 0 || check.list == nil, visit.seesSingles(of: check), !check.lines.isEmpty else {
      return ""
    }
    let shown = check.lines.prefix(limit).map { SingleDifference($0, of: check) }
    let table = check.compared(
      "lines", words("比べた値（\(shown.count)行）", "What was compared (\(shown.count) lines)"), shown, words,
      marksDifferences: true)
    return "<h2>\(words("比べた値", "What was compared"))</h2>\(table.html(words))"
  }
}
