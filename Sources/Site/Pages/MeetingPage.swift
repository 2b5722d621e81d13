import Base
import Gates
import Office
import Outline
import Registers
import Report
import Tables

/// 会議: what was held and decided, and the conditions that are to be met; and one meeting with its minutes.
enum MeetingPage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    if rest.isEmpty { return list(visit) }
    guard rest.count == 1, let meeting = visit.snapshot.dossier.meetings.first(where: { $0.id == rest[0] }) else {
      return nil
    }
    return try one(meeting, visit)
  }

  private static func list(_ visit: Visit) -> PageContent {
    let (words, dossier) = (visit.words, visit.snapshot.dossier)
    let gates = Dictionary(visit.snapshot.outline.gates.map { ($0.name, $0.title) }) { first, _ in first }
    let decisions = GateDecision.listing(gates).table(
      dossier.decisions.reversed(), words, [.init("id", head: true), "gate", "sitting", "held", "verdict", "decision"],
      limit: .max, none: words("判定の決定はまだありません。", "No gate has been decided yet."),
      link: { PageAddress.path("meetings", $0.meeting) })
    let meetings = Meeting.listing.table(
      dossier.meetings.sorted { ($1.held, $1.id) < ($0.held, $0.id) }, words,
      [.init("id", head: true), "held", "name", "decision", "agenda"], limit: .max,
      none: words("会議の記録はまだありません。", "No meeting has been entered yet."), link: { PageAddress.path("meetings", $0.id) })
    return PageContent(
      words("会議・決定", "Meetings and decisions"),
      """
      \(decisions.html(words))\(MeetingForm.conditions(visit))\(meetings.html(words))\(EntryForm.acts([MeetingForm.new(visit)], visit))
      """)
  }

  private static func one(_ meeting: Meeting, _ visit: Visit) throws -> PageContent {
    let words = visit.words
    let conditions = meeting.conditions.map { condition -> HTML in
      "<li>\(condition.text)（\(condition.owner)、\(words.date(condition.due))\(words("まで", ""))）</li>"
    }
    let asked: HTML =
      conditions.isEmpty ? "" : "<h2>\(words("条件", "Conditions"))</h2><ol>\(conditions)</ol>"
    return PageContent(
      "\(meeting.id) \(meeting.title.isEmpty ? words(meeting.kind.title) : meeting.title)",
      crumbs: [
        .init(name: words("概況", "Overview"), address: "/"),
        .init(name: words("会議・決定", "Meetings and decisions"), address: "/meetings"),
      ],
      "\(visit.facts(Meeting.listing.facts(meeting, words, Meeting.facts)))\(asked)\(try visit.history(of: meeting.id, in: Meeting.register))"
    )
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? {
    guard rest.isEmpty else { return nil }
    return try MeetingForm(visit).enter()
  }
}
