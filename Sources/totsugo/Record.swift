import Evidence
import Foundation
import Gates
import Ledger
import Pipeline
import Report

/// A project together with what its workspace holds: what gates, reports and item lists read.
struct Record {
  let project: Project
  let workspace: Workspace

  init(project: Project, workspace: String?) {
    self.project = project
    self.workspace = Workspace(path: workspace ?? project.folder + "/.totsugo")
  }

  /// Completed runs that had ended by the end of the day `asOf`, oldest first.
  func runs(asOf: String? = nil) throws(Diagnostic) -> [RunEvidence] {
    try workspace.completed().filter { run in asOf.map { run.finished.prefix(10) <= $0 } ?? true }
  }

  /// The class of each signature that has one.
  func classes() throws(Diagnostic) -> [String: DifferenceClass] {
    try workspace.classifications().mapValues(\.kind)
  }

  func items(_ runs: [RunEvidence]) throws(Diagnostic) -> [ItemStatus] {
    ItemStatus.all(project.items, evidence: runs.last, confirmations: try workspace.confirmations())
  }

  /// - Throws: `gate.unknown`, `workspace.unreadable`, or `ledger.chain`.
  func decide(_ name: String, asOf: String? = nil) throws(Diagnostic) -> Decision {
    guard let gate = project.gates.first(where: { $0.name == name || $0.title.ja == name || $0.title.en == name })
    else {
      let known = project.gates.map { "\($0.name) (\($0.title.ja))" }.joined(separator: ", ")
      throw Diagnostic(.gateUnknown, at: Place(file: project.path), name, known)
    }
    let runs = try runs(asOf: asOf)
    return gate.decide(
      GateInput(runs: runs, items: try items(runs), definitions: project.digest, classes: try classes()))
  }

  /// The report of the latest completed run.
  ///
  /// - Parameter gate: the gate to judge; the project's first when `nil`.
  /// - Throws: `workspace.empty`, or as ``decide(_:asOf:)``.
  func report(gate: String? = nil) throws(Diagnostic) -> RunReport {
    let runs = try runs()
    guard let evidence = runs.last else { throw Diagnostic(.workspaceEmpty, at: Place(file: workspace.path)) }
    let name = gate ?? project.gates.first?.name
    var decision: Decision?
    if let name { decision = try decide(name) }
    return RunReport(
      evidence: evidence, decision: decision, items: try items(runs), comparison: RunComparison(runs),
      differences: try DifferenceComparison(runs, in: workspace), classes: try classes(),
      subsystems: project.subsystems.map { ($0.id, $0.title) })
  }
}
