import Base
import Definitions
import Evidence
import Registers

/// `classified`: the largest number of differences of failed checks without a class (未分類).
struct ClassifiedCriterion: Criterion {
  static let kind = "classified"
  static let keys = ["max-unclassified"]

  private let limit: Int

  init?(_ map: DefinitionMap) {
    guard let limit = map.required("max-unclassified")?.integer(atLeast: 0) else { return nil }
    self.limit = limit
  }

  /// The classifications that were approved for fewer differences.
  private func outgrown(_ input: GateInput) -> Bilingual {
    let words = input.dossier.outgrown.map(\.words)
    if words.isEmpty { return Bilingual("", "") }
    return Bilingual(
      "（\(GateInput.list(words.map(\.ja)))）", " (\(GateInput.list(words.map(\.en))))")
  }

  private static func groups(_ count: Int) -> String { count == 1 ? "1 group" : "\(count) groups" }

  func judge(_ input: GateInput, gate: String) -> Judgement {
    let required = Bilingual("\(limit)件以下", "at most \(limit)")
    guard let run = input.latest else { return .noRun(required: required) }
    guard !run.checks.isEmpty else { return .noCheck(in: run, required: required) }
    let open = run.groups.filter { input.dossier.classes[$0.signature]?.kind ?? .unclassified == .unclassified }
    let lines = open.reduce(0) { $0 + $1.lines }
    let names = input.named(checks: open.map(\.check).reduce(into: []) { if $0.last != $1 { $0.append($1) } })
    let signatures = Set(run.groups.map(\.signature))
    let last = input.dossier.classes.values.filter { signatures.contains($0.signature) }.map(\.at).max() ?? ""
    return Judgement(
      lines <= limit ? .holds : .fails, actual: Bilingual("\(lines)件", "\(lines)"), required: required,
      why: lines == 0
        ? Bilingual("未分類の不一致はない", "every difference has a class")
        : Bilingual(
          "未分類\(open.count)群: \(names.ja)\(outgrown(input).ja)",
          "\(Self.groups(open.count)) without a class: \(names.en)\(outgrown(input).en)"),
      since: .at(lines <= limit ? max(last, run.finished) : run.finished), who: input.sections(of: open.map(\.check)),
      // The group of all ungrouped differences has no name.
      blockers: open.map { $0.signature.isEmpty ? .check($0.check) : .group(check: $0.check, signature: $0.signature) })
  }
}
