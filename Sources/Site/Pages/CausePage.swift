import Registers
import Base
import Evidence
import Office
import Report
import Tables

/// 原因: what the failed and undecided checks of the latest run come from; and one cause with its checks and records.
enum CausePage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    let words = visit.words
    let title = words("原因", "Causes")
    guard let evidence = visit.snapshot.evidence else {
      return rest.isEmpty ? PageContent(title, "<p class=\"unknown\">\(words.noRun)</p>") : nil
    }
    let causes = causes(evidence, visit)
    if let id = rest.first {
      guard rest.count == 1, let cause = causes.first(where: { $0.id == id }) else { return nil }
      return single(cause, evidence, visit)
    }
    let pages = Paging(count: causes.count, limit: 200, visit)
    let line: HTML = evidence.causesInOneLine(words).map { "<p>\($0)</p>" } ?? ""
    return PageContent(
      title, crumbs: [.init(name: words("概況", "Overview"), address: "/")],
      "\(line)\(pages.around(table(causes[pages.range], evidence, visit)))")
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? {
    guard rest.count == 1, let evidence = visit.snapshot.evidence,
      causes(evidence, visit).contains(where: { $0.id == rest[0] })
    else { return nil }
    return try CauseForm(visit).enter(rest[0])
  }

  /// The causes that a person sees: those of a check of the own sections.
  private static func causes(_ evidence: RunEvidence, _ visit: Visit) -> [Cause] {
    (evidence.causes ?? []).filter { cause in cause.checks.contains { visit.sees(check: $0.check) } }
  }

  private static func listing(_ evidence: RunEvidence, _ visit: Visit) -> Listing<Cause> {
    let snapshot = visit.snapshot
    return Cause.listing(of: evidence.checks, snapshot.dossier.items) { snapshot.title(ofSubsystem: $0) }
  }

  private static func table(_ causes: some Sequence<Cause>, _ evidence: RunEvidence, _ visit: Visit) -> Table {
    listing(evidence, visit).table(
      causes, visit.words,
      ["severity", .init("title", head: true), "next", "sections", "yen", "checks", "differences", "subject"],
      limit: .max, none: visit.words("不合格も未判定もありません。", "Nothing failed, nothing is undecided."),
      link: { PageAddress.path("causes", $0.id) })
  }

  /// The gravest causes, for the first page: why the light is red, what to do next, and who.
  static func first(_ visit: Visit) -> HTML {
    let words = visit.words
    guard let evidence = visit.snapshot.evidence, let line = evidence.causesInOneLine(words) else { return "" }
    let causes = causes(evidence, visit)
    let more: HTML =
      causes.count > 3
      ? "<p>\(HTML.link("/causes", words("原因\(words.things(causes.count))をすべて見る", "all \(causes.count) causes")))</p>"
      : ""
    return """
      <h2>\(words("主な原因と次にすること", "Main causes, and what to do next"))</h2><p>\(line)</p>\
      \(table(causes.prefix(3), evidence, visit).html(words))\(more)
      """
  }

  private static func single(_ cause: Cause, _ evidence: RunEvidence, _ visit: Visit) -> PageContent {
    let words = visit.words
    let listing = listing(evidence, visit)
    let facts = listing.facts(
      cause, words,
      [
        "id", "severity", "kind", "subject", "subsystem", "sections", "records", "differences", "yen", "explained_by",
        "next",
      ])
    let seen = cause.checks.filter { visit.sees(check: $0.check) }
    let checks = Table(
      "checks", words("この原因による検査", "Checks that come from it"),
      [
        .init("check", "No.", .id, head: true), .init("title", words("検査", "Check")),
        .init("result", words("結果", "Result"), .mark), .init("differences", words("不一致", "Differences"), .number),
        .init("whole", words("ほかの原因", "Other causes")),
      ],
      seen.map { part in
        let check = visit.snapshot.checks[part.check]
        return .init([
          .link(.text(part.check), to: PageAddress.path("checks", part.check)),
          .text(check.map { words($0.title) } ?? ""), check.map { words.mark($0.status) } ?? .empty,
          .number(part.differences), .text(part.isWhole ? words("なし", "none") : words("あり", "yes")),
        ])
      }, limit: .max)
    // The places of a cause about 支援措置 tell who is under protection.
    let places = Table(
      "records", words("旧レコード", "Old records"), [.init("record", words("レコード", "Record"), head: true)],
      cause.places.map { place in
        .init([
          .link(
            .text(words("\(place.file) \(place.record)件目", "\(place.file) record \(place.record)")),
            to: RecordPage.address(place, visit))
        ])
      })
    let concerns = cause.checks.contains { visit.snapshot.checks[$0.check].map { !visit.seesSingles(of: $0) } ?? false }
    let records: HTML =
      cause.places.isEmpty
      ? ""
      : concerns
        ? "<p class=\"soft\">\(words("旧レコードは権限のある者だけに表示します。", "The old records are shown to those with the right to it."))</p>"
        : places.html(words)
    return PageContent(
      words(cause.title),
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("原因", "Causes"), address: "/causes"),
      ], "\(visit.facts(facts))\(checks.html(words))\(records)\(CauseForm.html(cause, visit))")
  }
}
