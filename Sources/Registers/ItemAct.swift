import Base
import Evidence
import Ledger

/// The acts on an item (確認事項), and the states in which they are allowed.
package enum ItemAct: Sendable, Hashable {
  /// 調査中にする.
  case investigate
  /// 回答する.
  case answer(String)
  /// 確認する, on evidence with that digest, with a note on what was examined.
  case confirm(restsOn: String, note: String?)
  /// 差し戻す. Reopens an item that was confirmed, closed or on hold.
  case sendBack(reason: String)
  /// 完了にする.
  case close
  /// 保留にする, with an approver, until a date.
  case hold(reason: String, approver: String, until: String)
  /// 取り下げる, with an approver: it is no longer required.
  case withdraw(reason: String, approver: String)
  /// 研修を実施した.
  case attend(held: String, invited: Int, attended: Int)
  /// Other fields: deadline, assignee, note, links.
  case amend(due: String?, assignee: String?, note: String?, links: [String]?)

  /// The act without its values.
  package enum Kind: String, Sendable, CaseIterable {
    case investigate, answer, attend, confirm
    case sendBack = "send-back"
    case close, hold, withdraw, amend

    package var title: Bilingual {
      switch self {
      case .investigate: Bilingual("調査中にする", "take it on")
      case .answer: Bilingual("回答する", "answer")
      case .attend: Bilingual("研修の実施を記録する", "enter the training")
      case .confirm: Bilingual("確認する", "confirm")
      case .sendBack: Bilingual("差し戻す", "send back")
      case .close: Bilingual("完了にする", "close")
      case .hold: Bilingual("保留にする", "put on hold")
      case .withdraw: Bilingual("取り下げる", "withdraw")
      case .amend: Bilingual("変更する", "amend")
      }
    }

    /// States in which the act is allowed.
    package var allowed: [Item.State] {
      switch self {
      case .investigate: [.raised, .returned]
      case .answer, .attend: [.raised, .investigating, .answered, .returned]
      case .confirm: [.answered]
      case .sendBack: [.answered, .confirmed, .closed, .onHold]
      case .close: [.confirmed]
      case .hold: [.raised, .investigating, .answered, .returned]
      case .withdraw, .amend: Item.State.allCases
      }
    }

    /// Whether the act is possible for an item, whoever the person is.
    package func isOpen(for standing: ItemStanding) -> Bool {
      if self == .attend, standing.item.kind != .training { return false }
      if self == .confirm, standing.isProvenByMachine || standing.isUndecided { return false }
      return allowed.contains(standing.state) && standing.item.withdrawn.isEmpty
    }
  }

  package var kind: Kind {
    switch self {
    case .investigate: .investigate
    case .answer: .answer
    case .confirm: .confirm
    case .sendBack: .sendBack
    case .close: .close
    case .hold: .hold
    case .attend: .attend
    case .withdraw: .withdraw
    case .amend: .amend
    }
  }

  /// The amendment that carries out the act.
  ///
  /// - Parameters:
  ///   - standing: the item's standing, including its evidence.
  ///   - person: the person who acts.
  ///   - now: RFC 3339.
  ///   - source: the origin of the act, if not a command.
  /// - Throws: `item.withdrawn`, `item.proven`, `register.transition`, `register.missing`, `ledger.foureyes`.
  package func amendment(
    of standing: ItemStanding, by person: String, at now: String, source: String = ""
  ) throws(Diagnostic) -> Amendment {
    let item = standing.item
    let place = Place(record: item.id)
    guard item.withdrawn.isEmpty else { throw Diagnostic(.itemWithdrawn, at: place, item.withdrawn) }
    if case .confirm = self, standing.isProvenByMachine { throw Diagnostic(.itemProven, at: place, item.id) }
    if case .confirm = self, standing.isUndecided {
      throw Diagnostic(.registerMissing, at: place, "a run that decides its checks")
    }
    // The standing counts: a confirmation that newer evidence has overtaken must be given again.
    let state = standing.state
    guard kind.allowed.contains(state) else {
      let allowed = kind.allowed.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic(.registerTransition, at: place, state.rawValue, kind.rawValue, allowed)
    }
    let change = Change<Item>(item.id, kind.rawValue, source: source)
    switch self {
    case .investigate: return change.set(.state, Item.State.investigating.rawValue).set(.assignee, person).amendment
    case .answer(let text):
      try Required.text(text, "answer", place)
      return Self.answered(change, text, person, now).amendment
    case .attend(let held, let invited, let attended):
      guard item.kind == .training else {
        throw Diagnostic(.registerTransition, at: place, item.kind.rawValue, kind.rawValue, "training")
      }
      // A larger number than a city has inhabitants could overflow the totals.
      guard (1...1_000_000).contains(invited), (0...invited).contains(attended) else {
        throw Diagnostic(.registerMissing, at: place, "0 ≤ attended ≤ invited, 0 < invited")
      }
      return Self.answered(change, "\(held) \(attended)/\(invited)", person, now)
        .set(.held, held).set(.invited, invited).set(.attended, attended).amendment
    case .confirm(let restsOn, let note):
      try FourEyes.check(item.id, person, [item.answeredBy])
      return change.set(.state, Item.State.confirmed.rawValue).set(.confirmedBy, person).set(.confirmedAt, now)
        .set(.restsOn, restsOn).set(.note, ifGiven: note).clear(.reason).amendment
    case .sendBack(let reason):
      try Required.text(reason, "reason", place)
      // Resuming an item that was on hold is not an objection: evidence may settle it.
      return Self.sentBack(change, reason, by: state == .onHold ? item.returnedBy : person, now).amendment
    case .close:
      try FourEyes.check(item.id, person, [item.answeredBy])
      return change.set(.state, Item.State.closed.rawValue).set(.closedBy, person).set(.closedAt, now)
        .set(.restsOn, standing.digest).amendment
    case .hold(let reason, let approver, let until):
      try Required.text(reason, "reason", place)
      try Required.text(approver, "approver", place)
      try Required.text(until, "until", place)
      try FourEyes.check(item.id, approver, [person, item.answeredBy])
      return change.set(.state, Item.State.onHold.rawValue).set(.reason, reason).set(.approver, approver)
        .set(.until, until).set(.returnedAt, now).set(.scope, standing.scope.json).amendment
    case .withdraw(let reason, let approver):
      try Required.text(reason, "reason", place)
      try Required.text(approver, "approver", place)
      try FourEyes.check(item.id, approver, [person, item.answeredBy])
      return change.set(.withdrawn, "\(Day.of(now)) \(person) / \(approver): \(reason)").amendment
    case .amend(let due, let assignee, let note, let links):
      var changed = change.set(.due, ifGiven: due).set(.assignee, ifGiven: assignee).set(.note, ifGiven: note)
      if let links { changed = changed.set(.links, links) }
      return changed.amendment
    }
  }

  private static func answered(_ change: Change<Item>, _ text: String, _ person: String, _ now: String) -> Change<Item>
  {
    change.set(.state, Item.State.answered.rawValue).set(.answer, text).set(.answeredBy, person).set(.answeredAt, now)
      .clear(.reason)
  }

  /// Sends an item back. The answer stays readable; the confirmation no longer counts.
  ///
  /// - Parameter person: the person who sends it back. When evidence does, the person of an earlier objection, which
  ///   holds until a person confirms; empty when there was none: evidence may then also settle the item again.
  package static func sentBack(
    _ change: Change<Item>, _ reason: String, by person: String, _ now: String
  ) -> Change<Item> {
    change.set(.state, Item.State.returned.rawValue).set(.reason, reason).set(.returnedBy, person)
      .set(.returnedAt, now)
      .clear(.confirmedBy, .confirmedAt, .restsOn, .closedBy, .closedAt, .approver, .until, .scope)
  }

  /// Raises (起票) a question to the vendor, or another item that no list of the definitions has.
  ///
  /// - Throws: `register.missing`.
  package static func raise(
    _ id: String, kind: Item.Kind, subsystem: String, severity: Severity, owner: String, gate: String, title: String,
    due: String, by person: String, at now: String, source: String = ""
  ) throws(Diagnostic) -> Amendment {
    try Required.text(title, "title", Place(record: id))
    try Required.text(owner, "owner", Place(record: id))
    return Change<Item>(id, "raise", source: source)
      .set(.kind, kind.rawValue).set(.subsystem, subsystem).set(.severity, severity.rawValue).set(.owner, owner)
      .set(.gate, gate).set(.titleJa, title).set(.titleEn, title).set(.due, due)
      .set(.state, Item.State.raised.rawValue).set(.raisedBy, person).set(.raisedAt, now).amendment
  }
}
