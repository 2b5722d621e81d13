import Evidence
import Ledger

/// 確認事項: something that must be settled before the decision: an item of the migration, of the operation test, a training,
/// or a question to the vendor. Tied to the checks that prove it, or to a person.
package struct Item: RegisterRecord, Hashable {
  package enum Field: Int, RegisterField {
    case kind, subsystem, category, job, severity, owner, gate, titleJa, titleEn, evidence, confirmer, due, withdrawn
    case state, raisedBy, raisedAt, assignee, answer, answeredBy, answeredAt, confirmedBy, confirmedAt, restsOn
    case closedBy, closedAt, reason, returnedBy, returnedAt, approver, until, links, note, planned, held, invited,
      attended

    package var kind: RegisterSchema.Kind {
      switch self {
      case .evidence, .links: .structure
      case .invited, .attended: .integer
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("item", Field.self)

  /// 区分.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case migration, test, training, question

    package var title: Bilingual {
      switch self {
      case .migration: Bilingual("移行", "migration")
      case .test: Bilingual("テスト", "test")
      case .training: Bilingual("研修", "training")
      case .question: Bilingual("質問", "question")
      }
    }
  }

  /// 状態: 起票 → 調査中 → 回答済 → 確認済 / 差戻 → 完了; 保留.
  package enum State: String, Sendable, Codable, CaseIterable {
    case raised, investigating, answered, confirmed, returned, closed
    case onHold = "on_hold"

    package var title: Bilingual {
      switch self {
      case .raised: Bilingual("起票", "raised")
      case .investigating: Bilingual("調査中", "investigating")
      case .answered: Bilingual("回答済", "answered")
      case .confirmed: Bilingual("確認済", "confirmed")
      case .returned: Bilingual("差戻", "sent back")
      case .closed: Bilingual("完了", "closed")
      case .onHold: Bilingual("保留", "on hold")
      }
    }
  }

  package let id: String
  /// The entry that last changed it.
  package let revision: Int
  package let kind: Kind
  package let subsystem: String
  /// C01 … C10, V1 … V5, or a training's course.
  package let category: String
  /// Of a test item: the batch job (`test-jobs.csv`).
  package let job: String
  package let severity: Severity
  /// The section (担当課) that answers for it.
  package let owner: String
  /// The gates that ask for it: `provisional`, `production` or `both`.
  package let gate: String
  package let title: Bilingual
  /// The checks whose passing proves it; empty where only a person, or the parallel run, can judge.
  package let evidence: [String]
  /// The role that confirms it where no program can (確認者の職).
  package let confirmer: String
  /// 期限, `YYYY-MM-DD`; empty when there is none.
  package let due: String
  /// Why it no longer counts; empty while it does.
  package let withdrawn: String
  /// What has been entered; where it stands is ``ItemStanding``.
  package let state: State
  package let raisedBy: String
  package let raisedAt: String
  package let assignee: String
  /// 回答・対応方針.
  package let answer: String
  package let answeredBy: String
  package let answeredAt: String
  package let confirmedBy: String
  package let confirmedAt: String
  /// The digest of the evidence under the confirmation.
  package let restsOn: String
  package let closedBy: String
  package let closedAt: String
  /// Why it was sent back or is on hold.
  package let reason: String
  /// Who sent it back; empty when a check or the parallel run did.
  package let returnedBy: String
  package let returnedAt: String
  /// Who approved that it is on hold, and until when.
  package let approver: String
  package let until: String
  /// 課題 and other items that it is linked to.
  package let links: [String]
  package let note: String
  /// Of a training: planned and held, and how many of those invited came.
  package let planned: String
  package let held: String
  package let invited: Int?
  package let attended: Int?

  package init(_ row: RegisterRow) {
    id = row.id
    revision = row.revision
    kind = Kind(rawValue: row.text(Field.kind)) ?? .question
    subsystem = row.text(Field.subsystem)
    category = row.text(Field.category)
    job = row.text(Field.job)
    severity = Severity(rawValue: row.text(Field.severity)) ?? .s1
    owner = row.text(Field.owner)
    gate = row.text(Field.gate)
    title = Bilingual(row.text(Field.titleJa), row.text(Field.titleEn))
    evidence = row.texts(Field.evidence)
    confirmer = row.text(Field.confirmer)
    due = row.text(Field.due)
    withdrawn = row.text(Field.withdrawn)
    state = State(rawValue: row.text(Field.state)) ?? .raised
    raisedBy = row.text(Field.raisedBy)
    raisedAt = row.text(Field.raisedAt)
    assignee = row.text(Field.assignee)
    answer = row.text(Field.answer)
    answeredBy = row.text(Field.answeredBy)
    answeredAt = row.text(Field.answeredAt)
    confirmedBy = row.text(Field.confirmedBy)
    confirmedAt = row.text(Field.confirmedAt)
    restsOn = row.text(Field.restsOn)
    closedBy = row.text(Field.closedBy)
    closedAt = row.text(Field.closedAt)
    reason = row.text(Field.reason)
    returnedBy = row.text(Field.returnedBy)
    returnedAt = row.text(Field.returnedAt)
    approver = row.text(Field.approver)
    until = row.text(Field.until)
    links = row.texts(Field.links)
    note = row.text(Field.note)
    planned = row.text(Field.planned)
    held = row.text(Field.held)
    invited = row.integer(Field.invited)
    attended = row.integer(Field.attended)
  }

  package func belongs(to gate: String) -> Bool { self.gate == "both" || self.gate == gate }
}
