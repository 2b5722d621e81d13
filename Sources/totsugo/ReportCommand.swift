import Evidence
import Office
import Projects
import Outline
import Gates
import Tables
import Commands
import ArgumentParser
import Base
import Foundation
import Ledger
import Registers
import Report
import Workbook

/// `totsugo report PROJECT`: the evidence as a paper.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: .said("最新の実行と判定の報告書、または資料の一つを書く", "Write up the latest run and its gate, or one of the papers."),
    discussion: .said(
      "`totsugo list papers` で、資料の名前と、だれが読むものかを示します。",
      "`totsugo list papers` names the papers and says for whom each is."))

  enum Form: String, ExpressibleByArgument, CaseIterable { case html, markdown, json, junit, xlsx, pdf }

  @Argument(help: .project)
  var project: String

  @Option(
    help: .said(
      "資料の名前。gate-pack、migration-result など（省略時は最新の実行の報告書）",
      "The paper: gate-pack, migration-result, … (default: the report of the latest run)."))
  var paper: String?

  @Option(help: .said("行う判定（省略時はプロジェクトの最初の判定）", "The gate to judge (default: the project's first)."))
  var gate: String?

  @Option(
    help: .said(
      "資料について、この日（YYYY-MM-DD）の終わりまでに記録されたものだけを使う",
      "Of a paper: only what had been entered by the end of this day, YYYY-MM-DD."))
  var asOf: DayArgument?

  @Option(
    help: .said(
      "資料 `parallel` の並行稼働の日。YYYY-MM-DD（省略時は最後の日）",
      "Of the paper `parallel`: the day of the parallel run, YYYY-MM-DD (default: the last)."))
  var day: DayArgument?

  @Option(
    help: .said(
      "html、markdown、json、junit、xlsx、pdf（Chromiumが必要）のどれか", "html, markdown, json, junit, xlsx or pdf (needs Chromium)."
    ))
  var to: Form = .html

  @Option(
    name: [.customShort("o"), .long], help: .said("書き出すファイル（省略時は標準出力）", "File to write (default: standard output)."))
  var output: String?

  @Option(help: .workspace)
  var workspace: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if [.pdf, .xlsx].contains(to), output == nil {
      throw ValidationError(.said("--to \(to.rawValue) には -o FILE が要ります。", "--to \(to.rawValue) needs -o FILE."))
    }
    if paper == nil, asOf != nil || day != nil {
      throw ValidationError(.said("--as-of と --day には --paper 資料名 が要ります。", "--as-of and --day need --paper NAME."))
    }
  }

  func run() throws {
    if let paper {
      let outline = try common.reporting { try ProjectOutline.read(self.project) }
      let language = common.language(outline.language)
      return try common.reporting(language) {
        try OutputFiles.check([("-o", output)], apartFrom: outline.files)
        let order = try PaperOrder(paper, gate: gate, asOf: asOf?.past(), day: day?.text)
        try write(order, ProjectOffice(outline, workspace: workspace), language)
      }
    }
    let outline = try common.reporting { try ProjectOutline.read(self.project) }
    let language = common.language(outline.language)
    try common.reporting(language) {
      try OutputFiles.check([("-o", output)], apartFrom: outline.files)
      let office = ProjectOffice(outline, workspace: workspace)
      let data: Data
      // The complete lists stand beside a page that is written to a file.
      func page() throws -> String { try office.reportPage(language, gate: gate, besides: output) }
      switch to {
      case .html: data = Data(try page().utf8)
      case .markdown: data = Data(try office.report(language, gate: gate).markdown().utf8)
      case .junit: data = Data(try office.report(language, gate: gate).junit().utf8)
      case .json: data = try JSONDocument.data(Document(office, gate, language)) + [10]
      case .pdf: return try Printer.print(try page(), to: output ?? "")
      case .xlsx: return try office.report(language, gate: gate).writeWorkbook(to: output ?? "")
      }
      if let output { try PrivateFile.write(data, to: output) } else { CommonOptions.write(data) }
    }
  }

  /// Writes a paper. When a page shortens a list, the complete lists are written beside it as a workbook, which the
  /// page names.
  private func write(_ order: PaperOrder, _ office: ProjectOffice, _ language: Language) throws {
    var paper = try order.paper(office, language)
    if let output, paper.isCut, [.html, .pdf, .markdown].contains(to) {
      let attachment = (output as NSString).deletingPathExtension + ".xlsx"
      paper = try order.paper(office, language, attachment: DefinitionFile.parts(of: attachment).name)
      try paper.writeWorkbook(to: attachment)
    }
    let data: Data
    switch to {
    case .html: data = Data(paper.html().utf8)
    case .markdown: data = Data(paper.markdown().utf8)
    case .junit: data = Data(paper.junit().utf8)
    case .json: data = try JSONDocument.data(paper) + [10]
    case .xlsx: return try paper.writeWorkbook(to: output ?? "")
    case .pdf: return try Printer.print(paper.html(), to: output ?? "")
    }
    if let output { try PrivateFile.write(data, to: output) } else { CommonOptions.write(data) }
  }

  private struct Document: Encodable {
    let run: RunEvidence
    let decision: DecisionAnswer?
    let items: [String: [String]]
    let comparison: RunComparison?

    init(_ office: ProjectOffice, _ gate: String?, _ language: Language) throws {
      let name = gate ?? office.outline.gates.first?.name
      let decided = try name.map { try office.decide($0) }
      let dossier = try decided?.1 ?? office.dossier()
      run = try office.latestEvidence(dossier)
      decision = decided.map { DecisionAnswer($0.0, dossier, language) }
      items = Dictionary(grouping: dossier.items) { $0.state.rawValue }.mapValues { $0.map(\.item.id) }
      comparison = RunComparison(dossier.runs)
    }
  }
}
