import Definitions
import Evidence

/// `rehearsals`: at least so many runs came to their end.
struct RehearsalsCriterion: Criterion {
  static let kind = "rehearsals"
  static let keys = ["min"]

  private let minimum: Int

  init?(_ map: DefinitionMap) {
    guard let minimum = map.required("min")?.integer else { return nil }
    self.minimum = minimum
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let count = input.runs.count
    return Judgement(
      count >= minimum ? .holds : .fails, actual: Bilingual("\(count)回", "\(count)"),
      required: Bilingual("\(minimum)回以上", "at least \(minimum)"),
      why: Bilingual("完了した実行 \(count)回", "\(count) runs came to their end"))
  }
}
