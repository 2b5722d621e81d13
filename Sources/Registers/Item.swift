import Base
import Evidence
import Ledger

/// 確認事項: a matter that must be settled before the decision: an item of the migration, of the operation test, a
/// training, or a question to the vendor. It is tied to the checks that prove it, or to a person.
package struct Item: RegisterRecord {
  package enum Field: Int, RegisterField {
    case kind, subsystem, category, job, severity, owner, gate, titleJa, titleEn, evidence, confirmer, due, withdrawn
    case state, raisedBy, raisedAt, assignee, answer, answeredBy, answeredAt, confirmedBy, confirmedAt, restsOn
    case closedBy, closedAt, reason, returnedBy, returnedAt, approver, until, links, note, planned, held, invited,
      attended
    case scope

    package var kind: RegisterSchema.Kind {
      switch self {
      case .evidence, .links, .scope: .structure
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

  private let row: RegisterRow

  package init(_ row: RegisterRow) { self.row = row }

  package var id: String { row.id }
  /// The entry that last changed it.
  package var revision: Int { row.revision }
  package var kind: Kind { Kind(rawValue: row.text(Field.kind)) ?? .question }
  package var subsystem: String { row.text(Field.subsystem) }
  /// C01 … C10, V1 … V5, or a training's course.
  package var category: String { row.text(Field.category) }
  /// Of a test item: the batch job (`test-jobs.csv`).
  package var job: String { row.text(Field.job) }
  package var severity: Severity { Severity(rawValue: row.text(Field.severity)) ?? .s1 }
  /// The section (担当課) responsible for it.
  package var owner: String { row.text(Field.owner) }
  /// The gates that ask for it: `provisional`, `production` or `both`.
  package var gate: String { row.text(Field.gate) }
  package var title: Bilingual { Bilingual(row.text(Field.titleJa), row.text(Field.titleEn)) }
  /// The checks whose passing proves it; empty when only a person, or the parallel run, can judge.
  package var evidence: [String] { row.texts(Field.evidence) }
  /// The role that confirms it when no program can (確認者の職).
  package var confirmer: String { row.text(Field.confirmer) }
  /// 期限, `YYYY-MM-DD`; empty when there is none.
  package var due: String { row.text(Field.due) }
  /// The reason why it no longer counts; empty while it does.
  package var withdrawn: String { row.text(Field.withdrawn) }
  /// The state that was entered; the standing is ``ItemStanding``.
  package var state: State { State(rawValue: row.text(Field.state)) ?? .raised }
  package var raisedBy: String { row.text(Field.raisedBy) }
  package var raisedAt: String { row.text(Field.raisedAt) }
  package var assignee: String { row.text(Field.assignee) }
  /// 回答・対応方針.
  package var answer: String { row.text(Field.answer) }
  package var answeredBy: String { row.text(Field.answeredBy) }
  package var answeredAt: String { row.text(Field.answeredAt) }
  package var confirmedBy: String { row.text(Field.confirmedBy) }
  package var confirmedAt: String { row.text(Field.confirmedAt) }
  /// The digest of the evidence on which the confirmation rests.
  package var restsOn: String { row.text(Field.restsOn) }
  package var closedBy: String { row.text(Field.closedBy) }
  package var closedAt: String { row.text(Field.closedAt) }
  /// The reason why it was sent back or put on hold.
  package var reason: String { row.text(Field.reason) }
  /// The person who sent it back; empty when a check or the parallel run did.
  package var returnedBy: String { row.text(Field.returnedBy) }
  /// Whether a person sent it back and it has not been answered since.
  package var hasObjection: Bool { !returnedBy.isEmpty && ![.answered, .confirmed, .closed].contains(state) }
  /// The moment when it was sent back or put on hold.
  package var returnedAt: String { row.text(Field.returnedAt) }
  /// The approver of the hold, and its last day.
  package var approver: String { row.text(Field.approver) }
  package var until: String { row.text(Field.until) }
  /// The findings of its checks when it was put on hold; `nil` when they are not known: then nothing is covered.
  package var scope: ApprovedScope? { ApprovedScope(row[Field.scope]) }
  /// 課題 and other items that it is linked to.
  package var links: [String] { row.texts(Field.links) }
  package var note: String { row.text(Field.note) }
  /// For a training: planned, held, and the number of people invited and present.
  package var planned: String { row.text(Field.planned) }
  package var held: String { row.text(Field.held) }
  package var invited: Int? { row.integer(Field.invited) }
  package var attended: Int? { row.integer(Field.attended) }

  /// Whether a gate asks for it: the gates of its list, and every gate while a person's objection is not answered.
  package func belongs(to gate: String) -> Bool { self.gate == GateNames.all || self.gate == gate || hasObjection }
}
