import Base
import Mutation

/// The result of `mutate` as text: one line per mutation, then the missed ones, then the checks that caught nothing.
struct MutationTable {
  private let report: MutationReport
  private let language: Language
  private let seconds: Double

  init(_ report: MutationReport, _ language: Language, seconds: Double) {
    self.report = report
    self.language = language
    self.seconds = seconds
  }

  private func word(_ ja: String, _ en: String) -> String { language == .japanese ? ja : en }

  var text: String {
    var lines: [String] = []
    for city in report.clean {
      let alarms = city.alarms.isEmpty ? word("誤検知なし", "no alarm") : word("誤検知 ", "alarms: ") + Self.list(city.alarms)
      lines.append("\(word("正常データ", "clean")) \(city.name)  \(city.records)\(word("件", " records"))  \(alarms)")
    }
    lines.append("")
    lines += table.lines
    for trial in report.missed {
      lines.append("\(word("検出漏れ", "MISSED")) \(trial.mutation) \(trial.place): \(trial.description.text(language))")
    }
    if !report.untried.isEmpty {
      lines.append(word("試せなかったもの: ", "no place found for: ") + report.untried.joined(separator: ", "))
    }
    lines.append(
      word("一度も検出しなかった検査 \(report.idle.count)", "checks that caught nothing: \(report.idle.count)")
        + (report.idle.isEmpty ? "" : "  " + report.idle.joined(separator: ", ")))
    let caught = report.trials.count - report.missed.count
    lines.append(
      word(
        "\(report.trials.count)回のうち検出・適法 \(caught)、検出漏れ \(report.missed.count)、誤検知 \(report.alarms)  \(Int(seconds.rounded()))秒",
        "\(report.trials.count) trials: \(caught) caught or legal, \(report.missed.count) missed, \(report.alarms) false alarms  \(Int(seconds.rounded())) s"
      ))
    return lines.joined(separator: "\n")
  }

  private var table: TextTable {
    var table = TextTable(
      [
        word("番号", "id"), word("混入した誤り", "defect"), word("場所", "where"), word("検出", "caught"),
        word("検出した検査", "checks"),
      ])
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
    for key in order {
      guard let trials = groups[key], let first = trials.first else { continue }
      let caught = trials.filter { $0.verdict != .missed }
      let verdict =
        first.side == .target
        ? "\(caught.count)/\(trials.count)"
        : first.verdict == .accepted
          ? word("適法", "legal") : first.verdict == .caught ? word("検出", "caught") : word("漏れ", "MISSED")
      let place = trials.count == 1 ? first.place : word("\(trials.count)か所", "\(trials.count) places")
      // Checks that catch few other mutations come first: they are the most specific.
      let checks = Set(trials.flatMap(\.caughtBy))
      let names = checks.sorted { (frequency[$0, default: 0], $0) < (frequency[$1, default: 0], $1) }
      table.add([first.mutation, first.description.text(language), place, verdict, Self.list(names)])
    }
    return table
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
