import Definitions
import Evidence

/// `rejected`: at most so many records in quarantine.
struct RejectedCriterion: Criterion {
  static let kind = "rejected"
  static let keys = ["max"]

  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max")?.integer else { return nil }
    self.limit = limit
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    let count = run.records.rejected
    return Judgement(
      count <= limit ? .holds : .fails, actual: Bilingual("\(count)件", "\(count)"), required: required,
      why: Bilingual("読込\(run.records.read)件のうち拒否\(count)件", "\(count) of \(run.records.read) records were rejected"))
  }
}
