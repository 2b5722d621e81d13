import Base
import Definitions
import Registers

/// `milestones`: lines of the master schedule are done, approved, or stated (their content is written down).
struct MilestonesCriterion: Criterion {
  static let kind = "milestones"
  static let keys = ["milestones", "need"]

  private enum Need: String, CaseIterable {
    case done, approved, stated

    var title: Bilingual {
      switch self {
      case .done: Bilingual("実施済", "done")
      case .approved: Bilingual("承認済", "approved")
      case .stated: Bilingual("内容を明記し承認済", "stated and approved")
      }
    }
  }

  private let ids: [String]
  private let need: Need

  init?(_ map: DefinitionMap) {
    guard let node = map.required("milestones") else { return nil }
    ids = node.texts
    if ids.isEmpty { node.wrong("an empty list", "ids of the master schedule") }
    need = map["need"]?.choice(Need.self) ?? .done
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let found = input.dossier.milestones.filter { ids.contains($0.id) }
    let required = Bilingual("\(ids.count)件すべて\(need.title.ja)", "all \(ids.count) \(need.title.en)")
    let known = Set(found.map(\.id))
    let missing = ids.filter { !known.contains($0) }
    let open = found.filter { !isMet($0) }
    guard missing.isEmpty else {
      let list = GateInput.list(missing)
      return Judgement(
        .unknown, actual: Bilingual("\(found.count)件", "\(found.count)"), required: required,
        why: Bilingual("マスタースケジュールにない: \(list)", "not in the master schedule: \(list)"),
        blockers: (missing + open.map(\.id)).map(Blocker.milestone))
    }
    let list = GateInput.named(open.map { ("", $0.title) })
    return Judgement(
      open.isEmpty ? .holds : .fails,
      actual: Bilingual("\(found.count - open.count)件", "\(found.count - open.count)"), required: required,
      why: open.isEmpty
        ? Bilingual("すべて\(need.title.ja)", "all \(need.title.en)") : Bilingual("未了: \(list.ja)", "open: \(list.en)"),
      since: .from(open.isEmpty ? found.map { need == .done ? $0.actualEnd : $0.approvedAt }.max() : nil),
      who: GateInput.people(open.map(\.owner)), blockers: open.map { .milestone($0.id) })
  }

  private func isMet(_ milestone: Milestone) -> Bool {
    switch need {
    case .done: milestone.isDone
    case .approved: milestone.isApproved
    case .stated: milestone.isApproved && FourEyes.isText(milestone.note)
    }
  }
}
