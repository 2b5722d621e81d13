import Base
import Registers
import Tables

extension Waiver {
  /// 適用除外: the waivers, as they are in force on a day.
  ///
  /// - Parameter gates: the titles of gates, by name.
  package static func listing(on today: String, _ gates: [String: Bilingual] = [:]) -> Listing<Waiver> {
    Listing(
      "waivers", Bilingual("適用除外", "Waivers"),
      [
        .text("id", "No.", "No.", .id) { $0.id },
        .word("gate", "判定", "Gate", code: { $0.gate }, name: { gates[$0.gate] ?? Bilingual($0.gate, $0.gate) }),
        .text("criterion", "基準", "Criterion", .id) { $0.criterion },
        .data("in_force") { .boolean($0.holds(on: today)) },
        .cell("効力", "Holds", .mark, key: "state") { waiver, words in
          waiver.holds(on: today)
            ? .mark(words("有効", "yes"), .warn)
            : .mark(waiver.revokedAt.isEmpty ? words("期限切れ", "expired") : words("取消", "revoked"), .plain)
        },
        .shown(
          "until", "期限", "Until", .date, value: { .text($0.until) }, cell: { waiver, _ in .date(waiver.until) }),
        .text("owner", "責任者", "Owner") { $0.owner },
        .text("approver", "承認者", "Approver") { $0.approver },
        .text("reason", "理由", "Reason") { $0.reason },
      ])
  }
}
