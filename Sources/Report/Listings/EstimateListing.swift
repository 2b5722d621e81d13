import Base
import Registers
import Tables

extension Estimate {
  /// 見積の妥当性評価: the assessments as the annual report has them.
  package static let listing = Listing<Estimate>(
    "estimates", Bilingual("見積の妥当性評価", "Estimates"),
    [
      .text("id", "番号", "No.", .id) { $0.id },
      .text("title", "件名", "Title") { $0.title },
      .amount("amount", "見積総額(円)", "Quoted (yen)") { $0.amount },
      .data("effort_low") { .text($0.effortLow) },
      .data("effort_high") { .text($0.effortHigh) },
      .cell("参考工数(人月)", "Effort (months)", key: "effort") { estimate, _ in
        .text("\(estimate.effortLow)～\(estimate.effortHigh)")
      },
      .amount("unit_price", "標準単価(円)", "Price (yen)") { $0.unitPrice },
      .amount("reference_low", "参考比較金額 下限(円)", "Reference from") { $0.referenceLow },
      .amount("reference_high", "同 上限(円)", "to") { $0.referenceHigh },
      .word("position", "位置", "Lies", code: { $0.position.rawValue }, name: { $0.position.title }),
      .data("viewpoints") { estimate in
        .object(
          Dictionary(
            estimate.viewpoints.map { ($0.rawValue, .text($1.rawValue)) }, uniquingKeysWith: { first, _ in first }))
      },
    ]
      + Viewpoint.allCases.map { viewpoint in
        .cell(viewpoint.title.ja, viewpoint.title.en, .mark, key: viewpoint.rawValue) { estimate, words in
          estimate.viewpoints[viewpoint].map { .mark(words($0.title), tone($0)) } ?? words.undecided
        }
      } + [
        .word(
          "overall", "全体評価", "Overall", code: { $0.overall.rawValue }, name: { $0.overall.title },
          tone: { tone($0.overall) }),
        .text("note", "注", "Note") { $0.note },
        .data("by") { .text($0.assessedBy) },
      ])

  private static func tone(_ assessment: Assessment) -> Tone {
    assessment == .sound ? .good : assessment == .doubtful ? .warn : .bad
  }
}
