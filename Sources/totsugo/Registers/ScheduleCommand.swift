import ArgumentParser
import Commands
import Base
import Ledger
import Office
import Registers
import Report

/// `totsugo schedule …`: マスタースケジュール: planned and actual dates.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: .said("マスタースケジュール。予定、実績、承認", "The master schedule (マスタースケジュール): planned, actual, approved."),
    subcommands: [ListMilestones.self, PlanMilestone.self, EnterMilestone.self, ApproveMilestone.self])

  struct ListMilestones: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("日程の予定と実績の一覧", "List the schedule, planned and actual."))

    @OptionGroup var options: RegisterOptions
    @Option(
      help: .said(
        "この種類だけ。phase（工程）、rehearsal（リハーサル）、test（テスト）、training（研修）、document（文書）、link（連携）、cutover（切替）、gate（判定）、meeting（会議）、report（報告）",
        "Only this kind: phase, rehearsal, test, training, document, link, cutover, gate, meeting, report."))
    var kind: Milestone.Kind?
    @Option(help: .said("この日（YYYY-MM-DD）の終わりの時点の日程", "As it stood at the end of this day, YYYY-MM-DD.")) var asOf:
      DayArgument?

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier(asOf: asOf?.text)
        try options.answer(
          Milestone.listing(on: dossier.today), dossier.milestones.filter { kind == nil || $0.kind == kind },
          withdrawn: dossier.withdrawn(Milestone.register), language)
      }
    }
  }

  struct PlanMilestone: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: .said("日程に行を加える、または計画を改める", "Add a line to the schedule, or plan it anew."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("行の番号", "The line's id.")) var milestone: String
    @Option(
      help: .said(
        "phase（工程）、rehearsal（リハーサル）、test（テスト）、training（研修）、document（文書）、link（連携）、cutover（切替）、gate（判定）、meeting（会議）、report（報告）のどれか",
        "phase, rehearsal, test, training, document, link, cutover, gate, meeting or report."))
    var kind: Milestone.Kind?
    @Option(help: .said("内容", "What it is.")) var title: String?
    @Option(help: .said("責任者", "Who answers for it.")) var owner: String?
    @Option(help: .said("予定の開始日。YYYY-MM-DD", "Planned beginning, YYYY-MM-DD.")) var start: DayArgument?
    @Option(help: .said("予定の終了日。YYYY-MM-DD（省略時は開始日）", "Planned end, YYYY-MM-DD (default: the beginning).")) var end:
      DayArgument?
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { dossier, _ in
        let known = dossier.milestones.first { $0.id == milestone }
        let (from, to) = (start?.text ?? known?.plannedStart ?? "", end?.text ?? start?.text ?? known?.plannedEnd ?? "")
        guard known != nil || (kind != nil && title != nil && owner != nil), !from.isEmpty, from <= to else {
          throw Diagnostic(.registerMissing, at: Place(record: milestone), "--kind, --title, --owner, --start ≤ --end")
        }
        let amendment = Milestone.plan(
          milestone, kind: kind, title: title, owner: owner, start: from, end: to, by: person.by, of: known)
        return (amendment, { $0("\(milestone) の計画を記録しました", "planned \(milestone)") })
      }
    }
  }

  struct EnterMilestone: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "done",
      abstract: .said("開始や終了と、その結果を記録する", "Enter that something began or was done, and what came of it."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("行の番号", "The line's id.")) var milestone: String
    @Option(help: .said("開始した日。YYYY-MM-DD", "When it began, YYYY-MM-DD.")) var start: DayArgument?
    @Option(help: .said("終わった日。YYYY-MM-DD", "When it was done, YYYY-MM-DD.")) var end: DayArgument?
    @Option(help: .said("結果", "What came of it.")) var note: String?
    @Option(name: .customLong("run"), help: .said("該当する実行", "The run that it was.")) var rehearsal: String?
    @OptionGroup var person: PersonOption

    func validate() throws {
      if start == nil, end == nil {
        throw ValidationError(.said("--start か --end、または両方を指定してください。", "Say when: --start, --end or both."))
      }
    }

    func run() throws {
      try options.enter(by: person.by) { dossier, _ in
        if let rehearsal, !dossier.runs.contains(where: { $0.run == rehearsal }) {
          throw Dossier.unknown(rehearsal, "runs", among: dossier.runs.map(\.run))
        }
        let amendment = try dossier.milestone(milestone).happened(
          start: try start?.past(), end: try end?.past(), note: note, run: rehearsal, by: person.by)
        return (amendment, { $0("\(milestone) の実績を記録しました", "entered in \(milestone)") })
      }
    }
  }

  struct ApproveMilestone: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve",
      abstract: .said("実績を承認する。記録した人は承認できない", "Approve what was done; not by the one who entered it."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("行の番号", "The lines' ids.")) var milestones: [String]
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { _, language, reading, now in
        let dossier = try Dossier(reading, today: Day.today())
        let made = try milestones.map { try dossier.milestone($0).approved(by: person.by, at: now) }
        return (made, language("\(made.count)件を承認しました", "\(made.count) approved"))
      }
    }
  }
}

extension Milestone.Kind: ExpressibleByArgument {}
