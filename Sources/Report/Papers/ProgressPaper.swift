import Base
import Tables
import Evidence
import Registers

/// 確認事項消化状況: settled and remaining items, by week and by section.
package enum ProgressPaper: PaperKind {
  package static let name = "progress"
  package static let title = Bilingual("確認事項消化状況", "Progress of the items")
  package static let readers = Bilingual("全体進捗報告会議", "progress meeting")
  package static let needs: PaperNeeds = []

  package static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    let items = input.dossier.items
    guard !items.isEmpty else {
      return [
        .init(words("消化状況", "Progress"), [.paragraph(words("確認事項が登録されていない。", "No items are registered."), .unknown)])
      ]
    }
    let done = items.filter(\.isDone).count
    let weeks = Weeks(items, today: input.today)
    let plan = Milestone.gantt(input.dossier.milestones, on: input.today, words).map(Paper.Block.chart)
    return [
      Paper.Section(
        words("１　全体", "1  All items"),
        [
          .figures([
            .init("all", words("確認事項", "Items"), .number(items.count)),
            .init("done", words("確認済・完了", "Settled"), .number(done)),
            .init("open", words("未了", "Open"), .number(items.count - done)),
            .init("percent", words("消化率（％）", "Settled (%)"), words.percent(done, of: items.count)),
            .init("overdue", words("期限超過", "Overdue"), .number(items.filter(input.isOverdue).count)),
            .init("stale", words("証跡変更", "Evidence changed"), .number(items.filter(\.isStale).count)),
          ]),
          .chart(burnDown(items, words, today: input.today)), .table(kinds(items, input, words)),
          .paragraph(
            words(
              "週末の残数は、いまの状態になった日で数える。差戻しになったものは未了に含む。",
              "What was left is counted by the day since which an item has been settled; what was sent back is open.")),
        ]),
      Paper.Section(
        words("２　担当課別", "2  By section"), [.table(bySection(items, input, words)), .table(byWeek(weeks, items, words))]),
      Paper.Section(
        words("３　未了の確認事項", "3  Open items"),
        [
          .table(ages(items, input, words)),
          .table(
            input.itemTable(
              "open_items", words("未了の一覧（重大度順）", "Open items, the gravest first"), input.open(items), words, limit: 150)
          ),
        ]),
    ] + (plan.isEmpty ? [] : [Paper.Section(words("４　日程", "4  Schedule"), startsPage: true, plan)])
  }

  /// The ends of the weeks between the first item and today.
  struct Weeks {
    let days: [Int]
    private let opened: [Int]
    private let settled: [Int?]

    init(_ items: [ItemStanding], today: String) {
      let now = Day.number(today) ?? 0
      opened = items.map { Day.number(PaperInput.day(of: $0.item.raisedAt)) ?? now }
      settled = items.map { $0.isDone ? Day.number(PaperInput.day(of: $0.since)) ?? now : nil }
      let first = min(opened.min() ?? now, now)
      // Sundays; for a long project every second, third, … so that the curve has at most forty points.
      let step = 7 * max(1, ((now - first) / 7 + 39) / 40)
      days = Array(stride(from: first + (7 - first % 7) % 7, to: now, by: step)).filter { $0 > first } + [now]
      self.first = first
    }

    let first: Int

    /// The number of items open at the end of a day, among those that `of` selects by index.
    func open(at day: Int, _ of: (Int) -> Bool) -> Int {
      opened.indices.filter { of($0) && opened[$0] <= day && (settled[$0].map { $0 > day } ?? true) }.count
    }

    /// The number of items at the beginning of the first day.
    func begun(_ of: (Int) -> Bool) -> Int { opened.indices.filter { of($0) && opened[$0] == first }.count }
  }

  /// 残数の推移: the items left at the ends of the weeks.
  package static func burnDown(_ items: [ItemStanding], _ words: Words, today: String) -> PaperChart {
    let weeks = Weeks(items, today: today)
    var lines = [(words("計", "all"), { (_: Int) in true })]
    for kind in Item.Kind.allCases where items.contains(where: { $0.item.kind == kind }) {
      lines.append((words(kind.title), { items[$0].item.kind == kind }))
    }
    let points = [words("起票時", "start")] + weeks.days.map { words.shortDate(Day.text($0)) }
    let values = lines.prefix(4).map { name, of in
      PaperChart.LineChart.Line(name: name, values: [weeks.begun(of)] + weeks.days.map { weeks.open(at: $0, of) })
    }
    let spoken = values.map { line in
      words(
        "\(line.name) \(words.number(line.values.first ?? 0))件から\(words.number(line.values.last ?? 0))件",
        "\(line.name) from \(words.number(line.values.first ?? 0)) to \(words.number(line.values.last ?? 0))")
    }.joined(separator: words("、", ", "))
    return .lines(
      .init(title: words("残数の推移（週末）", "Items left, by week"), points: points, lines: values, alternative: spoken))
  }

  /// Kind × state.
  static func kinds(_ items: [ItemStanding], _ input: PaperInput, _ words: Words) -> Table {
    let states = Item.State.allCases
    func row(_ name: String, _ some: [ItemStanding], total: Bool = false) -> Table.Row {
      let done = some.filter(\.isDone).count
      return .init(
        [.text(name)] + states.map { state in .number(some.filter { $0.state == state }.count) } + [
          .number(some.count), words.percent(done, of: some.count), .number(some.filter(input.isOverdue).count),
        ], total: total)
    }
    let rows = Item.Kind.allCases.compactMap { kind -> Table.Row? in
      let some = items.filter { $0.item.kind == kind }
      return some.isEmpty ? nil : row(words(kind.title), some)
    }
    return Table(
      "items_by_kind", words("区分×状態", "Kind and state"),
      [.init("kind", words("区分", "Kind"), head: true)]
        + states.map { .init($0.rawValue, words($0.title), .number) } + [
          .init("all", words("計", "All"), .number), .init("percent", words("消化率(％)", "Settled (%)"), .number),
          .init("overdue", words("期限超過", "Overdue"), .number),
        ], rows.isEmpty ? [] : rows + [row(words("計", "All"), items, total: true)])
  }

  private static func bySection(_ items: [ItemStanding], _ input: PaperInput, _ words: Words) -> Table {
    func row(_ name: String, _ some: [ItemStanding], total: Bool = false) -> Table.Row {
      let done = some.filter(\.isDone).count
      return .init(
        [
          .text(name), .number(some.count), .number(done), .number(some.count - done),
          .number(some.filter { $0.state == .returned }.count), .number(some.filter(\.isStale).count),
          .number(some.filter { $0.state == .onHold }.count), .number(some.filter(input.isOverdue).count),
          words.percent(done, of: some.count),
        ], total: total)
    }
    let rows = PaperInput.sections(of: items).map { name in row(name, items.filter { $0.item.owner == name }) }
    return Table(
      "items_by_section", words("担当課別の状況", "Sections"),
      [
        .init("section", words("担当課", "Section"), head: true), .init("all", words("件数", "Items"), .number),
        .init("done", words("確認済・完了", "Settled"), .number), .init("open", words("未了", "Open"), .number),
        .init("returned", words("うち差戻", "Sent back"), .number), .init("stale", words("うち証跡変更", "Changed"), .number),
        .init("on_hold", words("うち保留", "On hold"), .number), .init("overdue", words("期限超過", "Overdue"), .number),
        .init("percent", words("消化率(％)", "Settled (%)"), .number),
      ], rows + [row(words("計", "All"), items, total: true)])
  }

  private static func byWeek(_ weeks: Weeks, _ items: [ItemStanding], _ words: Words) -> Table {
    let days = Array(weeks.days.suffix(8))
    func row(_ name: String, _ of: (Int) -> Bool, total: Bool = false) -> Table.Row {
      .init([.text(name)] + days.map { .number(weeks.open(at: $0, of)) }, total: total)
    }
    let rows = PaperInput.sections(of: items).map { name in row(name, { items[$0].item.owner == name }) }
    return Table(
      "left_by_week", words("担当課別の残数（週末、最近8週まで）", "Items left by section at the ends of the last weeks"),
      [.init("section", words("担当課", "Section"), head: true)]
        + days.map { .init(Day.text($0), words.shortDate(Day.text($0)), .number) },
      rows + [row(words("計", "All"), { _ in true }, total: true)])
  }

  private static func ages(_ items: [ItemStanding], _ input: PaperInput, _ words: Words) -> Table {
    let now = Day.number(input.today) ?? 0
    let open = items.filter { !$0.isDone }
    let ages = open.map { Day.number(PaperInput.day(of: $0.item.raisedAt)).map { max(0, now - $0) } }
    let ranges: [(String, (Int) -> Bool)] = [
      (words("7日以内", "up to 7 days"), { $0 <= 7 }), (words("8～14日", "8–14 days"), { (8...14).contains($0) }),
      (words("15～30日", "15–30 days"), { (15...30).contains($0) }), (words("31日以上", "more than 30 days"), { $0 > 30 }),
    ]
    var rows = ranges.map { name, of in
      Table.Row(
        [.text(name)]
          + Severity.allCases.map { severity in
            .number(zip(open, ages).filter { $0.item.severity == severity && ($1.map(of) ?? false) }.count)
          } + [.number(ages.filter { $0.map(of) ?? false }.count)])
    }
    let unknown = ages.filter { $0 == nil }.count
    if unknown > 0 {
      rows.append(
        .init(
          [.text(words("起票日不明", "unknown"))] + Severity.allCases.map { _ in .empty } + [.number(unknown)],
          tone: .unknown))
    }
    return Table(
      "ages", words("未了の経過日数（起票から）", "Age of open items"),
      [.init("age", words("経過", "Age"), head: true)]
        + Severity.allCases.map { .init($0.rawValue.lowercased(), $0.rawValue, .number) } + [
          .init("all", words("計", "All"), .number)
        ],
      open.isEmpty ? [] : rows, none: words("未了の確認事項はない。", "No item is open."))
  }
}
