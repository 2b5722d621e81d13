import Office
import Evidence
import Projects
import Outline
import Commands
import ArgumentParser
import Base
import Foundation
import Ledger
import Registers
import Report

/// `totsugo differences …`: the differences of the latest run by pattern, and their causes (要因分類).
struct DifferencesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "differences", abstract: "Differences of the latest run, grouped by signature, and their causes.",
    subcommands: [List.self, Classify.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the groups with counts, sums and causes.")

    @Argument(help: "A project file.") var project: String
    @Option(help: "Folder with runs and evidence.") var workspace: String?
    @Option(help: "Only groups of this class: M, N, O, I, R, T, D or U.") var kind: DifferenceClass?
    @OptionGroup var common: CommonOptions

    private struct Row: Encodable {
      let signature: String
      let check: String
      let pattern: String
      let lines: Int
      let measures: [String]
      let sums: [Int128]
      let samples: [[String]]
      let `class`: String
      let by: String?
      let approver: String?
      let until: String?
      let note: String?
    }

    func run() throws {
      let outline = try common.reporting { try ProjectOutline.read(project) }
      let language = common.language(outline.language)
      try common.reporting(language) {
        let office = ProjectOffice(outline, workspace: workspace)
        let dossier = try office.dossier()
        let run = try office.latestEvidence(dossier)
        let known = dossier.classes
        let rows = run.checks.filter { $0.status == .failed }.flatMap { check in
          check.groups.map { group in
            let entry = known[group.signature]
            return Row(
              signature: group.signature, check: check.id, pattern: group.pattern.text(language), lines: group.lines,
              measures: check.measureNames, sums: group.sums, samples: group.samples,
              class: (entry?.kind ?? .unclassified).rawValue, by: entry?.by,
              approver: entry?.approver, until: entry.flatMap { $0.until.isEmpty ? nil : $0.until }, note: entry?.note)
          }
        }.filter { kind == nil || $0.class == kind?.rawValue }
        switch common.format {
        case .json: try common.answer(json: rows)
        case .text: common.answer(Self.table(rows, language))
        }
      }
    }

    private static func table(_ rows: [Row], _ language: Language) -> String {
      var table = TextTable(
        language == .japanese
          ? ["署名", "要因", "件数", "差の合計", "内容", "例"] : ["signature", "class", "lines", "sum", "what", "for example"],
        rightAligned: [2])
      for row in rows {
        let sums = zip(row.measures, row.sums).map { "\($0) \($1)" }.joined(separator: " ")
        table.add([
          row.signature, row.class, String(row.lines), sums, row.pattern,
          row.samples.first?.joined(separator: "/") ?? "",
        ])
      }
      return table.lines.joined(separator: "\n")
    }
  }

  struct Classify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say why the differences of a signature are there; kept for the rehearsals to come.")

    @Argument(help: "A project file.") var project: String
    @Argument(help: "The signature, as `list` names it.") var signature: String
    @Argument(
      help:
        "M migration, N new system, O old error, I intended, R rounding, T timing, D display, U unclassified.")
    var kind: DifferenceClass
    @Option(help: "Why.") var note: String
    @Option(help: "Who approved it; another person than the one who enters it.") var approver: String
    @Option(help: "Only for the difference with this key, parts joined by /; may be repeated (up to 100 differences).")
    var key: [String] = []
    @Option(help: "The last day on which it counts, YYYY-MM-DD (default: no end).") var until: DayArgument?
    @OptionGroup var person: PersonOption
    @Option(help: "Folder with runs and evidence.") var workspace: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let outline = try common.reporting { try ProjectOutline.read(project) }
      let language = common.language(outline.language)
      try common.reporting(language) {
        let office = ProjectOffice(outline, workspace: workspace)
        let act = ClassificationAct(kind, note: note, approver: approver, until: until?.text ?? "", keys: key)
        try office.enter(by: person.by) { reading, now in
          let dossier = try Dossier(reading, today: Day.today())
          return (
            [try dossier.classify(signature, act, by: person.by, at: now)], ()
          )
        }
        let title = kind.title.text(language)
        common.say(language == .japanese ? "\(signature) を「\(title)」としました" : "\(signature): \(title)")
      }
    }
  }
}

extension DifferenceClass: ExpressibleByArgument {}
