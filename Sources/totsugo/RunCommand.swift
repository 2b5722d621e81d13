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

  @OptionGroup var options: RunOptions

  func run() throws {
    try options.perform(project, target: target, resume: resume, migrates: true)
  }
}
