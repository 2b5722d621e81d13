import ArgumentParser
import Base
import Foundation
import Ledger
import Office
import Records
import Registers
import Report

/// `totsugo meetings …`: 会議: meetings held, their decisions, their number by year.
struct MeetingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meetings", abstract: "Meetings (会議): what was held and decided; counts by fiscal year.",
    subcommands: [ListMeetings.self, CountMeetings.self, RecordMeeting.self])

  struct ListMeetings: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the meetings that were held.")

    @OptionGroup var options: RegisterOptions
    @Option(help: "Only this kind: kickoff, regular, individual, progress, committee, gate.") var kind: Meeting.Kind?

    private struct Row: Encodable {
      let id: String
      let kind: String
      let held: String
      let title: String
      let agenda: [String]
      let attendees: [String]
      let minutes: String
      let decision: String?
      let conditions: [ConditionRow]
    }

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        let found = dossier.meetings.filter { kind == nil || $0.kind == kind }
        let rows = found.map {
          Row(
            id: $0.id, kind: $0.kind.rawValue, held: $0.held, title: $0.title, agenda: $0.agenda,
            attendees: $0.attendees, minutes: $0.minutes, decision: $0.decision?.rawValue,
            conditions: $0.conditions.map(ConditionRow.init))
        }
        try options.answer(rows, withdrawn: dossier.withdrawn(Meeting.register), language) {
          var table = TextTable(
            language == .japanese
              ? ["番号", "日付", "会議", "件名", "決定", "議題"] : ["no.", "date", "meeting", "title", "decision", "agenda"])
          for meeting in found {
            table.add([
              meeting.id, meeting.held, meeting.kind.title.text(language), meeting.title,
              meeting.decision?.title.text(language) ?? "–", meeting.agenda.joined(separator: language("、", "; ")),
            ])
          }
          return table
        }
      }
    }
  }

  struct CountMeetings: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "count", abstract: "Count the meetings by kind and fiscal year, as the annual report does.")

    @OptionGroup var options: RegisterOptions

    private struct Row: Encodable {
      let kind: String
      /// The number of meetings by fiscal year.
      let years: [String: Int]
    }

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        let meetings = dossier.meetings
        let years = Set(meetings.compactMap(\.fiscalYear)).sorted()
        func count(_ kind: Meeting.Kind?, _ year: Int) -> Int {
          meetings.filter { (kind == nil || $0.kind == kind) && $0.fiscalYear == year }.count
        }
        let rows = Meeting.Kind.allCases.map { kind in
          Row(kind: kind.rawValue, years: Dictionary(uniqueKeysWithValues: years.map { (String($0), count(kind, $0)) }))
        }
        try options.answer(rows, withdrawn: dossier.withdrawn(Meeting.register), language) {
          let heads = years.map { language == .japanese ? Self.year($0) : "FY\($0)" }
          var table = TextTable(
            [language("会議名", "meeting")] + heads, rightAligned: Set(years.indices.map { $0 + 1 }))
          for kind in Meeting.Kind.allCases {
            table.add([kind.title.text(language)] + years.map { String(count(kind, $0)) })
          }
          table.add([language("合計", "total")] + years.map { String(count(nil, $0)) })
          return table
        }
      }
    }

    /// 年度 by the era of its last day: the annual report of that year calls it 令和元年度.
    private static func year(_ year: Int) -> String {
      let text = Era.japaneseText(Int64((year + 1) * 10_000 + 331))
      guard let number = text.range(of: "年").flatMap({ text[..<$0.lowerBound] }) else { return "\(year)年度" }
      let era = number.prefix { !$0.isNumber && $0 != "元" }
      let value = number.dropFirst(era.count)
      let first = (Int(value) ?? 1) - 1
      return first < 1 ? "\(year)年度" : "\(era)\(first == 1 ? "元" : String(first))年度"
    }
  }

  struct RecordMeeting: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record",
      abstract: "Enter a meeting that was held. A gate's decision is entered with `decisions record`.")

    @OptionGroup var options: RegisterOptions
    @Option(help: "kickoff, regular, individual, progress, committee or gate.") var kind: Meeting.Kind
    @Option(help: "When it was held, YYYY-MM-DD.") var held: DayArgument
    @Option(help: "What it is called.") var title: String?
    @Option(help: "A point of the agenda; may be repeated.") var agenda: [String] = []
    @Option(help: "Who was there; may be repeated.") var attendee: [String] = []
    @Option(help: "Minutes, or where they are.") var minutes: String = ""
    @Option(help: "approved (了承), conditional (条件付き了承) or sent-back (差戻し).") var decision: Resolution?
    @Option(help: "A condition, DATE:OWNER:TEXT; may be repeated.") var condition: [ConditionArgument] = []
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
struct ConditionRow: Encodable {
  let text: String
  let owner: String
  let due: String
  let met: String

  init(_ condition: DecisionCondition) {
    (text, owner, due, met) = (condition.text, condition.owner, condition.due, condition.met)
  }
}

extension Meeting.Kind: ExpressibleByArgument {}
extension Resolution: ExpressibleByArgument {}
