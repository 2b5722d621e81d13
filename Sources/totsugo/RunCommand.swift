import ArgumentParser

/// `totsugo run PROJECT`: performs a dry-run migration.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a dry-run migration: read, map, load, read back, reconcile, report.")

  @Argument(help: "A project file, for example Pipelines/city.yaml.")
  var project: String

  @Option(
    help:
      "Target: sqlite:PATH or postgres://USER@HOST/DATABASE, ?schema=NAME (default: an SQLite file in the workspace)."
  )
  var target: String?

  @Flag(help: "Go on with the run that was interrupted.")
  var resume = false

  @OptionGroup var options: RunOptions

  func run() throws {
    try options.perform(project, target: target, resume: resume, migrates: true)
  }
}
