import ArgumentParser
import Commands
import Foundation
import Registers

/// The options of `run` and `reconcile`.
struct RunOptions: ParsableArguments {
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
}

extension RunRecord.Stage: ExpressibleByArgument {}
