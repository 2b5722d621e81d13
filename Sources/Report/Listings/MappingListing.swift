import Base
import Registers
import Tables

extension MappingStanding {
  /// 移行項目マッピング: the lines of the mapping and who has confirmed them.
  package static var listing: Listing<MappingStanding> {
    Listing(
      "mapping", Bilingual("移行項目マッピング", "Mapping"),
      [
        .text("id", "行", "Line", .id) { $0.line.id },
        .text("expression", "変換式", "Expression") { $0.line.expression },
        .word(
          "state", "確認状況", "State", code: { $0.state.rawValue }, name: { $0.state.title },
          tone: { $0.state == .confirmed ? .good : $0.state == .changed ? .bad : .warn }),
        .text("confirmed_by", "確認者", "By", none: "–") { $0.confirmation?.confirmedBy ?? "" },
        .text("note", "備考", "Note") { $0.confirmation?.note ?? "" },
      ])
  }
}
