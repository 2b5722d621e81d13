import Base
import Gates
import Ledger
import Registers
import Tables

extension GateDecision {
  /// 決定: what the gates' meetings decided; a row for each condition below its decision.
  ///
  /// - Parameter gates: the titles of gates, by name.
  package static func listing(_ gates: [String: Bilingual] = [:]) -> Listing<GateDecision> {
    Listing(
      "decisions", Bilingual("判定の決定", "Decisions"),
      [
        .text("id", "No.", "No.", .id) { $0.id },
        .word(
          "gate", "判定", "Gate", code: { $0.gate }, name: { gates[$0.gate] ?? Bilingual($0.gate, $0.gate) }),
        .amount("sitting", "回", "Sitting") { $0.sitting },
        .shown("held", "開催日", "Held", .date, value: { .text($0.held) }, cell: { decision, _ in .date(decision.held) }),
        .shown(
          "verdict", "基準の判定", "Verdict", .mark, value: { .text($0.verdict) },
          cell: { decision, words in Verdict(rawValue: decision.verdict).map { words.mark($0) } ?? words.undecided }),
        .word(
          "decision", "決定", "Decision", code: { $0.decision.rawValue }, name: { $0.decision.title },
          tone: { $0.decision == .approved ? .good : $0.decision == .conditional ? .warn : .bad }),
        .init(
          "conditions", Bilingual("条件", "Conditions"),
          value: { decision, _ in .list(decision.conditions.map(\.json)) }, cell: { _, _ in .empty }),
        .text("rests_on", "根拠", "Rests on") { $0.restsOn },
        .data("meeting") { .text($0.meeting) },
        .data("run") { .text($0.run) },
        .data("evidence") { .text($0.evidence) },
        .cell("台帳", "Ledger", .number, key: "ledger") { decision, _ in .number(decision.ledger.number) },
        .data("ledger_number") { .integer($0.ledger.number) },
        .data("ledger_digest") { .text($0.ledger.digest) },
        .data("by") { .text($0.enteredBy) },
      ],
      below: { decision, words in
        decision.conditions.enumerated().map { index, condition in
          let met =
            condition.met.isEmpty
            ? words("未履行", "open") : words("履行 \(words.shortDate(condition.met))", "met \(condition.met)")
          return [
            .empty, .empty, .empty, .date(condition.due), .empty, .text("\(index + 1). \(condition.owner)"),
            .text("\(condition.text) (\(met))"), .empty,
          ]
        }
      }, terminal: ["id", "gate", "sitting", "held", "verdict", "decision", "conditions", "rests_on"])
  }
}

extension DecisionCondition {
  /// The condition for programs.
  var json: JSONValue {
    .object(["text": .text(text), "owner": .text(owner), "due": .text(due), "met": .text(met)])
  }
}
