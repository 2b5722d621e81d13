import Definitions
import Evidence

/// `duration`: the run took at most so many seconds: the cut-over window less its margin.
struct DurationCriterion: Criterion {
  static let kind = "duration"
  static let keys = ["max-seconds"]

  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max-seconds")?.integer else { return nil }
    self.limit = limit
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)秒以内", "at most \(limit) s")
    guard let run = input.latest else { return .noRun(required: required) }
    // A part of a second counts as a whole one.
    let seconds = Int(run.seconds.rounded(.up))
    return Judgement(
      seconds <= limit ? .holds : .fails, actual: Bilingual("\(seconds)秒", "\(seconds) s"), required: required,
      why: Bilingual("実行 \(run.run) の所要時間", "time that run \(run.run) took"))
  }
}
