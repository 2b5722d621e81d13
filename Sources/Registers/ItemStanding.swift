import Base

/// Where an item stands, what people entered and what machines say taken together, and why.
///
/// A failing check sends an item back, whatever was confirmed; what a person sent back stays so until it is answered,
/// whatever passes. A person's confirmation holds for the evidence it was given on; when that has changed, the item is
/// answered, no longer confirmed, and says so. A hold holds for what its checks had found when it was approved; what goes
/// beyond sends it back.
package struct ItemStanding: Sendable {
  /// Whose word decides where it stands.
  private enum Ground: Sendable { case person, machine, overtaken, outgrown, awaited, assumed }

  package let item: Item
  package let state: Item.State
  private let ground: Ground
  private let word: EvidenceUnderItems.Word
  private let evidence: EvidenceUnderItems
  private let today: String

  /// - Parameter today: `YYYY-MM-DD`, for what has been granted until a date.
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
    // What a person objects to, nothing but an answer and another person settle.
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
    // The checks have answered; what they cannot see, a person confirms.
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

  /// The same, taken for confirmed.
  package func assumedConfirmed() -> ItemStanding { ItemStanding(assuming: self) }

  /// The parallel run proves a test item although its list names somebody; checks do so only where nobody is named. What a person has
  /// objected to, a person confirms.
  private static func needsPerson(_ item: Item) -> Bool {
    if !item.returnedBy.isEmpty { return true }
    return !item.confirmer.isEmpty && (item.kind != .test || !item.evidence.isEmpty)
  }

  /// 証跡変更: somebody confirmed it, and the evidence has changed since.
  package var isStale: Bool { ground == .overtaken }

  /// Digest of the machine's evidence under it; empty where there is none.
  package var digest: String { evidence.digest(under: item) }

  /// Whether checks, or the parallel run, prove it without anybody.
  package var isProvenByMachine: Bool { word.answer == .passed && !Self.needsPerson(item) }

  /// Whether its checks have not been decided: nobody can confirm it then.
  package var isUndecided: Bool { word.answer == .undecided }

  /// What speaks against it now.
  package var scope: ApprovedScope { evidence.scope(word) }

  /// What of it lies beyond what the hold was approved for; `nil` where nothing does.
  private static func excess(_ item: Item, _ now: ApprovedScope) -> Bilingual? {
    let approved = item.scope ?? ApprovedScope()
    return approved.covers(now) ? nil : approved.excessWords(of: now)
  }

  /// Whether it is on hold, with an approver, the time that was granted has not run out, and nothing has come to it.
  package var isApprovedHold: Bool { state == .onHold && !item.approver.isEmpty && today <= item.until }

  /// Whether a person has confirmed it on the evidence at hand.
  package var isSeenByPerson: Bool {
    ground == .assumed || (ground == .person && isDone && !item.confirmedBy.isEmpty && item.restsOn == digest)
  }

  /// Whether it is only taken for confirmed.
  package var isAssumed: Bool { ground == .assumed }

  /// 確認済 or 完了.
  package var isDone: Bool { state == .confirmed || state == .closed }

  /// Whether it has been looked at, by machine or person: an answer is there.
  package var isExecuted: Bool { [.answered, .confirmed, .closed, .returned].contains(state) || isApprovedHold }

  /// The word of a state that people read.
  package var title: Bilingual { isStale ? Bilingual("証跡変更", "evidence changed") : state.title }

  /// Why it stands so.
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
      return Bilingual(
        "\(item.confirmedBy)が確認 (\(item.confirmedAt))", "confirmed by \(item.confirmedBy) (\(item.confirmedAt))")
    case .closed:
      return Bilingual("\(item.closedBy)が完了とした (\(item.closedAt))", "closed by \(item.closedBy) (\(item.closedAt))")
    case .returned: return Bilingual("差戻: \(item.reason)", "sent back: \(item.reason)")
    case .onHold:
      let over = today <= item.until ? Bilingual("", "") : Bilingual("、期限切れ", ", which has passed")
      return Bilingual(
        "保留（\(item.approver)承認、\(item.until)まで\(over.ja)）: \(item.reason)",
        "on hold (\(item.approver), until \(item.until)\(over.en)): \(item.reason)")
    }
  }

  /// RFC 3339: since when it stands so; empty where nothing is known of it.
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
