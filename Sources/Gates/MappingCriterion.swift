import Base
import Definitions
import Evidence
import Registers

/// `mapping`: every line of the mapping is confirmed by name as it reads now (移行項目マッピングの確認).
struct MappingCriterion: Criterion {
  static let kind = "mapping"
  static let keys: [String] = []

  var asksForMapping: Bool { true }

  init?(_ map: DefinitionMap) {}

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("全行", "all lines")
    guard let lines = input.mapping, !lines.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("なし", "none"), required: required,
        why: Bilingual("今の定義から項目変換を読めない", "the present definitions give no mapping"))
    }
    let open = lines.filter { $0.state == .open }
    let changed = lines.filter { $0.state == .changed }
    let count = lines.count - open.count - changed.count
    let actual = Bilingual(
      "確認済\(count) / \(lines.count)行" + (changed.isEmpty ? "" : "、確認後に変更\(changed.count)行"),
      "\(count) of \(lines.count) lines confirmed" + (changed.isEmpty ? "" : ", \(changed.count) changed since"))
    let missing = changed + open
    if missing.isEmpty {
      return Judgement(
        .holds, actual: actual, required: required,
        why: Bilingual("すべての行が氏名を挙げて確認されている", "every line is confirmed by name"),
        since: .at(lines.compactMap { $0.confirmation?.confirmedAt }.max() ?? ""))
    }
    let named = GateInput.named(
      missing.map { ("", Bilingual("\($0.line.table).\($0.line.column)", "\($0.line.table).\($0.line.column)")) })
    return Judgement(
      .fails, actual: actual, required: required,
      why: Bilingual(
        changed.isEmpty ? "未確認: \(named.ja)" : "確認の後に変わった行・未確認: \(named.ja)",
        changed.isEmpty ? "not confirmed: \(named.en)" : "changed since, or not confirmed: \(named.en)"),
      since: changed.isEmpty
        ? .because(Bilingual("初めから", "from the beginning"))
        : .because(Bilingual("定義の変更の後", "after the definitions changed")),
      blockers: missing.map { .mapping($0.line.id) })
  }
}
