import Evidence
import Tables
import Foundation
import Ledger
import Office
import Registers
import Report
import Workspace

/// 実行: the run at work, the runs that have ended, and the findings of one of them.
enum RunPage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    if rest.isEmpty { return list(visit) }
    guard rest.count == 1, let run = visit.snapshot.dossier.runs.first(where: { $0.run == rest[0] }) else { return nil }
    return one(run, visit)
  }

  /// The run's own report, which shows keys of all sections' differences, including those about 支援措置.
  static func answer(_ visit: Visit, _ rest: [String]) throws -> Answer? {
    guard rest.count == 2, rest[1] == "report" else { return try page(visit, rest).map { Frame.page($0, visit) } }
    let workspace = visit.snapshot.office.workspace
    guard visit.person.seesKeysOfAll, visit.snapshot.dossier.runs.contains(where: { $0.run == rest[0] }),
      let data = FileManager.default.contents(atPath: workspace.folder(of: rest[0]) + "/report.html")
    else { return nil }
    var answer = Answer(200, "text/html; charset=utf-8", data)
    answer.headers.append(("Content-Security-Policy", Policy.paper(answer.body)))
    return answer
  }

  private static func list(_ visit: Visit) -> PageContent {
    let words = visit.words
    let runs = Array(visit.snapshot.dossier.runs.reversed())
    let pages = Paging(count: runs.count, limit: 100, visit)
    let table = RunRecord.listing.table(
      runs[pages.range], words,
      [
        .init("run", head: true), "stage", "ended", "time", "read", "migrated", "rejected", "excluded", "failed",
        "undecided",
      ], title: words("終わりまで行った実行 \(runs.count)回", "\(runs.count) runs that came to their end"), limit: .max,
      link: { PageAddress.path("runs", $0.run) })
    return PageContent(words("実行", "Runs"), "\(RunFollower.box(visit))\(pages.around(table))")
  }

  private static func one(_ run: RunRecord, _ visit: Visit) -> PageContent {
    let words = visit.words
    let steps = Table(
      "steps", words("段階ごとの時間", "Time of each step"),
      [.init("step", words("段階", "Step"), head: true), .init("seconds", words("秒", "Seconds"), .number)],
      run.steps.sorted { $0.key < $1.key }.map { .init([.text(words.step($0)), .decimal(Words.tenths($1))]) },
      limit: .max)
    let unpassed = run.unpassed.filter { visit.sees(check: $0.id) }
    let isLatest = run.run == visit.snapshot.dossier.latest?.run
    let checks = Table(
      "checks", words("合格しなかった検査 \(unpassed.count)件", "\(unpassed.count) checks that did not pass"),
      [
        .init("id", words("番号", "No."), .id, head: true), .init("status", words("結果", "Result"), .mark),
        .init("severity", words("重大度", "Severity"), .mark), .init("title", words("検査", "Check")),
      ],
      unpassed.map { check in
        .init([
          isLatest ? .link(check.id, to: PageAddress.path("checks", check.id)) : .text(check.id),
          words.mark(check.status), .mark(check.severity.rawValue, .plain),
          .text(visit.snapshot.checks[check.id].map { words($0.title) } ?? ""),
        ])
      }, limit: .max)
    let report: HTML =
      visit.person.seesKeysOfAll
      ? "<p>\(HTML.link(PageAddress.path("runs", run.run, "report"), words("この実行の報告書", "Report of this run")))</p>" : ""
    let facts = visit.facts(
      RunRecord.listing.facts(
        run, words,
        ["stage", "started", "ended", "read", "migrated", "rejected", "excluded", "evidence", "definitions"]))
    return PageContent(
      words("実行 \(run.run)", "Run \(run.run)"),
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("実行", "Runs"), address: "/runs"),
      ], "\(facts)\(report)\(checks.html(words))\(steps.html(words))")
  }
}
