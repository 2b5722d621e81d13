import Base
import Registers
import Tables

extension Waiver {
  /// 適用除外: the waivers, as they are in force on a day.
  package static func listing(on today: String) -> Listing<Waiver> {
    Listing(
      "waivers", Bilingual("適用除外", "Waivers"),
      [
        .text("id", "番号", "No.", .id) { $0.id },
        .text("gate", "判定", "Gate") { $0.gate },
        .text("criterion", "基準", "Criterion", .id) { $0.criterion },
        .flag("in_force", "有効", "In force", yes: Bilingual("有効", "yes"), no: Bilingual("失効", "no")) {
          $0.holds(on: today)
        },
        .text("until", "期限", "Until", .date) { $0.until },
        .text("owner", "責任者", "Owner") { $0.owner },
        .text("approver", "承認者", "Approver") { $0.approver },
        .text("reason", "理由", "Reason") { $0.reason },
      ])
  }
}
