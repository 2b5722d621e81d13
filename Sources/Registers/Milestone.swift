import Base
import Ledger

/// マスタースケジュールの一行: a phase, rehearsal, meeting, document or test of the whole project, planned and actual.
package struct Milestone: RegisterRecord {
  package enum Field: Int, RegisterField {
    case kind, titleJa, titleEn, owner, plannedStart, plannedEnd, actualStart, actualEnd, enteredBy, approver,
      approvedAt
    case note, run

    package var kind: RegisterSchema.Kind { .text }
  }

  package static let register = RegisterSchema("milestone", Field.self)

  package enum Kind: String, Sendable, Codable, CaseIterable {
    case phase, rehearsal, test, training, document, link, cutover, gate, meeting, report

    package var title: Bilingual {
      switch self {
      case .phase: Bilingual("工程", "phase")
      case .rehearsal: Bilingual("リハーサル", "rehearsal")
      case .test: Bilingual("テスト", "test")
      case .training: Bilingual("研修", "training")
      case .document: Bilingual("文書", "document")
      case .link: Bilingual("連携", "link")
      case .cutover: Bilingual("切替え", "cut-over")
      case .gate: Bilingual("判定", "gate")
      case .meeting: Bilingual("会議", "meeting")
      case .report: Bilingual("報告", "report")
      }
    }
  }

  package let id: String
  package let revision: Int
  package let kind: Kind
  package let title: Bilingual
  package let owner: String
  package let plannedStart: String
  package let plannedEnd: String
  package let actualStart: String
  package private(set) var actualEnd: String
  package let enteredBy: String
  package let approver: String
  package private(set) var approvedAt: String
  /// The result: the content of a document, the last moment of return.
  package private(set) var note: String
  package let run: String

  package init(_ row: RegisterRow) {
    id = row.id
    revision = row.revision
    kind = Kind(rawValue: row.text(Field.kind)) ?? .phase
    title = Bilingual(row.text(Field.titleJa), row.text(Field.titleEn))
    owner = row.text(Field.owner)
    plannedStart = row.text(Field.plannedStart)
    plannedEnd = row.text(Field.plannedEnd)
    actualStart = row.text(Field.actualStart)
    actualEnd = row.text(Field.actualEnd)
    enteredBy = row.text(Field.enteredBy)
    approver = row.text(Field.approver)
    approvedAt = row.text(Field.approvedAt)
    note = row.text(Field.note)
    run = row.text(Field.run)
  }

  package var isDone: Bool { !actualEnd.isEmpty }
  package var isApproved: Bool { !approvedAt.isEmpty }

  /// The same, assumed done, stated and approved.
  package func assumedDone() -> Milestone {
    var assumed = self
    assumed.actualEnd = plannedEnd
    assumed.approvedAt = plannedEnd
    if note.isEmpty { assumed.note = "仮定" }
    return assumed
  }

  /// The state on a day.
  package func state(on today: String) -> Bilingual {
    if isDone { return actualEnd > plannedEnd ? Bilingual("完了（遅延）", "done, late") : Bilingual("完了", "done") }
    if today > plannedEnd { return Bilingual("遅延", "late") }
    if !actualStart.isEmpty { return Bilingual("実施中", "under way") }
    return today > plannedStart ? Bilingual("未着手（遅延）", "not begun, late") : Bilingual("予定", "planned")
  }

  /// Enters progress: beginning, end, a note, the run.
  ///
  /// - Throws: `register.missing`: an end before the beginning.
  package func happened(
    start: String?, end: String?, note: String?, run: String?, by person: String
  ) throws(Diagnostic) -> Amendment {
    let began = start ?? (actualStart.isEmpty ? end ?? "" : actualStart)
    let ended = end ?? actualEnd
    if let note { try Required.text(note, "note", Place(record: id)) }
    if !ended.isEmpty, ended < began { throw Diagnostic(.registerMissing, at: Place(record: id), "start ≤ end") }
    return Change<Milestone>(id, end == nil ? "begin" : "end").set(.actualStart, began).set(.actualEnd, ended)
      .set(.note, ifGiven: note).set(.run, ifGiven: run).set(.enteredBy, person).clear(.approver, .approvedAt)
      .amendment
  }

  /// - Throws: `register.missing` when it has not ended; `ledger.foureyes`.
  package func approved(by person: String, at now: String) throws(Diagnostic) -> Amendment {
    guard isDone else { throw Diagnostic(.registerMissing, at: Place(record: id), "end") }
    try FourEyes.check(id, person, [enteredBy])
    return Change<Milestone>(id, "approve").set(.approver, person).set(.approvedAt, now).amendment
  }

  /// Enters a line that the definitions do not have, or other planned dates. An approval of the earlier plan lapses.
  ///
  /// - Parameter known: the line as it is; `nil` for a new one. Whoever entered what happened remains the one who cannot
  ///   approve it.
  package static func plan(
    _ id: String, kind: Kind?, title: String?, owner: String?, start: String?, end: String?, by person: String,
    of known: Milestone? = nil
  ) -> Amendment {
    let author = known.flatMap { $0.actualStart.isEmpty || $0.enteredBy.isEmpty ? nil : $0.enteredBy } ?? person
    return Change<Milestone>(id, "plan").set(.kind, ifGiven: kind?.rawValue).set(.titleJa, ifGiven: title)
      .set(.titleEn, ifGiven: title).set(.owner, ifGiven: owner).set(.plannedStart, ifGiven: start)
      .set(.plannedEnd, ifGiven: end ?? start).set(.enteredBy, author).clear(.approver, .approvedAt).amendment
  }
}
