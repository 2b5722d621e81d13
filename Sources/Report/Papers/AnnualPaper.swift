import Base
import Tables
import Records
import Registers

/// 事務報告書の基礎数値: the yearly figures, in the form of the annual report.
enum AnnualPaper: PaperKind {
  static let name = "annual"
  static let title = Bilingual("事務報告書 基礎数値", "Figures for the annual report")
  static let readers = Bilingual("情報管理課（事務報告書）", "IT section (annual report)")
  static let needs: PaperNeeds = []

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    [
      Paper.Section(
        words("１　システム構築に係る主な作業", "1  Main work"),
        [
          .table(work(input, words))
        ]),
      Paper.Section(words("２　会議の開催回数", "2  Meetings"), [.table(counts(input, words)), .table(meetings(input, words))]),
      Paper.Section(
        words("３　業務別バッチ処理時間", "3  Batch hours by business"),
        [
          .table(hours(input, words)),
          .paragraph(
            words(
              "新システムの時間は、各処理の最近の実測に年間回数を乗じたもの。実測のない業務は未測定とする。",
              "The new system’s hours are the latest measured time of each job, times its runs in a year.")),
        ]),
      Paper.Section(
        words("４　見積の妥当性評価", "4  Estimates"), [.table(estimates(input, words)), .table(viewpoints(input, words))]),
      Paper.Section(words("５　各課の電算処理依頼", "5  Extract requests of sections"), [.table(requests(input, words))]),
    ]
  }

  private static func work(_ input: PaperInput, _ words: Words) -> Table {
    let items = input.dossier.items
    func row(_ number: Int, _ name: String, _ kind: Item.Kind, _ unit: String) -> Table.Row {
      let some = items.filter { $0.item.kind == kind }
      let done = kind == .training ? some.filter { !$0.item.held.isEmpty }.count : some.filter(\.isDone).count
      return .init([
        .number(number), .text(name), some.isEmpty ? .unknown(words("登録なし", "none registered")) : .number(some.count),
        some.isEmpty ? words.notMeasured : .number(done), .text(unit),
      ])
    }
    return Table(
      "work", words("主な作業", "Main work"),
      [
        .init("number", "No.", .id), .init("work", words("作業名", "Work"), head: true),
        .init("count", words("件数（回数）", "Number"), .number),
        .init("done", words("うち確認済・実施済", "Settled or held"), .number),
        .init("unit", words("単位", "Unit")),
      ],
      [
        row(1, words("データ移行に係る確認事項", "Items of the data migration"), .migration, words("件", "items")),
        row(2, words("運用テストに係る確認事項", "Items of the operation test"), .test, words("件", "items")),
        row(3, words("操作研修", "Trainings"), .training, words("回", "sessions")),
      ])
  }

  private static func counts(_ input: PaperInput, _ words: Words) -> Table {
    let meetings = input.dossier.meetings
    let years = Set(meetings.compactMap(\.fiscalYear)).sorted()
    let kinds = Meeting.Kind.allCases.filter { kind in meetings.contains { $0.kind == kind } }
    func cells(_ some: [Meeting]) -> [Cell] {
      years.map { year in .number(some.filter { $0.fiscalYear == year }.count) } + [.number(some.count)]
    }
    return Table(
      "meetings_by_year", words("年度別の開催回数（単位：回）", "Meetings by fiscal year"),
      [.init("kind", words("会議名", "Meeting"), head: true)]
        + years.map { .init("fy\($0)", words(words.fiscalYear(String($0)), "FY\($0)"), .number) } + [
          .init("all", words("合計", "All"), .number)
        ],
      kinds.map { kind in .init([.text(words(kind.title))] + cells(meetings.filter { $0.kind == kind })) }
        + (kinds.isEmpty ? [] : [.init([.text(words("合計", "All"))] + cells(meetings), total: true)]),
      none: words("会議の記録がない。", "No meeting is recorded."))
  }

  private static func meetings(_ input: PaperInput, _ words: Words) -> Table {
    Meeting.listing.table(
      input.dossier.meetings.filter { [.progress, .committee, .gate, .kickoff].contains($0.kind) }, words,
      [.init("name", key: "kind", head: true), "held", "agenda", "decision"],
      title: words("会議の日付と内容", "Dates and contents"),
      none: words("全体進捗・委員会・判定会議の記録がない。", "No progress, committee or gate meeting is recorded."))
  }

  private static func hours(_ input: PaperInput, _ words: Words) -> Table {
    Table(
      "hours", words("業務別バッチ処理時間（単位：時間／年）", "Batch hours a year"),
      [
        .init("business", words("業務", "Business"), head: true), .init("old", words("旧システム", "Old system"), .number),
        .init("new", words("新システム（実測）", "New system (measured)"), .number),
        .init("difference", words("差", "Difference"), .number),
        .init("jobs", words("実測した処理", "Jobs measured"), .number),
      ],
      input.dossier.hours.map { hours in
        let new = hours.secondsAYear
        let fresh: Cell =
          !hours.business.isReplaced
          ? .unknown(words("更改対象外", "not replaced")) : new.map { Self.hours($0) } ?? words.notMeasured
        let difference: Cell = new.map { Self.hours($0 - hours.business.hours * 3600) } ?? .unknown("–")
        return .init([
          .text(words(hours.business.title)), .number(hours.business.hours), fresh, difference,
          .number(hours.jobs.count),
        ])
      }, none: words("業務別の時間が登録されていない。", "No hours are registered."))
  }

  /// Hours with one place.
  private static func hours(_ seconds: Int) -> Cell {
    let tenths = (seconds.magnitude + 180) / 360
    let sign = seconds < 0 && tenths > 0 ? "-" : ""
    return .decimal("\(sign)\(tenths / 10).\(tenths % 10)")
  }

  private static func estimates(_ input: PaperInput, _ words: Words) -> Table {
    Estimate.listing.table(
      input.dossier.estimates, words,
      [
        .init("title", head: true), "amount", "effort", "unit_price", "reference_low", "reference_high", "position",
        "overall",
      ], title: words("見積総額の適切性評価（税別）", "Quoted amounts against the reference (without tax)"),
      none: words("評価の記録がない。", "No estimate was assessed."))
  }

  private static func viewpoints(_ input: PaperInput, _ words: Words) -> Table {
    Estimate.listing.table(
      input.dossier.estimates, words,
      [.init("title", head: true)] + Estimate.Viewpoint.allCases.map { .init($0.rawValue) } + ["note"],
      key: "viewpoints", title: words("五つの視点", "The five viewpoints"),
      none: words("評価の記録がない。", "No estimate was assessed."))
  }

  private static func requests(_ input: PaperInput, _ words: Words) -> Table {
    ExtractRequest.listing(input.dossier.items).table(
      input.dossier.requests, words,
      ["id", "owner", .init("title", head: true), "frequency", "disposition", "destination", "agreed"],
      title: words("ホスト稼働終了に伴う電算処理依頼の扱い", "What becomes of extract requests when the host stops"),
      none: words("電算処理依頼の登録がない。", "No extract request is registered."))
  }
}
