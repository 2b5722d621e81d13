import Evidence
import Foundation
import Gates
import Ledger
import Pipeline
import Registers
import Report
import Workbook

/// A paper as it was ordered: which, on what, of which day. Reads what it needs and writes it.
struct PaperOrder {
  let paper: String
  let gate: String?
  let asOf: String?
  let day: String?

  /// Writes the paper. Where a page shows less than there is, the whole lists are written beside it as a workbook, which
  /// the page names.
  ///
  /// - Throws: `report.paper` for a name that is none; what the ledger and the evidence say.
  func write(_ record: Record, _ language: Language, _ form: ReportCommand.Form, output: String?) throws {
    guard let kind = PaperCatalog.kinds.first(where: { $0.name == paper }) else {
      throw Diagnostic(.reportPaper, paper, PaperCatalog.kinds.map { $0.name }.joined(separator: ", "))
    }
    var input = try self.input(record, kind)
    var made = kind.paper(input, language)
    if let output, made.isCut, [.html, .pdf, .markdown].contains(form) {
      let attachment = (output as NSString).deletingPathExtension + ".xlsx"
      input.attachment = (attachment as NSString).lastPathComponent
      made = kind.paper(input, language)
      try Self.spreadsheet(made).write(to: attachment)
    }
    let data: Data
    switch form {
    case .html: data = Data(made.html().utf8)
    case .markdown: data = Data(made.markdown().utf8)
    case .junit: data = Data(made.junit().utf8)
    case .json: data = try RunEvidence.encoder.encode(made) + [10]
    case .xlsx: return try Self.spreadsheet(made).write(to: output ?? "")
    case .pdf: return try Printer.print(made.html(), to: output ?? "")
    }
    if let output { try Workspace.write(data, to: output) } else { CommonOptions.write(data) }
  }

  private static func spreadsheet(_ paper: Paper) -> Spreadsheet {
    paper.spreadsheet(created: Int(Date().timeIntervalSince1970))
  }

  /// What the paper is made from, in one state of the ledger, whose chain is proven first.
  private func input(_ record: Record, _ kind: any PaperKind.Type) throws -> PaperInput {
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
