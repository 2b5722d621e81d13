import Base
import Evidence
import Registers
import Tables

extension Issue {
  /// 課題: what is open, how old it is on a day, by when.
  package static func listing(on today: String) -> Listing<Issue> {
    Listing(
      "issues", Bilingual("課題", "Issues"),
      [
        .text("id", "番号", "No.", .id) { $0.id },
        .flag("important", "重要", "Imp.", yes: Bilingual("*", "*"), no: Bilingual("", "")) { $0.isImportant },
        .text("severity", "重大度", "Severity") { $0.severity.rawValue },
        .word("state", "状態", "State", code: { $0.state.rawValue }, name: { $0.state.title }),
        .text("cause", "原因", "Cause") { $0.cause.rawValue },
        .text("section", "担当課", "Section") { $0.section },
        .text("owner", "担当者", "Owner", none: "–") { $0.owner },
        .init(
          "due", Bilingual("期限", "Due"), value: { issue, _ in .text(issue.due) },
          cell: { issue, _ in .text(issue.due.isEmpty ? "–" : issue.due + (issue.isOverdue(on: today) ? " !" : "")) }),
        .data("overdue") { .boolean($0.isOverdue(on: today)) },
        .init(
          "age_days", Bilingual("経過日数", "Age"), .number,
          value: { issue, _ in issue.age(on: today).map { .integer($0) } },
          cell: { issue, _ in .text(issue.age(on: today).map { String($0) } ?? "–") }),
        .text("title", "件名", "Title") { $0.title },
        .init(
          "workaround", Bilingual("回避策", "Workaround"), value: { issue, _ in .text(issue.workaround) },
          cell: { issue, words in
            let kind = issue.workaroundKind.map { "(\(words($0.title))) " } ?? ""
            return .text(issue.workaround.isEmpty ? "–" : kind + issue.workaround)
          }),
        .data("workaround_kind") { issue in issue.workaroundKind.map { .text($0.rawValue) } },
        .data("detail") { .text($0.detail) },
        .data("resolution") { .text($0.resolution) },
        .data("opened_by") { .text($0.openedBy) },
        .data("opened_at") { .text($0.openedAt) },
        .data("resolved_by") { .text($0.resolvedBy) },
        .data("closed_by") { .text($0.closedBy) },
        .data("closed_at") { .text($0.closedAt) },
        .data("links") { .texts($0.links) },
      ])
  }
}
