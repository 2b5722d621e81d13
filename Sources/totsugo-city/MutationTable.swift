import Base
import Mutation
import Tables

/// The result of `mutate` as text: one line per mutation, then the missed ones, then the checks that caught nothing.
struct MutationTable {
  private let report: MutationReport
  private let words: Words
  private let terminal: Terminal
  private let seconds: Double

  init(_ report: MutationReport, _ language: Language, on terminal: Terminal, seconds: Double) {
    self.report = report
    words = Words(language: language)
    self.terminal = terminal
    self.seconds = seconds
  }

  var lines: [String] {
    var lines: [String] = []
    for city in report.clean {
      let alarms = city.alarms.isEmpty ? words("誤検知なし", "no alarm") : words("誤検知 ", "alarms: ") + Self.list(city.alarms)
      lines.append("\(words("正常データ", "clean")) \(city.name)  \(city.records)\(words("件", " records"))  \(alarms)")
    }
    lines.append("")
    lines += table.lines(words, on: terminal)
    for trial in report.missed {
      lines.append("\(words("検出漏れ", "MISSED")) \(trial.mutation) \(trial.place): \(words(trial.description))")
    }
    if !report.untried.isEmpty {
      lines.append(words("試せなかったもの: ", "no place found for: ") + report.untried.joined(separator: ", "))
    }
    lines.append(
      words("一度も検出しなかった検査 \(report.idle.count)", "checks that caught nothing: \(report.idle.count)")
        + (report.idle.isEmpty ? "" : "  " + report.idle.joined(separator: ", ")))
    let caught = report.trials.count - report.missed.count
    lines.append(
      words(
        "\(report.trials.count)回のうち検出・適法 \(caught)、検出漏れ \(report.missed.count)、誤検知 \(report.alarms)  \(Int(seconds.rounded()))秒",
        "\(report.trials.count) trials: \(caught) caught or legal, \(report.missed.count) missed, \(report.alarms) false alarms  \(Int(seconds.rounded())) s"
      ))
    return lines
  }

  private var table: Table {
    let frequency = report.trials.reduce(into: [String: Int]()) { counts, trial in
      for check in trial.caughtBy { counts[check, default: 0] += 1 }
    }
    var order: [String] = []
    var groups: [String: [MutationTrial]] = [:]
    for trial in report.trials {
      let key = trial.side.rawValue + trial.mutation
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(trial)
    }
    let rows = order.compactMap { key -> Table.Row? in
      guard let trials = groups[key], let first = trials.first else { return nil }
      let caught = trials.filter { $0.verdict != .missed }
      let verdict: Cell =
        first.side == .target
        ? .mark("\(caught.count)/\(trials.count)", caught.count == trials.count ? .good : .bad)
        : first.verdict == .accepted
          ? .mark(words("適法", "legal"), .good)
          : first.verdict == .caught ? .mark(words("検出", "caught"), .good) : .mark(words("漏れ", "MISSED"), .bad)
      let place = trials.count == 1 ? first.place : words("\(trials.count)か所", "\(trials.count) places")
      // Checks that catch few other mutations come first: they are the most specific.
      let checks = Set(trials.flatMap(\.caughtBy))
      let names = checks.sorted { (frequency[$0, default: 0], $0) < (frequency[$1, default: 0], $1) }
      return .init([
        .text(first.mutation), .text(words(first.description)), .text(place), verdict, .text(Self.list(names)),
      ])
    }
    return Table(
      "mutations", words("混入した誤り", "Defects"),
      [
        .init("id", words("番号", "Id"), .id), .init("defect", words("混入した誤り", "Defect")),
        .init("place", words("場所", "Where")), .init("verdict", words("検出", "Caught"), .mark),
        .init("checks", words("検出した検査", "Checks")),
      ], rows)
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(4).joined(separator: " ") + (names.count > 4 ? " +\(names.count - 4)" : "")
  }
}

/// The result of `mutate` as JSON.
struct MutationAnswer: Encodable {
  struct Trial: Encodable {
    let mutation: String
    let side: String
    let place: String
    let description: String
    let verdict: String
    let caughtBy: [String]
    let rejected: Int
  }

  let clean: [MutationReport.CleanCity]
  let trials: [Trial]
  let missed: Int
  let falseAlarms: Int
  let untried: [String]
  let idleChecks: [String]
  let seconds: Double

  init(_ report: MutationReport, _ language: Language, seconds: Double) {
    clean = report.clean
    trials = report.trials.map {
      Trial(
        mutation: $0.mutation, side: $0.side.rawValue, place: $0.place, description: $0.description.text(language),
        verdict: $0.verdict.rawValue, caughtBy: $0.caughtBy, rejected: $0.rejected)
    }
    missed = report.missed.count
    falseAlarms = report.alarms
    untried = report.untried
    idleChecks = report.idle
    self.seconds = seconds
  }
}
