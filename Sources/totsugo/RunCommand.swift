import ArgumentParser
import Commands
import Foundation
import Office
import Registers

/// `totsugo run PROJECT`: performs a dry-run migration.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a dry-run migration: read, map, load, read back, reconcile, report.")

  @Argument(help: "A project file, for example Pipelines/city.yaml.")
  var project: String

  @Option(help: "Folder of the legacy files (default: data, beside the project).")
  var data: String?

  @Option(
    help:
      "Target: sqlite:PATH or postgres://USER@HOST/DATABASE, ?schema=NAME (default: an SQLite file in the workspace)."
  )
  var target: String?

  @Option(help: "Folder for runs and evidence (default: .totsugo beside the project).")
  var workspace: String?

  @Option(help: "Only this subsystem; may be repeated.")
  var only: [String] = []

  @Flag(help: "Go on with the run that was interrupted.")
  var resume = false

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
        data: data, target: target, only: only, resume: resume, jobs: jobs, migrates: true, stage: stage,
        language: language)
    }
  }
}

extension RunRecord.Stage: ExpressibleByArgument {}
