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
        .text("id", "No.", "No.", .id) { $0.id },
        .flag("important", "重要", "Imp.", yes: Bilingual("はい", "yes"), no: Bilingual("", "")) { $0.isImportant },
        .shown(
          "severity", "重大度", "Sev.", .mark, value: { .text($0.severity.rawValue) },
          cell: { issue, _ in .mark(issue.severity.rawValue, issue.isOpen && issue.severity == .s1 ? .bad : .plain) }),
        .shown(
          "state", "状態", "State", .mark, value: { .text($0.state.rawValue) },
          cell: { issue, words in
            issue.isOverdue(on: today)
              ? .mark(words("\(words(issue.state.title))（期限超過）", "\(words(issue.state.title)), overdue"), .bad)
              : .mark(words(issue.state.title), issue.isOpen ? .warn : .good)
          }),
        .shown(
          "cause", "原因", "Cause", value: { .text($0.cause.rawValue) },
          cell: { issue, words in .text("\(issue.cause.rawValue) \(words(issue.cause.title))") }),
        .text("section", "担当課", "Section") { $0.section },
        .shown(
          "owner", "担当", "Owner", value: { .text($0.owner) },
          cell: { issue, words in
            .text(
              issue.owner.hasPrefix(issue.section)
                ? issue.owner
                : issue.owner.isEmpty
                  ? words("\(issue.section)（担当者未定）", "\(issue.section) (nobody yet)")
                  : "\(issue.section) \(issue.owner)")
          }),
        .shown(
          "due", "期限", "Due", .date, value: { .text($0.due) },
          cell: { issue, words in
            issue.due.isEmpty ? .unknown(words("未定", "none")) : .due(issue.due, isLate: issue.isOverdue(on: today))
          }),
        .data("overdue") { .boolean($0.isOverdue(on: today)) },
        .shown(
          "age_days", "経過(日)", "Age (days)", .number, value: { issue in issue.age(on: today).map { .integer($0) } },
          cell: { $1.days($0.age(on: today)) }),
        .text("title", "課題", "Issue") { $0.title },
        .shown(
          "workaround", "回避策", "Workaround", value: { .text($0.workaround) },
          cell: { issue, words in
            let kind = issue.workaroundKind.map { words("［\(words($0.title))］", "[\(words($0.title))] ") } ?? ""
            return .text(issue.workaround.isEmpty ? "" : kind + issue.workaround)
          }),
        .data("workaround_kind") { issue in issue.workaroundKind.map { .text($0.rawValue) } },
        .text("detail", "内容", "Detail") { $0.detail },
        .text("resolution", "解決内容", "Resolution") { $0.resolution },
        .shown(
          "opened_by", "起票", "Opened", value: { .text($0.openedBy) },
          cell: { issue, _ in .person(issue.openedBy, at: issue.openedAt) }),
        .data("opened_at") { .text($0.openedAt) },
        .text("resolved_by", "対応者", "Resolved by") { $0.resolvedBy },
        .text("closed_by", "確認者", "Closed by") { $0.closedBy },
        .data("closed_at") { .text($0.closedAt) },
        .cell("完了日", "Closed", .date, key: "closed") { issue, _ in .date(ifGiven: Day.of(issue.closedAt)) },
        .cell("解決", "Resolved", key: "resolved") { issue, _ in .person(issue.resolvedBy, at: issue.resolvedAt) },
        .cell("完了", "Closed", key: "concluded") { issue, _ in .person(issue.closedBy, at: issue.closedAt) },
        .cell("理由", "Reason", key: "reason") { issue, _ in .text(issue.reason) },
        .texts("links", "関連", "Linked to") { $0.links },
      ],
      terminal: ["id", "important", "severity", "state", "cause", "owner", "due", "age_days", "title", "workaround"])
  }

  /// What a view of one issue shows, from top to bottom.
  package static let facts = [
    "state", "severity", "detail", "cause", "section", "owner", "due", "important", "workaround", "resolution",
    "opened_by", "resolved", "concluded", "reason", "links",
  ]
}
