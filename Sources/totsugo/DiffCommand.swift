import ArgumentParser
import Datasets
import Diff
import Evidence
import Foundation
import Records

/// `totsugo diff LEFT RIGHT`: differences between two datasets.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Differences between two datasets: files, tables, queries, legacy files.")

  @Argument(help: "The left dataset.") var left: String
  @Argument(help: "The right dataset.") var right: String
  @Option(help: "Columns that tell rows apart, separated by commas.") var key: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.reporting {
      let a = try DatasetReference(left).open()
      let b = try DatasetReference(right).open()
      let request = ComparisonPlan.Request(key: key.split(separator: ",").map(String.init))
      let plan = try ComparisonPlan(a, b, request)
      let scratch = Scratch(folder: ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp", budget: 96 << 20)
      let outcome = try Comparison(plan.terms, scratch: scratch).run(plan.left, plan.right)
      print(outcome.counts, outcome.left, outcome.right, outcome.way)
    }
  }
}
