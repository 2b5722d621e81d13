import Base
import Tables
import Evidence
import Gates
import Registers

/// 稼働状況報告: one sheet for the committee.
enum StatusPaper: PaperKind {
  static let name = "status"
  static let title = Bilingual("稼働状況報告", "Status report")
  static let readers = Bilingual("電子計算組織管理運営委員会", "committee")
  static let needs: PaperNeeds = [.decision]
  static let isDense = true

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    let dossier = input.dossier
    let items = dossier.items
    let done = items.filter(\.isDone).count
    let open = PaperInput.openIssues(dossier.issues)
    let trainings = items.filter { $0.item.kind == .training }
    let figures: [Paper.Figure] = [
      .init(
        "settled_percent", words("確認事項 消化率（％、全\(items.count)項目）", "Items settled (% of \(items.count))"),
        words.percent(done, of: items.count)),
      .init("open_issues", words("未完了の課題", "Open issues"), .number(open.count)),
      .init("open_s1", words("うちS1", "S1 among them"), .number(open.filter { $0.severity == .s1 }.count)),
      .init(
        "trainings", words("操作研修 実施／計画", "Trainings held of planned"),
        .text("\(trainings.filter { !$0.item.held.isEmpty }.count) / \(trainings.count)")),
      .init(
        "parallel", words("並行稼働 説明済の日", "Days of parallel run, all explained"),
        dossier.days.isEmpty
          ? .unknown(words("未実施", "none yet"))
          : .text(
            "\(dossier.days.filter { $0.outcome == .identical || $0.outcome == .explained }.count) / \(dossier.days.count)"
          )),
    ]
    return [
      Paper.Section(
        words("１　判定", "1  Verdict"), [verdict(input, words), .figures(figures), .table(runs(input, words))]),
      Paper.Section(
        words("２　日程", "2  Schedule"), [.table(schedule(input, words))]),
      Paper.Section(
        words("３　重要課題と条件", "3  Important issues and conditions"),
        [
          .table(
            input.issueTable(
              "important", words("重要課題・S1", "Important issues and S1"),
              open.filter { $0.isImportant || $0.severity == .s1 }, words, limit: 5, lines: 2)),
          .table(GatePackPaper.conditionTable(input, words, limit: 4)),
          .table(GatePackPaper.decisionTable(input, words, limit: 3)),
        ]),
    ]
  }

  private static func verdict(_ input: PaperInput, _ words: Words) -> Paper.Block {
    guard let decision = input.decision else {
      return .light(
        .unknown, word: words("判定不能", "Undecided"), meaning: words("この事業には判定基準がない。", "The project has no gate."))
    }
    let good = decision.criteria.filter { $0.verdict == .go }.count
    return .light(
      words.tone(decision.verdict), word: words.verdict(decision.verdict),
      meaning: words(
        "\(words(decision.title))　基準\(decision.criteria.count)件のうち\(good)件を満たす。",
        "\(words(decision.title)): \(good) of \(decision.criteria.count) criteria hold. ")
        + words.meaning(decision.verdict))
  }

  private static func runs(_ input: PaperInput, _ words: Words) -> Table {
    RunRecord.listing.table(
      input.dossier.runs.reversed(), words,
      [
        .init("run", head: true), "stage", "finished", .init("migrated", as: words("移行(件)", "Migrated")),
        .init("rejected", as: words("拒否(件)", "Rejected")), .init("failed", as: words("不合格の検査", "Failed checks")),
        "time",
      ], title: words("リハーサル・本番移行（最近3回）", "Rehearsals and the production run, the last three"), limit: 3,
      none: words("完了した実行はまだない。", "No run has come to its end."))
  }

  /// Late lines first, then the next ones.
  private static func schedule(_ input: PaperInput, _ words: Words) -> Table {
    let open = input.dossier.milestones.filter { !$0.isDone }
    let late = open.filter { $0.plannedEnd < input.today }
    let next = open.filter { $0.plannedEnd >= input.today }
    let done = input.dossier.milestones.count - open.count
    return Table(
      "schedule",
      words(
        "マスタースケジュール（完了\(done)、遅延\(late.count)、予定\(next.count)）",
        "Master schedule: \(done) done, \(late.count) late, \(next.count) to come"),
      [
        .init("state", words("状況", "State"), .mark), .init("title", words("項目", "Line"), lines: 1, head: true),
        .init("owner", words("担当", "Owner"), lines: 1), .init("planned", words("計画", "Planned"), .date),
      ],
      (next + late).prefix(6).map { line in
        let isLate = line.plannedEnd < input.today
        return .init([
          .mark(words(line.state(on: input.today)), isLate ? .bad : .plain), .text(words(line.title)),
          .text(line.owner),
          .date(line.plannedEnd),
        ])
      }, limit: 6, none: words("未了の予定はない。", "Nothing is left to be done."))
  }
}
