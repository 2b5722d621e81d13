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
    var grid = Grid(
      words(
        "\(words.number(found.count))行（全\(words.number(all.count))行）",
        "\(words.number(found.count)) of \(words.number(all.count)) lines"),
      [
        .id(words("番号", "No.")), .text(words("種類", "Kind")), .text(words("内容", "What")), .text(words("担当", "Owner")),
        .id(words("予定", "Planned")), .id(words("実績", "Actual")), .text(words("状態", "State")),
      ])
    for line in found {
      let isLate = !line.isDone && !line.plannedEnd.isEmpty && line.plannedEnd < today
      let state: HTML =
        line.isDone
        ? .tag("passed", line.isApproved ? words("完了・承認済", "done, approved") : words("完了", "done"))
        : isLate ? .tag("failed", words("遅れ", "late")) : .tag("not_run", words("未完了", "not done"))
      grid.add([
        .text(line.id), .text(words(line.kind.title)), .text(words(line.title)), .text(line.owner),
        .text(span(line.plannedStart, line.plannedEnd)), .text(span(line.actualStart, line.actualEnd)), state,
      ])
    }
    let filter = FilterForm.html("/schedule", [FilterForm.flag("open", words("未完了のみ", "not done only"), visit)], visit)
    return PageContent(words("日程", "Schedule"), "\(filter)\(grid.html)")
  }

  private static func span(_ start: String, _ end: String) -> String {
    start.isEmpty || start == end ? end : end.isEmpty ? start + " –" : start + " – " + end
  }
}
