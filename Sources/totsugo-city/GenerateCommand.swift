import Projects
import ArgumentParser
import Base
import Charset
import City
import Commands
import Foundation
import Tables

/// `totsugo-city generate PROJECT`: generates a synthetic city's legacy files, and the facts about them.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: .said(
      "合成した市の旧システムのファイルを作る。種が同じならバイトまで同じ", "Make a synthetic city's legacy files, the same bytes for the same seed."))

  @Argument(help: .project)
  var project: String

  @Option(help: .said("住民の数。100から240000まで", "Residents, 100 to 240000."))
  var residents = 2_000

  @Option(help: .said("乱数の種", "Seed."))
  var seed: UInt64 = 1

  @Option(help: .said("移行回次。先頭レコードに書かれる", "The number of the rehearsal (移行回次), written into the headers."))
  var round = 1

  @Option(
    help: .said(
      "埋め込む不備の番号。コンマで区切る（`--defects list` で一覧）",
      "Defects to plant, by id, separated by commas (`--defects list` names them)."))
  var defects: String?

  @Option(name: [.customShort("o"), .long], help: .said("ファイルを書くフォルダ", "Folder for the files."))
  var output: String?

  @Flag(
    help: .said(
      "規則が許すべき正当な場合がそれぞれ何件あるかを表示する（検査、場合、件数）",
      "Print how often each lawful case that the rules must allow occurs: rule, case, number."))
  var coverage = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if defects != "list", output == nil { throw ValidationError(.said("-o フォルダ を指定してください。", "-o FOLDER is missing.")) }
  }

  private struct Answer: Encodable {
    let residents: Int
    let seed: UInt64
    let files: [String: Int]
    let folder: String
    /// The cases, with `--coverage`.
    let cases: [CaseEntry]?
  }

  /// A case, the page that names it, and the number of its example records.
  private struct CaseEntry: Encodable {
    let id: String
    let rule: String
    let page: String
    let title: String
    let count: Int
  }

  private struct DefectEntry: Encodable {
    let id: String
    let file: String
    let description: String
    /// Whether the list of dirty data names it; `expected` is whether it must be found or may be accepted.
    let listed: Bool
    let expected: String
  }

  func run() throws {
    let project = try common.reporting { try ProjectReader.read(self.project) }
    let language = common.language(project.language)
    if defects == "list" { return try list(language) }
    try common.reporting(language) {
      guard let characters = Charset.CharacterSet.named(project.charset), let output else { return }
      let plan = CityPlan(residents: residents, seed: seed, round: round, defects: try chosen())
      try PrivateFile.makeFolder(output)
      let facts = try CityGenerator(
        plan: plan, layouts: project.layouts, characters: characters, closedDays: project.closedDays
      ).write(into: output)
      let counts = Dictionary(uniqueKeysWithValues: facts.files.map { ($0.name, $0.facts.dataRecords) })
      let cases = CityCase.all.map {
        CaseEntry(
          id: $0.id, rule: $0.rule, page: $0.page, title: $0.title.text(language), count: facts.occurrences(of: $0))
      }
      switch common.format {
      case .json:
        try common.answer(
          json: Answer(
            residents: residents, seed: seed, files: counts, folder: output, cases: coverage ? cases : nil))
      case .text where !common.quiet:
        if coverage {
          show(cases, language)
        } else {
          for (file, count) in counts.sorted(by: { $0.key < $1.key }) {
            common.answer(language == .japanese ? "\(file)  \(count)件" : "\(file)  \(count) records")
          }
        }
        common.answer(output)
      case .text: break
      }
    }
  }

  private func show(_ cases: [CaseEntry], _ language: Language) {
    let words = Words(language: language)
    let table = Table(
      "cases", words("場合", "Cases"),
      [
        .init("rule", words("検査", "Rule")), .init("case", words("場合", "Case")),
        .init("records", words("件数", "Records"), .number), .init("page", words("典拠", "Page")),
      ], cases.map { .init([.text($0.rule), .text($0.title), .number($0.count), .text($0.page)]) })
    common.answer(lines: table.lines(words, on: common.terminal))
  }

  private func chosen() throws(Diagnostic) -> [PlantedDefect] {
    var found: [PlantedDefect] = []
    for id in (defects ?? "").split(separator: ",").map(String.init) {
      guard let defect = PlantedDefect.named(id) else {
        let known = NameTable.choices(id, among: PlantedDefect.catalog.map(\.id))
        throw Diagnostic(.definitionValue, at: Place(file: "--defects"), id, known)
      }
      found.append(defect)
    }
    return found
  }

  private func list(_ language: Language) throws {
    let entries = PlantedDefect.catalog.map {
      DefectEntry(
        id: $0.id, file: $0.file, description: $0.description.text(language), listed: $0.listed,
        expected: $0.expected.rawValue)
    }
    switch common.format {
    case .json: try common.answer(json: entries)
    case .text: for entry in entries { common.answer("\(entry.id)  \(entry.file)  \(entry.description)") }
    }
  }
}
