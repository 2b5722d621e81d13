import Base
import Definitions
import Evidence
import Registers

/// `rehearsals`: the smallest number of complete runs, of one stage or of any. Its blockers are the runs of that stage
/// that do not count; too small a number of runs has no name.
///
/// A repetition is not another rehearsal: a run of the same files on the same day, or a verification (`reconcile`) of a
/// target that an earlier run loaded from the same files.
struct RehearsalsCriterion: Criterion {
  static let kind = "rehearsals"
  static let keys = ["min", "stage"]

  private let minimum: Int
  private let stage: RunRecord.Stage?

  init?(_ map: DefinitionMap) {
    guard let minimum = map.required("min")?.integer(atLeast: 1) else { return nil }
    self.minimum = minimum
    stage = map["stage"]?.choice(RunRecord.Stage.self)
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(minimum)回以上", "at least \(minimum)")
    guard input.latest != nil else { return .noRun(required: required) }
    let candidates = input.dossier.runs.filter { stage == nil || $0.stage == stage }
    var runs: [RunRecord] = []
    for run in candidates where isWhole(run) && !runs.contains(where: { run.repeats($0) }) { runs.append(run) }
    let count = runs.count
    return Judgement(
      count >= minimum ? .holds : .fails, actual: Bilingual("\(count)回", "\(count)"),
      required: required,
      why: Bilingual(
        "完了した実行 \(count)回（同じことの繰返しは数えない）", "\(count) runs came to their end, repetitions not counted"),
      since: .from(count >= minimum ? runs[minimum - 1].finished : input.dossier.runs.first?.finished),
      blockers: candidates.filter { candidate in !runs.contains { $0.run == candidate.run } }.map { .run($0.run) })
  }

  private func isWhole(_ run: RunRecord) -> Bool { run.leftOut.isEmpty && run.refused.isEmpty && run.isOfEverything }
}

extension RunRecord {
  /// Whether it repeats an earlier run.
  fileprivate func repeats(_ other: RunRecord) -> Bool {
    guard readsWhat(other) else { return false }
    if command == "reconcile", target == other.target { return true }
    return Day.of(started) == Day.of(other.started)
  }
}
