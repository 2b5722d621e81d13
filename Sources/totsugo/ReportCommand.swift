import ArgumentParser
import Evidence
import Foundation
import Ledger
import Pipeline
import Registers
import Report

/// `totsugo report PROJECT`: the evidence, written up.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write up the latest run and its gate, or one of the papers.",
    discussion: "`totsugo list papers` names the papers and says for whom each is.")

  enum Form: String, ExpressibleByArgument, CaseIterable { case html, markdown, json, junit, xlsx, pdf }

  @Argument(help: "A project file, for example Pipelines/city.yaml.")
  var project: String

  @Option(help: "The paper: gate-pack, migration-result, … (default: the report of the latest run).")
  var paper: String?

  @Option(help: "The gate to judge (default: the project's first).")
  var gate: String?

  @Option(help: "Of a paper: only what had been entered by the end of this day.")
  var asOf: DayArgument?

  @Option(help: "Of the paper `parallel`: the day of the parallel run (default: the last).")
  var day: DayArgument?

  @Option(help: "html, markdown, json, junit, xlsx (of a paper) or pdf (needs Chromium).")
  var to: Form = .html

  @Option(name: [.customShort("o"), .long], help: "File to write (default: standard output).")
  var output: String?

  @Option(help: "Folder with runs and evidence (default: .totsugo beside the project).")
  var workspace: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if [.pdf, .xlsx].contains(to), output == nil { throw ValidationError("--to \(to.rawValue) needs -o FILE.") }
    if paper == nil, to == .xlsx { throw ValidationError("--to xlsx needs --paper NAME.") }
    if paper == nil, asOf != nil || day != nil { throw ValidationError("--as-of and --day need --paper NAME.") }
  }

  func run() throws {
    if let paper {
      let outline = try common.reporting { try ProjectOutline.read(self.project) }
      let language = common.language(outline.language)
      return try common.reporting(language) {
        let order = PaperOrder(paper: paper, gate: gate, asOf: asOf?.text, day: day?.text)
        try order.write(Record(outline, workspace: workspace), language, to, output: output)
      }
    }
    let project = try common.project(self.project)
    let language = common.language(project.language)
    try common.reporting(language) {
      let record = Record(project.outline, workspace: workspace)
      let report = try record.report(project, gate: gate)
      let data: Data
      switch to {
      case .html: data = Data(report.html(language).utf8)
      case .markdown: data = Data(report.markdown(language).utf8)
      case .junit: data = Data(report.junit(language).utf8)
      case .json: data = try RunEvidence.encoder.encode(Document(report, try record.dossier(), language)) + [10]
      case .pdf: return try Printer.print(report.html(language), to: output ?? "")
      case .xlsx: return
      }
      if let output { try Workspace.write(data, to: output) } else { CommonOptions.write(data) }
    }
  }

  private struct Document: Encodable {
    let run: RunEvidence
    let decision: DecisionAnswer?
    let items: [String: [String]]
    let comparison: RunComparison?

    init(_ report: RunReport, _ dossier: Dossier, _ language: Language) {
      run = report.evidence
      decision = report.decision.map { DecisionAnswer($0, dossier, language) }
      items = Dictionary(grouping: report.items) { $0.state.rawValue }.mapValues { $0.map(\.item.id) }
      comparison = report.comparison
    }
  }
}

/// Prints a page to PDF with the Chromium that is installed.
enum Printer {
  /// - Throws: `report.chromium` when there is none or it fails.
  static func print(_ html: String, to output: String) throws(Diagnostic) {
    let folder = NSTemporaryDirectory() + "totsugo-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Workspace(path: folder).make(folder)
    try Workspace.write(Data(html.utf8), to: folder + "/report.html")
    let names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    guard let browser = names.first(where: FileManager.default.isExecutableFile) else {
      throw Diagnostic(.reportChromium, at: Place(file: output), "not installed")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: browser)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=\(folder)/profile",
      "--print-to-pdf=\(folder)/report.pdf", "file://\(folder)/report.html",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch { throw Diagnostic(.reportChromium, at: Place(file: output), "\(error.localizedDescription)") }
    process.waitUntilExit()
    guard process.terminationStatus == 0, let data = FileManager.default.contents(atPath: folder + "/report.pdf") else {
      throw Diagnostic(.reportChromium, at: Place(file: output), "exit \(process.terminationStatus)")
    }
    try Workspace.write(data, to: output)
  }
}
