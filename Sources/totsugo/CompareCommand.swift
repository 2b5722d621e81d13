import Office
import Evidence
import Projects
import Outline
import Tables
import Commands
import ArgumentParser
import Base
import Foundation
import Ledger
import Registers
import Report
import Workspace

/// `totsugo compare PROJECT`: compares the latest run with the previous one.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: .said(
      "最新のリハーサルを前回と比べる（解消、継続、再発、新規）",
      "Compare the latest rehearsal with the one before: fixed, still there, returned, new."))

  @Argument(help: .project)
  var project: String

  @Option(help: .workspace)
  var workspace: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let outline = try common.reporting { try ProjectOutline.read(project) }
    let language = common.language(outline.language)
    try common.reporting(language) {
      let office = ProjectOffice(outline, workspace: workspace)
      let runs = try office.dossier().runs
      guard let comparison = RunComparison(runs) else {
        throw Diagnostic(.compareNothing, at: Place(file: office.workspace.path))
      }
      let differences = try DifferenceComparison(runs, in: office.workspace)
      let steps = try office.workspace.evidence(of: runs[runs.count - 1]).steps
      switch common.format {
      case .json: try common.answer(json: Answer(comparison, differences, steps))
      case .text:
        common.answer(Self.text(comparison, language))
        let words = Words(language: language)
        let table = RehearsalsPaper.steps(steps, comparison, words).lines(words).map { "  " + $0 }
        common.answer(
          (Self.text(comparison.causes, language) + Self.text(differences, language) + table).joined(separator: "\n"))
      }
      if !(comparison.new + comparison.returned + comparison.stillThere + comparison.undecided).isEmpty {
        throw Failure.no
      }
    }
  }

  /// The comparison of the checks, with those of single differences and of times.
  private struct Answer: Encodable {
    let run: String
    let previous: String
    let new: [String]
    let fixed: [String]
    let stillThere: [String]
    let returned: [String]
    let undecided: [String]
    /// Checks that failed before and only warn now.
    let warned: [String]
    let definitionsChanged: Bool
    let causes: RunComparison.Causes
    let rejectedBefore: Int
    let rejectedNow: Int
    let differences: DifferenceComparison?
    let steps: [Step]

    struct Step: Encodable {
      let step: String
      let seconds: Double
      let planned: Int?
      let before: Double?
    }

    init(_ comparison: RunComparison, _ differences: DifferenceComparison?, _ steps: [RunEvidence.Step]) {
      (run, previous) = (comparison.run, comparison.previous)
      (new, fixed, stillThere) = (comparison.new, comparison.fixed, comparison.stillThere)
      (returned, undecided) = (comparison.returned, comparison.undecided)
      (warned, definitionsChanged) = (comparison.warned, comparison.definitionsChanged)
      causes = comparison.causes
      (rejectedBefore, rejectedNow) = (comparison.rejectedBefore, comparison.rejectedNow)
      self.differences = differences
      self.steps = steps.map {
        Step(step: $0.step, seconds: $0.seconds, planned: $0.planned, before: comparison.secondsBefore[$0.step])
      }
    }
  }

  private static func text(_ causes: RunComparison.Causes, _ language: Language) -> [String] {
    let groups = [
      (language("解消した原因", "causes fixed"), causes.fixed), (language("残る原因", "causes remaining"), causes.stillThere),
      (language("再発した原因", "causes returned"), causes.returned), (language("新しい原因", "new causes"), causes.new),
      (language("解消と言えない原因", "causes not known to be fixed"), causes.undecided),
    ]
    return groups.filter { !$1.isEmpty }.flatMap { name, entries in
      ["  \(name): \(entries.count)"] + entries.map { "    \($0.id)  \($0.title.text(language))" }
    }
  }

  private static func text(_ differences: DifferenceComparison?, _ language: Language) -> [String] {
    guard let found = differences else { return [] }
    return [
      language(
        "  不一致の件数: 解消 \(found.fixed)  継続 \(found.stillThere)  再発 \(found.returned)  新規 \(found.new)",
        "  single differences: fixed \(found.fixed)  still there \(found.stillThere)  returned \(found.returned)  new \(found.new)"
      )
    ]
  }

  private static func text(_ comparison: RunComparison, _ language: Language) -> String {
    let words =
      language == .japanese
      ? ["解消", "継続", "再発", "新規", "未判定になった", "警告・了承になった"]
      : ["fixed", "still there", "returned", "new", "no longer decided", "only warn or are accepted now"]
    let groups = [
      comparison.fixed, comparison.stillThere, comparison.returned, comparison.new, comparison.undecided,
      comparison.warned,
    ]
    var lines = ["\(comparison.previous) → \(comparison.run)"]
    for (word, ids) in zip(words, groups) where !ids.isEmpty || word != words[5] {
      lines.append("  \(word): \(ids.count)\(ids.isEmpty ? "" : "  " + ids.joined(separator: ", "))")
    }
    if comparison.definitionsChanged {
      lines.append(
        language(
          "  定義が前回から変わっている: 検査そのものが違うかもしれない（git などで前回との差を確かめる）",
          "  the definitions have changed since: the checks themselves may be others (see what was changed)"))
    }
    lines.append(
      "  \(language("拒否レコード", "rejected records")): \(comparison.rejectedBefore) → \(comparison.rejectedNow)")
    return lines.joined(separator: "\n")
  }
}
