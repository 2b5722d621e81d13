import Definitions
import Evidence
import Registers

/// `definitions`: mapping, checks and gates are those of the run that is judged.
struct DefinitionsCriterion: Criterion {
  static let kind = "definitions"
  static let keys: [String] = []

  init?(_ map: DefinitionMap) {}

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("実行時と同じ", "those of the run")
    guard let run = input.latest else { return .noRun(required: required) }
    let same = run.definitions == input.definitions
    return Judgement(
      same ? .holds : .fails, actual: same ? Bilingual("同じ", "the same") : Bilingual("変更あり", "changed"),
      required: required,
      why: same
        ? Bilingual("定義は実行後に変わっていない", "the definitions have not changed since the run")
        : Bilingual("実行後に定義が変わった。もう一度実行が必要", "the definitions changed after the run: run again"),
      since: same ? run.finished : "", blockers: [.definitions(run: run.run)])
  }
}
