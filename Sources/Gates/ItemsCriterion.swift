import Definitions
import Evidence
import Ledger

/// `items`: so many per cent of the gate's items are confirmed, and none has been sent back.
struct ItemsCriterion: Criterion {
  static let kind = "items"
  static let keys = ["min-confirmed-percent"]

  private let percent: Int

  init?(_ map: DefinitionMap) {
    guard let node = map.required("min-confirmed-percent"), let percent = node.integer else { return nil }
    if !(0...100).contains(percent) { node.wrong("\(percent)", "0 to 100") }
    self.percent = percent
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(percent)%以上", "at least \(percent) %")
    let items = input.items.filter { $0.item.belongs(to: gate) }
    guard input.latest != nil else { return .noRun(required: required) }
    guard !items.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("0項目", "no item"), required: required,
        why: Bilingual("該当する確認事項がない", "there is no item for this gate"))
    }
    let confirmed = items.filter { $0.state == .confirmed }.count
    let open = items.filter { $0.state != .confirmed }.map(\.item.id)
    let list = open.prefix(12).joined(separator: ", ") + (open.count > 12 ? " …" : "")
    return Judgement(
      confirmed * 100 >= percent * items.count ? .holds : .fails,
      actual: Bilingual("\(confirmed) / \(items.count)項目", "\(confirmed) of \(items.count)"), required: required,
      why: open.isEmpty ? Bilingual("すべて確認済", "all confirmed") : Bilingual("未了: \(list)", "not confirmed: \(list)"))
  }
}
