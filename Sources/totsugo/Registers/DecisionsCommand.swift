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
        // A decision depends on the whole ledger, so registers that differ from their entries must not carry one. The
        // findings are those of `ledger verify`, including evidence.
        if let finding = try (reading.verify() + office.workspace.verifyEvidence(reading)).first {
          throw Diagnostic(.ledgerTampered, at: Place(file: office.workspace.path), finding.text.text(language))
        }
        let dossier = try Dossier(reading, today: Day.today())
        let judged = try office.decide(gate, dossier)
        let sitting = (dossier.decisions.filter { $0.gate == gate.name }.map(\.sitting).max() ?? 0) + 1
        let id = RecordNumber.next("D", after: try reading.ids(of: GateDecision.register))
        let meeting = RecordNumber.next("M", after: try reading.ids(of: Meeting.register))
        let conditions = condition.map(\.condition)
        let basis = office.basis(of: judged, ledger: dossier.head)
        let entered = try GateDecision.record(
          id, sitting: sitting, basis, decision: decision, permitted: judged.verdict.permits, conditions: conditions,
          meeting: meeting, held: try held.past(), by: person.by, at: now)
        let session = try Meeting.record(
          meeting, kind: .gate, held: held.text, title: "\(gate.title.ja) 第\(sitting)回", agenda: [gate.title.ja],
          attendees: attendee, minutes: minutes, decision: decision, conditions: conditions, by: person.by)
        let remarks = dossier.remarks.map { "\n  " + $0.text(language) }.joined()
        return (
          [session, entered],
          language(
            "\(gate.title.ja) 第\(sitting)回: 判定結果 \(judged.verdict.rawValue)、決定 \(decision.title.ja)（\(id)）\n根拠 \(basis.digest)",
            "\(gate.title.en), sitting \(sitting): verdict \(judged.verdict.rawValue), decision \(decision.title.en) (\(id))\nrests on \(basis.digest)"
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
