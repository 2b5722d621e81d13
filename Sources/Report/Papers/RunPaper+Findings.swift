import Base
import Evidence
import Registers
import Tables
import Workspace

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
    let keys = ["status", "severity", "subsystem", "formula", "rule", "expected", "actual"]
    let listing = CheckResult.listing(input.title(ofSubsystem:))
    var facts = listing.facts(check, words, keys)
    facts.append(
      .init(
        key: "independence", name: words("独立性", "Independence"),
        value: .text(words("両側とも項目変換の定義を使わない", "neither side uses the mapping"))))
    if let list = check.list { facts.append(.init(key: "list", name: words("全件", "All of them"), value: .code(list))) }
    return [
      .heading("\(check.id)　\(words(check.title))"), .paragraph(words(check.why), words.tone(check.status)),
      .facts(facts),
    ] + (sample(check, words).map { [.table($0)] } ?? [])
  }

  /// At most ten lines that differ.
  private static func sample(_ check: CheckResult, _ words: Words) -> Table? {
    let lines = check.singles.prefix(10)
    guard !lines.isEmpty, !(check.keyNames.isEmpty && check.measureNames.isEmpty && lines[0].key.isEmpty) else {
      return nil
    }
    let key = "sample_" + check.id.lowercased().replacing("-", with: "_")
    let title = words(
      "\(check.id)　\(words.number(check.differences))件のうち\(lines.count)件",
      "\(check.id): \(lines.count) of \(words.number(check.differences))")
    return check.compared(key, title, lines, words)
  }

  static func accepted(_ evidence: RunEvidence, _ words: Words) -> Paper.Section? {
    guard let rules = evidence.accepted, !rules.isEmpty else { return nil }
    return Paper.Section(
      words("６　了承済みの差異", "6  Accepted differences"), [.table(ComparisonEvidence.Rule.table(rules, words))])
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
