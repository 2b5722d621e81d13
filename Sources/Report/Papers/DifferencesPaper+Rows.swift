import Base
import Evidence
import Registers
import Tables
import Workspace

/// Every difference on a row, in the order of the causes, and the causes that lead to theirs.
extension DifferencesPaper {
  /// The causes with the row of their first difference.
  static func leads(_ input: PaperInput, _ evidence: RunEvidence, _ order: DifferenceRows, _ words: Words) -> Table {
    let causes = evidence.causes ?? []
    var table = Cause.listing(of: evidence.checks, input.dossier.items, input.title(ofSubsystem:)).table(
      causes, words,
      ["id", "severity", .init("title", head: true), "subject", "checks", "differences", "yen", "sections", "next"],
      key: "causes_rows",
      title: words("原因（番号から各行へ）", "Causes (the id leads to the rows)"), limit: 30)
    table.leads = .init(
      to: "every",
      rows: causes.map { cause in order.first[cause.id].flatMap { $0 < DifferenceRows.sheetLimit ? $0 : nil } })
    return table
  }

  /// One row for each difference.
  static func every(
    _ input: PaperInput, _ order: DifferenceRows, _ words: Words
  ) -> Table {
    let titles = Dictionary(input.subsystems.map { ($0.id, words($0.title)) }) { first, _ in first }
    @Sendable func row(_ entry: SingleEntry) -> Table.Row {
      let compared = Self.compared(entry, words)
      let causes = entry.causes
      let others = causes.dropFirst().map(\.id).joined(separator: words("、", ", "))
      let accepted = entry.line.accepted.map { words("了承済み \($0)", "accepted \($0)") }
      var cells: [Cell] = [
        .text(causes.first?.id ?? ""), .text(causes.first.map { words.fault(words($0.title)) } ?? ""), .text(others),
        .text(entry.check.id), .text(words(entry.check.title)), .text(entry.check.severity.rawValue),
      ]
      cells += [
        .text(titles[entry.check.subsystem] ?? entry.check.subsystem), .number(entry.number),
        .text(words.key(entry.line)), .text(compared.name), compared.expected, compared.actual, compared.difference,
      ]
      cells += [
        .text(words.records(entry.line)), .text("\(entry.kind.rawValue) \(words(entry.kind.title))"),
        .text(entry.group ?? accepted ?? ""),
      ]
      return .init(cells)
    }
    var table = Table(
      "every", words("不一致の全件", "Every difference"),
      [
        .init("cause", words("原因番号", "Cause"), .id), .init("cause_title", words("原因", "What it comes from")),
        .init("causes", words("ほかの原因", "Other causes")), .init("check", words("検査番号", "Check"), .id, head: true),
        .init("title", words("検査", "What is compared")), .init("severity", words("重大度", "Sev."), .id),
        .init("subsystem", words("業務", "Subsystem")), .init("line", words("行", "Line"), .number),
        .init("key", words("キー", "Key")), .init("measure", words("項目", "Value")),
        .init("expected", words("期待", "Expected"), .number), .init("actual", words("実際", "Actual"), .number),
        .init("difference", words("差", "Difference"), .number),
        .init("records", words("旧レコード", "Legacy records")), .init("class", words("要因", "Class")),
        .init("group", words("不一致群番号", "Group"), .id),
      ],
      order.head.map(row), limit: DifferenceRows.shown,
      none: words("不一致はない。", "There are no differences."))
    if order.count > DifferenceRows.shown {
      table.whole = .init(count: min(order.count, DifferenceRows.sheetLimit)) { range throws(Diagnostic) in
        try order.entries(range).map(row)
      }
    }
    return table
  }

  /// Both sides as numbers, where one number differs, so that a workbook can add them up; else in words.
  private static func compared(
    _ entry: SingleEntry, _ words: Words
  ) -> (name: String, expected: Cell, actual: Cell, difference: Cell) {
    let line = entry.line
    let differing = line.pairs.filter { $0.difference ?? 0 != 0 }
    if differing.count == 1, case .number(let old)? = differing[0].expected,
      case .number(let new)? = differing[0].actual
    {
      return (words.name(ofValue: differing[0].name), .number(old), .number(new), .number(new - old))
    }
    return ("", .text(words.text(line.expected)), .text(words.text(line.actual)), .text(words.difference(line)))
  }
}
