import Base
import Tables
import Ledger
import Records
import Registers

/// 運用テスト結果報告書: by section and batch job, with columns for tester, date and seal.
enum OperationTestPaper: PaperKind {
  static let name = "operation-test"
  static let title = Bilingual("運用テスト結果報告書", "Results of the operation test")
  static let readers = Bilingual("仮稼働判定会議・各課", "provisional gate’s meeting, sections")
  static let needs: PaperNeeds = []

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    let items = input.dossier.items.filter { $0.item.kind == .test }
    guard !items.isEmpty else {
      return [
        .init(
          words("結果", "Results"), [.paragraph(words("運用テストの確認事項が登録されていない。", "No test items are registered."), .unknown)]
        )
      ]
    }
    let owners = Self.owners(items)
    let done = items.filter(\.isDone).count
    let summary = Paper.Section(
      words("総括", "Summary"),
      [
        .figures([
          .init("all", words("確認事項", "Items"), .number(items.count)),
          .init("done", words("確認済・完了", "Settled"), .number(done)),
          .init("returned", words("差戻", "Sent back"), .number(items.filter { $0.state == .returned }.count)),
          .init("raised", words("未実施", "Not carried out"), .number(items.filter { !$0.isExecuted }.count)),
          .init("percent", words("消化率（％）", "Settled (%)"), words.percent(done, of: items.count)),
        ]),
        .table(byJob(items, input, words)),
        .paragraph(words("各件数は、確認済・完了の件数／確認事項の件数。", "Each number: settled of all.")),
      ])
    let sections = owners.enumerated().map { index, owner -> Paper.Section in
      let some = items.filter { $0.item.owner == owner }
      return Paper.Section(
        owner, startsPage: index > 0 && some.count > 20,
        [
          .table(sheet("results_\(index + 1)", owner, some, input, words)),
          .seals(words.language == .japanese ? ["課長", "係長", "担当"] : ["Head", "Chief", "Tester"]),
        ])
    }
    return [summary] + sections
  }

  /// The sections, those with most to test first.
  private static func owners(_ items: [ItemStanding]) -> [String] {
    let counts = Dictionary(items.map { ($0.item.owner, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  private static func byJob(_ items: [ItemStanding], _ input: PaperInput, _ words: Words) -> Table {
    let views = Set(items.map(\.item.category)).sorted()
    var rows: [Table.Row] = []
    func cells(_ some: [ItemStanding]) -> [Cell] {
      views.map { view in
        let of = some.filter { $0.item.category == view }
        return of.isEmpty ? .text("–") : .text("\(of.filter(\.isDone).count)/\(of.count)")
      } + [.number(some.count), words.percent(some.filter(\.isDone).count, of: some.count)]
    }
    for owner in owners(items) {
      let of = items.filter { $0.item.owner == owner }
      var jobs: [String] = []
      for standing in of where !jobs.contains(standing.item.job) { jobs.append(standing.item.job) }
      for job in jobs {
        let some = of.filter { $0.item.job == job }
        let tone: Tone = some.contains { $0.state == .returned } ? .bad : .plain
        rows.append(.init([.text(owner), .text(title(job, input, words))] + cells(some), tone: tone))
      }
    }
    rows.append(.init([.text(words("計", "All")), .empty] + cells(items), total: true))
    return Table(
      "jobs", words("担当課×バッチ処理", "Sections and batch jobs"),
      [
        .init("section", words("担当課", "Section"), head: true, merges: true),
        .init("job", words("バッチ処理", "Batch job")),
      ] + views.map { .init($0.lowercased(), "\($0) \(words.category($0))", .number) } + [
        .init("all", words("計", "All"), .number), .init("percent", words("消化率(％)", "Settled (%)"), .number),
      ], rows)
  }

  private static func title(_ job: String, _ input: PaperInput, _ words: Words) -> String {
    input.dossier.jobs[job].map { words($0.title) } ?? job
  }

  private static func sheet(
    _ key: String, _ owner: String, _ items: [ItemStanding], _ input: PaperInput, _ words: Words
  ) -> Table {
    Table(
      key, words("\(owner)　テスト結果", "\(owner): results"),
      [
        .init("job", words("バッチ処理", "Batch job"), width: 22, merges: true), .init("id", "No.", .id),
        .init("title", words("確認事項", "Item"), width: 64, head: true), .init("state", words("結果", "Result"), .mark),
        .init("tester", words("テスト実施者", "Tester"), width: 18),
        .init("tested", words("実施日", "Tested"), .date, width: 15),
        .init("confirmer", words("確認者", "Confirmed by"), width: 18),
        .init("seal", words("印", "Seal"), .blank, width: 12),
      ],
      items.map { standing in
        let item = standing.item
        let machine = item.evidence.isEmpty ? words("並行稼働の突合", "parallel run") : words("検査", "checks")
        let (tester, tested): (String, String) =
          item.answeredBy.isEmpty
          ? standing.answeredByMachine.map { (machine, $0) } ?? ("", "")
          : (item.answeredBy, item.answeredAt)
        let confirmed: Cell =
          standing.isProvenByMachine
          ? .text(machine) : item.confirmedBy.isEmpty || standing.isStale ? .empty : .text(item.confirmedBy)
        return .init([
          .text(title(item.job, input, words)), .text(item.id), .text(words(item.title)), words.mark(standing),
          tester.isEmpty ? .empty : .text(tester), .date(ifGiven: PaperInput.day(of: tested)),
          confirmed, .empty,
        ])
      }, limit: 400, judges: "state")
  }
}
