import Base
import Tables
import Gates
import Ledger
import Registers

/// 判定会議資料: four sheets for the gate's meeting: the verdict, the totals, the open matters, the risks.
enum GatePackPaper: PaperKind {
  static let name = "gate-pack"
  static let title = Bilingual("判定会議資料", "Gate pack")
  static let readers = Bilingual("判定会議構成員", "members of the gate’s meeting")
  static let needs: PaperNeeds = [.evidence, .decision]
  static let isDense = true

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    [
      verdict(input, words), totals(input, words), open(input, words), risks(input, words),
    ]
  }

  // MARK: first sheet

  private static func verdict(_ input: PaperInput, _ words: Words) -> Paper.Section {
    guard let decision = input.decision else {
      return Paper.Section(
        words("１　総合判定", "1  Verdict"),
        [
          .light(
            .unknown, word: words("判定不能", "Undecided"), meaning: words("この事業には判定基準がない。", "The project has no gate."))
        ])
    }
    let findings = decision.criteria
    let rows = findings.map { finding in
      Table.Row(
        [
          .text(finding.id), .text(words(finding.title)),
          .mark(words.verdict(finding.verdict), words.tone(finding.verdict)),
          .text(words(finding.actual) + (finding.waiver.map { words("（適用除外 \($0.id)）", " (waived: \($0.id))") } ?? "")),
          .text(words(finding.required)),
        ], tone: finding.verdict == .noGo ? .bad : .plain)
    }
    return Paper.Section(
      words("１　総合判定　\(words(decision.title))", "1  Verdict: \(words(decision.title))"),
      [
        .light(
          words.tone(decision.verdict), word: words.verdict(decision.verdict), meaning: words.meaning(decision.verdict)),
        .sentences(DecisionBrief(decision, input.dossier).facts(words, isShort: true)),
        .table(
          Table(
            "criteria", words("判定基準", "Criteria"),
            [
              .init("id", "No.", .id), .init("title", words("基準", "Criterion"), lines: 2, head: true),
              .init("verdict", words("判定", "Verdict"), .mark),
              .init("actual", words("実績", "Actual"), lines: 2, width: 30),
              .init("required", words("必要", "Required"), lines: 2, width: 32),
            ], rows, limit: 26, judges: "verdict")),
      ])
  }

  // MARK: second sheet

  private static func totals(_ input: PaperInput, _ words: Words) -> Paper.Section {
    let title = words("２　件数・金額", "2  Counts and amounts")
    guard let evidence = input.evidence else {
      return Paper.Section(title, startsPage: true, [.paragraph(words.noRun, .unknown)])
    }
    return Paper.Section(
      title, startsPage: true,
      [
        .figures(input.tallyFigures(evidence, words)), .chart(input.waterfall(evidence, words, most: 3)),
        .table(input.tallyTable(evidence, words)), .table(input.amounts(evidence, words)),
        .table(input.controlSummary(evidence, words)),
      ])
  }

  // MARK: third sheet

  private static func open(_ input: PaperInput, _ words: Words) -> Paper.Section {
    let gate = input.decision?.gate
    let items = input.dossier.items.filter { gate.map($0.item.belongs) ?? true }
    let open = input.open(items)
    let issues = PaperInput.openIssues(input.dossier.issues)
    // Items and issues together fill the sheet, with two lines each.
    let shown = min(6, issues.count)
    var blocks: [Paper.Block] = [.table(ProgressPaper.kinds(items, input, words))]
    if let evidence = input.evidence { blocks.append(.chart(input.heatMap(evidence, words))) }
    blocks += [
      .table(
        input.itemTable(
          "open_items", words("未了の確認事項（重大度順）", "Open items, the gravest first"), open, words, limit: 12 - shown,
          lines: 2)),
      .table(
        input.issueTable(
          "open_issues", words("未完了の課題（重大度順）", "Open issues, the gravest first"), issues, words, limit: 6, lines: 2)),
    ]
    return Paper.Section(words("３　未了の確認事項・課題", "3  Open items and issues"), startsPage: true, blocks)
  }

  // MARK: fourth sheet

  private static func risks(_ input: PaperInput, _ words: Words) -> Paper.Section {
    let dossier = input.dossier
    let findings = input.decision?.criteria ?? []
    func count(_ verdict: Verdict) -> Cell { .number(findings.count { $0.verdict == verdict }) }
    var blocks: [Paper.Block] = [
      .figures([
        .init("criteria", words("基準", "Criteria"), .number(findings.count)),
        .init("go", words("GO（可）", "GO"), count(.go)),
        .init("conditional", words("条件付き", "CONDITIONAL"), count(.conditional)),
        .init("no_go", words("NO-GO（不可）", "NO-GO"), count(.noGo)),
      ])
    ]
    let waivers = dossier.waivers.filter { $0.gate == input.decision?.gate }
    let (waived, conditions, decisions) = (
      waiverTable(waivers, input, words, limit: 4), conditionTable(input, words, limit: 6),
      decisionTable(input, words, limit: 4)
    )
    // The room that the other tables leave on the sheet.
    let others = [waived, conditions, decisions].reduce(0) { $0 + min($1.rows.count, $1.limit) }
    let failing = (input.decision?.criteria ?? []).filter { $0.verdict != .go }.sorted { $0.verdict > $1.verdict }
    blocks.append(
      .table(
        Table(
          "risks", words("満たさない基準とその理由", "Criteria that do not hold, and why"),
          [
            .init("id", "No.", .id), .init("why", words("理由", "Why"), lines: 2, head: true),
            .init("since", words("発生日時", "Since"), .date),
            .init("who", words("対応できる課", "Who can change it"), lines: 2, width: 42),
          ],
          failing.map { finding in
            return Table.Row([
              .text(finding.id), .text(words(finding.why)),
              Self.since(finding, words),
              .text(finding.who.map { words($0) } ?? ""),
            ])
          }, limit: max(5, 16 - others), none: words("なし。", "None."))))
    blocks += [.table(waived), .table(conditions), .table(decisions)]
    if let evidence = input.evidence { blocks.append(.chart(input.timeChart(evidence, words, steps: false))) }
    let head = dossier.head
    if !dossier.remarks.isEmpty {
      blocks.append(.paragraph(dossier.remarks.map { words($0) }.joined(separator: words("／", "; ")), .warn))
    }
    blocks += [
      .paragraph(
        words(
          "この資料は台帳 第\(words.number(head.number))号までに基づく。末尾のダイジェスト: \(head.digest)。totsugo ledger verify で検証できる。",
          "This pack rests on the ledger up to entry \(words.number(head.number)), whose digest is \(head.digest); totsugo ledger verify proves it."
        )),
      .seals(words.language == .japanese ? ["議長", "情報管理課長", "記録者"] : ["Chair", "IT head", "Minutes"]),
    ]
    return Paper.Section(words("４　リスク・適用除外・条件", "4  Risks, waivers and conditions"), startsPage: true, blocks)
  }

  private static func since(_ finding: Decision.Finding, _ words: Words) -> Cell {
    switch finding.since {
    case .at(let moment): .date(PaperInput.day(of: moment))
    case .because(let reason): .text(words(reason))
    }
  }

  static func waiverTable(_ waivers: [Waiver], _ input: PaperInput, _ words: Words, limit: Int = 200) -> Table {
    Waiver.listing(on: input.today).table(
      waivers, words,
      [
        "id", "criterion", .init("reason", lines: 2, head: true), .init("owner", lines: 2), .init("approver", lines: 2),
        "until", "state",
      ], limit: limit, none: words("なし。", "None."))
  }

  /// The conditions of all decisions, unmet ones first.
  static func conditionTable(_ input: PaperInput, _ words: Words, limit: Int = 200) -> Table {
    let all =
      input.dossier.decisions.flatMap { decision in decision.conditions.map { (decision.id, $0) } }
      + input.dossier.meetings.filter { meeting in
        !input.dossier.decisions.contains { $0.meeting == meeting.id }
      }.flatMap { meeting in meeting.conditions.map { (meeting.id, $0) } }
    let sorted = all.sorted { ($0.1.met.isEmpty ? 0 : 1, $0.1.due, $0.0) < ($1.1.met.isEmpty ? 0 : 1, $1.1.due, $1.0) }
    return Table(
      "conditions", words("了承の条件", "Conditions of decisions"),
      [
        .init("decision", words("決定", "Decision"), .id),
        .init("condition", words("条件", "Condition"), lines: 2, head: true),
        .init("owner", words("責任者", "Owner"), lines: 2), .init("due", words("期限", "Due"), .date),
        .init("state", words("履行", "Met"), .mark),
      ],
      sorted.map { id, condition in
        let state: Cell =
          !condition.met.isEmpty
          ? .mark(words("履行 \(words.shortDate(condition.met))", "met \(condition.met)"), .good)
          : condition.due < input.today ? .mark(words("期限超過", "overdue"), .bad) : .mark(words("未履行", "not yet"), .warn)
        return .init([.text(id), .text(condition.text), .text(condition.owner), .date(condition.due), state])
      }, limit: limit, none: words("なし。", "None."), judges: "state")
  }

  static func decisionTable(_ input: PaperInput, _ words: Words, limit: Int = 200) -> Table {
    GateDecision.listing(input.gates).table(
      input.dossier.decisions.sorted { ($1.held, $1.sitting) < ($0.held, $0.sitting) }, words,
      ["id", .init("gate", head: true), "sitting", "held", "verdict", "decision", "ledger"],
      title: words("これまでの決定", "Decisions so far"), limit: limit, none: words("まだない。", "None yet."))
  }
}
