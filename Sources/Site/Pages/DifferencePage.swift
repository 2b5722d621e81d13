import Base
import Tables
import Evidence
import Ledger
import Office
import Records
import Registers
import Report
import Workspace

/// 不一致: all groups by cause; the single differences of a check or of one of its groups; and one difference with the mapping
/// and the legacy bytes behind it.
enum DifferencePage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    if rest.isEmpty { return groups(visit) }
    guard visit.sees(check: rest[0]), let check = visit.snapshot.checks[rest[0]], check.differences > 0 else {
      return nil
    }
    guard visit.seesSingles(of: check) else { return withheld(check, visit) }
    if rest.count == 1 { return try list(check, visit) }
    guard rest.count == 2, let number = Int(rest[1]), number >= 1 else { return nil }
    return try single(check, number, visit)
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? { try GroupForm.enter(rest, visit) }

  static func address(ofGroup group: DifferenceGroup, _ check: String) -> String {
    PageAddress.path("differences", check, query: [("group", group.signature)])
  }

  private static func entry(_ group: DifferenceGroup, _ check: CheckResult, _ visit: Visit) -> GroupEntry {
    GroupEntry(check: check, group: group, given: visit.snapshot.dossier.classes[group.signature])
  }

  /// The text in place of differences that name protected persons.
  private static func withheld(_ check: CheckResult, _ visit: Visit) -> PageContent {
    let words = visit.words
    return PageContent(
      words("不一致", "Differences"), crumbs: crumbs(check, words),
      "<p>\(words(check.title))</p><p class=\"warn\">\(words("支援措置に関わる不一致は対象者を示すので、取扱注意の権限がある人だけに表示します。", "These differences tell who is under protection; they are for those who may read what is restricted."))</p>"
    )
  }

  // MARK: all groups

  private static let limit = 200

  private static func groups(_ visit: Visit) -> PageContent {
    let words = visit.words
    let title = words("不一致", "Differences")
    guard let evidence = visit.snapshot.evidence else {
      return PageContent(title, "<p class=\"unknown\">\(words.noRun)</p>")
    }
    let wanted = DifferenceClass(rawValue: visit.query("class"))
    let all = GroupEntry.all(
      evidence.checks.filter { $0.differences > 0 && visit.sees(check: $0.id) }, visit.snapshot.dossier.classes
    ).filter { wanted == nil || $0.kind == wanted }.sorted(by: GroupEntry.isLarger)
    let lines = all.reduce(0) { $0 + $1.group.lines }
    let pages = Paging(count: all.count, limit: limit, visit)
    // Papers and gates count those of failed checks.
    let warned = all.filter { $0.check.status != .failed }
    let more =
      warned.isEmpty
      ? ""
      : words(
        "（うち不合格でない検査の\(words.number(warned.count))群、\(words.number(warned.reduce(0) { $0 + $1.group.lines }))件）",
        " (\(words.number(warned.count)) groups, \(words.number(warned.reduce(0) { $0 + $1.group.lines })) differences, of checks that did not fail)"
      )
    let table = GroupEntry.listing.table(
      all[pages.range], words, [.init("signature", head: true), "check", "pattern", "differences", "sums", "cause"],
      title: words(
        "\(words.number(all.count))群、\(words.number(lines))件\(more)",
        "\(words.number(all.count)) groups, \(words.number(lines)) differences\(more)"), limit: .max,
      link: { address(ofGroup: $0.group, $0.check.id) })
    let filter = FilterForm.html(
      "/differences",
      [
        FilterForm.choice(
          "class", words("要因", "Cause"),
          DifferenceClass.allCases.map { ($0.rawValue, "\($0.rawValue) \(words($0.title))") },
          visit)
      ], visit)
    return PageContent(title, "\(filter)\(pages.around(table))")
  }

  // MARK: the differences of a check

  /// The list's lines: from the file with all of them, or else the sample in the evidence.
  private static func numbers(_ check: CheckResult, group: String?, _ visit: Visit) throws(Diagnostic) -> [Int] {
    guard let file = file(check, visit) else {
      return Array(check.singles.indices)
    }
    return try visit.site.lists.numbers(file, of: check, group: group)
  }

  private static func read(
    _ check: CheckResult, _ numbers: ArraySlice<Int>, _ visit: Visit
  ) throws(Diagnostic) -> [SingleDifference] {
    if let file = file(check, visit) {
      return try visit.site.lists.read(file, numbers, of: check, reveals: visit.reveals)
    }
    let lines = check.singles
    return numbers.map { lines[$0] }
  }

  private static func file(_ check: CheckResult, _ visit: Visit) -> String? {
    guard let list = check.list, let run = visit.snapshot.dossier.latest?.run else { return nil }
    return visit.snapshot.office.workspace.folder(of: run) + "/" + list
  }

  private static func crumbs(_ check: CheckResult, _ words: Words) -> [PageContent.Crumb] {
    [
      .init(name: words("概況", "Overview"), address: "/"),
      .init(name: words("検査", "Checks"), address: "/checks"),
      .init(name: check.id, address: PageAddress.path("checks", check.id)),
    ]
  }

  private static func list(_ check: CheckResult, _ visit: Visit) throws -> PageContent? {
    let words = visit.words
    let asked = visit.query("group")
    let group = check.groups.first { $0.signature == asked }
    if !asked.isEmpty, group == nil { return nil }
    let numbers = try numbers(check, group: group?.signature, visit)
    let pages = Paging(count: numbers.count, limit: 100, visit)
    let shown = numbers[pages.range]
    let found = try read(check, shown, visit)
    let table = check.compared(
      "differences",
      words(
        "\(words.number(numbers.count))件（不一致 \(words.number(check.differences))件）",
        "\(words.number(numbers.count)) of \(words.number(check.differences)) differences"),
      found, words,
      first: (
        .init("line", words("行", "Line"), .number, head: true),
        shown.map {
          .link(.number($0 + 1), to: PageAddress.path("differences", check.id, String($0 + 1), query: visit.revealing))
        }
      ),
      last: (
        .init("records", words("旧レコード", "Legacy record")),
        found.map { line in
          .several(
            line.records.prefix(2).map { place in
              .link(
                "\(place.file) \(words.number(place.record))", to: RecordPage.address(place, check: check.id, visit))
            }, by: ", ")
        }
      ))
    let facts: HTML =
      group.map { group in
        visit.facts(
          [.init(words("群", "Group"), .text(group.signature))]
            + GroupEntry.listing.facts(entry(group, check, visit), words, ["pattern", "sums", "cause", "reason"]))
      } ?? ""
    let form = group.map { GroupForm.html($0, check.id, visit) } ?? ""
    let title =
      group.map { words("不一致の群 \($0.signature)", "Group \($0.signature)") } ?? words("不一致の全件", "Every difference")
    return PageContent(
      title, crumbs: crumbs(check, words),
      "<p>\(words(check.title))</p>\(facts)\(form)\(visit.revealSwitch)\(pages.around(table))")
  }

  // MARK: one difference

  private static func single(_ check: CheckResult, _ number: Int, _ visit: Visit) throws -> PageContent? {
    let words = visit.words
    guard try numbers(check, group: nil, visit).contains(number - 1),
      let line = try read(check, [number - 1], visit).first
    else { return nil }
    let group = check.groups.first { $0.signature == line.group }.map { group -> Cell in
      .several([
        .link(group.signature, to: address(ofGroup: group, check.id)), .text(words(group.pattern)),
        words.mark(visit.snapshot.kind(of: group.signature)),
      ])
    }
    let facts = visit.facts(
      line.key.map { .init($0.name, .text($0.value)) } + [
        .init(words("突合の内容", "What is compared"), .text(words(check.formula))),
        .init(words("群", "Group"), group ?? .empty),
      ])
    return PageContent(
      words("不一致 \(words.number(number))", "Difference \(words.number(number))"),
      crumbs: crumbs(check, words)
        + [.init(name: words("不一致", "Differences"), address: PageAddress.path("differences", check.id))],
      "<p>\(words(check.title))</p>\(facts)\(DifferenceSides.values(line, words))\(try DifferenceSides.html(line, check, visit))\(try origins(line, check, visit))"
    )
  }

  /// The legacy records behind a difference: for each, the items that the check reads, and the mapping that carries
  /// them over.
  private static func origins(_ line: SingleDifference, _ check: CheckResult, _ visit: Visit) throws -> HTML {
    let words = visit.words
    var named = line.records
    for place in line.expected.records + line.actual.records where !named.contains(place) { named.append(place) }
    guard !named.isEmpty else {
      let why =
        check.expectedFrom.contains(.legacy) || check.expectedFrom.contains(.control)
        ? words(
          "この検査は合計や件数を比べるので、個々の旧レコードは決まりません。同じ業務の、キーごとの検査を見てください。",
          "This check compares sums or counts, so it is about no single legacy record. See the checks by key of the same subsystem."
        )
        : words("この検査は新システムの表だけを見ます。", "This check looks at the new system's tables only.")
      let others = visit.snapshot.checks.values.filter {
        $0.subsystem == check.subsystem && $0.list != nil && $0.id != check.id && visit.sees(check: $0.id)
      }.sorted { $0.id < $1.id }
      let links = others.prefix(20).map { other -> HTML in
        "<li>\(HTML.link(PageAddress.path("checks", other.id), other.id)) \(words(other.title))</li>"
      }
      return
        "<h2>\(words("旧レコード", "Legacy record"))</h2><p>\(why)</p>\(links.isEmpty ? "" as HTML : "<ul>\(links)</ul>")"
    }
    let parts = try named.map { place in try RecordPage.excerpt(place, check: check.id, visit) }
    let more: HTML =
      line.records.count >= RecordPlace.limit
      ? "<p class=\"soft\">\(words("旧レコードは最初の\(RecordPlace.limit)件までです。このキーのものがほかにもあり得ます。", "No more than the first \(RecordPlace.limit) records are noted; there may be others of this key."))</p>"
      : ""
    return "\(more)\(parts)"
  }
}
