import Base
import Evidence
import Registers
import Tables

/// Parts of papers that show the results of a run: counts, amounts, charts.
extension PaperInput {
  func tallyFigures(_ evidence: RunEvidence, _ words: Words) -> [Paper.Figure] {
    let tally = evidence.records
    return [
      .init("read", words("読込", "Records read"), .number(tally.read)),
      .init("migrated", words("移行", "Migrated"), .number(tally.migrated)),
      .init("rejected", words("拒否", "Rejected"), .number(tally.rejected)),
      .init("excluded", words("除外", "Excluded by rule"), .number(tally.excluded)),
      .init("rows", words("移行先の行数", "Rows in the target"), .number(evidence.tables.reduce(0) { $0 + $1.rows })),
    ]
  }

  /// From the records that were read to those in the target, with every disposition by name.
  func waterfall(_ evidence: RunEvidence, _ words: Words, most: Int = 6) -> PaperChart {
    let tally = evidence.records
    func sums(_ counts: [[String: Int]]) -> [(name: String, count: Int)] {
      counts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }.map { ($0.key, $0.value) }
        .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
    var steps = [
      PaperChart.Waterfall.Step(
        name: words("旧システムから読込", "Read from the old system"), value: tally.read, isTotal: true, tone: .plain)
    ]
    func add(
      _ groups: [(name: String, count: Int)], _ all: Int, _ word: String, _ tone: Tone, _ name: (String) -> String
    ) {
      for group in groups.prefix(most) {
        steps.append(.init(name: "\(word): \(name(group.name))", value: -group.count, isTotal: false, tone: tone))
      }
      let rest = all - groups.prefix(most).reduce(0) { $0 + $1.count }
      if rest > 0 || groups.isEmpty {
        let other = groups.isEmpty ? word : "\(word): \(words("ほか", "other"))"
        steps.append(.init(name: other, value: -rest, isTotal: false, tone: tone))
      }
    }
    add(sums(evidence.files.map(\.faults)), tally.rejected, words("拒否", "Rejected"), .bad) { words.fault($0) }
    add(sums(evidence.files.map(\.exclusions)), tally.excluded, words("除外", "Excluded"), .warn) { $0 }
    steps.append(.init(name: words("移行", "Migrated"), value: tally.migrated, isTotal: true, tone: .good))
    let spoken = steps.map { "\($0.name) \(words.number($0.value))" }.joined(separator: words("、", ", "))
    return .waterfall(
      .init(title: words("読込から移行まで（件）", "From read to migrated (records)"), steps: steps, alternative: spoken))
  }

  /// The checks at a glance.
  func heatMap(_ evidence: RunEvidence, _ words: Words) -> PaperChart {
    CheckHeat(evidence.checks, subsystems).chart(words)
  }

  /// The duration of each step, and the total beside the window of the cut-over.
  func timeChart(_ evidence: RunEvidence, _ words: Words, steps withSteps: Bool) -> PaperChart {
    var bars: [PaperChart.BarChart.Bar] = []
    if withSteps {
      for step in evidence.steps {
        let planned = step.planned.map(Double.init)
        let text = words.duration(step.seconds) + (planned.map { " / " + words.duration($0) } ?? "")
        bars.append(
          .init(
            name: words.step(step.step), value: step.seconds, text: text,
            tone: planned.map { step.seconds <= $0 ? .good : .bad } ?? .unknown, limit: planned))
      }
    } else {
      let limit = window.map(Double.init)
      bars.append(
        .init(
          name: words("実行 \(evidence.run)", "run \(evidence.run)"), value: evidence.seconds,
          text: words.duration(evidence.seconds) + " / "
            + (limit.map { words.duration($0) } ?? words("定めなし", "no limit")),
          tone: limit.map { evidence.seconds <= $0 ? .good : .bad } ?? .unknown, limit: limit))
    }
    let title =
      withSteps
      ? words("工程の所要時間 / 計画", "Time of each step / planned")
      : words("所要時間 / 切替えに使える時間", "Time taken / time of the cut-over")
    return .bars(
      .init(
        title: title, bars: bars,
        alternative: bars.map { "\($0.name) \($0.text)" }.joined(separator: words("、", ", "))))
  }

  /// The totals that the old system printed itself, beside those of its data as read: one line per measure.
  func controlTotals(_ evidence: RunEvidence, _ words: Words) -> Table {
    let checks = evidence.checks.filter {
      $0.kind == "totals" && $0.category == "C02" && $0.keyNames.isEmpty && $0.expectedFrom == [.control]
        && !$0.measureNames.contains { $0.contains("ハッシュ") }
    }
    let rows = subsystems.flatMap { id, title -> [Table.Row] in
      checks.filter { $0.subsystem == id }.flatMap { check -> [Table.Row] in
        guard check.status != .notRun, let line = check.lines.first else {
          return [Self.undecided([.text(words(title)), .text(words(check.title))], check, words)]
        }
        return check.measureNames.indices.filter { $0 < line.expected.count }.map { index in
          Self.comparison(
            [.text(words(title)), .text(check.measureNames[index])], line.expected[index], line.actual[index], [], words
          )
        }
      }
    }
    return Table(
      "control_totals", words("旧システムが出力した合計と、読み込んだデータの合計", "Totals that the old system printed, and those of its data"),
      [
        .init("subsystem", words("業務", "Subsystem"), head: true, merges: true),
        .init("measure", words("項目", "Measure")), .init("printed", words("旧システムの出力", "Printed"), .number),
        .init("data", words("読み込んだデータ", "Of the data"), .number),
        .init("difference", words("差", "Difference"), .number), .init("result", words("判定", "Result"), .mark),
      ], rows, none: words("旧システムの出力した合計がない。", "The old system printed no totals."), judges: "result")
  }

  /// The same, with one line per subsystem.
  func controlSummary(_ evidence: RunEvidence, _ words: Words) -> Table {
    let table = controlTotals(evidence, words)
    let rows = subsystems.compactMap { _, title -> Table.Row? in
      let some = table.rows.filter { $0.cells[0] == .text(words(title)) }
      guard !some.isEmpty else { return nil }
      let differing = some.filter { $0.tone == .bad }.count
      let isUnknown = some.contains { $0.tone == .unknown }
      let names = some.map { words.text($0.cells[1]) }.joined(separator: words("、", ", "))
      let result: Cell =
        isUnknown
        ? .mark(words("判定不能", "undecided"), .unknown)
        : differing > 0 ? .mark(words("不一致", "differs"), .bad) : .mark(words("一致", "equal"), .good)
      return .init(
        [.text(words(title)), .text(names), .number(some.count), .number(differing), result],
        tone: differing > 0 ? .bad : .plain)
    }
    return Table(
      "control_totals", table.title,
      [
        .init("subsystem", words("業務", "Subsystem"), head: true),
        .init("measures", words("項目", "Measures"), lines: 1), .init("totals", words("合計", "Totals"), .number),
        .init("differing", words("不一致", "Differing"), .number), .init("result", words("判定", "Result"), .mark),
      ], rows, none: table.none, judges: "result")
  }

  /// The measures that are amounts of money; for each subsystem the first check that has one is used.
  private static let amounts = ["調定額", "調定", "年税額", "収入済", "未納"]

  /// The totals of the old system and of the new one, by subsystem.
  func amounts(_ evidence: RunEvidence, _ words: Words) -> Table {
    let checks = evidence.checks.filter {
      $0.kind == "totals" && $0.category == "C02" && $0.keyNames.first?.hasSuffix("年度") == true
        && $0.expectedFrom == [.legacy] && $0.actualFrom == [.target]
    }
    let rows = subsystems.flatMap { id, title -> [Table.Row] in
      Self.amounts.compactMap { name -> Table.Row? in
        guard let check = checks.first(where: { $0.subsystem == id && $0.measureNames.contains(name) }),
          let index = check.measureNames.firstIndex(of: name)
        else { return nil }
        let head: [Cell] = [.text(words(title)), .text(name)]
        guard check.status != .notRun, !Self.isPartial(check) else { return Self.undecided(head, check, words) }
        let old = check.lines.reduce(Int128(0)) { $0 + $1.expected[index] }
        let new = check.lines.reduce(Int128(0)) { $0 + $1.actual[index] }
        let differing = check.lines.filter { $0.expected[index] != $0.actual[index] }.count
        return Self.comparison(
          head, old, new, [.number(check.lines.count), .number(differing)], words, isEqual: differing == 0)
      }
    }
    return Table(
      "amounts",
      words(
        "業務別の金額（円）　旧データと、新システムから読み戻した値",
        "Amounts by subsystem (yen): old data, and what was read back from the new system"),
      [
        .init("subsystem", words("業務", "Subsystem"), head: true, merges: true),
        .init("measure", words("項目", "Measure")), .init("old", words("旧", "Old"), .number),
        .init("new", words("新", "New"), .number), .init("difference", words("差", "Difference"), .number),
        .init("groups", words("比較した区分", "Groups"), .number),
        .init("differing_groups", words("不一致の区分", "Differing"), .number),
        .init("result", words("判定", "Result"), .mark),
      ], rows, none: words("金額を年度で比べる検査がない。", "No check compares amounts by year."), judges: "result")
  }

  /// Whether the evidence has only part of the groups: it keeps at most 500 groups of a check, and sums over them are
  /// then no totals.
  static func isPartial(_ check: CheckResult) -> Bool { check.lines.count >= 500 }

  static func comparison(
    _ head: [Cell], _ old: Int128, _ new: Int128, _ more: [Cell], _ words: Words, isEqual: Bool? = nil
  ) -> Table.Row {
    let equal = isEqual ?? (old == new)
    return .init(
      head + [.number(old), .number(new), .number(new - old)] + more + [
        equal ? .mark(words("一致", "equal"), .good) : .mark(words("不一致", "differs"), .bad)
      ], tone: equal ? .plain : .bad)
  }

  private static func undecided(_ head: [Cell], _ check: CheckResult, _ words: Words) -> Table.Row {
    .init(
      head + [words.undecided, words.undecided, words.undecided]
        + (head.count == 2 && check.keyNames.isEmpty ? [] : [words.undecided, words.undecided]) + [
          .mark(words("判定不能", "undecided"), .unknown)
        ], tone: .unknown)
  }

  /// Records by subsystem.
  func tallyTable(_ evidence: RunEvidence, _ words: Words) -> Table {
    var all = Tally()
    var rows: [Table.Row] = []
    for (id, title) in subsystems {
      let files = evidence.files.filter { $0.subsystem == id }
      guard !files.isEmpty else { continue }
      if files.contains(where: { $0.refused != nil }) {
        let why = files.compactMap { $0.refused.map { words($0) } }.joined(separator: " ")
        rows.append(
          .init(
            [
              .text(words(title)), words.notMeasured, words.notMeasured, words.notMeasured, words.notMeasured,
              .mark(why, .bad),
            ], tone: .bad))
        continue
      }
      let tally = files.reduce(into: Tally()) { $0 += $1.records }
      all += tally
      rows.append(
        .init(
          [
            .text(words(title)), .number(tally.read), .number(tally.migrated), .number(tally.rejected),
            .number(tally.excluded),
            tally.balances ? .mark(words("一致", "balances"), .good) : .mark(words("不一致", "does not balance"), .bad),
          ], tone: tally.rejected > 0 ? .warn : .plain))
    }
    if !rows.isEmpty {
      rows.append(
        .init(
          [
            .text(words("計", "All")), .number(all.read), .number(all.migrated), .number(all.rejected),
            .number(all.excluded), .empty,
          ], total: true))
    }
    return Table(
      "records", words("業務別の件数（読込＝移行＋拒否＋除外）", "Records by subsystem (read = migrated + rejected + excluded)"),
      [
        .init("subsystem", words("業務", "Subsystem"), head: true), .init("read", words("読込", "Read"), .number),
        .init("migrated", words("移行", "Migrated"), .number), .init("rejected", words("拒否", "Rejected"), .number),
        .init("excluded", words("除外", "Excluded"), .number), .init("balance", words("照合", "Balance"), .mark),
      ], rows, judges: "balance")
  }
}

extension PaperInput {
  /// What failed and undecided checks come from, and what to do next.
  func causes(_ evidence: RunEvidence, _ causes: [Cause], _ words: Words, limit: Int = 30) -> Table {
    Cause.listing(of: evidence.checks, dossier.items, title(ofSubsystem:)).table(
      causes, words,
      [
        "id", "severity", .init("title", head: true), "subject", "next", "sections", "yen", "checks", "differences",
      ], limit: limit)
  }
}
