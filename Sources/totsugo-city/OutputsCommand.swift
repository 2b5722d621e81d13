import Comparisons
import ArgumentParser
import Base
import Commands
import Outputs

/// `totsugo-city outputs MANIFEST`: the outputs of a day of the parallel run, for every job of a manifest.
struct OutputsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outputs",
    abstract: "Make the old and the new system's batch outputs of a day, for every job of a manifest of `parallel`.",
    discussion: """
      The rows come from the tables that a run has loaded, by the query `sample/ID.sql` beside the manifest. The old \
      output has the records of the copybook that the manifest names, the new one the columns of the query. The same \
      tables and day give the same bytes.
      """)

  @Argument(help: "A manifest, for example Pipelines/parallel/manifest.yaml.")
  var manifest: String

  @Option(help: "The SQLite file that a run has loaded.")
  var target: String

  @Option(help: "The business day, YYYY-MM-DD.")
  var day: String

  @Option(name: [.customShort("o"), .long], help: "Folder for the outputs.")
  var output: String

  @Option(help: "An output whose new side gets one wrong value; may be repeated.")
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
        throw Diagnostic(.optionValue, "--differ \(id)", manifest.jobs.map(\.id).joined(separator: ", "))
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
