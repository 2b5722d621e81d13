import Evidence

/// Where an item stands, what people entered and what machines say taken together, and why.
///
/// A failing check sends an item back, whatever was confirmed; what a person sent back stays so until it is answered,
/// whatever passes. A person's confirmation holds for the evidence it was given
/// on; when that has changed, the item is answered, no longer confirmed, and says so.
package struct ItemStanding: Sendable {
  package let item: Item
  package let state: Item.State
  /// 証跡変更: somebody confirmed it, and the evidence has changed since.
  package let isStale: Bool
  package let why: Bilingual
  /// RFC 3339: since when it stands so; empty where nothing is known of it.
  package let since: String
  /// Digest of the machine's evidence under it; empty where there is none.
  package let digest: String
  /// Whether checks, or the parallel run, prove it without anybody.
  package let isProvenByMachine: Bool
  /// Whether it is on hold, with an approver, and the time that was granted has not run out.
  package let isApprovedHold: Bool
  /// Whether a person has confirmed it on the evidence at hand.
  package let isSeenByPerson: Bool

  /// 確認済 or 完了.
  package var isDone: Bool { state == .confirmed || state == .closed }
  /// Whether it has been looked at, by machine or person: an answer is there.
  package var isExecuted: Bool { [.answered, .confirmed, .closed, .returned].contains(state) || isApprovedHold }

  /// - Parameter today: `YYYY-MM-DD`, for what has been granted until a date.
  package init(_ item: Item, _ evidence: EvidenceUnderItems, today: String) {
    self.item = item
    let word = evidence.word(on: item)
    digest = word.digest
    let needsPerson = item.kind != .test && !item.confirmer.isEmpty
    isProvenByMachine = word.answer == .passed && !needsPerson
    isApprovedHold = item.state == .onHold && !item.approver.isEmpty && today <= item.until

    func person(_ state: Item.State) -> (Item.State, Bool, Bilingual, String) {
      switch state {
      case .raised:
        let who = item.confirmer.isEmpty ? item.owner : item.confirmer
        return (state, false, Bilingual("\(who)の確認待ち", "waits for \(who)"), item.raisedAt)
      case .investigating:
        return (state, false, Bilingual("\(item.assignee)が調査中", "\(item.assignee) looks into it"), item.raisedAt)
      case .answered:
        return (
          state, false, Bilingual("\(item.answeredBy)が回答。確認待ち", "answered by \(item.answeredBy); to be confirmed"),
          item.answeredAt
        )
      case .confirmed:
        return (
          state, false,
          Bilingual(
            "\(item.confirmedBy)が確認 (\(item.confirmedAt))", "confirmed by \(item.confirmedBy) (\(item.confirmedAt))"),
          item.confirmedAt
        )
      case .closed:
        return (
          state, false,
          Bilingual("\(item.closedBy)が完了とした (\(item.closedAt))", "closed by \(item.closedBy) (\(item.closedAt))"),
          item.closedAt
        )
      case .returned:
        return (state, false, Bilingual("差戻: \(item.reason)", "sent back: \(item.reason)"), item.returnedAt)
      case .onHold:
        let until = today <= item.until ? item.until : "\(item.until)*"
        return (
          state, false,
          Bilingual(
            "保留（\(item.approver)承認、\(until)まで）: \(item.reason)",
            "on hold (\(item.approver), until \(until)): \(item.reason)"),
          item.raisedAt
        )
      }
    }
    func overtaken() -> (Item.State, Bool, Bilingual, String) {
      let who = item.state == .closed ? item.closedBy : item.confirmedBy
      return (
        .answered, true, Bilingual("\(who)の確認後に証跡が変わった", "the evidence changed after \(who) confirmed"), word.since
      )
    }

    let found: (Item.State, Bool, Bilingual, String)
    switch (word.answer, item.state) {
    case (_, .onHold): found = person(.onHold)
    case (.failed, _): found = (.returned, false, word.why, word.since)
    case (.undecided, .confirmed) where item.restsOn == word.digest,
      (.undecided, .closed) where item.restsOn == word.digest:
      found = (.answered, false, word.why, word.since)
    case (.undecided, .confirmed), (.undecided, .closed): found = overtaken()
    case (.undecided, .raised): found = (.raised, false, word.why, item.raisedAt)
    case (.undecided, let state): found = person(state)
    case (.passed, .returned) where !item.returnedBy.isEmpty: found = person(.returned)
    case (.passed, .closed) where !needsPerson || item.restsOn == word.digest: found = person(.closed)
    case (.passed, _) where !needsPerson: found = (.confirmed, false, word.why, word.since)
    // The checks have answered; what they cannot see, a person confirms.
    case (.passed, .raised), (.passed, .investigating), (.passed, .returned):
      found = (
        .answered, false,
        Bilingual("\(word.why.ja)。\(item.confirmer)の確認待ち", "\(word.why.en); waits for \(item.confirmer)"),
        word.since
      )
    case (_, .confirmed) where item.restsOn != word.digest, (_, .closed) where item.restsOn != word.digest:
      found = overtaken()
    case (_, let state): found = person(state)
    }
    (state, isStale, why, since) = found
    isSeenByPerson =
      !isStale && (state == .confirmed || state == .closed) && !item.confirmedBy.isEmpty && item.restsOn == word.digest
  }

  private init(_ standing: ItemStanding, state: Item.State, why: Bilingual) {
    item = standing.item
    self.state = state
    isStale = false
    self.why = why
    since = ""
    digest = standing.digest
    isProvenByMachine = false
    isApprovedHold = false
    isSeenByPerson = true
  }

  /// The same, taken for confirmed.
  package func assumedConfirmed() -> ItemStanding {
    ItemStanding(self, state: .confirmed, why: Bilingual("確認済と仮定した", "assumed to be confirmed"))
  }

  /// The word of a state that people read.
  package var title: Bilingual { isStale ? Bilingual("証跡変更", "evidence changed") : state.title }
}
