import Definitions
import Evidence

/// `complete`: the latest run came to its end, with every file, and nothing was left out or refused.
struct CompleteCriterion: Criterion {
  static let kind = "complete"
  static let keys: [String] = []

  init?(_ map: DefinitionMap) {}

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("全ファイル", "all files")
    guard let run = input.latest else { return .noRun(required: required) }
    let refused = run.files.filter { $0.refused != nil }.map(\.file)
    let left = run.checks.filter { $0.why.en.contains("--only") }.count
    let done = run.files.count - refused.count
    let holds = refused.isEmpty && left == 0 && done > 0
    return Judgement(
      holds ? .holds : .fails, actual: Bilingual("\(done)ファイル", "\(done) files"), required: required,
      why: holds
        ? Bilingual("実行 \(run.run) が完了", "run \(run.run) is complete")
        : !refused.isEmpty
          ? Bilingual(
            "移行できないファイル: \(refused.joined(separator: "、"))", "files not migrated: \(refused.joined(separator: ", "))")
          : Bilingual("一部の業務だけの実行", "the run left subsystems out"))
  }
}
