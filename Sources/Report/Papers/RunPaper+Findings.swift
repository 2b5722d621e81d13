import Base
import Evidence
import Registers
import Tables
import Workspace

/// The part of a run's report about checks that did not pass.
extension RunPaper {
  /// The checks at a glance, and those that did not pass, the gravest first.
  static func checks(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section {
    let causes = (evidence.causes ?? []).reduce(into: [String: [String]]()) { causes, cause in
      for part in cause.checks { causes[part.check, default: []].append(cause.id) }
    }
    let table = Table(
      "unpassed", words("不合格・未判定・警告の検査（重い順）", "Checks that failed, are undecided, or warn; the gravest first"),
      [
        .init("id", words("検査", "Check"), .id), .init("status", words("結果", "Result"), .mark),
        .init("severity", words("重大度", "Sev."), .mark),
        .init("title", words("内容", "What"), lines: 1, head: true), .init("why", words("結果の理由", "Why"), lines: 1),
        .init("differences", words("不一致", "Differences"), .number),
        .init("example", words("例（期待→実際）", "Example (expected → actual)"), lines: 2),
        .init("causes", words("原因", "Causes"), lines: 1),
      ],
      MigrationResultPaper.unpassed(evidence).map { check in
        .init(
          [
            .text(check.id), words.mark(check.status),
            .mark(check.severity.rawValue, check.severity == .s1 ? .bad : .warn), .text(words(check.title)),
            .text(words(check.why)), .number(check.differences), .text(example(check, words)),
            .text((causes[check.id] ?? []).joined(separator: " ")),
          ])
      }, limit: 45, none: words("すべて合格した。", "All passed."))
    return Paper.Section(words("検査結果", "Checks"), [.chart(input.heatMap(evidence, words)), .table(table)])
  }

  /// The first line that differs: its key, and its sums where they have some; empty where a key would tell who is under
  /// protection.
  private static func example(_ check: CheckResult, _ words: Words) -> String {
    guard !check.concernsProtected, let line = check.singles.first else { return "" }
    let pair = line.pairs.first { $0.difference ?? 0 != 0 }.map { pair in
      "\(pair.expected.map { words.text($0) } ?? "–")→\(pair.actual.map { words.text($0) } ?? "–")"
    }
    return ([words.key(line)] + (pair.map { [$0] } ?? [])).joined(separator: " ")
  }

  static func differences(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Paper.Section? {
    let entries = DifferencesPaper.entries(evidence, input)
    guard !entries.isEmpty else { return nil }
    return Paper.Section(
      words("不一致の要因分類", "Differences by class"),
      [.table(DifferencesPaper.causes(entries, words)), .table(DifferencesPaper.groups(entries, words, limit: 10))])
  }

  static func accepted(_ evidence: RunEvidence, _ words: Words) -> Paper.Section? {
    guard let rules = evidence.accepted, !rules.isEmpty else { return nil }
    return Paper.Section(
      words("了承済みの差異", "Accepted differences"), [.table(ComparisonEvidence.Rule.table(rules, words).shortened(to: 12))])
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
            }, limit: 12)))
    }
    return blocks.isEmpty ? nil : Paper.Section(words("検証していないもの", "What is not verified"), blocks)
  }
}
