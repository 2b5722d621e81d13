import Base
import Tables
import Evidence
import Registers

/// リハーサル比較: a rehearsal compared with the earlier ones.
package enum RehearsalsPaper: PaperKind {
  package static let name = "rehearsals"
  package static let title = Bilingual("リハーサル比較表", "Rehearsal against rehearsal")
  package static let readers = Bilingual("全体進捗報告会議・情報管理課", "progress meeting, IT section")
  package static let needs: PaperNeeds = [.evidence, .differences]

  package static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    let runs = input.dossier.runs
    guard !runs.isEmpty else { return [.init(words("比較", "Comparison"), [.paragraph(words.noRun, .unknown)])] }
    var sections = [
      Paper.Section(words("１　これまでの実行", "1  Runs so far"), [.chart(trend(runs, words)), .table(table(runs, words))])
    ]
    guard let comparison = input.comparison else {
      sections.append(
        Paper.Section(
          words("２　前回との比較", "2  Against the one before"),
          [
            .paragraph(
              words("完了した実行が1回だけで、比べられない。", "Only one run came to its end: nothing to compare with."), .unknown)
          ]))
      return sections
    }
    sections.append(
      Paper.Section(
        words(
          "２　前回との比較　実行\(comparison.previous)→\(comparison.run)",
          "2  Against the one before: run \(comparison.previous) → \(comparison.run)"),
        [.figures(figures(input, words)), .table(changes(comparison, words)), .table(checks(comparison, input, words))])
    )
    if let evidence = input.evidence {
      sections.append(
        Paper.Section(
          words("３　工程の所要時間", "3  Time of each step"),
          [.chart(input.timeChart(evidence, words, steps: false)), .table(steps(evidence.steps, comparison, words))]))
    }
    return sections
  }

  /// The numbers of single differences: fixed, remaining, returned, new.
  static func figures(_ input: PaperInput, _ words: Words) -> [Paper.Figure] {
    guard let found = input.differences else {
      return [.init("differences", words("不一致の比較", "Differences"), words.undecided)]
    }
    return [
      .init("fixed", words("不一致 解消", "Differences fixed"), .number(found.fixed)),
      .init("still_there", words("不一致 継続", "Still there"), .number(found.stillThere)),
      .init("returned", words("不一致 再発", "Returned"), .number(found.returned)),
      .init("new", words("不一致 新規", "New"), .number(found.new)),
    ]
  }

  private static func trend(_ runs: [RunRecord], _ words: Words) -> PaperChart {
    let shown = runs.suffix(15)
    let bars = shown.map { run in
      PaperChart.BarChart.Bar(
        name: "\(words(run.stage.title)) \(run.run)　\(words.shortDate(PaperInput.day(of: run.finished)))",
        value: Double(run.checks(.failed)),
        text: words("不合格 \(run.checks(.failed))", "\(run.checks(.failed)) failed"),
        tone: run.checks(.failed) > 0 ? .bad : .good)
    }
    return .bars(
      .init(
        title: words("不合格の検査数", "Failed checks by run"), bars: bars,
        alternative: bars.map { "\($0.name) \($0.text)" }.joined(separator: words("、", ", "))))
  }

  private static func table(_ runs: [RunRecord], _ words: Words) -> Table {
    RunRecord.listing.table(
      runs.reversed(), words,
      [
        .init("run", head: true), "stage", "finished", "read", "migrated", "rejected", "excluded", "failed",
        "undecided",
        "differences", "seconds",
      ], limit: 100)
  }

  private static func groups(_ found: RunComparison, _ words: Words) -> [(
    key: String, name: String, ids: [String], tone: Tone
  )] {
    [
      ("new", words("新規", "new"), found.new, .bad), ("returned", words("再発", "returned"), found.returned, .bad),
      ("still_there", words("継続", "still there"), found.stillThere, .warn),
      ("undecided", words("判定不能になった", "no longer decided"), found.undecided, .unknown),
      ("fixed", words("解消", "fixed"), found.fixed, .good),
    ]
  }

  static func changes(_ found: RunComparison, _ words: Words) -> Table {
    Table(
      "changes", words("検査の動き", "What became of the checks"),
      [
        .init("change", words("区分", "Change"), .mark, head: true), .init("checks", words("検査数", "Checks"), .number),
        .init("meaning", words("意味", "Meaning")),
      ],
      groups(found, words).map { group in
        let meaning =
          switch group.key {
          case "new": words("今回はじめて不合格", "failed now and in no run before")
          case "returned": words("前回は合格、それより前に不合格", "failed earlier, passed in the one before, fails again")
          case "still_there": words("前回も今回も不合格", "failed in both")
          case "undecided": words("前回不合格、今回は判定できない。解消とはしない", "failed before, cannot be judged now: not fixed")
          default: words("前回不合格、今回は合格", "failed before, passes now")
          }
        return .init([
          .mark(group.name, group.ids.isEmpty ? .plain : group.tone), .number(group.ids.count), .text(meaning),
        ])
      } + [
        .init([
          .mark(words("拒否レコード", "rejected records"), .plain), .number(found.rejectedNow),
          .text(words("前回 \(words.number(found.rejectedBefore))件", "\(words.number(found.rejectedBefore)) before")),
        ])
      ])
  }

  static func checks(
    _ found: RunComparison, _ input: PaperInput, _ words: Words, key: String = "checks"
  ) -> Table {
    let known = Dictionary((input.evidence?.checks ?? []).map { ($0.id, $0) }) { first, _ in first }
    return Table(
      key, words("動きのあった検査", "Checks that changed or fail"),
      [
        .init("change", words("区分", "Change"), .mark), .init("id", "No.", .id),
        .init("subsystem", words("業務", "Subsystem")), .init("title", words("検査", "Check"), head: true),
        .init("why", words("今回の結果", "What was found now")),
      ],
      groups(found, words).flatMap { group in
        group.ids.map { id in
          .init([
            .mark(group.name, group.tone), .text(id),
            .text(known[id].map { words(input.title(ofSubsystem: $0.subsystem)) } ?? ""),
            .text(known[id].map { words($0.title) } ?? ""),
            known[id].map { .text(words($0.why)) } ?? .unknown(words("今回の定義にない", "not in the definitions now")),
          ])
        }
      }, limit: 120, none: words("動きはない。", "No check changed."), judges: "change")
  }

  /// The seconds of each step of a run, beside those of the one before and the plan.
  package static func steps(_ steps: [RunEvidence.Step], _ found: RunComparison?, _ words: Words) -> Table {
    func seconds(_ seconds: Double?) -> Cell { seconds.map { .decimal(Words.tenths($0)) } ?? words.notMeasured }
    return Table(
      "steps", words("工程（秒）", "Steps (seconds)"),
      [
        .init("step", words("工程", "Step"), head: true), .init("before", words("前回", "Before"), .number),
        .init("now", words("今回", "Now"), .number), .init("planned", words("計画", "Planned"), .number),
        .init("result", words("判定", "Result"), .mark),
      ],
      steps.map { step in
        let result: Cell =
          step.planned.map {
            step.seconds <= Double($0) ? .mark(words("計画内", "within"), .good) : .mark(words("超過", "over"), .bad)
          }
          ?? .unknown(words("計画なし", "no plan"))
        return .init([
          .text(words.step(step.step)), seconds(found?.secondsBefore[step.step]), seconds(step.seconds),
          step.planned.map { .number($0) } ?? .unknown(words("計画なし", "no plan")), result,
        ])
      }, none: words("工程の記録がない。", "No steps were recorded."), judges: "result")
  }
}
