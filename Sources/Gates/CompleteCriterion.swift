import Base
import Definitions
import Evidence
import Registers

/// `complete`: the latest run ended, with every file, and nothing was left out or refused; no later run broke off. With
/// `stage: production` it must be the migration of the production data (本番データ移行).
struct CompleteCriterion: Criterion {
  static let kind = "complete"
  static let keys = ["stage"]

  private let stage: RunRecord.Stage?

  init?(_ map: DefinitionMap) { stage = map["stage"]?.choice(RunRecord.Stage.self) }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required =
      stage == .production
      ? Bilingual("本番データの全ファイル", "all files of the production data") : Bilingual("全ファイル", "all files")
    guard let run = input.latest else { return .noRun(required: required) }
    if let broken = Self.brokenOff(input, run, required: required) { return broken }
    if stage == .production, let rehearsal = input.dossier.runs.first(where: { isRehearsal($0, of: run) }) {
      return Judgement(
        .fails, actual: Bilingual("リハーサルのもの", "that of a rehearsal"), required: required,
        why: Bilingual(
          "実行 \(run.run) は、リハーサル（実行 \(rehearsal.run)）と同じファイル、同じ移行先を突合しただけである",
          "run \(run.run) only verified what rehearsal \(rehearsal.run) had: the same files, the same target"),
        since: .at(run.finished), blockers: [.run(run.run)])
    }
    let done = run.files - run.refused.count
    // Rehearsing with production data is allowed. Rehearsal data declared as production looks the same, so it is
    // reported.
    let same =
      run.stage == .production
      ? input.dossier.runs.first { $0.stage == .rehearsal && $0.run != run.run && run.readsWhat($0) } : nil
    let model =
      same.map { Bilingual("、リハーサル \($0.run) と同じデータ", ", the data of rehearsal \($0.run)") } ?? Bilingual("", "")
    let actual = Bilingual(
      "\(done)ファイル（\(run.stage.title.ja)\(model.ja)）", "\(done) files (\(run.stage.title.en)\(model.en))")
    let refused = GateInput.list(run.refused)
    let why =
      !run.refused.isEmpty
      ? Bilingual("移行できないファイル: \(refused)", "files not migrated: \(refused)")
      : !run.leftOut.isEmpty
        ? Bilingual(
          "一部の業務だけの実行（除外: \(GateInput.list(run.leftOut))）",
          "the run left subsystems out: \(GateInput.list(run.leftOut))")
        : holds(run)
          ? Bilingual("実行 \(run.run) が完了", "run \(run.run) is complete")
          : Bilingual("最新の実行は\(run.stage.title.ja)である", "the latest run is a \(run.stage.title.en)")
    return Judgement(
      holds(run) ? .holds : .fails, actual: actual, required: required, why: why,
      since: Since.runs(input.dossier.runs, holds), blockers: blockers(run))
  }

  private static func brokenOff(_ input: GateInput, _ run: RunRecord, required: Bilingual) -> Judgement? {
    guard let broken = input.dossier.brokenOff else { return nil }
    return Judgement(
      .unknown, actual: Bilingual("実行 \(broken.run) が途中", "run \(broken.run) broke off"), required: required,
      why: Bilingual(
        "実行 \(run.run) の後の実行 \(broken.run) が終わりまで行っていない。移行先がどうなったか分からない。実行し直す",
        "run \(broken.run), after run \(run.run), did not come to its end: nobody knows what it did to the target; run anew"
      ),
      since: .at(broken.started), blockers: [.run(broken.run)])
  }

  /// The finding of a gate that does not require a complete run, when a run broke off after the judged one; otherwise
  /// `nil`.
  static func builtIn(_ input: GateInput, asked: Bool) -> Decision.Finding? {
    let required = Bilingual("途中の実行がない", "no run that broke off")
    guard !asked, let run = input.latest, let found = brokenOff(input, run, required: required) else { return nil }
    return Decision.Finding(
      id: "COMPLETE", title: Bilingual("最新の実行が終わりまで行った", "The latest run came to its end"), verdict: .noGo,
      actual: found.actual, required: required, isUnknown: true, scope: ApprovedScope(), severity: .s1, why: found.why,
      since: found.since, who: found.who ?? input.organiser, blockers: found.blockers, waiver: nil)
  }

  /// Whether a verification declared as production examined only data that a rehearsal had loaded or verified.
  private func isRehearsal(_ rehearsal: RunRecord, of run: RunRecord) -> Bool {
    run.command == "reconcile" && run.stage == .production && rehearsal.stage == .rehearsal
      && rehearsal.target == run.target && rehearsal.readsWhat(run)
  }

  private func blockers(_ run: RunRecord) -> [Blocker] {
    let isOther = run.files == 0 || (stage != nil && run.stage != stage)
    return run.refused.map(Blocker.file) + run.leftOut.map(Blocker.subsystem) + (isOther ? [.run(run.run)] : [])
  }

  private func holds(_ run: RunRecord) -> Bool {
    run.refused.isEmpty && run.leftOut.isEmpty && run.files > 0 && (stage == nil || run.stage == stage)
  }
}
