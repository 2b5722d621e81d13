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

/// `totsugo waivers …`: 適用除外: criteria that need not be met until a date.
struct WaiversCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waivers",
    abstract: .said("判定基準の適用除外。理由、責任者、承認者、期限", "Waivers (適用除外) of a gate's criteria: reason, owner, approver, expiry."),
    subcommands: [ListWaivers.self, GrantWaiver.self, RevokeWaiver.self])

  struct ListWaivers: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("適用除外の一覧", "List the waivers."))

    @OptionGroup var options: RegisterOptions

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        try options.answer(
          Waiver.listing(on: dossier.today, office.outline.gateTitles), dossier.waivers,
          withdrawn: dossier.withdrawn(Waiver.register), language)
      }
    }
  }

  struct GrantWaiver: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "grant",
      abstract: .said(
        "いまの支障について、期限まで判定基準の適用を除く。判定できないものは除外できない",
        "Waive a criterion until a date, for what stands in its way now. What cannot be judged cannot be waived."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("判定の名前または題名", "The gate: its name or its title.")) var gate: String
    @Argument(help: .said("判定基準。例: G1-03", "The criterion, for example G1-03.")) var criterion: String
    @Option(help: .said("理由", "Why.")) var reason: String
    @Option(help: .said("結果に責任を持つ人", "Who answers for what follows from it.")) var owner: String
    @Option(help: .said("承認者。責任者でも記録する人でもない人", "Who approved it; neither the owner nor the one who enters it."))
    var approver: String
    @Option(help: .said("有効な最後の日。YYYY-MM-DD", "The last day on which it holds, YYYY-MM-DD.")) var until: DayArgument
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
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: .said("適用除外を取り消す", "Take a waiver back."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("適用除外の番号", "The waiver's number.")) var waiver: String
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
