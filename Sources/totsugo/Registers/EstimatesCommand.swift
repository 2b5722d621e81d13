import ArgumentParser
import Base
import Ledger
import Office
import Registers
import Report

/// `totsugo estimates …`: 見積の妥当性評価.
struct EstimatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimates",
    abstract: "Estimate check (見積の妥当性評価): quoted amount against reference effort × standard unit price.",
    subcommands: [ListEstimates.self, AssessEstimate.self])

  struct ListEstimates: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the assessments as the annual report has them.")

    @OptionGroup var options: RegisterOptions

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        try options.answer(
          Estimate.listing, dossier.estimates, withdrawn: dossier.withdrawn(Estimate.register), language)
      }
    }
  }

  struct AssessEstimate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assess", abstract: "Enter an assessment from the five viewpoints: sound, doubtful or unsound each.")

    @OptionGroup var options: RegisterOptions
    @Option(help: "What is to be done for the money.") var title: String
    @Option(help: "Quoted amount in yen, without tax.") var amount: Int
    @Option(help: "Reference effort in person-months, LOW..HIGH, for example 1.2..2.8.") var effort: String
    @Option(help: "Standard unit price, yen a person-month.") var unitPrice: Int
    @Option(help: "機能.") var functions: Estimate.Assessment
    @Option(help: "成果物.") var deliverables: Estimate.Assessment
    @Option(help: "見積工数.") var hours: Estimate.Assessment
    @Option(help: "技術者単価.") var rate: Estimate.Assessment
    @Option(help: "見積総額.") var total: Estimate.Assessment
    @Option(help: "All in all.") var overall: Estimate.Assessment
    @Option(help: "Why; needed outside the reference, and where a viewpoint is not sound.") var note: String = ""
    @OptionGroup var person: PersonOption

    func run() throws {
      let bounds =
        effort.split(separator: ".", omittingEmptySubsequences: false).count >= 3 ? effort.ranges(of: "..") : []
      try options.enter(by: person.by) { _, language, reading, now in
        guard let middle = bounds.first else {
          throw Diagnostic(.optionValue, "--effort \(effort)", "LOW..HIGH")
        }
        let id = RecordNumber.next("E", after: try reading.ids(of: Estimate.register))
        let amendment = try Estimate.assess(
          id, title: title, amount: amount, effortLow: String(effort[..<middle.lowerBound]),
          effortHigh: String(effort[middle.upperBound...]), unitPrice: unitPrice,
          viewpoints: [
            .functions: functions, .deliverables: deliverables, .effort: hours, .rate: rate, .total: total,
          ], overall: overall, note: note, by: person.by, at: now)
        return ([amendment], language("見積 \(id) の評価を記録しました", "entered estimate \(id)"))
      }
    }
  }
}

extension Estimate.Assessment: ExpressibleByArgument {}
