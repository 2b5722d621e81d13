import ArgumentParser
import Commands
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
    abstract: .said(
      "汎用機の停止に伴う、他課の電算処理依頼の扱い（移管、代替、廃止）",
      "Other sections' extract requests (電算処理依頼) when the host stops: re-homed, replaced or ended."),
    subcommands: [ListRequests.self, SettleRequest.self, ApproveRequest.self])

  struct ListRequests: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("電算処理依頼と、その扱いの一覧", "List the extract requests and what becomes of them."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("この担当課だけ", "Only this section's (担当課).")) var owner: String?
    @Option(
      help: .said(
        "これだけ。undecided（未定）、rehomed（移管）、replaced（代替）、ended（廃止）", "Only these: undecided, rehomed, replaced, ended."))
    var disposition: ExtractRequest.Disposition?
    @Flag(
      help: .said("未定、または担当課の合意がまだのものだけ", "Only those that are not settled: undecided, or not agreed by the section."))
    var open = false

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
      commandName: "settle", abstract: .said("電算処理依頼の扱いを決める", "Say what becomes of an extract request (扱いを決める)."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("依頼の番号", "The request's number.")) var request: String
    @Argument(
      help: .said(
        "rehomed（移管）、replaced（代替）、ended（廃止）、undecided（未定）のどれか",
        "rehomed (移管), replaced (代替), ended (廃止) or undecided (未定)."))
    var disposition: ExtractRequest.Disposition
    @Option(help: .said("今後それを出すシステムや手順", "The system or procedure that gives it from now on.")) var destination:
      String = ""
    @Option(help: .said("期限。YYYY-MM-DD", "By when, YYYY-MM-DD.")) var due: DayArgument?
    @Option(help: .said("備考", "A note.")) var note: String?
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
      commandName: "approve",
      abstract: .said(
        "担当課の合意を記録する。扱いを決めた人は記録できない", "Enter that the section agrees (担当課の合意); not by the one who settled it."))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("依頼の番号", "The requests' numbers.")) var requests: [String]
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
