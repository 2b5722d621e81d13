import Base
import Definitions
import Evidence
import Registers

/// `checks`: the largest number of failed checks, of some severities, categories or ids. With `explained-by` a failed
/// check does not count when every group of its differences has one of these classes (要因分類).
struct ChecksCriterion: Criterion {
  static let kind = "checks"
  static let keys = ["severities", "categories", "ids", "max-failed", "explained-by"]

  private let severities: [Severity]
  private let categories: [String]
  private let ids: [String]
  private let explanations: [DifferenceClass]
  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max-failed")?.integer(atLeast: 0) else { return nil }
    self.limit = limit
    severities = (map["severities"]?.list ?? []).compactMap { $0.choice(Severity.self) }
    categories = map["categories"]?.texts ?? []
    ids = map["ids"]?.texts ?? []
    let classes = DifferenceClass.allCases.filter { $0 != .unclassified }
    explanations = (map["explained-by"]?.list ?? []).compactMap { node in
      let choice = node.choice(DifferenceClass.self)
      // The class “unknown” explains nothing.
      if choice == .unclassified { node.wrong("U", classes.map(\.rawValue).joined(separator: ", ")) }
      return choice
    }
  }

  var checks: (ids: [String], categories: [String]) { (ids, categories) }

  func explanations(ofCheck id: String, category: String, severity: Severity) -> [DifferenceClass] {
    concerns(id, category, severity) ? explanations : []
  }

  private func concerns(_ check: RunRecord.Check) -> Bool { concerns(check.id, check.category, check.severity) }

  private func concerns(_ id: String, _ category: String, _ severity: Severity) -> Bool {
    (severities.isEmpty || severities.contains(severity)) && (categories.isEmpty || categories.contains(category))
      && (ids.isEmpty || ids.contains(id))
  }

  /// The checks whose groups of differences all have an explaining class.
  private func explained(_ run: RunRecord, _ input: GateInput) -> Set<String> {
    if explanations.isEmpty { return [] }
    var (grouped, open): (Set<String>, Set<String>) = ([], [])
    for group in run.groups {
      grouped.insert(group.check)
      let isExplained = input.dossier.classes[group.signature].map { explanations.contains($0.kind) } ?? false
      if !isExplained { open.insert(group.check) }
    }
    return grouped.subtracting(open)
  }

  private func failed(_ run: RunRecord, _ input: GateInput) -> [String] {
    let explained = explained(run, input)
    return run.unpassed.filter { $0.status == .failed && concerns($0) && !explained.contains($0.id) }.map(\.id)
  }

  private func undecided(_ run: RunRecord) -> [String] {
    run.unpassed.filter { $0.status == .notRun && concerns($0) }.map(\.id)
  }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    let chosen = run.checks.filter(concerns)
    let found = Set(chosen.map(\.id))
    let missing = ids.filter { !found.contains($0) }
    // An undecided check has not passed, whatever else this criterion allows.
    let undecided = undecided(run)
    let failed = failed(run, input)
    let excess = failed.count <= limit ? [] : failed
    guard !chosen.isEmpty, missing.isEmpty else {
      return Judgement(
        .unknown, actual: Bilingual("0検査", "no check"), required: required,
        why: GateInput.absent(Bilingual("該当する検査がない", "there is no such check"), missing),
        blockers: missing.isEmpty ? [.run(run.run)] : (missing + undecided + excess).map(Blocker.check))
    }
    let explained = chosen.filter { $0.status == .failed }.count - failed.count
    let warned = chosen.count { $0.status == .warned }
    let others = [
      explained == 0 ? nil : Bilingual("説明済\(explained)件", "\(explained) more explained"),
      warned == 0 ? nil : Bilingual("警告・了承済み\(warned)件", "\(warned) warn or are accepted"),
    ].compactMap(\.self)
    let added =
      others.isEmpty
      ? Bilingual("", "")
      : Bilingual(
        "（ほかに\(others.map(\.ja).joined(separator: "、"))）", " (\(others.map(\.en).joined(separator: ", ")))")
    // Failures within the limit are told only where nothing else stands in the way.
    let told = excess.isEmpty && undecided.isEmpty ? failed : excess
    let names = input.named(checks:)
    let open = [
      told.isEmpty ? nil : Bilingual("不合格: \(names(told).ja)", "failed: \(names(told).en)"),
      undecided.isEmpty
        ? nil : Bilingual("未判定: \(names(undecided).ja)", "undecided: \(names(undecided).en)"),
    ].compactMap(\.self)
    return Judgement(
      // A failure is known, whatever else could not be decided.
      !excess.isEmpty ? .fails : undecided.isEmpty ? .holds : .unknown,
      actual: undecided.isEmpty
        ? Bilingual("\(failed.count)件\(added.ja)", "\(failed.count)\(added.en)")
        : Bilingual(
          "不合格\(failed.count)件・未判定\(undecided.count)件\(added.ja)",
          "\(failed.count) failed, \(undecided.count) undecided\(added.en)"), required: required,
      why: open.isEmpty
        ? Bilingual("\(chosen.count)検査に不合格なし", "none of \(chosen.count) checks failed")
        : Bilingual(open.map(\.ja).joined(separator: "、"), open.map(\.en).joined(separator: "; ")),
      since: Since.runs(input.dossier.runs) { self.failed($0, input).count <= limit && self.undecided($0).isEmpty },
      who: input.sections(of: told + undecided), blockers: (told + undecided).map(Blocker.check))
  }
}
