import ArgumentParser
import Commands
import Foundation
import Office
import Registers

/// `totsugo reconcile PROJECT --target REF`: performs all checks against a target that another program has loaded.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile", abstract: "Verify a target that somebody else loaded: every check, nothing written to it."
  )

  @Argument(help: "A project file, for example Pipelines/city.yaml.")
  var project: String

  @Option(help: "The loaded target: sqlite:PATH or postgres://USER@HOST/DATABASE, ?schema=NAME.")
  var target: String

  @Option(help: "Folder of the legacy files (default: data, beside the project).")
  var data: String?

  @Option(help: "Folder for runs and evidence (default: .totsugo beside the project).")
  var workspace: String?

  @Option(help: "Only this subsystem; may be repeated.")
  var only: [String] = []

  @Option(help: "What the run is for: rehearsal (リハーサル) or production (本番移行); a resumed run keeps its own.")
  var stage: RunRecord.Stage?

  @Option(help: "Shards that work side by side (default: the cores).")
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if jobs < 1 || jobs > 256 { throw ValidationError("--jobs takes a number from 1 to 256.") }
  }

  func run() throws {
    try common.perform(project, workspace: workspace) { language in
      RunSession.Order(
        data: data, target: target, only: only, resume: false, jobs: jobs, migrates: false, stage: stage,
        language: language)
    }
  }
}
