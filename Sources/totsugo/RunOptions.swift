import ArgumentParser
import Commands
import Foundation
import Registers

/// The options of `run` and `reconcile`.
struct RunOptions: ParsableArguments {
  @Option(
    help: .said(
      "旧システムのファイルのフォルダ（省略時はプロジェクトの隣の data）", "Folder of the legacy files (default: data, beside the project)."))
  var data: String?

  @Option(help: .workspace)
  var workspace: String?

  @Option(help: .said("この業務だけ。繰り返し指定できる", "Only this subsystem; may be repeated."))
  var only: [String] = []

  @Option(
    help: .said(
      "実行の目的。rehearsal（リハーサル）または production（本番移行）。再開した実行では変わらない",
      "What the run is for: rehearsal (リハーサル) or production (本番移行); a resumed run keeps its own."))
  var stage: RunRecord.Stage?

  @Option(help: .said("並行して働く数（省略時はコアの数）", "Shards that work side by side (default: the cores)."))
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if jobs < 1 || jobs > 256 {
      throw ValidationError(.said("--jobs は1から256までの数です。", "--jobs takes a number from 1 to 256."))
    }
  }
}

extension RunRecord.Stage: ExpressibleByArgument {}
