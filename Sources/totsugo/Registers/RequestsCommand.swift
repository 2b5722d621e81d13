import ArgumentParser
import Base
import Ledger
import Office
import Pipeline
import Registers
import Report

/// `totsugo requests …`: 電算処理依頼: the disposition of the extracts that other sections receive from the host.
struct RequestsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requests",
    abstract: "Other sections' extract requests (電算処理依頼) when the host stops: re-homed, replaced or ended.",
    subcommands: [ListRequests.self, SettleRequest.self, ApproveRequest.self])

  struct ListRequests: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the extract requests and what becomes of them.")

    @OptionGroup var options: RegisterOptions
    @Option(help: "Only this section's (担当課).") var owner: String?
    @Option(help: "Only these: undecided, rehomed, replaced, ended.") var disposition: ExtractRequest.Disposition?
    @Flag(help: "Only those that are not settled: undecided, or not agreed by the section.") var open = false

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        let found = dossier.requests.filter {
          (owner == nil || $0.owner == owner) && (disposition == nil || $0.disposition == disposition)
            && (!open || !$0.isSettled)
        }
        try options.answer(
          ExtractRequest.listing(dossier.items), found, withdrawn: dossier.withdrawn(ExtractRequest.register), language)
      }
    }
  }

  struct SettleRequest: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "settle", abstract: "Say what becomes of an extract request (扱いを決める).")

    @OptionGroup var options: RegisterOptions
    @Argument(help: "The request's number.") var request: String
    @Argument(help: "rehomed (移管), replaced (代替), ended (廃止) or undecided (未定).")
    var disposition: ExtractRequest.Disposition
    @Option(help: "The system or procedure that gives it from now on.") var destination: String = ""
    @Option(help: "By when, YYYY-MM-DD.") var due: DayArgument?
    @Option(help: "A note.") var note: String?
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { dossier, _ in
        let amendment = try dossier.request(request).settled(
          disposition, destination: destination, due: due?.text, note: note, by: person.by)
        return (amendment, { $0("\(request) の扱いを記録しました", "settled \(request)") })
      }
    }
  }

  struct ApproveRequest: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve", abstract: "Enter that the section agrees (担当課の合意); not by the one who settled it.")

    @OptionGroup var options: RegisterOptions
    @Argument(help: "The requests' numbers.") var requests: [String]
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { _, language, reading, now in
        let dossier = try Dossier(reading, today: Day.today())
        let made = try requests.map { try dossier.request($0).approved(by: person.by, at: now) }
        return (made, language("\(made.count)件の合意を記録しました", "\(made.count) agreed"))
      }
    }
  }
}

extension ExtractRequest.Disposition: ExpressibleByArgument {}
