import Base
import Registers
import Tables

extension Milestone {
  /// マスタースケジュール: planned and actual dates, as they stand on a day.
  package static func listing(on today: String) -> Listing<Milestone> {
    Listing(
      "schedule", Bilingual("マスタースケジュール", "Schedule"),
      [
        .text("id", "番号", "Id", .id) { $0.id },
        .word("kind", "種類", "Kind", code: { $0.kind.rawValue }, name: { $0.kind.title }),
        .bilingual("title", "件名", "Title") { $0.title },
        .text("owner", "担当", "Owner") { $0.owner },
        .data("planned_start") { .text($0.plannedStart) },
        .data("planned_end") { .text($0.plannedEnd) },
        .data("actual_start") { .text($0.actualStart) },
        .data("actual_end") { .text($0.actualEnd) },
        .cell("計画", "Planned", key: "planned") { line, _ in span(line.plannedStart, line.plannedEnd) },
        .cell("実績", "Actual", key: "actual") { line, _ in
          line.actualStart.isEmpty ? .text("–") : span(line.actualStart, line.actualEnd)
        },
        .init(
          "state", Bilingual("状態", "State"), .mark, value: { line, words in .text(words(line.state(on: today))) },
          cell: { line, words in
            let tone: Tone = line.isDone ? .good : line.plannedEnd < today && !line.plannedEnd.isEmpty ? .bad : .unknown
            return .mark(words(line.state(on: today)), tone)
          }),
        .text("approver", "承認", "Approved by", none: "–") { $0.isApproved ? $0.approver : "" },
        .text("note", "備考", "Note") { $0.note },
        .data("run") { .text($0.run) },
      ], terminal: ["id", "title", "owner", "planned", "actual", "state", "approver", "note"])
  }

  /// From a day to a day, or to one that has not come.
  private static func span(_ from: String, _ to: String) -> Cell {
    from == to ? .date(from) : .several([.date(from), to.isEmpty ? .text("…") : .date(to)], by: "–")
  }
}
