import Office
import Outline
import Projects
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
    commandName: "items",
    abstract: .said("確認事項の状態、証跡、回答、確認", "Items to be confirmed (確認事項): state, evidence, answer, confirmation."),
    subcommands: [
      ListItems.self, ShowItem.self, RaiseItem.self, InvestigateItem.self, AnswerItem.self, ConfirmItem.self,
      SendBackItem.self, CloseItem.self, HoldItem.self, WithdrawItem.self, AttendTraining.self, AmendItem.self,
      ExportItems.self,
      ImportItems.self,
    ])
}

/// A filter of items.
struct ItemFilterOptions: ParsableArguments {
  @Option(
    help: .said(
      "この状態の項目だけ。raised（起票）、investigating（調査中）、answered（回答済）、confirmed（確認済）、returned（差戻）、closed（完了）、on_hold（保留）",
      "Only items in this state: raised, investigating, answered, confirmed, returned, closed, on_hold."))
  var state: Item.State?
  @Option(
    help: .said(
      "この区分だけ。migration（移行）、test（テスト）、training（研修）、question（質問）", "Only this kind: migration, test, training, question."
    )) var kind: Item.Kind?
  @Option(help: .said("この業務だけ", "Only this subsystem.")) var subsystem: String?
  @Option(
    help: .said("この分類だけ。C01 … C10、V1 … V5、または研修のコース", "Only this category: C01 … C10, V1 … V5, or a training's course.")
  ) var category: String?
  @Option(help: .said("このバッチ処理のテスト項目だけ", "Only this batch job's test items.")) var job: String?
  @Option(help: .said("この担当課だけ", "Only this section's (担当課).")) var owner: String?
  @Option(help: .said("この重要度だけ。S1、S2、S3", "Only this severity: S1, S2, S3.")) var severity: Severity?
  @Option(help: .said("この判定が求める項目だけ", "Only those that this gate asks for.")) var gate: String?
  @Option(help: .said("番号、内容、回答のどれかにこの文字を含む項目だけ", "Only those whose number, wording or answer has this text."))
  var search: String?
  @Flag(help: .said("確認の後に証跡が変わった項目だけ", "Only those whose evidence changed after they were confirmed.")) var stale =
    false
  @Flag(help: .said("済んでいない（確認済でも完了でもない）項目だけ", "Only those that are not settled (確認済, 完了).")) var open = false
  @Flag(help: .said("済んでおらず、期限を過ぎた項目だけ", "Only unsettled ones whose deadline has passed.")) var overdue = false

  /// - Throws: `option.value` for an unknown subsystem; `gate.unknown`; a gate's title is accepted in place of its name.
  func filter(_ outline: ProjectOutline) throws(Diagnostic) -> ItemFilter {
    if let subsystem, !outline.subsystems.contains(subsystem) {
      throw Diagnostic(
        .optionValue, "--subsystem \(subsystem)", NameTable.choices(subsystem, among: outline.subsystems))
    }
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
      commandName: "list", abstract: .said("項目とその状態の一覧", "List the items and where they stand."))

    @OptionGroup var options: RegisterOptions
    @OptionGroup var filter: ItemFilterOptions
    @Option(help: .said("この日（YYYY-MM-DD）の終わりの時点の一覧", "As they stood at the end of this day, YYYY-MM-DD.")) var asOf:
      DayArgument?

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
      abstract: .said(
        "項目一つの証跡、回答、経過をすべて示す", "Show an item whole: what it rests on, its answer, and everything that was done with it."
      ))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("項目の番号", "The item's number.")) var item: String

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
              runs: standing.item.evidence.isEmpty ? [] : runs, history: Entry.history().json(entries, words)))
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
            .init(words("並行稼働", "Parallel run"), .text("\(words.date(day.day)) \(job.id) \(words(job.outcome.title))")))
        }
      }
      var lines = ["\(item.id)  \(words(item.title))"] + Table.lines(facts, words)
      for run in runs.suffix(10) {
        // `ID status`, as programs have it.
        let unpassed = run.unpassed.map { entry in
          let parts = entry.split(separator: " ")
          return CheckStatus(rawValue: String(parts.last ?? "")).map { "\(parts[0]) \(words.status($0))" } ?? entry
        }
        let found = unpassed.isEmpty ? words("合格", "passed") : unpassed.joined(separator: words("、", ", "))
        lines.append("  \(words("実行", "run")) \(run.run)  \(words.shortTime(run.finished))  \(found)")
      }
      lines.append(words("経過（日本時間）", "history (Japanese time)"))
      return (lines + history.map { $0.historyLine(words, names) }).joined(separator: "\n")
    }
  }
}

extension Item.State: ExpressibleByArgument {}
extension Item.Kind: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
