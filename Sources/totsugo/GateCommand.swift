import ArgumentParser
import Evidence
import Foundation
import Gates
import Ledger
import Pipeline
import Records

/// `totsugo gate NAME PROJECT`: the go/no-go decision. Exit 0 only on GO.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate", abstract: "Judge a gate (仮稼働判定 provisional, 本稼働判定 production) on the evidence.")

  @Argument(help: "The gate: its name or its Japanese title.")
  var name: String

  @Argument(help: "A project file, for example Pipelines/city.yaml.")
  var project: String

  @Option(help: "Folder with runs and evidence (default: .totsugo beside the project).")
  var workspace: String?

  @Option(help: "Judge as of this date: only runs that had ended by then.")
  var asOf: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let asOf, CivilDate.parse(asOf) == nil { throw ValidationError("--as-of takes a date YYYY-MM-DD.") }
  }

  func run() throws {
    let project = try common.project(self.project)
    let language = common.language(project.language)
    try common.reporting(language) {
      let record = Record(project: project, workspace: workspace)
      let decision = try record.decide(name, asOf: asOf)
      switch common.format {
      case .json: try common.answer(json: DecisionAnswer(decision, language))
      case .text: common.answer(Self.text(decision, language))
      }
      if decision.verdict != .go { throw Failure.no }
    }
  }

  private static func text(_ decision: Decision, _ language: Language) -> String {
    let required = language == .japanese ? "必要" : "required"
    let lines = decision.criteria.map { finding in
      "  \(finding.verdict.rawValue.padding(toLength: 11, withPad: " ", startingAt: 0)) \(finding.id)  "
        + "\(finding.title.text(language)): \(finding.actual.text(language)) (\(required) \(finding.required.text(language)))"
        + (finding.verdict == .go ? "" : "\n              \(finding.why.text(language))")
    }
    return (["\(decision.title.text(language)): \(decision.verdict.rawValue)"] + lines).joined(separator: "\n")
  }
}

/// A decision as JSON has it.
struct DecisionAnswer: Encodable {
  struct Criterion: Encodable {
    let id: String
    let verdict: String
    let actual: String
    let required: String
    let severity: String
    let why: String
  }

  let gate: String
  let verdict: String
  let criteria: [Criterion]
  let evidence: String

  init(_ decision: Decision, _ language: Language) {
    gate = decision.gate
    verdict = decision.verdict.rawValue
    criteria = decision.criteria.map {
      Criterion(
        id: $0.id, verdict: $0.verdict.rawValue, actual: $0.actual.text(language), required: $0.required.text(language),
        severity: $0.severity.rawValue, why: $0.why.text(language))
    }
    evidence = decision.evidence
  }
}
