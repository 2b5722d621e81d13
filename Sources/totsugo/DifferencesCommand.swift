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
import Workspace
import Report

/// `totsugo differences …`: the differences of the latest run by pattern, and their causes (要因分類).
struct DifferencesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "differences", abstract: "Differences of the latest run, grouped by signature, and their causes.",
    subcommands: [List.self, Classify.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the groups with counts, sums and causes, or with --check or --reveal every difference.")

    @Argument(help: "A project file.") var project: String
    @Option(help: "Folder with runs and evidence.") var workspace: String?
    @Option(help: "Only groups of this class: M, N, O, I, R, T, D or U.") var kind: DifferenceClass?
    @Option(help: "Every difference of this check, with both sides; may be repeated.") var check: [String] = []
    @Flag(help: "Every difference, with personal values (personal numbers never).") var reveal = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let outline = try common.reporting { try ProjectOutline.read(project) }
      let language = common.language(outline.language)
      try common.reporting(language) {
        let office = ProjectOffice(outline, workspace: workspace)
        let dossier = try office.dossier()
        let run = try office.latestEvidence(dossier)
        if !check.isEmpty || reveal {
          return try common.answer(SingleEntry.listing, singles(run, dossier, office), language)
        }
        let entries = GroupEntry.all(run.checks.filter { $0.status == .failed }, dossier.classes)
        try common.answer(GroupEntry.listing, entries.filter { kind == nil || $0.kind == kind }, language)
      }
    }

    /// The differences of the checks asked for, or of all that failed.
    private func singles(
      _ run: RunEvidence, _ dossier: Dossier, _ office: ProjectOffice
    ) throws(Diagnostic) -> [SingleEntry] {
      let differing = run.checks.filter { $0.differences > 0 }
      if let other = check.first(where: { name in !run.checks.contains { $0.id == name } }) {
        throw Diagnostic(.optionValue, other, NameTable.nearest(other, among: differing.map(\.id)))
      }
      let asked = differing.filter { check.isEmpty ? $0.status == .failed : check.contains($0.id) }
      let lists = SingleDifferences(run, dossier.classes, in: office.workspace.folder(of: run.run), reveals: reveal)
      var found: [SingleEntry] = []
      for one in asked { found += try lists.all(of: one).filter { kind == nil || $0.kind == kind } }
      return found
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
