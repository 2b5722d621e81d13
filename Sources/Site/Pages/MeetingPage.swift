import Base
import Gates
import Office
import Outline
import Registers
import Report
import Tables

/// 会議: what was held and decided, and the conditions that are to be met.
enum MeetingPage: Page {
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    guard rest.isEmpty else { return nil }
    let (words, dossier) = (visit.words, visit.snapshot.dossier)
    let gates = Dictionary(visit.snapshot.outline.gates.map { ($0.name, $0.title) }) { first, _ in first }
    let decisions = GateDecision.listing(gates).table(
      dossier.decisions.reversed(), words, [.init("id", head: true), "gate", "sitting", "held", "verdict", "decision"],
      limit: .max, none: words("判定の決定はまだありません。", "No gate has been decided yet."))
    let meetings = Meeting.listing.table(
      dossier.meetings.sorted { ($1.held, $1.id) < ($0.held, $0.id) }, words,
      [.init("id", head: true), "held", "name", "decision", "agenda"], limit: .max,
      none: words("会議の記録はまだありません。", "No meeting has been entered yet."))
    return PageContent(
      words("会議・決定", "Meetings and decisions"),
      """
      \(decisions.html(words))\(MeetingForm.conditions(visit))\(meetings.html(words))\(EntryForm.acts([MeetingForm.new(visit)], visit))
      """)
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? {
    guard rest.isEmpty else { return nil }
    return try MeetingForm(visit).enter()
  }
}
