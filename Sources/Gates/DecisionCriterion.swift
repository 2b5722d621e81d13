import Base
import Definitions
import Registers

/// `decision`: the last sitting of an earlier gate approved, and the conditions of all its sittings have been met or
/// are not yet due. A later sitting does not remove a condition: the person who has met it enters that.
struct DecisionCriterion: Criterion {
  static let kind = "decision"
  static let keys = ["gate", "conditions"]

  private enum Conditions: String, CaseIterable { case met, notOverdue = "not-overdue" }

  private let gate: String
  private let conditions: Conditions

  init?(_ map: DefinitionMap) {
    guard let gate = map.required("gate")?.text else { return nil }
    self.gate = gate
    conditions = map["conditions"]?.choice(Conditions.self) ?? .met
  }

  func judge(_ input: GateInput, gate name: String) -> Judgement {
    let required =
      self.conditions == .met
      ? Bilingual("了承（条件はすべて履行）", "approved, all conditions met")
      : Bilingual("了承（期限超過の条件なし）", "approved, no condition overdue")
    guard let last = input.dossier.decisions.filter({ $0.gate == gate }).max(by: { $0.sitting < $1.sitting }) else {
      return Judgement(
        .unknown, actual: Bilingual("決定なし", "no decision"), required: required,
        why: Bilingual("\(gate) の決定が記録されていない", "no decision of \(gate) has been entered"),
        blockers: [.decision(gate: gate)])
    }
    let conditions = input.dossier.decisions.filter { $0.gate == gate }.flatMap(\.conditions)
    let open = conditions.filter { condition in
      condition.met.isEmpty && (self.conditions == .met || condition.due < input.dossier.today)
    }
    let approved = last.decision != .sentBack
    let title = last.decision.title
    return Judgement(
      approved && open.isEmpty ? .holds : .fails,
      actual: Bilingual("第\(last.sitting)回 \(title.ja)", "sitting \(last.sitting): \(title.en)"), required: required,
      why: !approved
        ? Bilingual("差し戻された", "it was sent back")
        : open.isEmpty
          ? Bilingual("条件\(conditions.count)件はすべて履行", "all \(conditions.count) conditions are met")
          : Bilingual(
            "未履行の条件\(open.count)件: \(open.map(\.text).joined(separator: "、"))",
            "\(open.count) conditions not met: \(open.map(\.text).joined(separator: "; "))"),
      since: .at(open.isEmpty ? conditions.map(\.met).max() ?? last.held : last.held),
      who: GateInput.people(open.map(\.owner)), blockers: [.decision(gate: gate)])
  }
}
