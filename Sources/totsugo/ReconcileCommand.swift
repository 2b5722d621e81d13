import ArgumentParser
import Commands

/// `totsugo reconcile PROJECT --target REF`: performs all checks against a target that another program has loaded.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: .said(
      "他で移行済みの移行先を検証する。すべての検査を行い、移行先には何も書かない",
      "Verify a target that somebody else loaded: every check, nothing written to it.")
  )

  @Argument(help: .project)
  var project: String

  @Option(
    help: .said(
      "移行済みの移行先。sqlite:PATH、postgres://USER@HOST/DATABASE、?schema=NAME、csv:フォルダ、?charset=NAME",
      "The loaded target: sqlite:PATH, postgres://USER@HOST/DATABASE, ?schema=NAME, or csv:FOLDER, ?charset=NAME."))
  var target: String

  @OptionGroup var options: RunOptions

  func run() throws {
    try options.perform(project, target: target, resume: false, migrates: false)
  }
}
