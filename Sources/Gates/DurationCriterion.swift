import Definitions
import Evidence
import Registers

/// `duration`: the latest run fits the cut-over window with a margin: it took at most `window-seconds` less
/// `margin-percent` of them.
struct DurationCriterion: Criterion {
  static let kind = "duration"
  static let keys = ["window-seconds", "margin-percent"]

  /// Seconds: the window less its margin.
  let limit: Int

  init?(_ map: DefinitionMap) {
    guard let window = map.required("window-seconds")?.integer else { return nil }
    var margin = 0
    if let node = map["margin-percent"], let percent = node.integer {
      if !(0..<100).contains(percent) { node.wrong("\(percent)", "0 to 99") }
      margin = percent
    }
    // Of the margin a part of a second counts as a whole one.
    limit = window - (window * margin + 99) / 100
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)秒以内", "at most \(limit) s")
    guard let run = input.latest else { return .noRun(required: required) }
    let seconds = Self.seconds(run)
    return Judgement(
      seconds <= limit ? .holds : .fails, actual: Bilingual("\(seconds)秒", "\(seconds) s"), required: required,
      why: Bilingual("実行 \(run.run) の所要時間", "time that run \(run.run) took"),
      since: Since.runs(input.dossier.runs) { Self.seconds($0) <= limit })
  }

  private static func seconds(_ run: RunRecord) -> Int { (run.milliseconds + 999) / 1000 }
}

extension Gate {
  /// Seconds that the latest run may take; `nil` where no criterion says it.
  package var secondsAllowed: Int? {
    for case let criterion as DurationCriterion in criteria.map(\.criterion) { return criterion.limit }
    return nil
  }
}
