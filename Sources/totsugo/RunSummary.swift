import Gates
import Base
import Tables
import Evidence
import Records
import Report

/// The result of a run in a few lines of text.
struct RunSummary {
  private let evidence: RunEvidence
  private let decisions: [Decision]
  private let language: Language

  init(_ evidence: RunEvidence, _ decisions: [Decision], _ language: Language) {
    self.evidence = evidence
    self.decisions = decisions
    self.language = language
  }

  /// The checks that were not run or could not be decided, in one line per reason: a missing file may be the reason of
  /// hundreds.
  private var undecided: [String] {
    let open = evidence.checks.filter { $0.status == .notRun }
    var order: [String] = []
    for check in open where !order.contains(check.why.text(language)) { order.append(check.why.text(language)) }
    return order.map { why in
      let ids = open.filter { $0.why.text(language) == why }.map(\.id)
      let names = ids.prefix(3).joined(separator: ", ") + (ids.count > 3 ? " …" : "")
      return language == .japanese
        ? "  未判定 \(ids.count)検査（\(names)）: \(why)" : "  not run: \(ids.count) (\(names)): \(why)"
    }
  }

  private var failures: [CheckResult] {
    CheckResult.gravestFirst(evidence.checks.filter { $0.status == .failed || $0.status == .warned })
  }

  private func line(_ check: CheckResult) -> String {
    let word = check.status == .failed ? language("不合格", "FAILED") : language("警告", "warned")
    return
      "  \(word)  \(check.id) [\(check.severity.rawValue)] \(check.title.text(language)): \(check.why.text(language))"
  }

  /// What the failures come from, the gravest first, and the next act.
  private var causes: [String] {
    let words = Words(language: language)
    guard let causes = evidence.causes, let line = evidence.causesInOneLine(words) else { return [] }
    var lines = ["", line]
    for cause in causes.prefix(Self.shown) {
      let ids = cause.checks.prefix(3).map(\.check).joined(separator: ", ") + (cause.checks.count > 3 ? " …" : "")
      let yen = cause.yen.map { words("  最大\(words.number($0))円", "  up to \(words.number($0)) yen") } ?? ""
      lines.append("  \(cause.id) [\(cause.severity.rawValue)] \(words(cause.title))\(yen)")
      lines.append(
        words(
          "      検査\(cause.checks.count)（\(ids)）　次: \(words(cause.next))",
          "      \(cause.checks.count) checks (\(ids)). Next: \(words(cause.next))"))
    }
    let rest = causes.count - Self.shown
    if rest > 0 {
      lines.append(words("  ほか\(words.things(rest))（totsugo causes list）", "  and \(rest) more (totsugo causes list)"))
    }
    return lines
  }

  /// The largest number of causes that a terminal shows.
  private static let shown = 20

  /// The number of tables and columns of the target that are not verified, with a reason in the definitions.
  private var unverified: String? {
    let known = (evidence.unverified ?? []).filter { $0.reason != nil }
    guard !known.isEmpty else { return nil }
    let tables = known.count { $0.column == nil }
    return language == .japanese
      ? "  検証していない移行先（理由あり）: 表 \(tables)  項目 \(known.count - tables)"
      : "  not verified in the target, with a reason: \(tables) tables, \(known.count - tables) columns"
  }

  /// Files that are not read, with a reason in the definitions.
  private var unreadFiles: String? {
    let known = (evidence.unread ?? []).filter { $0.reason != nil }
    guard !known.isEmpty else { return nil }
    let names = known.prefix(5).map(\.file).joined(separator: ", ") + (known.count > 5 ? " …" : "")
    return language == .japanese
      ? "  読まなかったファイル（理由あり） \(known.count): \(names)"
      : "  files not read, with a reason: \(known.count) (\(names))"
  }

  /// Records with values that were not read, and those that made no row, by file.
  private var unheld: [String] {
    evidence.files.flatMap { file in [Oddity.unheld, .rowless].map { (file, $0.code) } }.compactMap { file, code in
      guard let count = file.oddities[code] else { return nil }
      let what = Words(language: language).oddity(code)
      return language == .japanese
        ? "  \(file.file) \(what) \(count)件 [\(code)]" : "  \(file.file): \(count) \(what) [\(code)]"
    }
  }

  var text: String {
    var lines: [String] = []
    let all = evidence.records
    if language == .japanese {
      lines.append("実行 \(evidence.run)  \(evidence.title.ja)")
      lines.append("  読込 \(all.read)件 = 移行 \(all.migrated) + 拒否 \(all.rejected) + 除外 \(all.excluded)")
      lines.append(
        "  検査 合格 \(evidence.count(.passed))  不合格 \(evidence.count(.failed))  警告 \(evidence.count(.warned))  未判定 \(evidence.count(.notRun))"
      )
    } else {
      lines.append("Run \(evidence.run)  \(evidence.title.en)")
      lines.append(
        "  read \(all.read) = migrated \(all.migrated) + rejected \(all.rejected) + excluded \(all.excluded)")
      lines.append(
        "  checks: \(evidence.count(.passed)) passed, \(evidence.count(.failed)) failed, \(evidence.count(.warned)) warned, \(evidence.count(.notRun)) not run"
      )
    }
    // What failed is told by its causes.
    lines += failures.filter { evidence.causes == nil || $0.status == .warned }.map(line)
    lines += evidence.causes == nil ? undecided : []
    lines += unheld
    lines += ComparisonEvidence.Rule.lines(evidence.accepted ?? [], Words(language: language)).map { "  " + $0 }
    if let unverified { lines.append(unverified) }
    if let unreadFiles { lines.append(unreadFiles) }
    lines.append("  \(evidence.evidence)")
    lines += causes
    if !decisions.isEmpty {
      let verdicts = decisions.map { "\($0.title.text(language)) \($0.verdict.rawValue)" }
      lines.append(language("判定（この時点）: ", "Verdicts so far: ") + verdicts.joined(separator: language("、", ", ")))
    }
    return lines.joined(separator: "\n")
  }
}
