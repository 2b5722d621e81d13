import Evidence
import Pipeline
import Projects
import Office
import Commands
import ArgumentParser
import Base
import Expressions
import Foundation
import Framing
import Ledger
import Registers
import Report
import Tables
import Targets
import Workspace

/// `totsugo samples …`: 標本照合: records drawn for comparison by eye, and the results.
struct SamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "samples",
    abstract: .said(
      "人が目で比べる標本。抽出、結果の記録、確認", "Samples (標本照合) for people to compare by eye: draw, enter what was found, confirm it."),
    subcommands: [Items.self, DrawSample.self, ListSamples.self, EnterSample.self, ConfirmSample.self])

  struct Items: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: .said(
        "人の目のほかに照合するものがない、旧ファイルの項目",
        "The items of the legacy files that nothing but people's eyes can hold to anything."))

    @Argument(help: .project) var project: String
    @OptionGroup var common: CommonOptions

    private struct Row: Encodable {
      let file: String
      let kind: String
      let items: [String]
    }

    func run() throws {
      let project = try common.project(self.project).project
      let unheld = UnheldItems(project)
      let rows = project.files.flatMap { file in
        file.kinds.compactMap { kind in
          unheld.items[.records(file: file.id, kind: kind.code)].map { Row(file: file.id, kind: kind.code, items: $0) }
        }
      }
      switch common.format {
      case .json: try common.answer(json: rows)
      case .text:
        common.answer(
          rows.map { "\($0.file)[\($0.kind)] \($0.items.count): \($0.items.joined(separator: ", "))" }
            .joined(separator: "\n"))
      }
    }
  }

  struct DrawSample: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "draw",
      abstract: .said(
        "最新の実行の旧ファイルからレコードを選び、照合票を書く",
        "Draw records of a legacy file of the latest run, and write the form to compare them."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("定義にあるファイルの名前。例: KJFUKA", "The file, as the definitions name it, for example KJFUKA."))
    var file: String
    @Option(help: .said("信頼度（％）。50から99.99まで", "Per cent of confidence, from 50 to 99.99.")) var confidence:
      PercentArgument = PercentArgument(9_500)
    @Option(help: .said("許される誤りの割合（％）。0.01から50まで", "Per cent of the records that may be wrong, from 0.01 to 50."))
    var rate: PercentArgument =
      PercentArgument(100)
    @Option(
      help: .said(
        "くじを決める種（省略時は実行の証跡と標本の番号）", "What decides the lot (default: the run's evidence and the number of the sample)."))
    var seed: String?
    @Option(help: .said("旧システムのファイルのフォルダ（省略時は実行のもの）", "Folder of the legacy files (default: that of the run)."))
    var data: String?
    @Option(
      name: [.short, .long],
      help: .said("照合票。印刷できるHTML（省略時は作業フォルダの中）", "The form, an HTML page to print (default: in the workspace)."))
    var output: String?
    @OptionGroup var person: PersonOption

    func validate() throws {
      if confidence.hundredths < 5_000 {
        throw ValidationError(
          .said("--confidence は50から99.99までの割合（％）です。", "--confidence takes a per cent from 50 to 99.99."))
      }
      if rate.hundredths < 1 || rate.hundredths > 5_000 {
        throw ValidationError(.said("--rate は0.01から50までの割合（％）です。", "--rate takes a per cent from 0.01 to 50."))
      }
    }

    func run() throws {
      let (outline, project) = try options.common.project(options.project)
      let language = options.common.language(project.language)
      try options.common.reporting(language) {
        let office = ProjectOffice(outline, workspace: options.workspace)
        let dossier = try office.dossier()
        let run = try office.latestEvidence(dossier)
        guard let plan = project.files.first(where: { $0.id == file }),
          let read = run.files.first(where: { $0.file == file && $0.refused == nil })
        else { throw Dossier.unknown(file, "files", among: run.files.map(\.file)) }
        let number = RecordNumber.next("S", after: dossier.samples.map(\.id))
        let seed = seed ?? "\(run.evidence) \(file) \(number)"
        let source = try plan.open(in: data ?? dossier.latest?.data ?? "")
        let draw = try SampleDraw(plan, in: source, project, seed: seed) {
          SampleSize(population: $0, confidence: confidence.hundredths).records(rate: rate.hundredths)
        }
        guard draw.data == read.sha256 else { throw Diagnostic(.sampleOther, at: Place(file: source.path), run.run) }
        let list = SampleList(id: number, file: file, seed: seed, records: draw.records)
        let bytes = try list.encoded()
        let form = SampleForm(
          id: number, title: plan.title, file: file, population: draw.population, byLot: draw.byLot,
          confidence: confidence.hundredths, rate: rate.hundredths, list: SHA256.digest(of: bytes),
          drawn: "\(Day.today()) \(person.by)", lines: try lines(draw, plan, source, project),
          items: items(plan, project))
        let folder = SampleList.folder(office.workspace)
        try PrivateFile.makeFolder(folder)
        try PrivateFile.write(bytes, to: folder + "/\(number).json")
        let page = output ?? folder + "/\(number).html"
        try PrivateFile.write(Data(form.paper(language).html().utf8), to: page)
        try office.enter(by: person.by) { reading, now in
          guard try !reading.ids(of: Sample.register).contains(number) else {
            throw Diagnostic(.serveChanged, at: Place(field: number), number)
          }
          return (
            [
              Sample.drawn(
                number, file, title: plan.title.text(language), population: draw.population, drawn: draw.byLot,
                rare: draw.records.count - draw.byLot, confidence: confidence.hundredths, rate: rate.hundredths,
                run: run.run, data: draw.data, list: form.list, seed: seed, by: person.by, at: now)
            ], ()
          )
        }
        options.common.say(
          language(
            "標本 \(number): \(file) \(draw.population)件のうち \(draw.records.count)件（くじ\(draw.byLot)件）を選びました: \(page)",
            "sample \(number): \(draw.records.count) of the \(draw.population) records of \(file), \(draw.byLot) by lot: \(page)"
          ))
      }
    }

    /// The keys with which people find the records in both systems.
    private func lines(
      _ draw: SampleDraw, _ plan: FilePlan, _ source: RecordFile, _ project: Project
    ) throws -> [SampleForm.Line] {
      try draw.records.map { drawn in
        let trace = try RecordTrace(drawn.record, of: plan, in: source, project)
        let keys = (trace.rows.first?.values ?? []).filter { value in
          trace.rows[0].table.key.contains { trace.rows[0].table.columns[$0].name == value.column.name }
        }.map { "\($0.column.name) \($0.value ?? "–")" }
        return SampleForm.Line(record: drawn.record, kind: drawn.kind, keys: keys, rare: drawn.rare)
      }
    }

    private func items(_ plan: FilePlan, _ project: Project) -> [(kind: String, names: [String])] {
      let unheld = UnheldItems(project)
      return plan.kinds.compactMap { kind in
        unheld.items[.records(file: plan.id, kind: kind.code)].map { (kind: kind.code, names: $0) }
      }
    }
  }

  struct ListSamples: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("標本とその結果の一覧", "List the samples and what they say."))

    @OptionGroup var options: RegisterOptions

    func run() throws {
      try options.run { office, language in
        try options.answer(Sample.listing, try office.dossier().samples, language)
      }
    }
  }

  struct EnterSample: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enter",
      abstract: .said(
        "標本のすべてのレコードを比べた結果を記録する", "Enter what people found when they had compared all records of a sample."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("標本の番号", "The sample's number.")) var sample: String
    @Option(help: .said("比べたレコードの数。標本の全件", "How many records were compared: all of the sample.")) var compared: Int
    @Option(
      help: .said(
        "違っていたレコードとその内容。RECORD=TEXT の形で、繰り返し指定できる", "A record that differs, and how: RECORD=TEXT; may be repeated."))
    var different: [String] = []
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { office, language, reading, now in
        let found = try Dossier(reading, today: Day.today()).sample(sample)
        let list = try SampleList.read(found.id, digest: found.list, office.workspace)
        let differences = try different.map { text in
          let parts = text.split(separator: "=", maxSplits: 1)
          guard parts.count == 2, let number = Int(parts[0]) else {
            throw Diagnostic(.optionValue, text, "RECORD=TEXT")
          }
          return Sample.Difference(record: number, note: String(parts[1]))
        }
        let amendment = try found.compared(
          compared, different: differences, among: list.records.map(\.record), by: person.by, at: now)
        return ([amendment], language("\(sample) の照合結果を記録しました", "entered what was found in \(sample)"))
      }
    }
  }

  struct ConfirmSample: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "confirm",
      abstract: .said("照合の結果を確認する。照合した人は確認できない", "Confirm what was found; not by the one who compared."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("標本の番号", "The sample's number.")) var sample: String
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { dossier, now in
        (
          try dossier.sample(sample).confirmed(by: person.by, at: now),
          { $0("\(sample) を確認しました", "confirmed \(sample)") }
        )
      }
    }
  }
}

/// A percentage with at most two decimal places: `95`, `99.5`.
struct PercentArgument: ExpressibleByArgument, CustomStringConvertible {
  let hundredths: Int

  init(_ hundredths: Int) { self.hundredths = hundredths }

  init?(argument: String) {
    let parts = argument.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Int(parts[0]), (0...99).contains(whole),
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : "0"
    guard (1...2).contains(decimals.count), let rest = Int(decimals) else { return nil }
    hundredths = whole * 100 + (decimals.count == 1 ? rest * 10 : rest)
  }

  var description: String { SampleForm.percent(hundredths) }
}
