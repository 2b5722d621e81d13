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

    private struct Row: Encodable {
      let id: String
      let owner: String
      let title: String
      let frequency: String
      let disposition: String
      let destination: String
      let due: String
      let settled: Bool
      let approver: String
      let items: [Item]
      let note: String

      struct Item: Encodable {
        let id: String
        let state: String
      }
    }

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        let found = dossier.requests.filter {
          (owner == nil || $0.owner == owner) && (disposition == nil || $0.disposition == disposition)
            && (!open || !$0.isSettled)
        }
        let standings = Dictionary(dossier.items.map { ($0.item.id, $0) }) { first, _ in first }
        let rows = found.map { request in
          Row(
            id: request.id, owner: request.owner, title: request.title.text(language),
            frequency: request.frequency.rawValue, disposition: request.disposition.rawValue,
            destination: request.destination, due: request.due, settled: request.isSettled,
            approver: request.approver,
            items: request.items.map { Row.Item(id: $0, state: standings[$0]?.state.rawValue ?? "") },
            note: request.note)
        }
        try options.answer(rows, withdrawn: dossier.withdrawn(ExtractRequest.register), language) {
          var table = TextTable(
            language == .japanese
              ? ["番号", "担当課", "依頼", "周期", "扱い", "移行先・代替", "期限", "合意", "テスト項目"]
              : ["no.", "section", "request", "how often", "becomes", "of or by", "due", "agreed by", "test items"])
          for request in found {
            let items = request.items.map { "\($0) \(standings[$0]?.title.text(language) ?? "?")" }
            table.add([
              request.id, request.owner, request.title.text(language), request.frequency.title.text(language),
              request.disposition.title.text(language), request.destination.isEmpty ? "–" : request.destination,
              request.due.isEmpty ? "–" : request.due, request.approver.isEmpty ? "–" : request.approver,
              items.isEmpty ? "–" : items.joined(separator: ", "),
            ])
          }
          return table
        }
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
