import Base
import Evidence
import Gates
import Registers
import Tables

/// 判定の要約: three sentences under a verdict: why it is so, what is next with who and until when, what has changed.
///
/// It rests on the registers alone: a run leaves its causes in the ledger.
package struct DecisionBrief {
  /// An act that takes the gate further, the heaviest first.
  package struct Act {
    package let what: Bilingual
    /// The first cause and record to look at; `nil` for what no cause explains.
    package let first: Bilingual?
    /// Whether a cause waits for somebody to take it on.
    package let isNobodys: Bool
    /// The section or the person.
    package let who: Bilingual
    /// `YYYY-MM-DD`; empty when nothing says until when.
    package let until: String
    package let target: Target
  }

  /// What a page about an act is about.
  package enum Target {
    case cause(String)
    case causes
    case gate(String)
  }

  let decision: Decision
  let dossier: Dossier
  private let comparison: RunComparison?
  /// The causes of the latest run that stand in the way of the gate, the heaviest first.
  let causes: [RunRecord.Cause]
  let failing: [Decision.Finding]

  /// - Parameter sees: whether the reader may see a check: a cause is told to those who see one of its checks.
  package init(_ decision: Decision, _ dossier: Dossier, sees: (_ check: String) -> Bool = { _ in true }) {
    self.decision = decision
    self.dossier = dossier
    comparison = RunComparison(dossier.runs)
    failing = decision.criteria.filter { $0.verdict != .go }.sorted { $0.verdict > $1.verdict }
    let blocked = Set(failing.flatMap(\.blockers).compactMap(Self.check))
    causes = (dossier.latest?.causes ?? []).filter { cause in
      cause.checks.contains(where: blocked.contains) && cause.checks.contains(where: sees)
    }
  }

  private static func check(_ blocker: Blocker) -> String? {
    switch blocker {
    case .check(let id): id
    case .group(let check, _): check
    default: nil
    }
  }

  // MARK: why

  /// The two heaviest reasons: what rejected records bring with them, taken together where that is most of it, other
  /// causes of the latest run, and criteria that rest on something else.
  private func reasons(_ words: Words) -> [String] {
    var told: [String] = []
    var rest = causes
    if let rejected = rejectedReason(words) {
      told.append(rejected)
      rest.removeAll { $0.kind == .rejected }
    }
    told += rest.prefix(2 - told.count).map { cause in
      let yen = cause.yen.map { words("。影響は最大\(words.number($0))円", ", up to \(words.number($0)) yen") } ?? ""
      return words(cause.title) + yen
    }
    return told + criteriaWithoutCause.prefix(2 - told.count).map { "\(words($0.title)): \(words($0.actual))" }
  }

  /// How many of the failed and undecided checks come from rejected records alone, when that is most of them and several
  /// causes tell so; otherwise `nil`.
  var rejectedShare: (checks: Int, open: Int)? {
    guard causes.count(where: { $0.kind == .rejected }) > 1, let run = dossier.latest else { return nil }
    let others = Set(run.causes.filter { $0.kind != .rejected }.flatMap(\.checks))
    let open = run.unpassed.filter { $0.status == .failed || $0.status == .notRun }.map(\.id)
    let mine = Set(causes.filter { $0.kind == .rejected }.flatMap(\.checks)).subtracting(others).intersection(open)
    return mine.count * 2 > open.count ? (mine.count, open.count) : nil
  }

  /// The rejected records, where most comes from them.
  private func rejectedReason(_ words: Words) -> String? {
    guard let share = rejectedShare, let records = dossier.latest?.records.rejected else { return nil }
    let faults = faults(causes.filter { $0.kind == .rejected }, words)
    return words(
      "旧データ\(words.number(records))件が新システムに入っていない（拒否: \(faults)）。不合格・未判定の検査\(share.open)のうち\(share.checks)はこれによる",
      "\(words.number(records)) old records are not in the new system (rejected: \(faults)); \(share.checks) of \(share.open) failed and undecided checks come from them"
    )
  }

  /// What is wrong with the rejected records: three faults, and how many more.
  private func faults(_ rejected: [RunRecord.Cause], _ words: Words) -> String {
    var told: [String] = []
    for cause in rejected where !told.contains(words.fault(cause.code)) { told.append(words.fault(cause.code)) }
    let more = told.count - 3
    return told.prefix(3).joined(separator: words("、", ", "))
      + (more > 0 ? words("、ほか\(words.things(more))", " and \(more) more") : "")
  }

  /// The failing criteria that no cause of the run explains.
  var criteriaWithoutCause: [Decision.Finding] {
    let checks = Set(causes.flatMap(\.checks))
    return failing.filter { finding in
      !finding.blockers.contains { blocker in
        if case .rejects = blocker { return causes.contains { $0.kind == .rejected } }
        return Self.check(blocker).map(checks.contains) ?? false
      }
    }
  }

  private func why(_ words: Words, isShort: Bool = false) -> [String] {
    guard !failing.isEmpty else {
      return [
        words(
          "\(decision.criteria.count)の基準をすべて満たしている。", "All \(decision.criteria.count) criteria hold.")
      ]
    }
    return Self.numbered(reasons(words), words) + (isShort ? [] : [Self.count(decision, words)])
  }

  /// How many criteria do not hold, and how many cannot be judged; empty when all hold.
  package static func count(_ decision: Decision, _ words: Words) -> String {
    let failing = decision.criteria.filter { $0.verdict != .go }
    let unknown = failing.count(where: \.isUnknown)
    var parts: [String] = []
    if failing.count > unknown {
      parts.append(words("\(failing.count - unknown)を満たさない", "\(failing.count - unknown) do not hold"))
    }
    if unknown > 0 { parts.append(words("\(unknown)は判定できない", "\(unknown) cannot be judged")) }
    if parts.isEmpty { return "" }
    return words("基準\(decision.criteria.count)のうち", "of \(decision.criteria.count) criteria ")
      + parts.joined(separator: words("、", ", "))
  }

  // MARK: what has changed

  private func changes(_ words: Words) -> String {
    guard let comparison else {
      return dossier.latest == nil
        ? words("実行がまだない。", "There is no run yet.")
        : words("比べる前回の実行がない。", "There is no earlier run to compare with.")
    }
    let causes = comparison.causes
    let before = [comparison.fixed, comparison.stillThere, comparison.warned, comparison.undecided].map(\.count)
    let now = [comparison.new, comparison.returned, comparison.stillThere].map(\.count)
    let unknown =
      causes.undecided.isEmpty
      ? "" : words("・判定できない\(causes.undecided.count)", ", \(causes.undecided.count) unknown")
    let changed =
      comparison.definitionsChanged ? words("定義も変わっている。", " The definitions have changed, too.") : ""
    return words(
      "実行\(comparison.previous)→\(comparison.run): 原因は解消\(causes.fixed.count)・継続\(causes.stillThere.count)・再発\(causes.returned.count)・新規\(causes.new.count)\(unknown)。不合格の検査 \(before.reduce(0, +))→\(now.reduce(0, +))、拒否 \(comparison.rejectedBefore)→\(comparison.rejectedNow)件。",
      "Run \(comparison.previous) → \(comparison.run): \(causes.fixed.count) causes fixed, \(causes.stillThere.count) remaining, \(causes.returned.count) returned, \(causes.new.count) new\(unknown). Failed checks \(before.reduce(0, +)) → \(now.reduce(0, +)), rejected records \(comparison.rejectedBefore) → \(comparison.rejectedNow)."
    ) + changed
  }

  // MARK: form

  private static func marks(_ words: Words) -> [String] {
    words.language == .japanese ? ["①", "②", "③"] : ["(1) ", "(2) ", "(3) "]
  }

  /// `① …`, `(1) …` in English; three at most.
  private static func numbered(_ parts: [String], _ words: Words) -> [String] {
    zip(marks(words), parts).map { $0 + $1 }
  }

  /// The three sentences, each with its name.
  ///
  /// - Parameter isShort: without counts, what to begin with and remarks, for a sheet that has room for little.
  package func facts(_ words: Words, isShort: Bool = false) -> [Paper.Fact] {
    [
      .init(key: "why", name: words("理由", "Why"), value: Self.lines(why(words, isShort: isShort))),
      .init(key: "next", name: words("次にすること", "Next"), value: next(words, isShort)),
      .init(key: "changes", name: words("前回から", "Since the last run"), value: .text(changes(words))),
    ]
  }

  private static func lines(_ parts: [String]) -> Cell { .several(parts.map(Cell.text), by: "\n") }

  /// For programs: the sentences, and the acts one by one.
  package func json(_ words: Words) -> JSONValue {
    .object([
      "why": .texts(why(words)),
      "next": .list(
        acts.map {
          .object([
            "act": .text(words($0.what)), "first": .text($0.first.map { words($0) } ?? ""),
            "who": .text(words($0.who)), "until": .text($0.until),
          ])
        }), "changes": .text(changes(words)),
    ])
  }
}
