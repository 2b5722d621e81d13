import Base
import Registers
import Tables

extension DraftStanding {
  /// 推定: the guesses of a draft, their evidence, and who has confirmed them.
  package static var listing: Listing<DraftStanding> {
    Listing(
      "drafts", Bilingual("下書きの推定", "Guesses of a draft"),
      [
        .text("thing", "対象", "Thing", .id) { $0.thing },
        .text("guess", "推定", "Guess") { $0.guess },
        .text("evidence", "根拠", "Evidence") { $0.evidence },
        .text("counter_examples", "合わない例", "Counter-examples") { $0.counterExamples },
        .word(
          "state", "確認状況", "State", code: { $0.state.rawValue }, name: { $0.state.title },
          tone: { $0.state == .confirmed ? .good : $0.state == .changed ? .bad : .warn }),
        .text("confirmed_by", "確認者", "By", none: "–") {
          $0.state == .confirmed ? $0.confirmation?.confirmedBy ?? "" : ""
        },
      ])
  }
}
