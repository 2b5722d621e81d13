import Base
import Records
import Registers
import Tables

extension Meeting {
  /// 会議: the meetings that were held.
  package static let listing = Listing<Meeting>(
    "meetings", Bilingual("会議", "Meetings"),
    [
      .text("id", "番号", "No.", .id) { $0.id },
      .shown("held", "日付", "Date", .date, value: { .text($0.held) }, cell: { meeting, _ in .date(meeting.held) }),
      .word("kind", "会議", "Meeting", code: { $0.kind.rawValue }, name: { $0.kind.title }),
      .text("title", "件名", "Title") { $0.title },
      .cell("会議名", "Meeting", key: "name") { meeting, words in
        .text(meeting.title.isEmpty ? words(meeting.kind.title) : meeting.title)
      },
      .shown(
        "decision", "決定", "Decision", .mark, value: { meeting in meeting.decision.map { .text($0.rawValue) } },
        cell: { meeting, words in
          meeting.decision.map { .mark(words($0.title), $0 == .approved ? .good : $0 == .conditional ? .warn : .bad) }
            ?? .empty
        }),
      .shown(
        "agenda", "内容", "Contents", value: { .texts($0.agenda) },
        cell: { meeting, words in .text(meeting.agenda.joined(separator: words("、", "; "))) }),
      .texts("attendees", "出席者", "Attendees") { $0.attendees },
      .text("minutes", "議事録", "Minutes") { $0.minutes },
      .text("entered_by", "記録した人", "Entered by") { $0.enteredBy },
      .data("conditions") { .list($0.conditions.map(\.json)) },
    ], terminal: ["id", "held", "kind", "title", "decision", "agenda"])

  /// What a view of one meeting shows, from top to bottom.
  package static let facts = ["held", "kind", "title", "decision", "agenda", "attendees", "minutes", "entered_by"]

  /// The number of meetings of each kind, by fiscal year.
  package static func figures(_ meetings: [Meeting]) -> Listing<Meeting.Kind> {
    let years = Set(meetings.compactMap(\.fiscalYear)).sorted()
    let count: @Sendable (Kind?, Int) -> Int = { kind, year in
      meetings.count { (kind == nil || $0.kind == kind) && $0.fiscalYear == year }
    }
    return Listing(
      "meetings-by-year", Bilingual("会議の回数", "Meetings by year"),
      [
        .word("kind", "会議名", "Meeting", code: { $0.rawValue }, name: { $0.title }),
        .data("years") { kind in
          .object(Dictionary(uniqueKeysWithValues: years.map { (String($0), .integer(count(kind, $0))) }))
        },
      ]
        + years.map { year in
          .cell(title(ofYear: year), "FY\(year)", .number) { kind, _ in .text(String(count(kind, year))) }
        },
      total: { words in [.text(words("合計", "total"))] + years.map { .text(String(count(nil, $0))) } })
  }

  /// 年度 by the era of its last day: the annual report of that year calls it 令和元年度.
  private static func title(ofYear year: Int) -> String {
    let text = Era.japaneseText(Int64((year + 1) * 10_000 + 331))
    guard let number = text.firstIndex(of: "年").map({ text[..<$0] }) else { return "\(year)年度" }
    let era = number.prefix { !$0.isNumber && $0 != "元" }
    let value = number.dropFirst(era.count)
    let first = (Int(value) ?? 1) - 1
    return first < 1 ? "\(year)年度" : "\(era)\(first == 1 ? "元" : String(first))年度"
  }
}
