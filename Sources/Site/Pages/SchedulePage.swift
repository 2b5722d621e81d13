import Base
import Office
import Registers
import Report
import Tables

/// 日程: the lines of the master schedule over time, planned against actual; and one line.
enum SchedulePage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    if rest.isEmpty { return list(visit) }
    guard rest.count == 1, let line = visit.snapshot.dossier.milestones.first(where: { $0.id == rest[0] }) else {
      return nil
    }
    return try one(line, visit)
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? { try ScheduleForm(visit).enter(rest) }

  private static func list(_ visit: Visit) -> PageContent {
    let (words, today) = (visit.words, visit.today)
    let all = visit.snapshot.dossier.milestones
    let found = all.filter { visit.query("open").isEmpty || !$0.isDone }
    let table = Milestone.listing(on: today).table(
      found, words, ["kind", .init("title", head: true), "owner", "planned", "actual", "state", "approver"],
      title: words(
        "\(words.number(found.count))行（全\(words.number(all.count))行）",
        "\(words.number(found.count)) of \(words.number(all.count)) lines"), limit: .max,
      link: { PageAddress.path("schedule", $0.id) })
    let filter = FilterForm.html("/schedule", [FilterForm.flag("open", words("未完了のみ", "not done only"), visit)], visit)
    let charts = Milestone.gantt(found, on: today, words).map { $0.figure(words) }
    return PageContent(
      words("日程", "Schedule"),
      "\(filter)\(charts)\(table.html(words))\(EntryForm.acts([ScheduleForm.new(visit)], visit))")
  }

  private static func one(_ line: Milestone, _ visit: Visit) throws -> PageContent {
    let words = visit.words
    let facts = Milestone.listing(on: visit.today).facts(
      line, words, ["id", "kind", "owner", "planned", "actual", "state", "approver", "note"])
    return PageContent(
      words(line.title),
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"), .init(name: words("日程", "Schedule"), address: "/schedule"),
      ],
      "\(visit.facts(facts))\(ScheduleForm.one(line, visit))\(try visit.history(of: line.id, in: Milestone.register))")
  }
}
