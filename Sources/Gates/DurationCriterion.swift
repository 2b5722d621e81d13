import Base
import Foundation
import Definitions
import Registers

/// `duration`: the latest migration (`run`, not `reconcile`) fits the cut-over window with a margin: it took at most
/// `window-seconds` less `margin-percent` of them. A resumed run took the time from its first start to its end. A run
/// that left something out, or read other files than the latest run, does not measure the whole migration.
struct DurationCriterion: Criterion {
  static let kind = "duration"
  static let keys = ["window-seconds", "margin-percent"]

  /// Seconds: the window less its margin.
  let limit: Int

  init?(_ map: DefinitionMap) {
    // No cut-over takes longer than a year.
    guard let window = map.required("window-seconds")?.integer(in: 1...31_622_400) else { return nil }
    let margin = map["margin-percent"]?.integer(in: 0...99) ?? 0
    // A fraction of a second of the margin counts as a whole second.
    limit = window - (window * margin + 99) / 100
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let most = Self.words(milliseconds: limit * 1000)
    let required = Bilingual("\(most.ja)以内", "at most \(most.en)")
    // A verification of a target that another program loaded takes another time than the migration.
    let migrations = input.dossier.runs.filter { $0.command == "run" }
    guard let run = migrations.last else { return .noRun(required: required) }
    let actual = Self.words(milliseconds: Self.milliseconds(run))
    if let latest = input.latest, !run.readsWhat(latest) {
      return Judgement(
        .unknown, actual: actual, required: required,
        why: Bilingual(
          "判定する実行 \(latest.run) と、所要時間の分かる移行（実行 \(run.run)）とでファイルが違う",
          "run \(latest.run), which is judged, read other files than the migration whose time is known, run \(run.run)"),
        blockers: [.run(run.run)])
    }
    guard let isInTime = isInTime(run) else {
      return Judgement(
        .unknown, actual: actual, required: required,
        why: Bilingual(
          "実行 \(run.run) は一部だけの移行で、全体の所要時間が分からない",
          "run \(run.run) left something out: nobody knows how long the whole takes"),
        blockers: [.run(run.run)])
    }
    return Judgement(
      isInTime ? .holds : .fails,
      actual: actual, required: required,
      why: Bilingual("実行 \(run.run) の所要時間", "time that run \(run.run) took"),
      since: Since.runs(migrations, self.isInTime), blockers: [.run(run.run)])
  }

  /// `nil` when the run did not include everything.
  private func isInTime(_ run: RunRecord) -> Bool? {
    run.leftOut.isEmpty && run.refused.isEmpty && run.isOfEverything ? Self.seconds(run) <= limit : nil
  }

  /// The duration, rounded up to a second.
  private static func seconds(_ run: RunRecord) -> Int { (milliseconds(run) + 999) / 1000 }

  /// The duration, from the first start when that is longer: the clock has whole seconds.
  private static func milliseconds(_ run: RunRecord) -> Int {
    max(run.milliseconds, ((run.secondsFromStart ?? 0) - 1) * 1000)
  }

  /// A duration as every paper tells it, and from a minute on the exact seconds, by which it is decided.
  private static func words(milliseconds: Int) -> Bilingual {
    let seconds = Double(milliseconds) / 1000
    func exact(_ language: Language) -> String {
      if milliseconds < 60_000 { return "" }
      let number = seconds.formatted(
        .number.grouping(.never).precision(.fractionLength(0...3)).locale(Locale(identifier: "en_US_POSIX")))
      return language == .japanese ? "（\(number)秒）" : " (\(number) s)"
    }
    return Bilingual(
      Language.japanese.duration(seconds) + exact(.japanese), Language.english.duration(seconds) + exact(.english))
  }
}

extension Gate {
  /// The largest duration of the latest run in seconds; `nil` when no criterion sets it.
  package var secondsAllowed: Int? {
    for case let criterion as DurationCriterion in criteria.map(\.criterion) { return criterion.limit }
    return nil
  }
}
