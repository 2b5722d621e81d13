import Base
import Tables
import Evidence
import Ledger
import Registers
import Workspace

/// 不一致一覧・要因分類表: the differences by cause, their groups, and the places of the complete lists.
enum DifferencesPaper: PaperKind {
  static let name = "differences"
  static let title = Bilingual("不一致一覧・要因分類表", "Differences by cause")
  static let readers = Bilingual("個別検討会議", "working sessions")
  static let tellsKeys = true
  static let needs: PaperNeeds = [.evidence, .lists]

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    guard let evidence = input.evidence else {
      return [.init(words("不一致", "Differences"), [.paragraph(words.noRun, .unknown)])]
    }
    let failed = evidence.checks.filter { $0.status == .failed }
    let undecided = evidence.checks.filter { $0.status == .notRun }
    let entries = entries(evidence, input)
    let lines = entries.reduce(0) { $0 + $1.group.lines }
    let open = entries.filter { $0.kind == .unclassified }
    var sections = [
      Paper.Section(
        words("１　要因分類表", "1  Causes"),
        [
          .figures([
            .init("checks", words("不合格の検査", "Failed checks"), .number(failed.count)),
            .init("groups", words("不一致の群", "Groups"), .number(entries.count)),
            .init("differences", words("不一致", "Differences"), .number(lines)),
            .init("unclassified", words("うち未分類の群", "Groups unclassified"), .number(open.count)),
            .init("undecided", words("判定不能の検査", "Undecided checks"), .number(undecided.count)),
          ]),
          .chart(chart(entries, words)), .table(causes(entries, words)), .table(bySubsystem(entries, input, words)),
        ])
    ]
    sections.append(
      Paper.Section(words("２　不一致の群", "2  Groups"), [.table(groups(entries, words))]))
    sections.append(
      Paper.Section(
        words("３　群の例", "3  Samples of the groups"),
        [
          .paragraph(
            words(
              "個人を示す値は伏せてある。全件の一覧は実行のフォルダーの表中のファイルにある（取扱注意）。",
              "Personal values are masked. The files named below, in the folder of the run, have every difference.")),
          .table(samples(entries, words)),
        ]))
    sections.append(
      Paper.Section(
        words("４　群に分けられない不合格・判定不能", "4  Failed without groups, and undecided"),
        [.table(ungrouped(failed.filter(\.groups.isEmpty) + undecided, input, words))]))
    if let rows = input.rows {
      let beyond = rows.count - DifferenceRows.sheetLimit
      let note = words(
        "Excelの1枚のシートに入る\(words.number(DifferenceRows.sheetLimit))件までを載せる。残り\(words.number(beyond))件は実行のフォルダーの一覧にある。",
        "A sheet of Excel holds \(words.number(DifferenceRows.sheetLimit)) of them; the other \(words.number(beyond)) are in the lists in the folder of the run."
      )
      sections.append(
        Paper.Section(
          words("５　不一致の全件", "5  Every difference"),
          [.table(leads(input, evidence, rows, words))] + (beyond > 0 ? [.paragraph(note, .warn)] : [])
            + [.table(every(input, rows, words))]))
    }
    return sections
  }

  /// The groups of differences of the failed checks, the largest first.
  static func entries(_ evidence: RunEvidence, _ input: PaperInput) -> [GroupEntry] {
    GroupEntry.all(evidence.checks.filter { $0.status == .failed }, input.dossier.classes).sorted(
      by: GroupEntry.isLarger)
  }

  private static func chart(_ entries: [GroupEntry], _ words: Words) -> PaperChart {
    let bars = DifferenceClass.allCases.compactMap { kind -> PaperChart.BarChart.Bar? in
      let some = entries.filter { $0.kind == kind }
      let lines = some.reduce(0) { $0 + $1.group.lines }
      guard lines > 0 || kind == .unclassified else { return nil }
      return .init(
        name: "\(kind.rawValue) \(words(kind.title))", value: Double(lines),
        text: words("\(words.number(lines))件（\(some.count)群）", "\(words.number(lines)) (\(some.count) groups)"),
        tone: kind == .unclassified ? .bad : .plain)
    }
    let spoken = bars.map { "\($0.name) \($0.text)" }.joined(separator: words("、", ", "))
    return .bars(.init(title: words("要因別の不一致件数", "Differences by cause"), bars: bars, alternative: spoken))
  }

  static func causes(_ entries: [GroupEntry], _ words: Words) -> Table {
    Table(
      "causes", words("要因分類", "Causes"),
      [
        .init("cause", words("要因", "Cause"), head: true), .init("checks", words("検査", "Checks"), .number),
        .init("groups", words("群", "Groups"), .number), .init("differences", words("不一致", "Differences"), .number),
      ],
      DifferenceClass.allCases.map { kind in
        let some = entries.filter { $0.kind == kind }
        return .init(
          [
            .text("\(kind.rawValue) \(words(kind.title))"), .number(Set(some.map(\.check.id)).count),
            .number(some.count), .number(some.reduce(0) { $0 + $1.group.lines }),
          ], tone: kind == .unclassified && !some.isEmpty ? .bad : .plain)
      })
  }

  private static func bySubsystem(_ entries: [GroupEntry], _ input: PaperInput, _ words: Words) -> Table {
    Table(
      "subsystems", words("業務×要因（不一致件数）", "Differences by subsystem and cause"),
      [.init("subsystem", words("業務", "Subsystem"), head: true)]
        + DifferenceClass.allCases.map { .init("cause_\($0.rawValue.lowercased())", $0.rawValue, .number) } + [
          .init("all", words("計", "All"), .number)
        ],
      input.subsystems.compactMap { id, title in
        let some = entries.filter { $0.check.subsystem == id }
        guard !some.isEmpty else { return nil }
        return .init(
          [.text(words(title))]
            + DifferenceClass.allCases.map { kind in
              .number(some.filter { $0.kind == kind }.reduce(0) { $0 + $1.group.lines })
            } + [.number(some.reduce(0) { $0 + $1.group.lines })])
      })
  }

  static func groups(_ entries: [GroupEntry], _ words: Words, limit: Int = 120) -> Table {
    GroupEntry.listing.table(
      entries, words,
      ["signature", "severity", .init("check", head: true), "pattern", "differences", "sums", "cause"], limit: limit,
      none: words("不一致はない。", "There are no differences."))
  }

  /// The lines in the evidence, by their keys. Equal masked keys identify nothing.
  private static func lines(_ check: CheckResult) -> [[String]: SingleDifference] {
    let byKey = Dictionary(grouping: check.singles) { $0.key.map(\.value) }
    return byKey.compactMapValues { $0.count == 1 ? $0[0] : nil }
  }

  private static func samples(_ entries: [GroupEntry], _ words: Words) -> Table {
    Table(
      "samples", words("例（各群3件まで）", "Samples, up to three of a group"),
      [
        .init("signature", words("不一致群番号", "Signature"), .id, head: true, merges: true),
        .init("key", words("キー", "Key")), .init("expected", words("期待", "Expected")),
        .init("actual", words("実際", "Actual")), .init("difference", words("差", "Difference")),
        .init("records", words("旧レコード", "Legacy records")),
        .init("list", words("全件のファイル", "File with all"), merges: true),
      ],
      entries.flatMap { entry -> [Table.Row] in
        let lines = lines(entry.check)
        let list: Cell = entry.check.list.map { .code($0) } ?? .text("–")
        return entry.group.samples.prefix(3).map { sample in
          let names = entry.check.keyNames
          let key =
            names.isEmpty
            ? sample.joined(separator: " / ") : zip(names, sample).map { "\($0)=\($1)" }.joined(separator: "　")
          let line = lines[sample]
          return .init([
            .text(entry.group.signature), .text(key), .text(line.map { words.text($0.expected) } ?? "–"),
            .text(line.map { words.text($0.actual) } ?? "–"), .text(line.map { words.difference($0) } ?? "–"),
            .text(line.map { words.records($0) } ?? ""), list,
          ])
        }
      }, limit: 200)
  }

  private static func ungrouped(_ checks: [CheckResult], _ input: PaperInput, _ words: Words) -> Table {
    CheckResult.listing(input.title(ofSubsystem:)).table(
      checks, words, ["id", "status", "severity", "subsystem", .init("title", head: true), "why"], key: "ungrouped",
      title: words("群に分けられない検査", "Checks without groups"), judges: "status")
  }
}
