import Base
import Evidence
import Registers
import Tables

extension ComparisonEvidence.Rule {
  /// 了承済みの差異: the rules that accept differences, with the state of each.
  package static let listing = Listing<Self>(
    "accepted", Bilingual("了承済みの差異", "Accepted differences"),
    [
      .text("id", "番号", "Id", .id) { $0.id },
      .text("reason", "理由", "Reason") { $0.reason },
      .data("class") { $0.kind.map { .text($0.rawValue) } },
      .data("matched") { .integer($0.matched) },
      .data("expires") { .text($0.expires) },
      .cell("要因", "Cause", key: "cause") { rule, words in
        .text(rule.kind.map { "\($0.rawValue) \(words($0.title))" } ?? "")
      },
      .text("approver", "承認者", "Approver") { $0.approver },
      .cell("期限", "Until", .date, key: "until") { rule, _ in .date(rule.expires) },
      .cell("行", "Rows", .number, key: "rows") { rule, _ in .number(rule.matched) },
      .word(
        "state", "状態", "State", code: { $0.state.rawValue }, name: { $0.meaning },
        tone: { $0.state == .matched ? .good : .bad }),
    ])

  /// The rules on a paper.
  static func table(_ rules: [Self], _ words: Words) -> Table {
    listing.table(
      rules, words, [.init("id", head: true), "reason", "cause", "approver", "until", "rows", "state"],
      tone: { $0.state == .matched ? .plain : .bad })
  }

  /// The rules on a terminal; empty without rules.
  package static func lines(_ rules: [Self], _ words: Words) -> [String] {
    if rules.isEmpty { return [] }
    return listing.table(
      rules, words, [.init("id", as: words("了承", "Accepted")), "rows", "until", "state", "reason"]
    ).lines(words)
  }

  private var meaning: Bilingual {
    switch state {
    case .matched: Bilingual("該当あり", "matched")
    case .unmatched: Bilingual("該当なし(規則を見直してください)", "matches nothing: review the rule")
    case .exceeded:
      Bilingual(
        "承認\(matched)件に対し\(matched + (beyond ?? 0))件(超えた分は未了承)",
        "\(matched + (beyond ?? 0)) rows where \(matched) were approved: the rest is not accepted")
    case .expired: Bilingual("期限切れ(適用していません)", "expired: not applied")
    }
  }
}
