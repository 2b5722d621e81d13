import Base
import Tables
import Evidence
import Registers

/// 課題一覧・重要課題管理一覧.
enum IssuesPaper: PaperKind {
  static let name = "issues"
  static let title = Bilingual("課題一覧・重要課題管理一覧", "Issues")
  static let readers = Bilingual("定例会議・全体進捗報告会議", "regular and progress meetings")
  static let needs: PaperNeeds = []

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    let all = input.dossier.issues
    let open = PaperInput.openIssues(all)
    func count(_ severity: Severity) -> Cell { .number(open.filter { $0.severity == severity }.count) }
    return [
      Paper.Section(
        words("１　概況", "1  In short"),
        [
          .figures([
            .init("all", words("課題", "Issues"), .number(all.count)),
            .init("open", words("未完了", "Open"), .number(open.count)),
            .init("s1", words("うちS1", "S1 open"), count(.s1)), .init("s2", words("うちS2", "S2 open"), count(.s2)),
            .init("overdue", words("期限超過", "Overdue"), .number(open.filter { $0.isOverdue(on: input.today) }.count)),
            .init("undated", words("期限なし", "Without a date"), .number(open.filter(\.due.isEmpty).count)),
          ]),
          .table(ageing(open, input, words)), .table(causes(all, words)),
        ]),
      Paper.Section(
        words("２　重要課題管理一覧", "2  Important issues"),
        [.table(input.issueTable("important", words("重要課題", "Important issues"), open.filter(\.isImportant), words))]),
      Paper.Section(
        words("３　未完了の課題", "3  Open issues"),
        [.table(input.issueTable("open", words("未完了の課題（重大度・期限順）", "Open issues by severity and date"), open, words))]),
      Paper.Section(
        words("４　完了した課題", "4  Closed issues"),
        [.table(closed(all.filter { !$0.isOpen }.sorted { $1.closedAt < $0.closedAt }, input, words))]),
    ]
  }

  private static func ageing(_ open: [Issue], _ input: PaperInput, _ words: Words) -> Table {
    let ranges: [(String, ClosedRange<Int>)] = [
      (words("7日以内", "up to 7 days"), 0...7), (words("8～14日", "8–14 days"), 8...14),
      (words("15～30日", "15–30 days"), 15...30), (words("31日以上", "more than 30 days"), 31...Int.max),
    ]
    return Table(
      "ageing", words("未完了の課題の経過日数", "Age of open issues"),
      [.init("age", words("経過", "Age"), head: true)]
        + Severity.allCases.map { .init($0.rawValue.lowercased(), $0.rawValue, .number) } + [
          .init("all", words("計", "All"), .number)
        ],
      open.isEmpty
        ? []
        : ranges.map { name, range in
          let some = open.filter { $0.age(on: input.today).map(range.contains) ?? false }
          return .init(
            [.text(name)] + Severity.allCases.map { severity in .number(some.filter { $0.severity == severity }.count) }
              + [
                .number(some.count)
              ])
        }, none: words("未完了の課題はない。", "No issue is open."))
  }

  private static func causes(_ all: [Issue], _ words: Words) -> Table {
    Table(
      "causes", words("原因区分", "Causes"),
      [
        .init("cause", words("原因", "Cause"), head: true), .init("open", words("未完了", "Open"), .number),
        .init("closed", words("完了", "Closed"), .number), .init("all", words("計", "All"), .number),
      ],
      DifferenceClass.allCases.compactMap { kind in
        let some = all.filter { $0.cause == kind }
        guard !some.isEmpty else { return nil }
        let open = some.filter(\.isOpen).count
        return .init([
          .text("\(kind.rawValue) \(words(kind.title))"), .number(open), .number(some.count - open),
          .number(some.count),
        ])
      }, none: words("課題の登録がない。", "No issue was opened."))
  }

  private static func closed(_ issues: [Issue], _ input: PaperInput, _ words: Words) -> Table {
    Issue.listing(on: input.today).table(
      issues, words,
      [
        "id", "severity", .init("title", head: true), "resolution", "resolved_by", "closed_by", "closed",
        .init("age_days", as: words("所要(日)", "Days")),
      ], key: "closed", title: words("完了した課題（新しい順）", "Closed issues, the newest first"))
  }
}
