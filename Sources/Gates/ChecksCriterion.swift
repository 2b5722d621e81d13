import Definitions
import Evidence

/// `checks`: at most so many failed checks, of some severities or categories.
struct ChecksCriterion: Criterion {
  static let kind = "checks"
  static let keys = ["severities", "categories", "max-failed"]

  private let severities: [Severity]
  private let categories: [String]
  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max-failed")?.integer else { return nil }
    self.limit = limit
    severities = (map["severities"]?.list ?? []).compactMap { $0.choice(Severity.self) }
    categories = map["categories"]?.texts ?? []
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    let chosen = run.checks.filter { check in
      (severities.isEmpty || severities.contains(check.severity))
        && (categories.isEmpty || categories.contains(check.category))
    }
    let failed = chosen.filter { $0.status == .failed }.map(\.id)
    guard !chosen.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("0検査", "no check"), required: required,
        why: Bilingual("該当する検査がない", "there is no such check"))
    }
    let list = failed.prefix(12).joined(separator: ", ") + (failed.count > 12 ? " …" : "")
    return Judgement(
      failed.count <= limit ? .holds : .fails, actual: Bilingual("\(failed.count)件", "\(failed.count)"),
      required: required,
      why: failed.isEmpty
        ? Bilingual("\(chosen.count)検査に不合格なし", "none of \(chosen.count) checks failed")
        : Bilingual("不合格: \(list)", "failed: \(list)"))
  }
}

/// `inconclusive`: at most so many checks that were not run or could not be decided.
struct InconclusiveCriterion: Criterion {
  static let kind = "inconclusive"
  static let keys = ["max"]

  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max")?.integer else { return nil }
    self.limit = limit
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    let open = run.checks.filter { $0.status == .notRun }.map(\.id)
    let list = open.prefix(12).joined(separator: ", ") + (open.count > 12 ? " …" : "")
    return Judgement(
      open.count <= limit ? .holds : .fails, actual: Bilingual("\(open.count)件", "\(open.count)"), required: required,
      why: open.isEmpty
        ? Bilingual("全検査が実施済み", "every check was run and decided")
        : Bilingual("未判定: \(list)", "undecided: \(list)"))
  }
}
