import Base
import Evidence
import Registers
import Tables

extension ItemStanding {
  /// 確認事項: the items and where they stand on a day.
  package static func listing(on today: String, _ names: ItemSheet.Names = .init()) -> Listing<ItemStanding> {
    Listing(
      "items", Bilingual("確認事項", "Items"),
      [
        .text("id", "No.", "No.", .id) { $0.item.id },
        .shown("state", "状態", "State", .mark, value: { .text($0.state.rawValue) }, cell: { $1.mark($0) }),
        .shown(
          "severity", "重大度", "Sev.", .mark, value: { .text($0.item.severity.rawValue) },
          cell: { standing, _ in .mark(standing.item.severity.rawValue, .plain) }),
        .text("owner", "担当課", "Section") { $0.item.owner },
        .shown(
          "due", "期限", "Due", .date, value: { .text($0.item.due) },
          cell: { standing, _ in .due(standing.item.due, isLate: standing.isOverdue(on: today)) }),
        .bilingual("title", "確認事項", "Item") { $0.item.title },
        .bilingual("why", "理由", "Why") { $0.why },
        .word("kind", "区分", "Kind", code: { $0.item.kind.rawValue }, name: { $0.item.kind.title }),
        .word(
          "subsystem", "業務", "Subsystem", code: { $0.item.subsystem },
          name: { names.subsystems[$0.item.subsystem] ?? Bilingual($0.item.subsystem, $0.item.subsystem) }),
        .text("category", "観点", "Category") { $0.item.category },
        .word(
          "job", "バッチ処理", "Batch job", code: { $0.item.job },
          name: { names.jobs[$0.item.job] ?? Bilingual($0.item.job, $0.item.job) }),
        .word("gate", "判定", "Gate", code: { $0.item.gate }, name: { names.gates.title(of: $0.item.gate) }),
        .data("stale") { .boolean($0.isStale) },
        .shown(
          "since", "発生日時", "Since", value: { .text($0.since) },
          cell: { standing, _ in standing.since.isEmpty ? .empty : .moment(standing.since) }),
        .texts("evidence", "証跡の検査", "Checks") { $0.item.evidence },
        .text("confirmer", "確認者の職", "Confirmed by (post)") { $0.item.confirmer },
        .cell("担当者", "Assignee", key: "assignee") { standing, _ in .text(standing.item.assignee) },
        .shown(
          "answer", "回答", "Answer", value: { .text($0.item.answer) },
          cell: { standing, words in .text(standing.item.answer(words)) }),
        .shown(
          "answered_by", "回答者", "Answered by", value: { .text($0.item.answeredBy) },
          cell: { standing, _ in .person(standing.item.answeredBy, at: standing.item.answeredAt) }),
        .shown(
          "confirmed_by", "確認者", "Confirmed by", value: { .text($0.isDone ? $0.item.confirmedBy : "") },
          cell: { standing, _ in
            .person(standing.isDone ? standing.item.confirmedBy : "", at: standing.item.confirmedAt)
          }),
        .cell("差戻・保留の理由", "Reason", key: "reason") { standing, _ in .text(standing.item.reason) },
        .cell("承認者", "Approver", key: "approver") { standing, _ in .text(standing.item.approver) },
        .cell("いつまで", "Until", key: "until") { standing, _ in .date(ifGiven: standing.item.until) },
        .texts("links", "関連", "Links") { $0.item.links },
        .text("note", "備考", "Note") { $0.item.note },
        .data("revision") { .integer($0.item.revision) },
      ], terminal: ["id", "state", "severity", "owner", "due", "title", "why"])
  }

  /// What a view of one item shows, from top to bottom.
  package static let facts = [
    "state", "why", "since", "kind", "severity", "subsystem", "category", "job", "owner", "confirmer", "due", "gate",
    "evidence", "assignee", "answer", "answered_by", "confirmed_by", "reason", "approver", "until", "links", "note",
  ]
}

extension Item {
  /// The answer in words: of a training its day, and how many of those invited came.
  package func answer(_ words: Words) -> String {
    guard kind == .training, let invited, let attended, !held.isEmpty else { return answer }
    return words(
      "\(words.date(held))に実施。対象\(words.number(invited))人のうち\(words.number(attended))人が出席",
      "held on \(held); \(words.number(attended)) of \(words.number(invited)) came")
  }
}
