import Base
import Ledger

/// 会議: a meeting with its date, subject and decision.
package struct Meeting: RegisterRecord {
  package enum Field: Int, RegisterField {
    case kind, held, title, agenda, attendees, minutes, decision, conditions, enteredBy

    package var kind: RegisterSchema.Kind {
      switch self {
      case .agenda, .attendees, .conditions: .structure
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("meeting", Field.self)

  package enum Kind: String, Sendable, Codable, CaseIterable {
    case kickoff, regular, individual, progress, committee, gate

    package var title: Bilingual {
      switch self {
      case .kickoff: Bilingual("キックオフ会議", "kick-off")
      case .regular: Bilingual("定例会議", "regular meeting")
      case .individual: Bilingual("個別検討会議", "working session")
      case .progress: Bilingual("全体進捗報告会議", "progress meeting")
      case .committee: Bilingual("電子計算組織管理運営委員会", "committee")
      case .gate: Bilingual("判定会議", "gate meeting")
      }
    }
  }

  package let id: String
  package let kind: Kind
  /// `YYYY-MM-DD`.
  package let held: String
  package let title: String
  package let agenda: [String]
  package let attendees: [String]
  package let minutes: String
  package let decision: Resolution?
  package let conditions: [DecisionCondition]
  package let enteredBy: String

  package init(_ row: RegisterRow) {
    id = row.id
    kind = Kind(rawValue: row.text(Field.kind)) ?? .regular
    held = row.text(Field.held)
    title = row.text(Field.title)
    agenda = row.texts(Field.agenda)
    attendees = row.texts(Field.attendees)
    minutes = row.text(Field.minutes)
    decision = Resolution(rawValue: row.text(Field.decision))
    conditions = DecisionCondition.list(row[Field.conditions])
    enteredBy = row.text(Field.enteredBy)
  }

  /// 年度: the year that begins on 1 April, by the Western calendar.
  package var fiscalYear: Int? {
    guard let year = Int(held.prefix(4)), let month = Int(held.dropFirst(5).prefix(2)) else { return nil }
    return month >= 4 ? year : year - 1
  }

  /// Enters a meeting that was held.
  ///
  /// - Throws: `register.missing`: conditions without a deadline, or a conditional decision without conditions.
  package static func record(
    _ id: String, kind: Kind, held: String, title: String, agenda: [String], attendees: [String], minutes: String,
    decision: Resolution?, conditions: [DecisionCondition], by person: String
  ) throws(Diagnostic) -> Amendment {
    try DecisionCondition.check(conditions, decision, id)
    return Change<Meeting>(id, "hold").set(.kind, kind.rawValue).set(.held, held).set(.title, title)
      .set(.agenda, agenda).set(.attendees, attendees).set(.minutes, minutes).set(.decision, decision?.rawValue ?? "")
      .set(.conditions, DecisionCondition.value(conditions)).set(.enteredBy, person).amendment
  }
}

/// The decision of a meeting: 了承, 条件付き了承, 差戻し.
package enum Resolution: String, Sendable, Codable, CaseIterable {
  case approved, conditional
  case sentBack = "sent-back"

  package var title: Bilingual {
    switch self {
    case .approved: Bilingual("了承", "approved")
    case .conditional: Bilingual("条件付き了承", "approved with conditions")
    case .sentBack: Bilingual("差戻し", "sent back")
    }
  }
}

/// A condition of a decision: content, responsible person, deadline, and the day on which it was met.
package struct DecisionCondition: Sendable, Hashable {
  package let text: String
  package let owner: String
  package let due: String
  package let met: String

  package init(text: String, owner: String, due: String, met: String = "") {
    self.text = text
    self.owner = owner
    self.due = due
    self.met = met
  }

  static func list(_ value: JSONValue) -> [DecisionCondition] {
    (value.list ?? []).map {
      DecisionCondition(
        text: $0["text"].text ?? "", owner: $0["owner"].text ?? "", due: $0["due"].text ?? "", met: $0["met"].text ?? ""
      )
    }
  }

  static func value(_ conditions: [DecisionCondition]) -> JSONValue {
    .list(
      conditions.map {
        .object(["text": .text($0.text), "owner": .text($0.owner), "due": .text($0.due), "met": .text($0.met)])
      })
  }

  /// - Throws: `register.missing`.
  static func check(_ conditions: [DecisionCondition], _ decision: Resolution?, _ id: String) throws(Diagnostic) {
    if (decision == .conditional) == conditions.isEmpty {
      throw Diagnostic(.registerMissing, at: Place(record: id), "--decision conditional + --condition")
    }
    for condition in conditions where condition.text.isEmpty || condition.owner.isEmpty || condition.due.isEmpty {
      throw Diagnostic(.registerMissing, at: Place(record: id), "--condition DUE:OWNER:TEXT")
    }
  }
}
