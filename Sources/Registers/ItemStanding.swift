import Base
import Records

/// The standing of an item, from people's entries and the machine's evidence together, with the reason.
///
/// A failing check sends an item back, even when it was confirmed. An item that a person sent back stays so until it is
/// answered, even when its checks pass. A person's confirmation holds for the evidence on which it was given; when that
/// has changed, the item is answered, no longer confirmed, and is marked so. A hold holds for the findings at its
/// approval; findings beyond them send the item back.
package struct ItemStanding: Sendable {
  /// The ground that decides the standing.
  private enum Ground: Sendable { case person, machine, overtaken, outgrown, awaited, assumed }

  package let item: Item
  package let state: Item.State
  private let ground: Ground
  private let word: EvidenceUnderItems.Word
  private let evidence: EvidenceUnderItems
  private let today: String

  /// - Parameter today: `YYYY-MM-DD`, for approvals with a last day.
  package init(_ item: Item, _ evidence: EvidenceUnderItems, today: String) {
    self.item = item
    self.evidence = evidence
    self.today = today
    let word = evidence.word(on: item)
    self.word = word
    let entered = item.state
    let needsPerson = Self.needsPerson(item)
    func isOvertaken() -> Bool { item.restsOn != evidence.digest(under: item) }
    switch (word.answer, entered) {
    // A person's objection is settled only by an answer and another person.
    case (.passed, .investigating) where item.hasObjection: (state, ground) = (.investigating, .person)
    case (_, .onHold):
      (state, ground) = Self.excess(item, evidence.scope(word)) == nil ? (.onHold, .person) : (.returned, .outgrown)
    case (.failed, _): (state, ground) = (.returned, .machine)
    case (.undecided, .confirmed), (.undecided, .closed):
      (state, ground) = (.answered, isOvertaken() ? .overtaken : .machine)
    case (.undecided, .raised): (state, ground) = (.raised, .machine)
    case (.undecided, let entered): (state, ground) = (entered, .person)
    case (.passed, .returned) where !item.returnedBy.isEmpty: (state, ground) = (.returned, .person)
    case (.passed, .closed) where !needsPerson || !isOvertaken(): (state, ground) = (.closed, .person)
    case (.passed, _) where !needsPerson: (state, ground) = (.confirmed, .machine)
    // The checks have answered; a person confirms what they cannot see.
    case (.passed, .raised), (.passed, .investigating), (.passed, .returned): (state, ground) = (.answered, .awaited)
    case (_, .confirmed) where isOvertaken(), (_, .closed) where isOvertaken():
      (state, ground) = (.answered, .overtaken)
    case (_, let entered): (state, ground) = (entered, .person)
    }
  }

  private init(assuming standing: ItemStanding) {
    item = standing.item
    state = .confirmed
    ground = .assumed
    word = standing.word
    evidence = standing.evidence
    today = standing.today
  }

  /// The same standing, assumed confirmed.
  package func assumedConfirmed() -> ItemStanding { ItemStanding(assuming: self) }

  /// Whether a person must confirm it: its list names a confirmer, or a person has objected.
  private static func needsPerson(_ item: Item) -> Bool { !item.confirmer.isEmpty || !item.returnedBy.isEmpty }

  /// 証跡変更: a person confirmed it, and the evidence has changed since.
  package var isStale: Bool { ground == .overtaken }

  /// Digest of the machine's evidence under it; empty when there is none.
  package var digest: String { evidence.digest(under: item) }

  /// Whether checks, or the parallel run, prove it without a person.
  package var isProvenByMachine: Bool { word.answer == .passed && !Self.needsPerson(item) }

  /// RFC 3339: the moment from which checks, or the parallel run, answer it; `nil` when they do not.
  package var answeredByMachine: String? { word.answer == .passed ? evidence.since(word) : nil }

  /// Whether its checks are undecided: it cannot be confirmed then.
  package var isUndecided: Bool { word.answer == .undecided }

  /// The present evidence against it.
  package var scope: ApprovedScope { evidence.scope(word) }

  /// The evidence beyond the approval of the hold; `nil` when there is none.
  private static func excess(_ item: Item, _ now: ApprovedScope) -> Bilingual? {
    let approved = item.scope ?? ApprovedScope()
    return approved.covers(now) ? nil : approved.excessWords(of: now)
  }

  /// Whether it is on hold with an approver, the hold has not expired, and no new evidence goes beyond it.
  package var isApprovedHold: Bool { state == .onHold && !item.approver.isEmpty && today <= item.until }

  /// Whether a person has confirmed it on the present evidence.
  package var isSeenByPerson: Bool {
    ground == .assumed || (ground == .person && isDone && !item.confirmedBy.isEmpty && item.restsOn == digest)
  }

  /// Whether it is only assumed confirmed.
  package var isAssumed: Bool { ground == .assumed }

  /// 確認済 or 完了.
  package var isDone: Bool { state == .confirmed || state == .closed }

  /// Whether it has been examined, by machine or person, and has an answer.
  package var isExecuted: Bool { [.answered, .confirmed, .closed, .returned].contains(state) || isApprovedHold }

  /// Whether it is not settled, and its deadline has passed.
  package func isOverdue(on today: String) -> Bool { !isDone && !item.due.isEmpty && item.due < today }

  /// The name of the state, for people.
  package var title: Bilingual { isStale ? Bilingual("証跡変更", "evidence changed") : state.title }

  /// The reason for the standing.
  package var why: Bilingual {
    switch ground {
    case .assumed: return Bilingual("確認済と仮定した", "assumed to be confirmed")
    case .machine: return evidence.why(word)
    case .overtaken:
      let who = item.state == .closed ? item.closedBy : item.confirmedBy
      return Bilingual("\(who)の確認後に証跡が変わった", "the evidence changed after \(who) confirmed")
    case .outgrown:
      let excess = Self.excess(item, scope) ?? Bilingual("", "")
      return Bilingual(
        "保留の範囲を超えた（\(item.approver)）: \(excess.ja)", "beyond what \(item.approver) put on hold: \(excess.en)")
    case .awaited:
      let found = evidence.why(word)
      return Bilingual("\(found.ja)。\(item.confirmer)の確認待ち", "\(found.en); waits for \(item.confirmer)")
    case .person: return whyByPerson
    }
  }

  private var whyByPerson: Bilingual {
    switch state {
    case .raised:
      let who = item.confirmer.isEmpty ? item.owner : item.confirmer
      return Bilingual("\(who)の確認待ち", "waits for \(who)")
    case .investigating: return Bilingual("\(item.assignee)が調査中", "\(item.assignee) looks into it")
    case .answered:
      return Bilingual("\(item.answeredBy)が回答。確認待ち", "answered by \(item.answeredBy); to be confirmed")
    case .confirmed:
      let at = Bilingual.moment(item.confirmedAt)
      return Bilingual("\(item.confirmedBy)が確認（\(at.ja)）", "confirmed by \(item.confirmedBy) (\(at.en))")
    case .closed:
      let at = Bilingual.moment(item.closedAt)
      return Bilingual("\(item.closedBy)が完了とした（\(at.ja)）", "closed by \(item.closedBy) (\(at.en))")
    case .returned: return Bilingual("差戻: \(item.reason)", "sent back: \(item.reason)")
    case .onHold:
      let over = today <= item.until ? Bilingual("", "") : Bilingual("、期限切れ", ", which has passed")
      return Bilingual(
        "保留（\(item.approver)承認、\(Language.japanese.date(item.until))まで\(over.ja)）: \(item.reason)",
        "on hold (\(item.approver), until \(item.until)\(over.en)): \(item.reason)")
    }
  }

  /// RFC 3339: the moment from which the standing holds; empty when it is not known.
  package var since: String {
    switch ground {
    case .assumed: return ""
    case .machine where state == .raised: return item.raisedAt
    case .machine, .overtaken, .outgrown, .awaited: return evidence.since(word)
    case .person:
      switch state {
      case .raised, .investigating: return item.raisedAt
      case .onHold: return item.returnedAt
      case .answered: return item.answeredAt
      case .confirmed: return item.confirmedAt
      case .closed: return item.closedAt
      case .returned: return item.returnedAt
      }
    }
  }
}
