import Base
import Definitions
import Evidence
import Registers

/// `definitions`: mapping, checks and gates are those of the judged run.
struct DefinitionsCriterion: Criterion {
  static let kind = "definitions"
  static let keys: [String] = []

  init?(_ map: DefinitionMap) {}

  /// The finding of a gate that does not require it, when the definitions differ from those of the run; `nil` when they
  /// are the same.
  static func builtIn(_ input: GateInput, asked: Bool) -> Decision.Finding? {
    guard !asked, let run = input.latest, run.definitions != input.definitions else { return nil }
    let word = Bilingual("定義が実行時と同じ", "Definitions are those of the run")
    return Decision.Finding(
      id: "DEFINITIONS", title: word, verdict: .noGo, actual: Bilingual("変更あり", "changed"),
      required: Bilingual("実行時と同じ", "those of the run"), scope: ApprovedScope(), severity: .s1,
      why: Bilingual("実行後に定義が変わった。もう一度実行が必要", "the definitions changed after the run: run again"), since: after(run),
      who: input.organiser, blockers: [.definitions(run: run.run)], waiver: nil)
  }

  /// A file does not tell when it was changed: only that it was after the run.
  private static func after(_ run: RunRecord) -> Since {
    .because(Bilingual("実行 \(run.run) の後", "after run \(run.run)"))
  }

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
      since: same ? .at(run.finished) : Self.after(run), blockers: [.definitions(run: run.run)])
  }
}
