import Base
import Definitions
import Evidence
import Registers

/// `rejected`: the largest number of records in quarantine.
struct RejectedCriterion: Criterion {
  static let kind = "rejected"
  static let keys = ["max"]

  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max")?.integer(atLeast: 0) else { return nil }
    self.limit = limit
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    guard run.records.read > 0 else {
      return Judgement(
        .unknown, actual: Bilingual("0件", "0"), required: required, why: Bilingual("1件も読んでいない", "no record was read"),
        blockers: [.run(run.run)])
    }
    let count = run.records.rejected
    return Judgement(
      count <= limit ? .holds : .fails, actual: Bilingual("\(count)件", "\(count)"), required: required,
      why: Bilingual("読込\(run.records.read)件のうち拒否\(count)件", "\(count) of \(run.records.read) records were rejected"),
      since: Since.runs(input.dossier.runs) { $0.records.rejected <= limit }, blockers: [.rejects(run: run.run)])
  }
}
