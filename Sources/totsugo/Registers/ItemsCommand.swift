import Office
import Outline
import ArgumentParser
import Base
import Commands
import Evidence
import Foundation
import Gates
import Ledger
import Pipeline
import Registers
import Report
import Tables

/// `totsugo items …`: 確認事項: their states and the reasons, people's answers and confirmations, and the list as a
/// workbook.
struct ItemsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "items", abstract: "Items to be confirmed (確認事項): state, evidence, answer, confirmation.",
    subcommands: [
      ListItems.self, ShowItem.self, RaiseItem.self, InvestigateItem.self, AnswerItem.self, ConfirmItem.self,
      SendBackItem.self, CloseItem.self, HoldItem.self, WithdrawItem.self, AttendTraining.self, AmendItem.self,
      ExportItems.self,
      ImportItems.self,
    ])
}

/// A filter of items.
struct ItemFilterOptions: ParsableArguments {
  @Option(help: "Only items in this state: raised, investigating, answered, confirmed, returned, closed, on_hold.")
  var state: Item.State?
  @Option(help: "Only this kind: migration, test, training, question.") var kind: Item.Kind?
  @Option(help: "Only this subsystem.") var subsystem: String?
  @Option(help: "Only this category: C01 … C10, V1 … V5, or a training's course.") var category: String?
  @Option(help: "Only this batch job's test items.") var job: String?
  @Option(help: "Only this section's (担当課).") var owner: String?
  @Option(help: "Only this severity: S1, S2, S3.") var severity: Severity?
  @Option(help: "Only those that this gate asks for.") var gate: String?
  @Option(help: "Only those whose number, wording or answer has this text.") var search: String?
  @Flag(help: "Only those whose evidence changed after they were confirmed.") var stale = false
  @Flag(help: "Only those that are not settled (確認済, 完了).") var open = false
  @Flag(help: "Only unsettled ones whose deadline has passed.") var overdue = false

  /// - Throws: `gate.unknown`; a gate's title is accepted in place of its name.
  func filter(_ outline: ProjectOutline) throws(Diagnostic) -> ItemFilter {
    var filter = ItemFilter()
    filter.state = state
    filter.kind = kind
    filter.subsystem = subsystem
    filter.category = category
    filter.job = job
    filter.owner = owner
    filter.severity = severity
    if let gate { filter.gate = gate == "both" ? gate : try outline.gate(gate).name }
    filter.search = search
    filter.isStale = stale
    filter.isOpen = open
    filter.isOverdue = overdue
    return filter
  }
}

extension ItemsCommand {
  struct ListItems: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the items and where they stand.")

    @OptionGroup var options: RegisterOptions
    @OptionGroup var filter: ItemFilterOptions
    @Option(help: "As they stood at the end of this day.") var asOf: DayArgument?

    func run() throws {
      try options.run { office, language in
        let filter = try filter.filter(office.outline)
        try options.common.tellPending(office, language)
        let dossier = try office.dossier(asOf: asOf?.text)
        let found = dossier.items.filter { filter.admits($0, dossier.today) }
        try options.answer(ItemStanding.listing(on: dossier.today), found, language)
        options.common.say(
          language("\(found.count)項目（全\(dossier.items.count)項目）", "\(found.count) of \(dossier.items.count) items"))
      }
    }
  }

  struct ShowItem: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show an item whole: what it rests on, its answer, and everything that was done with it.")

    @OptionGroup var options: RegisterOptions
    @Argument(help: "The item's number.") var item: String

    private struct Answer: Encodable {
      let item: JSONValue
      /// 課題 linked to the item.
      let issues: JSONValue
      let runs: [Run]
      let history: JSONValue

      struct Run: Encodable {
        let run: String
        let finished: String
        let unpassed: [String]
      }
    }

    func run() throws {
      try options.run { office, language in
        let (dossier, entries) = try office.dossier(andHistoryOf: item, in: Item.register)
        let standing = try dossier.item(item)
        let words = Words(language: language)
        let runs = dossier.runs.map { run in
          Answer.Run(
            run: run.run, finished: run.finished,
            unpassed: run.unpassed.filter { standing.item.evidence.contains($0.id) }.map {
              "\($0.id) \($0.status.rawValue)"
            })
        }
        switch options.common.format {
        case .json:
          try options.common.answer(
            json: Answer(
              item: ItemStanding.listing(on: dossier.today).json(of: standing, words),
              issues: Issue.listing(on: dossier.today).json(dossier.issues(about: standing), words),
              runs: standing.item.evidence.isEmpty ? [] : runs, history: Entry.history.json(entries, words)))
        case .text:
          options.common.answer(
            Self.text(
              standing, standing.item.evidence.isEmpty ? [] : runs, entries, dossier, try office.names(dossier.jobs),
              words))
        }
      }
    }

    private static func text(
      _ standing: ItemStanding, _ runs: [Answer.Run], _ history: [Entry], _ dossier: Dossier,
      _ names: ItemSheet.Names, _ words: Words
    ) -> String {
      let item = standing.item
      var facts = ItemStanding.listing(on: dossier.today, names).facts(standing, words, ItemStanding.facts)
      for issue in dossier.issues(about: standing) {
        facts.append(.init(words("課題", "Issue"), .text("\(issue.id) \(words(issue.state.title)) \(issue.title)")))
      }
      for day in dossier.days {
        for job in day.jobs where job.items.contains(item.id) {
          facts.append(
            .init(words("並行稼働", "Parallel run"), .text("\(day.day) \(job.id) \(words(job.outcome.title))")))
        }
      }
      var lines = ["\(item.id)  \(words(item.title))"] + Table.lines(facts, words)
      for run in runs.suffix(10) {
        let found = run.unpassed.isEmpty ? words("合格", "passed") : run.unpassed.joined(separator: ", ")
        lines.append("  \(words("実行", "run")) \(run.run)  \(Day.local(run.finished))  \(found)")
      }
      lines.append(words("経過", "history"))
      return (lines + history.map(\.historyLine)).joined(separator: "\n")
    }
  }
}

extension Item.State: ExpressibleByArgument {}
extension Item.Kind: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
