import Base
import Tables
import Evidence
import Ledger
import Records
import Registers

/// 並行稼働 日次突合表: the outputs of the old and the new system on a day, job by job.
enum ParallelPaper: PaperKind {
  static let name = "parallel"
  static let title = Bilingual("並行稼働 日次突合表", "Parallel run: daily sheet")
  static let readers = Bilingual("定例会議・各課", "regular meeting, sections")
  static let needs: PaperNeeds = [.day]

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    var sections: [Paper.Section] = []
    if let found = input.day {
      sections.append(day(found, words))
    } else {
      sections.append(
        Paper.Section(
          words("１　突合", "1  The day"),
          [
            .light(
              .unknown, word: words("判定不能", "Undecided"), meaning: words("突合した日がまだない。", "No day has been compared yet.")
            )
          ]))
    }
    sections.append(Paper.Section(words("２　これまでの日", "2  Days so far"), [.table(days(input, words))]))
    return sections
  }

  /// One day.
  static func day(_ found: ParallelEvidence, _ words: Words) -> Paper.Section {
    let tone: Tone = found.outcome == .unexplained ? .bad : found.outcome == .notCompared ? .unknown : .good
    let open = found.jobs.reduce(0) { $0 + ($1.comparison?.unexplained ?? 0) }
    let settled = found.jobs.filter { $0.outcome == .identical || $0.outcome == .explained }.count
    let meaning = words(
      "\(found.jobs.count)処理のうち一致・説明済 \(settled)、未説明の行 \(words.number(open))",
      "\(settled) of \(found.jobs.count) jobs identical or explained; rows not explained: \(words.number(open))")
    return Paper.Section(
      words("１　\(words.date(found.day))の突合", "1  \(found.day)"),
      [
        .light(tone, word: words(found.outcome.title), meaning: meaning), .table(jobs(found, words)),
        .table(totals(found, words)), .table(unexplained(found, words)), .table(rules(found, words)),
        .paragraph(words("証跡 \(found.evidence)", "Evidence \(found.evidence)")),
        .seals(words.language == .japanese ? ["課長", "係長", "担当"] : ["Head", "Chief", "Clerk"]),
      ])
  }

  private static func jobs(_ found: ParallelEvidence, _ words: Words) -> Table {
    Table(
      "jobs", words("処理別の結果", "Jobs"),
      [
        .init("section", words("担当課", "Section"), .id), .init("job", words("バッチ処理", "Batch job"), head: true),
        .init("outcome", words("判定", "Outcome"), .mark), .init("old_rows", words("旧(行)", "Old rows"), .number),
        .init("new_rows", words("新(行)", "New rows"), .number),
        .init("unexplained", words("未説明", "Unexplained"), .number),
        .init("explained", words("説明済", "Explained"), .number), .init("note", words("備考", "Note")),
      ],
      found.jobs.map { job in
        let numbers = found.figures(job) ?? Array(repeating: words.undecided, count: 4)
        let notes =
          (job.trouble.map { [words($0)] } ?? [])
          + (job.cutOffs.isEmpty ? [] : [words("締め ", "cut-off ") + job.cutOffs.joined(separator: " / ")])
          + (job.items.isEmpty ? [] : [words("確認事項 ", "items ") + job.items.joined(separator: ", ")])
          + ParallelEvidence.notCompared(job, words)
        return .init(
          [.text(job.section), .text("\(words(job.title))（\(job.id)）"), words.mark(job.outcome)] + numbers + [
            .text(notes.joined(separator: words("。", ". ")))
          ], tone: job.outcome == .unexplained ? .bad : .plain)
      }, judges: "outcome")
  }

  private static func totals(_ found: ParallelEvidence, _ words: Words) -> Table {
    func cell(_ text: String) -> Cell { Int128(text).map { .number($0) } ?? .decimal(text) }
    return Table(
      "totals", words("合計の突合", "Totals"),
      [
        .init("job", words("処理", "Job"), .id, head: true), .init("column", words("項目", "Column")),
        .init("old", words("旧", "Old"), .number), .init("new", words("新", "New"), .number),
        .init("difference", words("差", "Difference"), .number), .init("result", words("判定", "Result"), .mark),
      ],
      found.jobs.flatMap { job in
        job.totals.map { total in
          let difference: Cell =
            Int128(total.old).flatMap { old in Int128(total.new).map { .number($0 - old) } }
            ?? .unknown(words("小数", "decimals"))
          let isSame = total.old == total.new
          return .init(
            [
              .text(job.id), .text(total.column), cell(total.old), cell(total.new), difference,
              isSame
                ? .mark(words("一致", "equal"), .good)
                : .mark(words(job.outcome.title), job.outcome == .explained ? .warn : .bad),
            ])
        }
      }, none: words("合計を取る項目がない。", "No column is totalled."))
  }

  /// The differences that the section must investigate: each kind of difference with a key, and the place of the
  /// complete list. Values stay in that file, since outputs of jobs do not declare which of them are personal.
  private static func unexplained(_ found: ParallelEvidence, _ words: Words) -> Table {
    Table(
      "unexplained", words("未説明の差", "Differences that nobody has explained"),
      [
        .init("section", words("担当課", "Section"), .id), .init("job", words("処理", "Job"), .id),
        .init("pattern", words("内容", "Pattern"), head: true), .init("rows", words("行", "Rows"), .number),
        .init("key", words("例（キー）", "For example (key)")),
        .init("list", words("全件のファイル", "File with all")),
      ],
      found.jobs.flatMap { job in
        (job.comparison?.groups ?? []).map { group in
          .init([
            .text(job.section), .text(job.id), .text(words(group.pattern)), .number(group.rows),
            .text((group.samples.first?.key ?? []).joined(separator: " / ")),
            .code("parallel/\(found.day)/\(job.id).ndjson"),
          ])
        }
      }, limit: 60, none: words("未説明の差はない。", "None."))
  }

  private static func rules(_ found: ParallelEvidence, _ words: Words) -> Table {
    Table(
      "rules", words("説明済の差", "Differences that are explained"),
      [
        .init("job", words("処理", "Job"), .id), .init("rule", words("規則", "Rule"), .id),
        .init("cause", words("要因", "Cause")), .init("reason", words("理由", "Reason"), head: true),
        .init("approver", words("承認者", "Approver")), .init("rows", words("行", "Rows"), .number),
        .init("expires", words("期限", "Expires"), .date),
      ],
      found.jobs.flatMap { job in
        (job.comparison?.rules ?? []).map { rule in
          // Differences that the manifest's cut-off explains are shown as a rule of that name.
          let name = rule.id == "cut-off" ? words("締め時刻", "cut-off") : rule.id
          return .init([
            .text(job.id), .text(name), .text(rule.kind.map { "\($0.rawValue) \(words($0.title))" } ?? ""),
            .text(rule.reason),
            .text(rule.approver), .number(rule.matched), .date(ifGiven: rule.expires),
          ])
        }
      })
  }

  static func days(_ input: PaperInput, _ words: Words, limit: Int = 60) -> Table {
    Table(
      "days", words("日別の結果（新しい順）", "Days, the newest first"),
      [
        .init("day", words("開庁日", "Day"), .date, head: true), .init("outcome", words("判定", "Outcome"), .mark),
        .init("jobs", words("処理", "Jobs"), .number), .init("identical", words("一致", "Identical"), .number),
        .init("explained", words("説明済", "Explained"), .number),
        .init("unexplained", words("未説明", "Unexplained"), .number),
        .init("not_compared", words("比較不能", "Not compared"), .number),
      ],
      input.dossier.days.reversed().map { day in
        func count(_ outcome: ParallelEvidence.Outcome) -> Cell {
          .number(day.jobs.filter { $0.outcome == outcome }.count)
        }
        return .init([
          .date(day.day), words.mark(day.outcome), .number(day.jobs.count), count(.identical), count(.explained),
          count(.unexplained), count(.notCompared),
        ])
      }, limit: limit, none: words("突合した日はまだない。", "No day has been compared yet."), judges: "outcome")
  }
}
