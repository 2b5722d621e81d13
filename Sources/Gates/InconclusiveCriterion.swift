import Base
import Definitions
import Evidence
import Registers

/// `inconclusive`: the largest number of checks that were not run or could not be decided.
struct InconclusiveCriterion: Criterion {
  static let kind = "inconclusive"
  static let keys = ["max"]

  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max")?.integer(atLeast: 0) else { return nil }
    self.limit = limit
  }

  private func open(_ run: RunRecord) -> [String] { run.unpassed.filter { $0.status == .notRun }.map(\.id) }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    guard !run.checks.isEmpty else { return .noCheck(in: run, required: required) }
    let open = open(run)
    let list = input.named(checks: open)
    return Judgement(
      open.count <= limit ? .holds : .fails, actual: Bilingual("\(open.count)件", "\(open.count)"), required: required,
      why: open.isEmpty
        ? Bilingual("全検査が実施済み", "every check was run and decided")
        : Bilingual("未判定: \(list.ja)", "undecided: \(list.en)"),
      since: Since.runs(input.dossier.runs) { self.open($0).count <= limit }, who: input.sections(of: open),
      blockers: open.map(Blocker.check))
  }
}
