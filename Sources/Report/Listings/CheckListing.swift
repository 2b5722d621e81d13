import Base
import Evidence
import Tables

extension CheckResult {
  /// 検査: the checks of a run, and what they found.
  ///
  /// - Parameter title: the title of a subsystem.
  package static func listing(_ title: @escaping @Sendable (String) -> Bilingual) -> Listing<CheckResult> {
    Listing(
      "checks", Bilingual("検査", "Checks"),
      [
        .text("id", "No.", "No.", .id) { $0.id },
        .cell("結果", "Result", .mark, key: "status") { check, words in words.mark(check.status) },
        .cell("重大度", "Sev.", .mark, key: "severity") { check, _ in .mark(check.severity.rawValue, .plain) },
        .cell("業務", "Subsystem", key: "subsystem") { check, words in .text(words(title(check.subsystem))) },
        .bilingual("title", "検査", "Check") { $0.title },
        .bilingual("why", "内容", "What was found") { $0.why },
        .cell("対象", "Looked at", .number, key: "rows") { check, _ in .number(check.expectedRows) },
        .cell("不一致", "Differences", .number, key: "differences") { check, words in
          check.status == .notRun ? words.undecided : .number(check.differences)
        },
        .bilingual("formula", "突合の内容", "What is compared") { $0.formula },
        .cell("根拠", "Rule", key: "rule") { check, words in .text(check.rule.map { words($0) } ?? "") },
        .cell("期待側", "Expected from", key: "expected") { check, words in
          words.side(check.expectedFrom, check.expectedRows)
        },
        .cell("実際側", "Actual from", key: "actual") { check, words in words.side(check.actualFrom, check.actualRows) },
      ])
  }

  /// The failed checks first, then the undecided ones and warnings, S1 before S2; those of one kind as they come.
  package static func gravestFirst(_ checks: some Sequence<CheckResult>) -> [CheckResult] {
    func rank(_ check: CheckResult) -> Int {
      switch check.status {
      case .failed: 0
      case .notRun: 1
      case .warned: 2
      case .passed: 3
      }
    }
    return checks.enumerated().sorted { one, other in
      (rank(one.element), one.element.severity.rawValue, one.offset)
        < (rank(other.element), other.element.severity.rawValue, other.offset)
    }.map(\.element)
  }
}

extension Words {
  /// A side of a check: what it is, and its rows.
  fileprivate func side(_ sides: [CheckSide], _ rows: Int) -> Cell {
    .text("\(side(sides))\(self("　", ": "))\(number(rows))\(self("行", " rows"))")
  }
}
