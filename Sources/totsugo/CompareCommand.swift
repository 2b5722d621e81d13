import ArgumentParser
import Evidence
import Foundation
import Ledger
import Pipeline

/// `totsugo compare PROJECT`: the latest run against the one before.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the latest rehearsal with the one before: fixed, still there, returned, new.")

  @Argument(help: "A project file, for example Pipelines/city.yaml.")
  var project: String

  @Option(help: "Folder with runs and evidence (default: .totsugo beside the project).")
  var workspace: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let project = try common.project(self.project)
    let language = common.language(project.language)
    try common.reporting(language) {
      let record = Record(project: project, workspace: workspace)
      guard let comparison = RunComparison(record.runs()) else {
        throw Diagnostic(.compareNothing, at: Place(file: record.workspace.path))
      }
      switch common.format {
      case .json: try common.answer(json: comparison)
      case .text: common.answer(Self.text(comparison, language))
      }
      if !(comparison.new + comparison.returned + comparison.stillThere + comparison.undecided).isEmpty {
        throw Failure.no
      }
    }
  }

  private static func text(_ comparison: RunComparison, _ language: Language) -> String {
    let words =
      language == .japanese
      ? ["解消", "継続", "再発", "新規", "未判定になった", "拒否レコード"]
      : ["fixed", "still there", "returned", "new", "no longer decided", "rejected records"]
    let groups = [
      comparison.fixed, comparison.stillThere, comparison.returned, comparison.new, comparison.undecided,
    ]
    var lines = ["\(comparison.previous) → \(comparison.run)"]
    for (word, ids) in zip(words, groups) {
      lines.append("  \(word): \(ids.count)\(ids.isEmpty ? "" : "  " + ids.joined(separator: ", "))")
    }
    lines.append("  \(words[5]): \(comparison.rejectedBefore) → \(comparison.rejectedNow)")
    return lines.joined(separator: "\n")
  }
}
