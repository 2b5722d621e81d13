import ArgumentParser

/// `totsugo reconcile PROJECT --target REF`: performs all checks against a target that another program has loaded.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile", abstract: "Verify a target that somebody else loaded: every check, nothing written to it."
  )

  @Argument(help: "A project file, for example Pipelines/city.yaml.")
  var project: String

  @Option(help: "The loaded target: sqlite:PATH or postgres://USER@HOST/DATABASE, ?schema=NAME.")
  var target: String

  @OptionGroup var options: RunOptions

  func run() throws {
    try options.perform(project, target: target, resume: false, migrates: false)
  }
}
