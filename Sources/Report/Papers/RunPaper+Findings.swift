import Base
import Evidence
import Registers
import Tables

/// The part of a run's report about checks that did not pass.
extension RunPaper {
  static func differences(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section? {
    let entries = DifferencesPaper.entries(evidence, input)
    guard !entries.isEmpty else { return nil }
    return Paper.Section(
      words("４　不一致の要因分類", "4  Differences by cause"),
      [.table(DifferencesPaper.causes(entries, words)), .table(DifferencesPaper.groups(entries, words, limit: 60))])
  }

  /// Each check that did not pass, with its comparison and a sample of its differences.
  static func findings(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    let checks = MigrationResultPaper.unpassed(evidence)
    guard !checks.isEmpty else {
      return Paper.Section(
        words("５　不合格の検査", "5  Failed checks"), [.paragraph(words("ありません。", "None."), .good)])
    }
    return Paper.Section(
      words("５　不合格・未判定・警告の検査", "5  Checks that failed, are undecided, or warn"),
      checks.flatMap { finding($0, input, words) })
  }

  private static func finding(_ check: CheckResult, _ input: PaperInput, _ words: Words) -> [Paper.Block] {
    var facts: [Paper.Fact] = [
      .init(key: "status", name: words("結果", "Result"), value: words.mark(check.status)),
      .init(key: "severity", name: words("重大度", "Severity"), value: .mark(check.severity.rawValue, .plain)),
      .init(
        key: "subsystem", name: words("業務", "Subsystem"), value: .text(words(input.title(ofSubsystem: check.subsystem)))
      ),
      .init(key: "formula", name: words("突合の内容", "What is compared"), value: .text(words(check.formula))),
    ]
    if let rule = check.rule { facts.append(.init(key: "rule", name: words("根拠", "Rule"), value: .text(words(rule)))) }
    func side(_ sides: [CheckSide], _ rows: Int) -> Cell {
      .text("\(words.side(sides))　\(words.number(rows))\(words("行", " rows"))")
    }
    facts += [
      .init(
        key: "expected", name: words("期待側", "Expected from"), value: side(check.expectedFrom, check.expectedRows)),
      .init(key: "actual", name: words("実際側", "Actual from"), value: side(check.actualFrom, check.actualRows)),
      .init(
        key: "independence", name: words("独立性", "Independence"),
        value: .text(words("両側とも写像の定義を使わない", "neither side uses the mapping"))),
    ]
    if let list = check.list { facts.append(.init(key: "list", name: words("全件", "All of them"), value: .code(list))) }
    return [
      .heading("\(check.id)　\(words(check.title))"), .paragraph(words(check.why), words.tone(check.status)),
      .facts(facts),
    ] + (sample(check, words).map { [.table($0)] } ?? [])
  }

  /// At most ten lines that differ.
  private static func sample(_ check: CheckResult, _ words: Words) -> Table? {
    let lines = check.lines.filter { $0.differs || $0.expected.isEmpty }.prefix(10)
    guard !lines.isEmpty, !(check.keyNames.isEmpty && check.measureNames.isEmpty && lines[0].key.isEmpty) else {
      return nil
    }
    let hasNumbers = lines.contains { !$0.expected.isEmpty }
    let measures = hasNumbers ? (check.measureNames.isEmpty ? [words("件数", "count")] : check.measureNames) : []
    // Checks without names of key parts still show their findings.
    let parts = lines.map(\.key.count).max() ?? 0
    let keys = (0..<parts).map { $0 < check.keyNames.count ? check.keyNames[$0] : "" }
    let columns =
      keys.enumerated().map { Table.Column("key_\($0 + 1)", $1) }
      + measures.enumerated().flatMap { number, name in
        [
          Table.Column("expected_\(number + 1)", "\(name) \(words("期待", "expected"))", .number),
          Table.Column("actual_\(number + 1)", words("実際", "actual"), .number),
          Table.Column("difference_\(number + 1)", words("差", "difference"), .number),
        ]
      }
    let key = "sample_" + check.id.lowercased().replacing("-", with: "_")
    let title = words(
      "\(check.id)　\(words.number(check.differences))件のうち\(lines.count)件",
      "\(check.id): \(lines.count) of \(words.number(check.differences))")
    return Table(
      key, title, columns,
      lines.map { line in
        let names = (0..<parts).map { place -> Cell in place < line.key.count ? .text(line.key[place]) : .empty }
        let numbers = zip(line.expected, line.actual).flatMap { expected, actual -> [Cell] in
          [.number(expected), .number(actual), .number(actual - expected)]
        }
        return .init(names + numbers)
      })
  }

  static func accepted(_ evidence: RunEvidence, _ words: Words) -> Paper.Section? {
    guard let rules = evidence.accepted, !rules.isEmpty else { return nil }
    return Paper.Section(words("６　了承済みの差異", "6  Accepted differences"), [.table(ruleTable(rules, words))])
  }

  /// The rules that accept differences, with the state of each.
  static func ruleTable(_ rules: [ComparisonEvidence.Rule], _ words: Words) -> Table {
    Table(
      "accepted", words("了承済みの差異", "Accepted differences"),
      [
        .init("id", words("番号", "Id"), .id, head: true), .init("reason", words("理由", "Reason")),
        .init("cause", words("要因", "Cause")), .init("approver", words("承認者", "Approver")),
        .init("until", words("期限", "Until"), .date), .init("rows", words("行", "Rows"), .number),
        .init("state", words("状態", "State"), .mark),
      ],
      rules.map { rule in
        let isMatched = rule.state == .matched
        return .init(
          [
            .text(rule.id), .text(rule.reason), .text(rule.kind.map { "\($0.rawValue) \(words($0.title))" } ?? ""),
            .text(rule.approver), .date(rule.expires), .number(rule.matched),
            .mark(ruleState(rule, words), isMatched ? .good : .bad),
          ], tone: isMatched ? .plain : .bad)
      })
  }

  static func unverified(_ evidence: RunEvidence, _ words: Words) -> Paper.Section? {
    let noReason = words("定義にない", "not in the definitions")
    var blocks: [Paper.Block] = []
    if let unverified = evidence.unverified {
      blocks.append(
        .table(
          Table(
            "unverified", words("移行先で検証していない表・項目", "Not verified in the target"),
            [
              .init("table", words("表", "Table"), head: true), .init("column", words("項目", "Column")),
              .init("reason", words("理由", "Reason")),
            ],
            unverified.map { line in
              .init(
                [
                  .text(line.table), .text(line.column ?? words("表の全項目", "the whole table")),
                  .text(line.reason ?? noReason),
                ], tone: line.reason == nil ? .bad : .plain)
            })))
    }
    if let unread = evidence.unread {
      blocks.append(
        .table(
          Table(
            "unread", words("データのフォルダにあって読まなかったファイル", "Files of the data folder that nothing reads"),
            [
              .init("file", words("ファイル", "File"), head: true), .init("same", words("同じ内容のファイル", "The same as")),
              .init("reason", words("理由", "Reason")),
            ],
            unread.map { line in
              .init(
                [.text(line.file), .text(line.same ?? "–"), .text(line.reason ?? noReason)],
                tone: line.reason == nil ? .bad : .plain)
            })))
    }
    return blocks.isEmpty ? nil : Paper.Section(words("７　検証していないもの", "7  What is not verified"), blocks)
  }
}
