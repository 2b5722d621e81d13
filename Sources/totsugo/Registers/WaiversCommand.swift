import ArgumentParser
import Base
import Gates
import Ledger
import Office
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

    private struct Row: Encodable {
      let id: String
      let gate: String
      let criterion: String
      let reason: String
      let owner: String
      let approver: String
      let until: String
      let inForce: Bool
    }

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        let rows = dossier.waivers.map {
          Row(
            id: $0.id, gate: $0.gate, criterion: $0.criterion, reason: $0.reason, owner: $0.owner,
            approver: $0.approver, until: $0.until, inForce: $0.holds(on: dossier.today))
        }
        try options.answer(rows, withdrawn: dossier.withdrawn(Waiver.register), language) {
          var table = TextTable(
            language == .japanese
              ? ["番号", "判定", "基準", "有効", "期限", "責任者", "承認者", "理由"]
              : ["no.", "gate", "criterion", "in force", "until", "owner", "approver", "reason"])
          for row in rows {
            table.add([
              row.id, row.gate, row.criterion, row.inForce ? language("有効", "yes") : language("失効", "no"), row.until,
              row.owner, row.approver, row.reason,
            ])
          }
          return table
        }
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
