import Definitions
import Evidence

/// `classified`: at most so many differences of failed checks have no class yet (未分類).
struct ClassifiedCriterion: Criterion {
  static let kind = "classified"
  static let keys = ["max-unclassified"]

  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max-unclassified")?.integer else { return nil }
    self.limit = limit
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    let failed = run.checks.filter { $0.status == .failed }
    let open = failed.flatMap(\.groups).filter { input.classes[$0.signature] ?? .unclassified == .unclassified }
    // A failed check whose differences are not known in groups is unclassified as a whole.
    let whole = failed.filter(\.groups.isEmpty)
    let lines = open.reduce(0) { $0 + $1.lines } + whole.reduce(0) { $0 + max(1, $1.differences) }
    let names = (open.map(\.signature) + whole.map(\.id)).prefix(12).joined(separator: ", ")
    return Judgement(
      lines <= limit ? .holds : .fails, actual: Bilingual("\(lines)件", "\(lines)"), required: required,
      why: lines == 0
        ? Bilingual("未分類の不一致はない", "every difference has a class")
        : Bilingual("未分類: \(names)", "unclassified: \(names)"))
  }
}
