import ArgumentParser
import Tables
import Base
import Ledger
import Office
import Records
import Registers
import Report

/// `totsugo hours …`: 業務別バッチ処理時間: the old system's times beside those measured for the new one.
struct HoursCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hours",
    abstract: "Batch hours (バッチ処理時間) by business: the old system's, and the new one's as measured.",
    subcommands: [ListHours.self, MeasureBatch.self])

  struct ListHours: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Compare the hours of a year, business by business.")

    @OptionGroup var options: RegisterOptions

    private struct Row: Encodable {
      let id: String
      let title: String
      let replaced: Bool
      let oldHours: Int
      let newSeconds: Int?
      let jobs: [Job]

      struct Job: Encodable {
        let job: String
        let day: String
        let seconds: Int
        let timesAYear: Int
      }
    }

    func run() throws {
      try options.run { office, language in
        let dossier = try office.dossier()
        let found = dossier.hours
        let rows = found.map { hours in
          Row(
            id: hours.business.id, title: hours.business.title.text(language), replaced: hours.business.isReplaced,
            oldHours: hours.business.hours, newSeconds: hours.secondsAYear,
            jobs: hours.jobs.map {
              Row.Job(job: $0.job, day: $0.day, seconds: $0.seconds, timesAYear: $0.timesAYear)
            })
        }
        try options.answer(rows, withdrawn: dossier.withdrawn(BatchRun.register), language) {
          var table = TextTable(
            language == .japanese
              ? ["業務", "名称", "更改対象", "旧（時間/年）", "新（時間/年）", "新/旧", "測定した処理"]
              : ["business", "title", "replaced", "old (h/year)", "new (h/year)", "new/old", "jobs measured"],
            rightAligned: [3, 4, 5, 6])
          for hours in found {
            let old = hours.business.hours
            let new = hours.secondsAYear
            let ratio = new.flatMap {
              old > 0 ? Self.tenths($0 * 100, of: old * 3600, Words(language: language)) + "%" : nil
            }
            let unknown = hours.business.isReplaced ? language("未測定", "not measured") : "–"
            table.add([
              hours.business.id, hours.business.title.text(language),
              hours.business.isReplaced ? language("対象", "yes") : language("対象外", "no"),
              Words(language: language).number(old),
              new.map { Self.tenths($0, of: 3600, Words(language: language)) } ?? unknown, ratio ?? "–",
              String(hours.jobs.count),
            ])
          }
          return table
        }
      }
    }

    /// A quotient to one decimal place, half up.
    private static func tenths(_ number: Int, of unit: Int, _ words: Words) -> String {
      let tenths = (number * 10 + unit / 2) / unit
      return "\(words.number(tenths / 10)).\(tenths % 10)"
    }
  }

  struct MeasureBatch: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "measure",
      abstract: "Enter what a batch job of the new system took, and how often it runs in a year.")

    @OptionGroup var options: RegisterOptions
    @Argument(help: "The business, as `hours list` names it.") var business: String
    @Option(help: "The job.") var job: String
    @Option(help: "When it ran, YYYY-MM-DD.") var day: DayArgument
    @Option(help: "What it took, in seconds.") var seconds: Int
    @Option(help: "How often it runs in a year.") var timesAYear: Int
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
