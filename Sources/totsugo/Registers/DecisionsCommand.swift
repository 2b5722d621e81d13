import Office
import Outline
import ArgumentParser
import Commands
import Base
import Gates
import Ledger
import Pipeline
import Registers
import Report
import Workspace

/// `totsugo decisions …`: the decisions of the gates' meetings, and their basis.
struct DecisionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decisions",
    abstract: .said("判定の決定の記録、一覧、条件の履行", "Decisions of the gates' meetings (判定の決定): enter, list, conditions met."),
    subcommands: [ListDecisions.self, RecordDecision.self, MeetCondition.self])

  struct ListDecisions: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("決定とその条件の一覧", "List the decisions, with their conditions."))

    @OptionGroup var options: RegisterOptions

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        try options.answer(
          GateDecision.listing(office.outline.gateTitles), dossier.decisions,
          withdrawn: dossier.withdrawn(GateDecision.register), language)
      }
    }
  }

  struct RecordDecision: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record",
      abstract: .said(
        "判定を行い、会議の決定を記録する。判定結果が許す決定だけを記録できる",
        "Judge a gate and enter what its meeting decided; the verdict must carry the decision."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("判定の名前または題名", "The gate: its name or its title.")) var gate: String
    @Option(
      help: .said(
        "approved（了承）、conditional（条件付き了承）、sent-back（差戻し）のどれか", "approved (了承), conditional (条件付き了承) or sent-back (差戻し)."
      )) var decision: Resolution
    @Option(help: .said("会議の開催日。YYYY-MM-DD", "When the meeting was held, YYYY-MM-DD.")) var held: DayArgument
    @Option(help: .said("条件。期限:担当:内容 の形で、繰り返し指定できる", "A condition, DATE:OWNER:TEXT; may be repeated.")) var condition:
      [ConditionArgument] = []
    @Option(help: .said("出席者。繰り返し指定できる", "Who was there; may be repeated.")) var attendee: [String] = []
    @Option(help: .said("議事録、またはその場所", "Minutes, or where they are.")) var minutes: String = ""
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { office, language, reading, now in
        let gate = try office.outline.gate(gate)
        let sitting = GateSitting(
          gate, decision, held: try held.past(), conditions: condition.map(\.condition), attendees: attendee,
          minutes: minutes)
        let (amendments, entered) = try office.enter(sitting, reading, by: person.by, at: now, language)
        let remarks = entered.remarks.map { "\n  " + $0.text(language) }.joined()
        return (
          amendments,
          language(
            "\(gate.title.ja) 第\(entered.sitting)回: 判定結果 \(entered.verdict.rawValue)、決定 \(decision.title.ja)（\(entered.id)）\n根拠 \(entered.basis)",
            "\(gate.title.en), sitting \(entered.sitting): verdict \(entered.verdict.rawValue), decision \(decision.title.en) (\(entered.id))\nrests on \(entered.basis)"
          ) + remarks
        )
      }
    }
  }

  struct MeetCondition: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "met",
      abstract: .said(
        "決定の条件が満たされたことを記録する。条件の担当者は記録できない", "Enter that a condition of a decision was met; not by its owner."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("決定の番号", "The decision's number.")) var decision: String
    @Argument(help: .said("条件の番号。1から数える", "The condition, from 1.")) var condition: Int
    @Option(help: .said("日付。YYYY-MM-DD", "When, YYYY-MM-DD.")) var on: DayArgument
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { dossier, _ in
        let amendment = try dossier.decision(decision).met(condition, on: try on.past(), by: person.by)
        return (
          amendment, { $0("\(decision) の条件\(condition)の履行を記録しました", "\(decision): condition \(condition) is met") }
        )
      }
    }
  }
}
