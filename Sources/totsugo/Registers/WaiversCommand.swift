import Office
import Outline
import ArgumentParser
import Base
import Gates
import Ledger
import Pipeline
import Registers
import Report

/// `totsugo waivers …`: 適用除外: criteria that need not be met until a date.
struct WaiversCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waivers", abstract: "Waivers (適用除外) of a gate's criteria: reason, owner, approver, expiry.",
    subcommands: [ListWaivers.self, GrantWaiver.self, RevokeWaiver.self])

  struct ListWaivers: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the waivers.")

    @OptionGroup var options: RegisterOptions

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        try options.answer(
          Waiver.listing(on: dossier.today), dossier.waivers, withdrawn: dossier.withdrawn(Waiver.register), language)
      }
    }
  }

  struct GrantWaiver: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "grant",
      abstract:
        "Waive a criterion until a date, for what stands in its way now. What cannot be judged cannot be waived.")

    @OptionGroup var options: RegisterOptions
    @Argument(help: "The gate: its name or its title.") var gate: String
    @Argument(help: "The criterion, for example G1-03.") var criterion: String
    @Option(help: "Why.") var reason: String
    @Option(help: "Who answers for what follows from it.") var owner: String
    @Option(help: "Who approved it; neither the owner nor the one who enters it.") var approver: String
    @Option(help: "The last day on which it holds, YYYY-MM-DD.") var until: DayArgument
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { office, language, reading, now in
        let gate = try office.outline.gate(gate)
        guard gate.criteria.contains(where: { $0.id == criterion }) else {
          throw Dossier.unknown(criterion, gate.name, among: gate.criteria.map(\.id))
        }
        let judged = try office.decide(gate, Dossier(reading, today: Day.today()))
        guard let finding = judged.criteria.first(where: { $0.id == criterion && $0.verdict != .go && !$0.isUnknown })
        else {
          throw Diagnostic(.waiverHolds, at: Place(record: gate.name), criterion)
        }
        let id = RecordNumber.next("W", after: try reading.ids(of: Waiver.register))
        let amendment = try Waiver.grant(
          id, gate: gate.name, criterion: criterion, for: finding.scope, reason: reason, owner: owner,
          approver: approver,
          until: until.text, by: person.by, at: now)
        return ([amendment], language("適用除外 \(id) を記録しました", "entered waiver \(id)"))
      }
    }
  }

  struct RevokeWaiver: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Take a waiver back.")

    @OptionGroup var options: RegisterOptions
    @Argument(help: "The waiver's number.") var waiver: String
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { dossier, now in
        guard let found = dossier.waivers.first(where: { $0.id == waiver }) else {
          throw Dossier.unknown(waiver, "waivers", among: dossier.waivers.map(\.id))
        }
        return (found.revoked(by: person.by, at: now), { $0("\(waiver) を取り消しました", "revoked \(waiver)") })
      }
    }
  }
}
