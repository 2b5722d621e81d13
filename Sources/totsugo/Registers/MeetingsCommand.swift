import ArgumentParser
import Commands
import Base
import Ledger
import Office
import Registers
import Report

/// `totsugo meetings …`: 会議: meetings held, their decisions, their number by year.
struct MeetingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meetings",
    abstract: .said("会議の開催と決定、年度別の回数", "Meetings (会議): what was held and decided; counts by fiscal year."),
    subcommands: [ListMeetings.self, CountMeetings.self, RecordMeeting.self])

  struct ListMeetings: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("開催した会議の一覧", "List the meetings that were held."))

    @OptionGroup var options: RegisterOptions
    @Option(
      help: .said(
        "この種類だけ。kickoff（キックオフ）、regular（定例会議）、individual（個別検討会議）、progress（全体進捗報告会議）、committee（委員会）、gate（判定会議）",
        "Only this kind: kickoff, regular, individual, progress, committee, gate.")) var kind: Meeting.Kind?

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        let found = dossier.meetings.filter { kind == nil || $0.kind == kind }
        try options.answer(Meeting.listing, found, withdrawn: dossier.withdrawn(Meeting.register), language)
      }
    }
  }

  struct CountMeetings: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "count",
      abstract: .said("種類別・年度別の回数（年次報告の形）", "Count the meetings by kind and fiscal year, as the annual report does."))

    @OptionGroup var options: RegisterOptions

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        // People are told that there are none, not seven kinds without numbers.
        let kinds = dossier.meetings.isEmpty && options.common.format == .text ? [] : Meeting.Kind.allCases
        try options.answer(
          Meeting.figures(dossier.meetings), kinds, withdrawn: dossier.withdrawn(Meeting.register),
          language)
      }
    }
  }

  struct RecordMeeting: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record",
      abstract: .said(
        "開催した会議を記録する。判定会議の決定は `decisions record` で記録する",
        "Enter a meeting that was held. A gate's decision is entered with `decisions record`."))

    @OptionGroup var options: RegisterOptions
    @Option(
      help: .said(
        "kickoff（キックオフ）、regular（定例会議）、individual（個別検討会議）、progress（全体進捗報告会議）、committee（委員会）、gate（判定会議）のどれか",
        "kickoff, regular, individual, progress, committee or gate.")) var kind: Meeting.Kind
    @Option(help: .said("実施日。YYYY-MM-DD", "When it was held, YYYY-MM-DD.")) var held: DayArgument
    @Option(help: .said("会議の名前", "What it is called.")) var title: String?
    @Option(help: .said("議題。繰り返し指定できる", "A point of the agenda; may be repeated.")) var agenda: [String] = []
    @Option(help: .said("出席者。繰り返し指定できる", "Who was there; may be repeated.")) var attendee: [String] = []
    @Option(help: .said("議事録、またはその場所", "Minutes, or where they are.")) var minutes: String = ""
    @Option(
      help: .said(
        "approved（了承）、conditional（条件付き了承）、sent-back（差戻し）のどれか", "approved (了承), conditional (条件付き了承) or sent-back (差戻し)."
      )) var decision: Resolution?
    @Option(help: .said("条件。期限:担当:内容 の形で、繰り返し指定できる", "A condition, DATE:OWNER:TEXT; may be repeated.")) var condition:
      [ConditionArgument] = []
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { _, language, reading, _ in
        let id = RecordNumber.next("M", after: try reading.ids(of: Meeting.register))
        let amendment = try Meeting.record(
          id, kind: kind, held: try held.past(), title: title ?? kind.title.ja, agenda: agenda, attendees: attendee,
          minutes: minutes, decision: decision, conditions: condition.map(\.condition), by: person.by)
        return ([amendment], language("会議 \(id) を記録しました", "entered meeting \(id)"))
      }
    }
  }
}

/// A condition, `DATE:OWNER:TEXT`.
struct ConditionArgument: ExpressibleByArgument {
  let condition: DecisionCondition

  init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, Day.isValid(parts[0]), !parts[1].isEmpty, !parts[2].isEmpty else { return nil }
    condition = DecisionCondition(text: parts[2], owner: parts[1], due: parts[0])
  }
}

/// A condition as JSON.
extension Meeting.Kind: ExpressibleByArgument {}
extension Resolution: ExpressibleByArgument {}
