import Comparisons
import ArgumentParser
import Base
import Commands
import Outputs

/// `totsugo-city outputs MANIFEST`: the outputs of a day of the parallel run, for every job of a manifest.
struct OutputsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outputs",
    abstract: .said(
      "一日分の旧新のバッチ出力を、`parallel` のマニフェストの処理ごとに作る",
      "Make the old and the new system's batch outputs of a day, for every job of a manifest of `parallel`."),
    discussion: .said(
      "行は、実行が作った表から、マニフェストの隣の問合せ `sample/ID.sql` で取り出します。旧の出力はマニフェストが示すコピー句のレコード、新の出力は問合せの列です。表と日が同じなら、バイトまで同じ出力になります。",
      "The rows come from the tables that a run has loaded, by the query `sample/ID.sql` beside the manifest. The old output has the records of the copybook that the manifest names, the new one the columns of the query. The same tables and day give the same bytes."
    ))

  @Argument(
    help: .said(
      "マニフェスト。例: Pipelines/parallel/manifest.yaml", "A manifest, for example Pipelines/parallel/manifest.yaml."))
  var manifest: String

  @Option(help: .said("実行が作ったSQLiteのファイル", "The SQLite file that a run has loaded."))
  var target: String

  @Option(help: .said("業務日。YYYY-MM-DD", "The business day, YYYY-MM-DD."))
  var day: String

  @Option(name: [.customShort("o"), .long], help: .said("出力を書くフォルダ", "Folder for the outputs."))
  var output: String

  @Option(help: .said("新の側の値を一つ誤らせる出力。繰り返し指定できる", "An output whose new side gets one wrong value; may be repeated."))
  var differ: [String] = []

  @OptionGroup var common: CommonOptions

  private struct Answer: Encodable {
    let day: String
    let folder: String
    let rows: [String: Int]
  }

  func run() throws {
    let language = common.language()
    try common.reporting(language) {
      guard let date = CivilDate.parse(day), CivilDate.dayNumber(date) != nil else {
        throw Diagnostic(.optionValue, "--day \(day)", "YYYY-MM-DD")
      }
      let manifest = try ParallelManifest.read(self.manifest, data: output)
      for id in differ where !manifest.jobs.contains(where: { $0.id == id }) {
        throw Diagnostic(.optionValue, "--differ \(id)", NameTable.choices(id, among: manifest.jobs.map(\.id)))
      }
      let rows = try DayOutputs(manifest, day: day, target: target).write(differing: Set(differ))
      switch common.format {
      case .json: try common.answer(json: Answer(day: day, folder: output, rows: rows))
      case .text where !common.quiet:
        for job in manifest.jobs {
          let count = rows[job.id] ?? 0
          common.answer(language == .japanese ? "\(job.id)  \(count)行" : "\(job.id)  \(count) rows")
        }
        common.answer(output)
      case .text: break
      }
    }
  }
}
