import Evidence
import Outline
import Projects
import Base
import Tables
import Workspace
import Foundation
import Gates
import Ledger
import Registers
import Report

/// An order of a paper: its kind, its subject and its day. Reads its own input.
package struct PaperOrder {
  private let kind: any PaperKind.Type
  private let gate: String?
  private let asOf: String?
  private let day: String?

  /// - Parameters:
  ///   - gate: the gate to judge; the project's first when `nil`.
  ///   - asOf: includes only the entries up to the end of this day.
  ///   - day: the day of the parallel run; the last when `nil`.
  /// - Throws: `report.paper` for an unknown name.
  package init(_ paper: String, gate: String? = nil, asOf: String? = nil, day: String? = nil) throws(Diagnostic) {
    guard let kind = PaperCatalog.kinds.first(where: { $0.name == paper }) else {
      throw Diagnostic(.reportPaper, paper, NameTable.choices(paper, among: PaperCatalog.kinds.map { $0.name }))
    }
    self.kind = kind
    self.gate = gate
    self.asOf = asOf
    self.day = day
  }

  /// The paper, in one state of the ledger, whose chain is proven first.
  ///
  /// - Parameter attachment: the file with the complete lists, if one is written beside the paper.
  /// - Throws: the errors of reading the ledger and the evidence.
  package func paper(_ office: ProjectOffice, _ language: Language, attachment: String? = nil) throws -> Paper {
    let read = try read(office)
    return try paper(office, language, read.dossier, read.decision, read.evidence, attachment: attachment)
  }

  /// What a paper needs, in one state of the ledger.
  fileprivate typealias Reading = (dossier: Dossier, decision: Decision?, evidence: RunEvidence?)

  /// The paper in several languages, of one reading.
  ///
  /// - Throws: the errors of reading the evidence of other runs; `workspace.empty` when there is no run.
  fileprivate func papers(
    _ office: ProjectOffice, _ languages: [Language], _ read: Reading, attachment: String? = nil
  ) throws -> [Paper] {
    guard read.dossier.latest != nil else {
      throw Diagnostic(.workspaceEmpty, at: Place(file: office.workspace.path))
    }
    let input = try input(office, read.dossier, read.decision, read.evidence, attachment: attachment)
    return languages.map { kind.paper(input, $0) }
  }

  fileprivate func read(_ office: ProjectOffice) throws -> Reading {
    let gate = try gate(office)
    let reading = try office.reading()
    try ProjectOffice.checkWhole(reading, office.workspace)
    let dossier = try office.dossier(reading, asOf: asOf)
    let decision = try kind.needs.contains(.decision) ? gate.map { try office.decide($0, dossier) } : nil
    let evidence =
      try kind.needs.contains(.evidence) ? dossier.latest.map { try office.workspace.evidence(of: $0) } : nil
    return (dossier, decision, evidence)
  }

  /// The gate to judge.
  ///
  /// - Throws: `gate.unknown`.
  package func gate(_ office: ProjectOffice) throws(Diagnostic) -> Gate? {
    guard let gate else { return office.outline.gates.first }
    return try office.outline.gate(gate)
  }

  /// Whether the paper contains a decision of ``gate(_:)``.
  package var needsDecision: Bool { kind.needs.contains(.decision) }

  /// The paper, from registers and evidence that have been read and verified.
  ///
  /// - Throws: the errors of reading the evidence of other runs and of days.
  package func paper(
    _ office: ProjectOffice, _ language: Language, _ dossier: Dossier, _ decision: Decision?, _ evidence: RunEvidence?,
    attachment: String? = nil
  ) throws -> Paper {
    kind.paper(try input(office, dossier, decision, evidence, attachment: attachment), language)
  }

  private func input(
    _ office: ProjectOffice, _ dossier: Dossier, _ decision: Decision?, _ evidence: RunEvidence?, attachment: String?
  ) throws -> PaperInput {
    let outline = office.outline
    let titles = try outline.head.subsystemTitles()
    var input = PaperInput(
      project: outline.title, dossier: dossier,
      subsystems: outline.subsystems.map { ($0, titles[$0] ?? Bilingual($0, $0)) })
    input.decision = decision
    input.gates = Dictionary(outline.gates.map { ($0.name, $0.title) }) { first, _ in first }
    input.window = try gate(office)?.secondsAllowed
    input.attachment = attachment
    input.evidence = kind.needs.contains(.evidence) ? evidence : nil
    if kind.needs.contains(.differences) {
      input.comparison = RunComparison(dossier.runs)
      input.differences = try DifferenceComparison(dossier.runs, in: office.workspace)
    }
    if kind.needs.contains(.mapping) { input.mapping = try office.mapping(dossier) }
    if kind.needs.contains(.lists), let run = input.evidence {
      let folder = office.workspace.folder(of: run.run)
      input.rows = try DifferenceRows(run, SingleDifferences(run, dossier.classes, in: folder))
    }
    if kind.needs.contains(.day) {
      let found = try day.map { day in
        if dossier.days.isEmpty { throw Diagnostic(.parallelNone) }
        guard let found = dossier.days.first(where: { $0.day == day }) else {
          throw Diagnostic(.optionValue, "--day \(day)", NameTable.choices(day, among: dossier.days.map(\.day)))
        }
        return found
      }
      input.day = try (found ?? dossier.days.last).map { try office.workspace.evidence(of: $0) }
    }
    return input
  }
}

extension ProjectOffice {
  /// The report of the latest run that ended, as a page in both languages.
  ///
  /// - Parameters:
  ///   - language: the language shown first.
  ///   - gate: the gate to judge; the project's first when `nil`.
  ///   - path: the path that the page will have; the workbook with the complete lists is written beside it, and none when
  ///     `nil`.
  /// - Throws: `workspace.empty` without a run; the errors of reading ledger and evidence, and of writing.
  package func reportPage(_ language: Language, gate: String? = nil, besides path: String? = nil) throws -> String {
    let order = try PaperOrder("run", gate: gate)
    return try page(order, order.read(self), language, besides: path)
  }

  /// Writes the report of a run that has just ended, and beside it the workbook with the complete lists.
  ///
  /// - Parameters:
  ///   - standing: the registers with that run as the latest; the first gate's verdict is shown.
  ///   - path: the path of the page; the workbook’s ends with `.xlsx`.
  /// - Throws: the errors of reading the evidence of other runs, and of writing.
  package func writeReport(
    of evidence: RunEvidence, _ standing: Standing, _ language: Language, to path: String
  ) throws {
    let read = (standing.dossier, standing.decisions.first, evidence)
    let page = try page(PaperOrder("run"), read, language, besides: path)
    try PrivateFile.write(Data(page.utf8), to: path)
  }

  private func page(
    _ order: PaperOrder, _ read: PaperOrder.Reading, _ language: Language, besides path: String?
  ) throws -> String {
    let workbook = path.map { URL(fileURLWithPath: $0).deletingPathExtension().appendingPathExtension("xlsx") }
    let papers = try order.papers(
      self, [language, language.other], read, attachment: workbook?.lastPathComponent)
    if let workbook { try papers[0].writeWorkbook(to: workbook.path) }
    return papers[0].html(beside: papers[1])
  }

  /// The same in one language, for any form.
  ///
  /// - Throws: the errors of ``reportPage(_:gate:besides:)``.
  package func report(_ language: Language, gate: String? = nil) throws -> Paper {
    let order = try PaperOrder("run", gate: gate)
    return try order.papers(self, [language], order.read(self))[0]
  }
}
