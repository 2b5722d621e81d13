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

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    guard let evidence = input.evidence else {
      return [.init(words("結果", "Results"), [.paragraph(words.noRun, .unknown)])]
    }
    return [
      head(evidence, input, words), previous(input, words), records(evidence, input, words),
      differences(evidence, input, words), findings(evidence, input, words), accepted(evidence, words),
      unverified(evidence, words), rejects(evidence, words), bytes(evidence, words), steps(evidence, input, words),
      items(input, words), checks(evidence, input, words),
    ].compactMap(\.self).map { section in
      // The answers of a run are its checks; the judgements of other tables follow from them.
      Paper.Section(
        section.title, startsPage: section.startsPage,
        section.blocks.map { block in
          if case .table(let table) = block, table.key != "checks" { .table(table.unjudged) } else { block }
        })
    }
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
      blocks.append(.facts(DecisionBrief(decision, input.dossier).facts(words)))
    }
    if let causes = evidence.causes, let line = evidence.causesInOneLine(words) {
      blocks += [.paragraph(line, .bad), .table(input.causes(evidence, causes, words))]
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
    if let decision = input.decision { blocks.append(.table(criteria(decision, words))) }
    return Paper.Section(words("１　", "1  ") + "\(what) \(evidence.run)", blocks)
  }

  private static func criteria(_ decision: Decision, _ words: Words) -> Table {
    Decision.Finding.listing.table(
      decision.criteria, words,
      Decision.Finding.columns(
        ["id", .init("title", head: true), "verdict", "actual", "required", "why", "since", "who"], of: decision),
      tone: { $0.verdict == .noGo ? .bad : .plain })
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
        "２　前回との比較　実行\(comparison.previous)→\(comparison.run)",
        "2  Against the one before: run \(comparison.previous) → \(comparison.run)"),
      changed + [
        .figures(RehearsalsPaper.figures(input, words)), .table(RehearsalsPaper.changes(comparison, words)),
        .table(RehearsalsPaper.checks(comparison, input, words, key: "changed_checks")),
      ])
  }

  // MARK: records

  private static func records(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    Paper.Section(
      words("３　レコードの行き先、件数・金額", "3  What became of the records; counts and amounts"),
      [
        .chart(input.waterfall(evidence, words)), .table(input.tallyTable(evidence, words)),
        .table(kinds(evidence, words)), .table(MigrationResultPaper.reasons(evidence, words)),
        .table(oddities(evidence, words)), .table(MigrationResultPaper.files(evidence, words)),
        .table(input.amounts(evidence, words)), .table(input.controlTotals(evidence, words)),
      ] + MigrationResultPaper.years(input, evidence, words))
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
      words("８　拒否されたレコード", "8  Rejected records"),
      [
        .paragraph(
          words(
            "\(words.number(total))件のうち\(shown.count)件。全件は quarantine/ にバイト列のまま保存。",
            "\(shown.count) of \(words.number(total)); all are kept byte for byte in quarantine/.")),
        .table(
          RunEvidence.Reject.listing.table(
            shown, words, ["file", "kind", "record", "offset", "field", .init("reason", head: true), "code"])),
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
    return Paper.Section(words("９　バイト勘定", "9  Bytes accounted for"), [.table(use), .table(trip)])
  }

  private static func steps(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    Paper.Section(
      words("１０　所要時間", "10  Time"),
      [
        .chart(input.timeChart(evidence, words, steps: false)),
        .table(RehearsalsPaper.steps(evidence.steps, input.comparison, words)),
      ])
  }

  private static func items(_ input: PaperInput, _ words: Words) -> Paper.Section? {
    let items = input.dossier.items
    guard !items.isEmpty else { return nil }
    return Paper.Section(
      words("１１　確認事項", "11  Items to be confirmed"),
      [
        .table(ProgressPaper.kinds(items, input, words)),
        .table(input.itemTable("open_items", words("未了の確認事項", "Items not yet confirmed"), input.open(items), words)),
      ])
  }

  private static func checks(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    Paper.Section(
      words("１２　全検査の結果、移行先の表", "12  All checks; tables of the target"),
      [
        .table(
          CheckResult.listing(input.title(ofSubsystem:)).table(
            evidence.checks, words, ["id", "status", "subsystem", .init("title", head: true), "severity", "why"],
            title: words("全検査の結果", "All checks"), limit: .max, judges: "status")),
        .table(MigrationResultPaper.tables(evidence, words)),
      ])
  }
}
