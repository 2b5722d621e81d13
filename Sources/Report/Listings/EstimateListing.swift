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
      .init(
        "amount", Bilingual("見積総額（円）", "Quoted (yen)"), .number, value: { estimate, _ in .integer(estimate.amount) },
        cell: { estimate, _ in .number(estimate.amount) }),
      .data("effort_low") { .text($0.effortLow) },
      .data("effort_high") { .text($0.effortHigh) },
      .cell("参考工数（人月）", "Effort (person-months)", .number) { estimate, _ in
        .text("\(estimate.effortLow)～\(estimate.effortHigh)")
      },
      .init(
        "unit_price", Bilingual("標準単価（円）", "Unit price (yen)"), .number,
        value: { estimate, _ in .integer(estimate.unitPrice) }, cell: { estimate, _ in .number(estimate.unitPrice) }),
      .data("reference_low") { .integer($0.referenceLow) },
      .data("reference_high") { .integer($0.referenceHigh) },
      .cell("参考比較金額（円）", "Reference (yen)", .number) { estimate, words in
        .text("\(words.number(estimate.referenceLow))～\(words.number(estimate.referenceHigh))")
      },
      .word("position", "位置", "Position", code: { $0.position.rawValue }, name: { $0.position.title }),
      .data("viewpoints") { estimate in
        .object(
          Dictionary(
            estimate.viewpoints.map { ($0.rawValue, .text($1.rawValue)) }, uniquingKeysWith: { first, _ in first }))
      },
    ]
      + Viewpoint.allCases.map { viewpoint in
        .cell(viewpoint.title.ja, viewpoint.title.en) { estimate, words in
          .text(estimate.viewpoints[viewpoint].map { words($0.title) } ?? "–")
        }
      } + [
        .word("overall", "全体評価", "Overall", code: { $0.overall.rawValue }, name: { $0.overall.title }),
        .text("note", "備考", "Note") { $0.note },
        .data("by") { .text($0.assessedBy) },
      ])
}
