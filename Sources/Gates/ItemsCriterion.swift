import Base
import Definitions
import Registers

/// `items`: the percentages of the gate's items (確認事項) that have been carried out, and that are settled (確認済・完了).
///
/// `kinds` and `ids` select items. `rest: approved` requires that each of the others is on hold with an approver
/// (残課題・暫定対応), `by-person` that a person confirmed each on the present evidence, and after the present data were first
/// read. An item that has been sent back never counts.
struct ItemsCriterion: Criterion {
  static let kind = "items"
  static let keys = ["kinds", "ids", "min-executed-percent", "min-closed-percent", "rest", "by-person"]

  private enum Rest: String, CaseIterable { case open, approved }

  private let kinds: [Item.Kind]
  private let ids: [String]
  private let executed: Int
  private let closed: Int
  private let rest: Rest
  private let byPerson: Bool

  init?(_ map: DefinitionMap) {
    guard let closed = map.required("min-closed-percent")?.integer(in: 0...100) else { return nil }
    self.closed = closed
    executed = map["min-executed-percent"]?.integer(in: 0...100) ?? 0
    kinds = (map["kinds"]?.list ?? []).compactMap { $0.choice(Item.Kind.self) }
    ids = map["ids"]?.texts ?? []
    rest = map["rest"]?.choice(Rest.self) ?? .open
    byPerson = map["by-person"]?.flag ?? false
  }

  var lists: [String] {
    let all: [(kind: Item.Kind, list: String)] = [
      (.migration, "migration-items"), (.test, "test-items"), (.training, "trainings"),
    ]
    return all.filter { kinds.isEmpty || kinds.contains($0.kind) }.map(\.list)
  }

  private var required: Bilingual {
    var (ja, en): ([String], [String]) = ([], [])
    if executed > 0 {
      ja.append("実施\(executed)%")
      en.append("\(executed) % carried out")
    }
    ja.append("確認\(closed)%以上")
    en.append("at least \(closed) % settled")
    if rest == .approved {
      ja.append("残りは承認済の保留")
      en.append("the rest on hold as approved")
    }
    if byPerson {
      ja.append("人の確認")
      en.append("seen by a person")
    }
    return Bilingual(ja.joined(separator: "、"), en.joined(separator: ", "))
  }

  /// - Parameter since: the moment when the data of the latest run were first read: an earlier confirmation was about
  ///   other data.
  private func isSettled(_ standing: ItemStanding, _ since: String) -> Bool {
    guard byPerson else { return standing.isDone }
    return standing.isSeenByPerson && (standing.isAssumed || standing.item.confirmedAt >= since)
  }

  private func hasShare(_ items: [ItemStanding], _ since: String) -> Bool {
    items.count(where: { isSettled($0, since) }) * 100 >= closed * items.count
      && items.count(where: \.isExecuted) * 100 >= executed * items.count
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let wanted = Set(ids)
    let items = input.dossier.items.filter {
      (ids.isEmpty || wanted.contains($0.item.id)) && (kinds.isEmpty || kinds.contains($0.item.kind))
        && $0.item.belongs(to: gate)
    }
    let first = byPerson ? input.latest.flatMap { latest in input.dossier.runs.first { $0.readsWhat(latest) } } : nil
    let seenSince = first?.finished ?? ""
    let found = Set(items.lazy.map(\.item.id))
    let missing = ids.filter { !found.contains($0) }
    let open = items.filter { !isSettled($0, seenSince) }
    let settled = items.count - open.count
    let done = items.count { $0.isExecuted }
    let unapproved = open.filter { !$0.isApprovedHold }
    let returned = open.filter { $0.state == .returned }
    // Items that people add to the lists may worsen the share, never improve it.
    let listed = items.filter { lists.contains(where: $0.item.isOn) }
    let enough = hasShare(items, seenSince) && (listed.isEmpty || hasShare(listed, seenSince))
    let blockers = blockers(open, returned, enough)
    guard !items.isEmpty, missing.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("\(items.count)項目", "\(items.count) items"), required: required,
        why: GateInput.absent(Bilingual("該当する確認事項がない", "there is no such item"), missing),
        blockers: missing.map(Blocker.item) + blockers)
    }
    let holds = enough && (rest == .open || unapproved.isEmpty) && returned.isEmpty
    let times = items.compactMap { item -> (from: String, to: String)? in
      let isGood = isSettled(item, seenSince) || (rest == .approved && item.isApprovedHold)
      return !isGood ? (item.since, "") : item.since.isEmpty ? nil : ("", item.since)
    }
    func isEnough(_ open: Int) -> Bool {
      rest == .approved ? open == 0 : (items.count - open) * 100 >= closed * items.count
    }
    let since: Since =
      isEnough(times.filter(\.to.isEmpty).count) == holds
      ? .open(times, holds: isEnough)
      : .because(Bilingual("実施・差戻の日時は数えない", "the moments of other acts are not counted"))
    return Judgement(
      holds ? .holds : .fails,
      actual: Bilingual(
        "確認\(settled) / 実施\(done) / 全\(items.count)項目", "\(settled) settled, \(done) carried out, of \(items.count)"),
      required: required, why: why(open, returned), since: since,
      who: GateInput.people(open.map(\.item.owner)), blockers: blockers)
  }

  /// The items that were sent back; and when it would not hold without them either, the other unsettled items.
  private func blockers(_ open: [ItemStanding], _ returned: [ItemStanding], _ isEnough: Bool) -> [Blocker] {
    let others = open.filter { $0.state != .returned }
    let areOthersInTheWay = !isEnough || (rest == .approved && others.contains { !$0.isApprovedHold })
    return (returned + (areOthersInTheWay ? others : [])).map { .item($0.item.id) }
  }

  private func why(_ open: [ItemStanding], _ returned: [ItemStanding]) -> Bilingual {
    if open.isEmpty { return Bilingual("すべて確認済", "all settled") }
    if !returned.isEmpty {
      let list = GateInput.named(returned.map { ($0.item.id, $0.item.title) })
      return Bilingual("差戻\(returned.count)項目: \(list.ja)", "\(returned.count) sent back: \(list.en)")
    }
    let list = GateInput.named(open.map { ($0.item.id, $0.item.title) })
    let stale = open.filter(\.isStale).count
    let changed = stale == 0 ? Bilingual("", "") : Bilingual("（うち証跡変更\(stale)）", " (\(stale) since evidence changed)")
    return Bilingual("未了\(open.count)項目\(changed.ja): \(list.ja)", "\(open.count) not settled\(changed.en): \(list.en)")
  }
}
