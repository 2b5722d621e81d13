import Datasets
import Comparisons
import Sessions
import Commands
import Tables
import ArgumentParser
import Base
import Evidence
import Foundation
import Report

/// `totsugo parallel MANIFEST --day DATE`: compares the old and new batch outputs of a business day, job by job (現新比較).
struct ParallelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parallel",
    abstract: .said(
      "並行稼働の旧新の出力を、処理ごとに突合する（現新比較）",
      "Compare the outputs of the old and the new system, job by job, in the parallel run (現新比較)."),
    discussion: .said(
      "マニフェストは、バッチ処理ごとに旧新の出力、キー、了承済みの差異、締切時刻を示します。終了コードは、0 すべての処理が一致または説明済、1 説明のない差異がある、2 突合できない処理がある。",
      "The manifest names each batch job with its old and new output, keys, accepted differences and cut-off times. Exit code 0: every job is identical or explained; 1: differences that nobody has explained; 2: a job was not compared."
    ))

  @Argument(help: .said("マニフェスト（YAMLファイル）", "The manifest, a YAML file.")) var manifest: String
  @Option(help: .said("業務日。YYYY-MM-DD", "The business day, YYYY-MM-DD.")) var day: String
  @Option(help: .said("出力のフォルダ（省略時はマニフェストのフォルダ）", "Folder of the outputs (default: that of the manifest).")) var data:
    String?
  @Option(help: .said("この処理だけ。繰り返し指定できる", "Only this job; may be repeated.")) var only: [String] = []
  @Option(
    help: .said(
      "証跡、一覧、台帳のフォルダ。判定に使うにはプロジェクトのものを指定する（省略時はマニフェストの隣の .totsugo）",
      "Folder for evidence, lists and ledger: the project's, for its gates to see it (default: .totsugo beside the manifest)."
    )
  ) var workspace: String?
  @Option(help: .said("答えをHTMLでこのファイルに書く", "Write the answer to this file, as an HTML page.")) var html: String?
  @Flag(help: .said("個人情報の値を表示する（個人番号は表示しない）", "Show personal values (personal numbers never).")) var reveal = false
  @Option(
    help: .said(
      "スレッド数の上限（省略時はコアの数）。答えは変わらない", "Threads at most (default: the cores). The answer does not depend on it."))
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount
  @OptionGroup var common: CommonOptions

  func run() throws {
    let language = common.language()
    try common.reporting(language) {
      guard let date = CivilDate.parse(day), CivilDate.dayNumber(date) != nil else {
        throw Diagnostic(.optionValue, "--day \(day)", "YYYY-MM-DD")
      }
      let manifest = try ParallelManifest.read(self.manifest, data: data)
      for id in only where !manifest.jobs.contains(where: { $0.id == id }) {
        throw Diagnostic(.optionValue, "--only \(id)", NameTable.choices(id, among: manifest.jobs.map(\.id)))
      }
      try OutputFiles.check([("--html", html)], apartFrom: [self.manifest] + manifest.inputs(on: day))
      let session = try ParallelSession(manifest, day: day, workspace: workspace)
      let evidence = try session.perform(
        ParallelRun(manifest, day: day) { try DatasetReference($0).open() }, only: Set(only),
        wishes: DatasetComparison.Wishes(day: date, reveals: reveal, language: language, jobs: max(1, jobs))
      ) { common.say($0.message(language)) }
      if let html {
        try PrivateFile.write(
          Data(evidence.paper(language, at: Day.now()).html().utf8), to: html)
      }
      switch common.format {
      case .json: try common.answer(json: evidence)
      case .text: common.answer(evidence.text(language))
      }
      switch evidence.outcome {
      case .identical, .explained: break
      case .unexplained: throw Failure.no
      case .notCompared: throw Failure.trouble
      }
    }
  }
}
