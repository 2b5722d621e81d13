import ArgumentParser
import Commands
import Base
import Ledger
import Office
import Registers
import Report

/// `totsugo estimates …`: 見積の妥当性評価.
struct EstimatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimates",
    abstract: .said(
      "見積の妥当性評価。見積額を、基準工数×標準単価と比べる",
      "Estimate check (見積の妥当性評価): quoted amount against reference effort × standard unit price."),
    subcommands: [ListEstimates.self, AssessEstimate.self])

  struct ListEstimates: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("評価の一覧（年次報告の形）", "List the assessments as the annual report has them."))

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
      commandName: "assess",
      abstract: .said(
        "五つの観点からの評価を記録する。それぞれ妥当、要協議、不適切",
        "Enter an assessment from the five viewpoints: sound, doubtful or unsound each."))

    @OptionGroup var options: RegisterOptions
    @Option(help: .said("件名", "What is to be done for the money.")) var title: String
    @Option(help: .said("見積額（円、税抜き）", "Quoted amount in yen, without tax.")) var amount: Int
    @Option(
      help: .said(
        "基準工数（人月）。LOW..HIGH の形。例: 1.2..2.8", "Reference effort in person-months, LOW..HIGH, for example 1.2..2.8."))
    var effort: String
    @Option(help: .said("標準単価（円／人月）", "Standard unit price, yen a person-month.")) var unitPrice: Int
    @Option(help: .said("機能の評価", "Functions (機能).")) var functions: Estimate.Assessment
    @Option(help: .said("成果物の評価", "Deliverables (成果物).")) var deliverables: Estimate.Assessment
    @Option(help: .said("見積工数の評価", "Hours (見積工数).")) var hours: Estimate.Assessment
    @Option(help: .said("技術者単価の評価", "Rate of the engineers (技術者単価).")) var rate: Estimate.Assessment
    @Option(help: .said("見積総額の評価", "The total (見積総額).")) var total: Estimate.Assessment
    @Option(help: .said("総合評価", "All in all.")) var overall: Estimate.Assessment
    @Option(
      help: .said(
        "理由。基準の範囲外のとき、妥当でない観点があるときは必須", "Why; needed outside the reference, and where a viewpoint is not sound."))
    var note: String = ""
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
