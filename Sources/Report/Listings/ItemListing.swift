import Base
import Evidence
import Registers
import Tables

extension ItemStanding {
  /// 確認事項: the items and where they stand.
  package static let listing = Listing<ItemStanding>(
    "items", Bilingual("確認事項", "Items"),
    [
      .text("id", "番号", "No.", .id) { $0.item.id },
      .word("state", "状態", "State", code: { $0.state.rawValue }, name: { $0.title }),
      .text("severity", "重大度", "Severity") { $0.item.severity.rawValue },
      .text("owner", "担当課", "Section") { $0.item.owner },
      .text("due", "期限", "Due", .date, none: "–") { $0.item.due },
      .bilingual("title", "内容", "Item") { $0.item.title },
      .bilingual("why", "理由", "Why") { $0.why },
      .data("kind") { .text($0.item.kind.rawValue) },
      .data("subsystem") { .text($0.item.subsystem) },
      .data("category") { .text($0.item.category) },
      .data("job") { .text($0.item.job) },
      .data("gate") { .text($0.item.gate) },
      .data("stale") { .boolean($0.isStale) },
      .data("since") { .text($0.since) },
      .data("evidence") { .texts($0.item.evidence) },
      .data("confirmer") { .text($0.item.confirmer) },
      .data("answer") { .text($0.item.answer) },
      .data("answered_by") { .text($0.item.answeredBy) },
      .data("confirmed_by") { .text($0.isDone ? $0.item.confirmedBy : "") },
      .data("links") { .texts($0.item.links) },
      .data("note") { .text($0.item.note) },
      .data("revision") { .integer($0.item.revision) },
    ])
}
