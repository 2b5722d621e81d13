import Evidence
import Foundation
import Gates
import Ledger
import Pipeline
import Registers

/// A paper as it was ordered: which, on what, of which day. Reads what it needs.
package struct PaperOrder {
  private let kind: any PaperKind.Type
  private let gate: String?
  private let asOf: String?
  private let day: String?

  /// - Parameters:
  ///   - gate: the gate to judge; the project's first when `nil`.
  ///   - asOf: only what had been entered by the end of this day.
  ///   - day: the day of the parallel run; the last when `nil`.
  /// - Throws: `report.paper` for a name that is none.
  package init(_ paper: String, gate: String? = nil, asOf: String? = nil, day: String? = nil) throws(Diagnostic) {
    guard let kind = PaperCatalog.kinds.first(where: { $0.name == paper }) else {
      throw Diagnostic(.reportPaper, paper, PaperCatalog.kinds.map { $0.name }.joined(separator: ", "))
    }
    self.kind = kind
    self.gate = gate
    self.asOf = asOf
    self.day = day
  }

  /// The paper, in one state of the ledger, whose chain is proven first.
  ///
  /// - Parameter attachment: the file that has the lists which a page cuts short, if one is written beside it.
  /// - Throws: what the ledger and the evidence say.
  package func paper(_ record: Record, _ language: Language, attachment: String? = nil) throws -> Paper {
    var input = try input(record)
    input.attachment = attachment
    return kind.paper(input, language)
  }

  private func input(_ record: Record) throws -> PaperInput {
    let outline = record.outline
    let gate = try self.gate.map { try outline.gate($0) } ?? outline.gates.first
    let (dossier, decision) = try record.read { reading in
      try Record.checkChain(reading, record.workspace)
      let dossier =
        try asOf.map { try Dossier(reading, asOf: $0) } ?? Dossier(reading, today: Day.today())
      let decision =
        try kind.needs.contains(.decision) ? gate.map { try record.decide($0, dossier) } : nil
      return (dossier, decision)
    }
    let titles = try outline.subsystemTitles()
    var input = PaperInput(
      project: outline.title, dossier: dossier,
      subsystems: outline.subsystems.map { ($0, titles[$0] ?? Bilingual($0, $0)) })
    input.decision = decision
    input.gates = Dictionary(outline.gates.map { ($0.name, $0.title) }) { first, _ in first }
    input.window = gate?.secondsAllowed
    if kind.needs.contains(.evidence) {
      input.evidence = try dossier.latest.map { try record.workspace.evidence(of: $0) }
    }
    if kind.needs.contains(.differences) {
      input.comparison = RunComparison(dossier.runs)
      input.differences = try DifferenceComparison(dossier.runs, in: record.workspace)
    }
    if kind.needs.contains(.day) {
      let found = try day.map { day in
        guard let found = dossier.days.first(where: { $0.day == day }) else {
          throw Diagnostic(.optionValue, "--day \(day)", dossier.days.map(\.day).joined(separator: ", "))
        }
        return found
      }
      input.day = try (found ?? dossier.days.last).map { try record.workspace.evidence(of: $0) }
    }
    return input
  }
}
