import Base
import Ledger
import Registers
import Tables

extension GateDecision {
  /// 決定: what the gates' meetings decided; a row for each condition below its decision.
  package static let listing = Listing<GateDecision>(
    "decisions", Bilingual("判定の決定", "Decisions"),
    [
      .text("id", "番号", "No.", .id) { $0.id },
      .text("gate", "判定", "Gate") { $0.gate },
      .number("sitting", "回", "Sitting") { $0.sitting },
      .text("held", "日付", "Date") { $0.held },
      .text("verdict", "判定結果", "Verdict") { $0.verdict },
      .word("decision", "決定", "Decision", code: { $0.decision.rawValue }, name: { $0.decision.title }),
      .init(
        "conditions", Bilingual("条件", "Conditions"),
        value: { decision, _ in .list(decision.conditions.map(\.json)) }, cell: { _, _ in .empty }),
      .text("rests_on", "根拠", "Rests on") { $0.restsOn },
      .data("meeting") { .text($0.meeting) },
      .data("run") { .text($0.run) },
      .data("evidence") { .text($0.evidence) },
      .data("ledger_number") { .integer($0.ledger.number) },
      .data("ledger_digest") { .text($0.ledger.digest) },
      .data("by") { .text($0.enteredBy) },
    ],
    below: { decision, words in
      decision.conditions.enumerated().map { index, condition in
        let met = condition.met.isEmpty ? words("未履行", "open") : words("履行 \(condition.met)", "met \(condition.met)")
        return [
          .empty, .empty, .empty, .text(condition.due), .empty, .text("\(index + 1). \(condition.owner)"),
          .text("\(condition.text) (\(met))"), .empty,
        ]
      }
    })
}

extension DecisionCondition {
  /// The condition for programs.
  var json: JSONValue {
    .object(["text": .text(text), "owner": .text(owner), "due": .text(due), "met": .text(met)])
  }
}
