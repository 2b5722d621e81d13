import Base
import Evidence
import Gates
import Registers
import Tables

/// 実行結果報告書: all findings of one run, for its readers the next morning. `run` and `reconcile` write it beside the
/// evidence, in both languages.
enum RunPaper: PaperKind {
  static let name = "run"
  static let title = Bilingual("実行結果報告書", "Report of a run")
  static let readers = Bilingual("情報管理課・各課・移行業者", "IT section, all sections, vendors")
  static let needs: PaperNeeds = [.evidence, .decision, .differences]
  static let tellsKeys = true
  static let isDense = true
  static let hasContents = true

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    guard let evidence = input.evidence else {
      return [.init(words("結果", "Results"), [.paragraph(words.noRun, .unknown)])]
    }
    return [
      head(evidence, input, words), criteria(input, words), previous(input, words), checks(evidence, input, words),
      differences(evidence, input, words), records(evidence, input, words), rejects(evidence, words),
      accepted(evidence, words), unverified(evidence, words), items(input, words), steps(evidence, input, words),
      bytes(evidence, words), lists(evidence, input, words),
    ].compactMap(\.self).enumerated().map { number, section in
      // The answers of a run are its checks; the judgements of other tables follow from them.
      Paper.Section(
        words("\(wide(number + 1))　", "\(number + 1)  ") + section.title, startsPage: section.startsPage,
        section.blocks.map { block in
          if case .table(let table) = block, table.key != "checks" { .table(table.unjudged) } else { block }
        })
    }
  }

  /// A number as the titles of Japanese papers have it.
  private static func wide(_ number: Int) -> String {
    String(String.UnicodeScalarView(String(number).unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
  }

  // MARK: verdict

  private static func head(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    let what =
      evidence.command == "reconcile"
      ? words("移行結果の検証", "Verification of a loaded target") : words("移行リハーサル", "Dry-run migration")
    var blocks: [Paper.Block] = []
    if let decision = input.decision {
      blocks.append(
        .light(
          words.tone(decision.verdict), word: words.verdict(decision.verdict),
          meaning: "\(words(decision.title))　\(words.meaning(decision.verdict))"))
      blocks.append(.sentences(DecisionBrief(decision, input.dossier).facts(words)))
    }
    if let causes = evidence.causes, let line = evidence.causesInOneLine(words) {
      blocks += [.paragraph(line, .bad), .table(input.causes(evidence, causes, words, limit: 16))]
    }
    blocks.append(
      .figures(
        input.tallyFigures(evidence, words)
          + [CheckStatus.passed, .failed, .warned, .notRun].map { status in
            .init(
              "checks_\(status.rawValue)", words("検査 \(words.status(status))", "Checks \(words.status(status))"),
              .number(evidence.count(status)))
          }))
    blocks.append(
      .facts([
        .init(key: "as_of", name: words("基準日", "Data as of"), value: .date(evidence.asOf)),
        .init(key: "seconds", name: words("所要", "Took"), value: .text(words.duration(evidence.seconds))),
        .init(key: "definitions", name: words("定義", "Definitions"), value: .code(evidence.definitions)),
      ]))
    return Paper.Section("\(what) \(evidence.run)", blocks)
  }

  /// The criteria, those first that do not hold.
  private static func criteria(_ input: PaperInput, _ words: Words) -> Paper.Section? {
    guard let decision = input.decision else { return nil }
    let sorted = decision.criteria.enumerated().sorted {
      ($1.element.verdict, $0.offset) < ($0.element.verdict, $1.offset)
    }.map(\.element)
    let table = Decision.Finding.listing.table(
      sorted, words,
      Decision.Finding.columns(
        [
          "id", .init("title", lines: 2, head: true), "verdict", .init("actual", lines: 2), .init("required", lines: 2),
          .init("since", lines: 1), .init("who", lines: 2),
        ], of: decision), tone: { $0.verdict == .noGo ? .bad : .plain })
    return Paper.Section(words("判定基準", "Criteria"), [.table(table)])
  }

  private static func previous(_ input: PaperInput, _ words: Words) -> Paper.Section? {
    guard let comparison = input.comparison else { return nil }
    let changed: [Paper.Block] =
      comparison.definitionsChanged
      ? [
        .paragraph(
          words(
            "定義が前回から変わっています。検査そのものが違うかもしれません。",
            "The definitions have changed since: the checks themselves may be others."), .bad)
      ] : []
    return Paper.Section(
      words(
        "前回との比較　実行\(comparison.previous)→\(comparison.run)",
        "Against the one before: run \(comparison.previous) → \(comparison.run)"),
      changed + [
        .figures(RehearsalsPaper.figures(input, words)), .table(RehearsalsPaper.changes(comparison, words)),
        .table(RehearsalsPaper.checks(comparison, input, words, key: "changed_checks").shortened(to: 15)),
      ])
  }

  // MARK: records

  private static func records(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    Paper.Section(
      words("レコードの行き先、件数・金額", "What became of the records; counts and amounts"),
      [
        .chart(input.waterfall(evidence, words)), .table(input.tallyTable(evidence, words)),
        .table(input.amounts(evidence, words)), .table(input.controlTotals(evidence, words).shortened(to: 12)),
        .table(years(evidence, input, words)), .table(MigrationResultPaper.files(evidence, words)),
      ])
  }

  /// The checks that compare counts and amounts year by year, one line each; their years are in the complete lists.
  private static func years(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Table {
    let checks = MigrationResultPaper.yearly(evidence, input).sorted { ($1.isOpen ? 1 : 0) < ($0.isOpen ? 1 : 0) }
    return Table(
      "years", words("年度ごとの件数・金額の突合（不一致を先に）", "Counts and amounts by year: what differs first"),
      [
        .init("check", words("検査", "Check"), .id), .init("subsystem", words("業務", "Subsystem")),
        .init("title", words("内容", "What"), lines: 1, head: true),
        .init("groups", words("比べた区分", "Groups"), .number), .init("differing", words("不一致", "Differing"), .number),
        .init("result", words("結果", "Result"), .mark),
      ],
      checks.map { check in
        .init(
          [
            .text(check.id), .text(words(input.title(ofSubsystem: check.subsystem))), .text(words(check.title)),
            .number(check.expectedRows), .number(check.differences), words.mark(check.status),
          ], tone: check.status == .failed ? .bad : .plain)
      }, limit: 12)
  }

  private static func kinds(_ evidence: RunEvidence, _ words: Words) -> Table {
    Table(
      "kinds", words("種別ごとの件数（制御レコードは業務別の件数に数えない）", "Records by kind (control records are not in the counts above)"),
      [
        .init("file", words("ファイル", "File"), .id, head: true, merges: true), .init("kind", words("種別", "Kind")),
        .init("read", words("読込", "Read"), .number), .init("migrated", words("移行", "Migrated"), .number),
        .init("rejected", words("拒否", "Rejected"), .number), .init("excluded", words("除外", "Excluded"), .number),
      ],
      evidence.files.filter { $0.refused == nil }.flatMap { file in
        file.kinds.map { kind in
          .init(
            [
              .text(file.file), .text("\(kind.kind) \(words(kind.title))"), .number(kind.records.read),
              .number(kind.records.migrated), .number(kind.records.rejected), .number(kind.records.excluded),
            ], tone: kind.records.rejected > 0 ? .bad : .plain)
        }
      })
  }

  private static func oddities(_ evidence: RunEvidence, _ words: Words) -> Table {
    Table(
      "oddities", words("受け入れて数えた特例", "Accepted oddities, counted"),
      [
        .init("file", words("ファイル", "File"), .id), .init("what", words("内容", "What"), head: true),
        .init("code", words("コード", "Code")), .init("records", words("件数", "Count"), .number),
      ],
      evidence.files.flatMap { file in
        file.oddities.sorted { $0.key < $1.key }.map { code, count in
          .init([.text(file.file), .text(words.oddity(code)), .code(code), .number(count)])
        }
      })
  }

  private static func rejects(_ evidence: RunEvidence, _ words: Words) -> Paper.Section {
    let shown = evidence.rejects.prefix(50)
    let total = evidence.records.rejected
    return Paper.Section(
      words("拒否・除外されたレコード", "Rejected and excluded records"),
      [
        .paragraph(
          words(
            "\(words.number(total))件のうち\(shown.count)件。全件は quarantine/ にバイト列のまま保存。",
            "\(shown.count) of \(words.number(total)); all are kept byte for byte in quarantine/.")),
        .table(
          RunEvidence.Reject.listing.table(
            shown, words, ["file", "kind", "record", "offset", "field", .init("reason", head: true)], limit: 10)),
        .table(MigrationResultPaper.reasons(evidence, words).shortened(to: 12)),
        .table(oddities(evidence, words).shortened(to: 10)),
      ])
  }

  // MARK: bytes, time, items

  private static func bytes(_ evidence: RunEvidence, _ words: Words) -> Paper.Section {
    let kinds = evidence.files.filter { $0.refused == nil }.flatMap { file in file.kinds.map { (file.file, $0) } }
    let use = Table(
      "bytes", words("レコード1件のバイト数", "Bytes of one record"),
      [
        .init("file", words("ファイル", "File"), .id, merges: true), .init("kind", words("種別", "Kind"), head: true),
        .init("length", words("レコード長", "Length"), .number), .init("mapped", words("移行", "Mapped"), .number),
        .init("checked", words("検査のみ", "Checked only"), .number), .init("dropped", words("廃棄", "Dropped"), .number),
        .init("unaccounted", words("不明", "Unaccounted"), .number), .init("why", words("廃棄の理由", "Why dropped")),
      ],
      kinds.map { file, kind in
        let use = kind.bytes
        let why = use.drops.map { "\($0.item) \($0.bytes): \(words($0.reason))" }.joined(separator: "　")
        return .init(
          [.text(file), .text("\(kind.kind) \(words(kind.title))")]
            + [use.length, use.mapped, use.checked, use.dropped, use.unaccounted].map { .number($0) } + [.text(why)],
          tone: use.unaccounted == 0 ? .plain : .bad)
      })
    let trips = evidence.checks.compactMap { check in check.account.map { (check, $0) } }
      .sorted { ($1.0.isOpen ? 1 : 0) < ($0.0.isOpen ? 1 : 0) }
    let trip = Table(
      "round_trip",
      words("往復検証（移行先から旧レコードを復元し、全バイトを比べる）", "Round trip: legacy records rebuilt from the target, every byte compared"),
      [
        .init("check", words("検査", "Check"), .id, head: true), .init("result", words("結果", "Result"), .mark),
        .init("records", words("件数", "Records"), .number), .init("rebuilt", words("復元", "Rebuilt"), .number),
        .init("constant", words("固定値", "Constant"), .number), .init("kind", words("種別", "Kind"), .number),
        .init("lost", words("喪失", "Lost"), .number), .init("ignored", words("対象外", "Ignored"), .number),
        .init("declared", words("宣言した喪失・読替え（該当レコード数）", "Declared losses and other forms (records)")),
      ],
      trips.map { check, account in
        let declared = (account.losses + account.forms).map {
          "\($0.item) \(words.number($0.records)): \(words($0.reason))"
        }.joined(separator: "　")
        return .init(
          [.text(check.id), words.mark(check.status)]
            + [
              check.expectedRows, account.rebuilt, account.constant, account.kind, account.lost, account.ignored,
            ].map { .number($0) } + [.text(declared)], tone: check.status == .passed ? .plain : .bad)
      })
    return Paper.Section(
      words("バイト勘定", "Bytes accounted for"), [.table(use.shortened(to: 8)), .table(trip.shortened(to: 10))])
  }

  private static func steps(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    Paper.Section(
      words("所要時間", "Time"),
      [
        .chart(input.timeChart(evidence, words, steps: false)),
        .table(
          RehearsalsPaper.steps(evidence.steps.sorted { $1.seconds < $0.seconds }, input.comparison, words).shortened(
            to: 8)),
      ])
  }

  private static func items(_ input: PaperInput, _ words: Words) -> Paper.Section? {
    let items = input.dossier.items
    guard !items.isEmpty else { return nil }
    return Paper.Section(
      words("確認事項", "Items to be confirmed"),
      [
        .table(ProgressPaper.kinds(items, input, words)),
        .table(
          input.itemTable(
            "open_items", words("未了の確認事項（重大度順）", "Items not yet confirmed, the gravest first"), input.open(items),
            words, limit: 12, lines: 1)),
      ])
  }

  /// What only the complete lists have.
  private static func lists(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    let years = MigrationResultPaper.years(input, evidence, words).compactMap { block in
      if case .table(let table) = block { Paper.Block.table(table.shortened(to: 0)) } else { nil }
    }
    return Paper.Section(
      words("全件の一覧", "Complete lists"),
      [
        .paragraph(
          words(
            "ここに全件を載せない一覧: 全検査の結果（\(evidence.checks.count)件）、種別ごとの件数、移行先の表のダイジェスト、年度ごとの件数・金額（\(years.count)表）。",
            "Lists that are not here in full: all checks (\(evidence.checks.count)), records by kind, digests of the tables, counts and amounts by year (\(years.count) tables). "
          ) + input.whole(name, words), .plain),
        .table(
          CheckResult.listing(input.title(ofSubsystem:)).table(
            evidence.checks, words,
            ["id", "status", "subsystem", .init("title", head: true), "severity", "why", "formula", "rule"],
            title: words("全検査の結果", "All checks"), limit: 0, judges: "status")),
        .table(kinds(evidence, words).shortened(to: 0)),
        .table(MigrationResultPaper.tables(evidence, words).shortened(to: 0)),
      ] + years)
  }
}
