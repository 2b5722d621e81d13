import ArgumentParser
import Commands

/// `totsugo run PROJECT`: performs a dry-run migration.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: .said(
      "移行リハーサルを行う。読取り、項目変換、読込み、読戻し、突合、報告", "Run a dry-run migration: read, map, load, read back, reconcile, report."))

  @Argument(help: .project)
  var project: String

  @Option(
    help: .said(
      "移行先。sqlite:PATH または postgres://USER@HOST/DATABASE、?schema=NAME（省略時は作業フォルダのSQLiteファイル）",
      "Target: sqlite:PATH or postgres://USER@HOST/DATABASE, ?schema=NAME (default: an SQLite file in the workspace).")
  )
  var target: String?

  @Flag(help: .said("中断した実行を続ける", "Go on with the run that was interrupted."))
  var resume = false

  @Flag(
    help: .said(
      "下書きのまま実行する。誤りのある項目・検査は除いて一覧にし、未対応の項目は空にする。判定の根拠にはならない",
      "Run a draft: what is wrong is left out and listed, columns that nobody has mapped are null; never evidence for a gate."
    ))
  var draft = false

  @Option(
    help: .said("各ファイルの先頭から何件だけ読むか（--draft とともに）", "Read only so many records of each file (with --draft)."))
  var limit: Int?

  @OptionGroup var options: RunOptions

  func validate() throws {
    if let limit, limit < 1 || !draft {
      throw ValidationError(
        .said("--limit は1以上の数で、--draft とともに指定します。", "--limit is a number from 1, and needs --draft."))
    }
    if draft, resume {
      throw ValidationError(.said("--draft と --resume は同時に使えません。", "--draft and --resume exclude each other."))
    }
  }

  func run() throws {
    try options.perform(project, target: target, resume: resume, migrates: true, draft: draft, limit: limit)
  }
}
