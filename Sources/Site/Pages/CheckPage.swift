import Office
import Evidence
import Outline
import Projects
import Base
import Tables
import Records
import Registers
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
    let mine = evidence.checks.filter { visit.sees(check: $0.id) }
    let status = CheckStatus(rawValue: visit.query("status"))
    let found = mine.filter { check in
      (status == nil || check.status == status)
        && (visit.query("subsystem").isEmpty || check.subsystem == visit.query("subsystem"))
        && (visit.query("category").isEmpty || check.category == visit.query("category"))
        && (visit.query("severity").isEmpty || check.severity.rawValue == visit.query("severity"))
    }
    let pages = Paging(count: found.count, limit: limit, visit)
    var grid = Grid(
      words(
        "\(words.number(found.count))検査（全\(words.number(mine.count))検査）",
        "\(words.number(found.count)) of \(words.number(mine.count)) checks"),
      [
        .id(words("番号", "No.")), .text(words("結果", "Result")), .text(words("重大度", "Severity")),
        .text(words("検査", "Check")), .text(words("見つかったこと", "What was found")), .number(words("不一致", "Differences")),
      ])
    for check in found[pages.range] {
      grid.add([
        .link(PageAddress.path("checks", check.id), check.id), .tag(check.status.rawValue, words.status(check.status)),
        .text(check.severity.rawValue), .text(words(check.title)), .text(words(check.why)),
        .text(words.number(check.differences)),
      ])
    }
    let statuses: [CheckStatus] = [.passed, .failed, .warned, .notRun]
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
    return PageContent(title, "\(filters)\(pages.html)\(grid.html)\(pages.html)")
  }

  private static func one(_ check: CheckResult, _ visit: Visit) -> PageContent {
    let words = visit.words
    let place = (try? visit.site.snapshots.project(visit.snapshot))?.place(ofCheck: check.id)
    let items = visit.snapshot.dossier.items.filter { $0.item.evidence.contains(check.id) && visit.sees($0) }
    let facts = HTML.facts([
      (words("結果", "Result"), .tag(check.status.rawValue, words.status(check.status))),
      (words("見つかったこと", "What was found"), .text(words(check.why))),
      (words("重大度", "Severity"), .text(check.severity.rawValue)),
      (words("業務", "Subsystem"), .text(words(visit.snapshot.title(ofSubsystem: check.subsystem)))),
      (words("突合の内容", "What is compared"), .text(words(check.formula))),
      (words("根拠", "Rule"), check.rule.map { .sentence(words($0)) } ?? ""),
      (
        words("期待側", "Expected from"),
        .text(
          words.side(check.expectedFrom) + words("　", ": ") + words.number(check.expectedRows) + words("行", " rows"))
      ),
      (
        words("実際側", "Actual from"),
        .text(words.side(check.actualFrom) + words("　", ": ") + words.number(check.actualRows) + words("行", " rows"))
      ),
      (words("定義", "Defined in"), place.map { "<code>\($0.text(visit.language))</code>" } ?? ""),
      (
        words("確認事項", "Items that rest on it"),
        .row(items.map { .link(PageAddress.path("items", $0.item.id), $0.item.id) })
      ),
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
    var grid = Grid(
      words(
        "不一致 \(words.number(check.differences))件、\(check.groups.count)群",
        "\(words.number(check.differences)) differences in \(check.groups.count) groups"),
      [
        .id(words("署名", "Signature")), .text(words("内容", "What they look like")), .number(words("件数", "Lines")),
        .text(words("差の合計", "Sum of differences")), .text(words("要因", "Cause")),
      ])
    for group in check.groups {
      grid.add([
        .link(DifferencePage.address(ofGroup: group, check.id), group.signature), .text(words(group.pattern)),
        .text(words.number(group.lines)), .text(DifferencePage.sums(group, check, words)),
        DifferencePage.cause(group.signature, visit),
      ])
    }
    let all = HTML.link(PageAddress.path("differences", check.id), words("全件を見る", "See every one"))
    return "<h2>\(title)</h2>\(grid.html)<p>\(all)</p>"
  }

  /// The compared groups or keys, also of a check that passed.
  private static func lines(_ check: CheckResult, _ visit: Visit) -> HTML {
    let words = visit.words
    guard check.differences == 0 || check.list == nil, visit.seesSingles(of: check), !check.lines.isEmpty else {
      return ""
    }
    let shown = check.lines.prefix(limit)
    var grid = Grid(
      words("比べた値（\(shown.count)行）", "What was compared (\(shown.count) lines)"),
      check.keyNames.map(Grid.Column.text)
        + check.measureNames.flatMap { name in
          [
            .number("\(name) \(words("期待", "expected"))"), .number("\(name) \(words("実際", "actual"))"),
            .number("\(name) \(words("差", "difference"))"),
          ]
        })
    for line in shown {
      let numbers = zip(line.expected, line.actual).flatMap { old, new -> [HTML] in
        [.text(words.number(old)), .text(words.number(new)), .text(words.number(new - old))]
      }
      grid.add(line.key.map(HTML.text) + numbers, tone: line.differs ? "bad" : "")
    }
    return "<h2>\(words("比べた値", "What was compared"))</h2>\(grid.html)"
  }
}
