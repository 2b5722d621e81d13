import Office
import Tables
import Registers
import Report

/// 日程: the lines of the master schedule, planned against actual.
enum SchedulePage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    guard rest.isEmpty else { return nil }
    let (words, today) = (visit.words, visit.today)
    let all = visit.snapshot.dossier.milestones
    let found = all.filter { visit.query("open").isEmpty || !$0.isDone }
    let table = Milestone.listing(on: today).table(
      found, words, ["id", "kind", .init("title", head: true), "owner", "planned", "actual", "state", "approver"],
      title: words(
        "\(words.number(found.count))行（全\(words.number(all.count))行）",
        "\(words.number(found.count)) of \(words.number(all.count)) lines"), limit: .max)
    let filter = FilterForm.html("/schedule", [FilterForm.flag("open", words("未完了のみ", "not done only"), visit)], visit)
    let charts = Milestone.gantt(found, on: today, words).map { $0.figure(words) }
    return PageContent(words("日程", "Schedule"), "\(filter)\(charts)\(table.html(words))")
  }
}
