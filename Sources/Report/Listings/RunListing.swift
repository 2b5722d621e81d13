import Base
import Evidence
import Registers
import Tables

extension RunRecord {
  /// 実行: the runs that have ended.
  package static let listing = Listing<RunRecord>(
    "runs", Bilingual("実行の一覧（新しい順）", "Runs, the newest first"),
    [
      .text("run", "実行", "Run", .id) { $0.run },
      .cell("段階", "Stage", .id, key: "stage") { run, words in .text(words(run.stage.title)) },
      .cell("終了日", "Finished", .date, key: "finished") { run, _ in .date(PaperInput.day(of: run.finished)) },
      .cell("開始", "Started", key: "started") { run, _ in .moment(run.started) },
      .cell("終了", "Finished", key: "ended") { run, _ in .moment(run.finished) },
      .cell("所要時間", "Time", .text, key: "time") { run, words in
        .text(words.duration(Double(run.milliseconds) / 1000))
      },
      .cell("読込", "Read", .number, key: "read") { run, _ in .number(run.records.read) },
      .cell("移行", "Migrated", .number, key: "migrated") { run, _ in .number(run.records.migrated) },
      .cell("拒否", "Rejected", .number, key: "rejected") { run, _ in .number(run.records.rejected) },
      .cell("除外", "Excluded", .number, key: "excluded") { run, _ in .number(run.records.excluded) },
      .cell("不合格", "Failed", .number, key: "failed") { run, _ in .number(run.checks(.failed)) },
      .cell("判定不能", "Undecided", .number, key: "undecided") { run, _ in .number(run.checks(.notRun)) },
      .cell("不一致", "Differences", .number, key: "differences") { run, _ in
        .number(run.groups.reduce(0) { $0 + $1.lines })
      },
      .cell("所要(秒)", "Time (s)", .number, key: "seconds") { run, _ in
        .decimal(Words.tenths(Double(run.milliseconds) / 1000))
      },
      .cell("証跡", "Evidence", key: "evidence") { run, _ in .code(run.evidence) },
      .cell("定義", "Definitions", key: "definitions") { run, _ in .code(run.definitions) },
    ])

  /// The number of checks with this result, which is not `passed`.
  func checks(_ status: CheckStatus) -> Int { unpassed.count { $0.status == status } }
}
