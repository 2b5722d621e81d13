import ArgumentParser
import Commands
import Base
import Ledger
import Office
import Registers
import Report

/// `totsugo hours …`: 業務別バッチ処理時間: the old system's times beside those measured for the new one.
struct HoursCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hours",
    abstract: .said(
      "業務別バッチ処理時間。旧システムの時間と、新システムの実測",
      "Batch hours (バッチ処理時間) by business: the old system's, and the new one's as measured."),
    subcommands: [ListHours.self, MeasureBatch.self])

  struct ListHours: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: .said("一年の処理時間を業務ごとに比べる", "Compare the hours of a year, business by business."))

    @OptionGroup var options: RegisterOptions

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        try options.answer(
          BatchHours.listing, dossier.hours, withdrawn: dossier.withdrawn(BatchRun.register), language)
      }
    }
  }

  struct MeasureBatch: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "measure",
      abstract: .said(
        "新システムのバッチ処理の所要時間と年間の回数を記録する", "Enter what a batch job of the new system took, and how often it runs in a year."
      ))

    @OptionGroup var options: RegisterOptions
    @Argument(help: .said("`hours list` に出る業務", "The business, as `hours list` names it.")) var business: String
    @Option(help: .said("処理の名前", "The job.")) var job: String
    @Option(help: .said("実行した日。YYYY-MM-DD", "When it ran, YYYY-MM-DD.")) var day: DayArgument
    @Option(help: .said("所要時間（秒）", "What it took, in seconds.")) var seconds: Int
    @Option(help: .said("年間の実行回数", "How often it runs in a year.")) var timesAYear: Int
    @OptionGroup var person: PersonOption

    func run() throws {
      try options.enter(by: person.by) { _, language, reading, _ in
        let businesses = try reading.records(Business.self).map(\.id)
        guard businesses.contains(business) else { throw Dossier.unknown(business, "hours", among: businesses) }
        let id = RecordNumber.next("B", after: try reading.ids(of: BatchRun.register))
        let amendment = try BatchRun.measured(
          id, business: business, job: job, day: try day.past(), seconds: seconds, timesAYear: timesAYear, by: person.by
        )
        return ([amendment], language("\(business) \(job) の処理時間を記録しました", "entered \(business) \(job)"))
      }
    }
  }
}
