import Base
import Definitions
import Registers

/// `requests`: the largest number of extract requests (電算処理依頼) of other sections that are unsettled when the host
/// stops.
struct RequestsCriterion: Criterion {
  static let kind = "requests"
  static let keys = ["max-unsettled"]

  private let limit: Int
  let lists = ["extract-requests"]

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max-unsettled")?.integer(atLeast: 0) else { return nil }
    self.limit = limit
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("未決\(limit)件以下", "at most \(limit) unsettled")
    let all = input.dossier.requests
    guard !all.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("0件", "none"), required: required,
        why: Bilingual("電算処理依頼の登録がない", "no extract request is in the register"))
    }
    let open = all.filter { !$0.isSettled }
    let list = GateInput.named(open.map { ($0.id, $0.title) })
    return Judgement(
      open.count <= limit ? .holds : .fails,
      actual: Bilingual("未決\(open.count) / \(all.count)件", "\(open.count) of \(all.count) unsettled"),
      required: required,
      why: open.isEmpty
        ? Bilingual("すべて扱いが決まった", "all are settled") : Bilingual("未決: \(list.ja)", "unsettled: \(list.en)"),
      since: Since.open(all.map { (from: "", to: $0.isSettled ? $0.approvedAt : "") }) { $0 <= limit },
      who: GateInput.people(open.map(\.owner)), blockers: open.map { .request($0.id) })
  }
}
