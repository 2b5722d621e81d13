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
    var grid = Grid(
      words("終わりまで行った実行 \(runs.count)回", "\(runs.count) runs that came to their end"),
      [
        .id(words("実行", "Run")), .text(words("段階", "Stage")), .id(words("終了", "Finished")), .text(words("所要", "Took")),
        .number(words("読込", "Read")), .number(words("移行", "Migrated")), .number(words("拒否", "Rejected")),
        .number(words("除外", "Excluded")), .number(words("不合格", "Failed")), .number(words("未判定", "Undecided")),
      ])
    for run in runs[pages.range] {
      func count(_ status: CheckStatus) -> HTML { .text(words.number(run.unpassed.count { $0.status == status })) }
      grid.add([
        .link(PageAddress.path("runs", run.run), run.run), .text(words(run.stage.title)),
        .text(words.time(run.finished)),
        .text(words.duration(Double(run.milliseconds) / 1000)), .text(words.number(run.records.read)),
        .text(words.number(run.records.migrated)), .text(words.number(run.records.rejected)),
        .text(words.number(run.records.excluded)), count(.failed), count(.notRun),
      ])
    }
    return PageContent(words("実行", "Runs"), "\(RunFollower.box(visit))\(pages.html)\(grid.html)\(pages.html)")
  }

  private static func one(_ run: RunRecord, _ visit: Visit) -> PageContent {
    let words = visit.words
    var steps = Grid(
      words("段階ごとの時間", "Time of each step"), [.text(words("段階", "Step")), .number(words("秒", "Seconds"))])
    for (step, seconds) in run.steps.sorted(by: { $0.key < $1.key }) {
      steps.add([.text(words.step(step)), .text(String(format: "%.1f", seconds))])
    }
    let unpassed = run.unpassed.filter { visit.sees(check: $0.id) }
    var checks = Grid(
      words("合格しなかった検査 \(unpassed.count)件", "\(unpassed.count) checks that did not pass"),
      [
        .id(words("番号", "No.")), .text(words("結果", "Result")), .text(words("重大度", "Severity")),
        .text(words("検査", "Check")),
      ])
    let isLatest = run.run == visit.snapshot.dossier.latest?.run
    for check in unpassed {
      let title = visit.snapshot.checks[check.id].map { words($0.title) } ?? ""
      checks.add([
        isLatest ? .link(PageAddress.path("checks", check.id), check.id) : .text(check.id),
        .tag(check.status.rawValue, words.status(check.status)), .text(check.severity.rawValue), .text(title),
      ])
    }
    let report: HTML =
      visit.person.seesKeysOfAll
      ? "<p>\(HTML.link(PageAddress.path("runs", run.run, "report"), words("この実行の報告書", "Report of this run")))</p>" : ""
    return PageContent(
      words("実行 \(run.run)", "Run \(run.run)"),
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("実行", "Runs"), address: "/runs"),
      ],
      """
      \(HTML.facts([
        (words("段階", "Stage"), .text(words(run.stage.title))), (words("開始", "Started"), .text(words.time(run.started))),
        (words("終了", "Finished"), .text(words.time(run.finished))),
        (words("読込", "Read"), .text(words.number(run.records.read))),
        (words("移行", "Migrated"), .text(words.number(run.records.migrated))),
        (words("拒否", "Rejected"), .text(words.number(run.records.rejected))),
        (words("除外", "Excluded"), .text(words.number(run.records.excluded))),
        (words("証跡", "Evidence"), "<code>\(run.evidence)</code>"),
        (words("定義", "Definitions"), "<code>\(run.definitions)</code>"),
      ]))\(report)\(checks.html)\(steps.html)
      """)
  }
}
