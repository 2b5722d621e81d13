import Base
import Tables
import Evidence
import Records

/// 移行結果報告書: counts and amounts by subsystem, year and tax.
enum MigrationResultPaper: PaperKind {
  static let name = "migration-result"
  static let title = Bilingual("移行結果報告書（件数・金額）", "Results of the migration: counts and amounts")
  static let readers = Bilingual("情報管理課・各課・監査", "IT section, all sections, auditors")
  static let needs: PaperNeeds = [.evidence]

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    guard let evidence = input.evidence else {
      return [.init(words("結果", "Results"), [.paragraph(words.noRun, .unknown)])]
    }
    return [
      Paper.Section(
        words("１　件数", "1  Records"),
        [
          .figures(input.tallyFigures(evidence, words)), .chart(input.waterfall(evidence, words)),
          .table(input.tallyTable(evidence, words)), .table(reasons(evidence, words)), .table(files(evidence, words)),
        ]),
      Paper.Section(
        words("２　金額の総括", "2  Amounts"),
        [.table(input.amounts(evidence, words)), .table(input.controlTotals(evidence, words))]),
    ] + subsystems(input, evidence, words) + [
      Paper.Section(
        words("４　検査結果", "4  Checks"),
        [
          .figures(
            [CheckStatus.passed, .failed, .warned, .notRun].map {
              .init($0.rawValue, words.status($0), .number(evidence.count($0)))
            }),
          .chart(input.heatMap(evidence, words)), .table(unpassed(evidence, input, words)),
        ]),
      Paper.Section(
        words("５　所要時間", "5  Time"),
        [.chart(input.timeChart(evidence, words, steps: false)), .chart(input.timeChart(evidence, words, steps: true))]),
      Paper.Section(words("６　移行先の表", "6  Tables of the target"), [.table(tables(evidence, words))]),
      Paper.Section(words("７　バイト勘定", "7  Bytes accounted for"), bytes(evidence, words)),
    ]
  }

  static func reasons(_ evidence: RunEvidence, _ words: Words) -> Table {
    let rows = evidence.files.flatMap { file -> [Table.Row] in
      func rows(_ counts: [String: Int], _ what: String, _ tone: Tone, _ name: (String) -> String) -> [Table.Row] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
          .init([.text(file.file), .mark(what, tone), .text(name(code)), .code(code), .number(count)])
        }
      }
      return rows(file.faults, words("拒否", "rejected"), .bad) { words.fault($0) }
        + rows(file.exclusions, words("除外", "excluded"), .warn) { $0 }
    }
    return Table(
      "reasons", words("拒否・除外の理由", "Why records were rejected or excluded"),
      [
        .init("file", words("ファイル", "File"), .id), .init("disposition", words("扱い", "Disposition"), .mark),
        .init("reason", words("理由", "Reason"), head: true), .init("code", words("コード", "Code")),
        .init("records", words("件数", "Records"), .number),
      ], rows, none: words("拒否も除外もない。", "Nothing was rejected or excluded."))
  }

  static func files(_ evidence: RunEvidence, _ words: Words) -> Table {
    Table(
      "files", words("入力ファイル", "Input files"),
      [
        .init("file", words("ファイル", "File"), .id, head: true), .init("title", words("名称", "Name")),
        .init("bytes", words("バイト数", "Bytes"), .number), .init("read", words("読込", "Read"), .number),
        .init("sha256", "SHA-256"), .init("result", words("受入れ", "Taken"), .mark),
      ],
      evidence.files.map { file in
        .init([
          .text(file.file), .text(words(file.title)), .number(file.bytes), .number(file.records.read),
          .code(file.sha256),
          file.refused == nil ? .mark(words("受入れ", "yes"), .good) : .mark(words("受入れ不可", "refused"), .bad),
        ])
      }, judges: "result")
  }

  // MARK: year by year

  private static func subsystems(_ input: PaperInput, _ evidence: RunEvidence, _ words: Words) -> [Paper.Section] {
    [
      Paper.Section(
        words("３　業務・年度・税目別の件数・金額", "3  By subsystem, year and tax"), years(input, evidence, words))
    ]
  }

  /// Counts and amounts by subsystem and year: a table for each check that compares them.
  static func years(_ input: PaperInput, _ evidence: RunEvidence, _ words: Words) -> [Paper.Block] {
    let all = yearly(evidence, input)
    return input.subsystems.flatMap { id, title -> [Paper.Block] in
      let checks = all.filter { $0.subsystem == id }
      guard !checks.isEmpty else { return [] }
      return [.heading(words(title))] + checks.flatMap { years($0, words) }
    }
  }

  /// The checks that compare counts or amounts by year, by subsystem.
  static func yearly(_ evidence: RunEvidence, _ input: PaperInput) -> [CheckResult] {
    input.subsystems.flatMap { id, _ in
      evidence.checks.filter {
        $0.subsystem == id && $0.kind == "totals" && ["C01", "C02"].contains($0.category)
          && $0.keyNames.contains { $0.hasSuffix("年度") } && $0.actualFrom == [.target]
      }
    }
  }

  /// The groups of a check by year, and by the key beside it when the page stays readable.
  private static func years(_ check: CheckResult, _ words: Words) -> [Paper.Block] {
    guard check.status != .notRun else {
      return [.paragraph("\(check.id) \(words(check.title)): \(words(check.why))", .unknown)]
    }
    guard let year = check.keyNames.firstIndex(where: { $0.hasSuffix("年度") }) else { return [] }
    let tax = check.keyNames.firstIndex { ["科目", "税目", "種別"].contains($0) }
    var sums: [[String]: (old: [Int128], new: [Int128])] = [:]
    for line in check.lines where line.expected.count == line.actual.count {
      let key = [line.key[year]] + (tax.map { [line.key[$0]] } ?? [])
      var sum = sums[key] ?? (line.expected.map { _ in 0 }, line.actual.map { _ in 0 })
      for index in line.expected.indices {
        sum.old[index] += line.expected[index]
        sum.new[index] += line.actual[index]
      }
      sums[key] = sum
    }
    let keys = sums.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let partial: [Paper.Block] =
      PaperInput.isPartial(check)
      ? [
        .paragraph(
          words(
            "\(check.id): 証跡にある500区分のみの合計であり、全体の合計ではない。",
            "\(check.id): of the 500 groups that the evidence has, not of all."), .warn)
      ]
      : []
    let heads =
      [Table.Column("year", check.keyNames[year], .id, head: true, merges: true)]
      + (tax.map { [Table.Column("tax", check.keyNames[$0], .id, merges: true)] } ?? [])
    let key = check.id.lowercased().replacing("-", with: "_")
    let title = "\(check.id)　\(words(check.title))"
    func names(_ key: [String]) -> [Cell] { [.text(words.fiscalYear(key[0]))] + key.dropFirst().map { .text($0) } }
    let result = Table.Column("result", words("判定", "Result"), .mark)
    func mark(_ isEqual: Bool) -> Cell {
      isEqual ? .mark(words("一致", "equal"), .good) : .mark(words("不一致", "differs"), .bad)
    }
    // At most five measures are side by side; the others follow in another table.
    let measures = Array(check.measureNames.indices)
    let parts = stride(from: 0, to: measures.count, by: 5).map { Array(measures[$0..<min($0 + 5, measures.count)]) }
    return partial
      + parts.enumerated().map { number, part in
        let place = parts.count > 1 ? words("（\(number + 1)/\(parts.count)）", " (\(number + 1) of \(parts.count))") : ""
        let columns = part.map { Table.Column("measure_\($0 + 1)", check.measureNames[$0], .pair) }
        let rows = keys.map { group -> Table.Row in
          let sum = sums[group] ?? ([], [])
          let pairs = part.filter { $0 < sum.old.count }.map { (sum.old[$0], sum.new[$0]) }
          let isEqual = pairs.allSatisfy { $0.0 == $0.1 }
          return .init(
            names(group) + pairs.map { .pair($0.0, $0.1) } + [mark(isEqual)], tone: isEqual ? .plain : .bad)
        }
        return .table(
          Table(
            parts.count > 1 ? "\(key)_\(number + 1)" : key, title + place, heads + columns + [result], rows,
            judges: "result"))
      }
  }

  // MARK: bytes

  /// The largest number of bars in one chart: a third of a sheet, which leaves no large gap where a sheet ends.
  private static let barsPerChart = 20

  /// The use of every byte of every kind of record that was read.
  private static func bytes(_ evidence: RunEvidence, _ words: Words) -> [Paper.Block] {
    var parts: [[(name: String, use: ByteUse)]] = []
    for file in evidence.files where file.refused == nil {
      // A file that fits is not divided.
      if let last = parts.last, last.count + file.kinds.count > barsPerChart { parts.append([]) }
      for kind in file.kinds {
        if (parts.last?.count ?? barsPerChart) >= barsPerChart { parts.append([]) }
        parts[parts.count - 1].append(("\(file.file) \(kind.kind) \(words(kind.title))", kind.bytes))
      }
    }
    guard !parts.isEmpty else {
      return [.paragraph(words("読み込んだレコードの種別がない。", "No kind of record was read."), .unknown)]
    }
    let longest = parts.joined().map(\.use.length).max() ?? 1
    let charts = parts.enumerated().map { number, kinds in
      let place = parts.count > 1 ? words("（\(number + 1)/\(parts.count)）", " (\(number + 1) of \(parts.count))") : ""
      return Paper.Block.chart(byteChart(kinds, longest, place, words))
    }
    return [
      .paragraph(
        words(
          "レコード1件の全バイトの使い道。移行は移行先の表に入る項目と種別、検査のみは検査だけが見る項目、廃棄は理由を定めてどこにも移さない項目であり、合わせてレコード長になる。項目ごとの理由は実行の報告書の「バイト勘定」にある。",
          "What all bytes of one record are used for. Mapped are items that go into the target, and the kind; checked are items that only checks look at; dropped are items that go nowhere, for a declared reason. Together they are the record's length. The run's report says item by item why."
        ), .plain)
    ] + charts
  }

  private static func byteChart(
    _ kinds: [(name: String, use: ByteUse)], _ longest: Int, _ place: String, _ words: Words
  ) -> PaperChart {
    // Definitions that leave a byte unaccounted for do not compile; evidence that has one shows it.
    let isWhole = kinds.allSatisfy { $0.use.unaccounted <= 0 }
    let parts =
      [words("移行", "Mapped"), words("検査のみ", "Checked"), words("廃棄", "Dropped")]
      + (isWhole ? [] : [words("不明", "Unknown")])
    let bars = kinds.map { kind in
      let rest = isWhole ? [] : [max(0, kind.use.unaccounted)]
      return PaperChart.StackChart.Bar(
        name: kind.name, values: [kind.use.mapped, kind.use.checked, kind.use.dropped] + rest)
    }
    let spoken = bars.map { bar in
      let named = zip(parts, bar.values).map { "\($0) \(words.number($1))" }.joined(separator: words("、", ", "))
      return "\(bar.name) \(words.number(bar.values.reduce(0, +))): \(named)"
    }
    return .stacks(
      .init(
        title: words("バイト勘定（レコード1件のバイト数）", "Bytes of one record by their use") + place,
        whole: words("長さ", "Length"), parts: parts, bars: bars, scale: longest,
        alternative: spoken.joined(separator: words("。", "; "))))
  }

  // MARK: checks and tables

  /// The checks that did not pass: failed, undecided, warning; the gravest first.
  static func unpassed(_ evidence: RunEvidence) -> [CheckResult] {
    CheckResult.gravestFirst(evidence.checks.filter { $0.status != .passed })
  }

  private static func unpassed(_ evidence: RunEvidence, _ input: PaperInput, _ words: Words) -> Table {
    CheckResult.listing(input.title(ofSubsystem:)).table(
      unpassed(evidence), words,
      ["id", "status", "severity", "subsystem", .init("title", head: true), "why", "differences"], key: "unpassed",
      title: words("合格でない検査", "Checks that did not pass"), limit: 150, none: words("すべて合格した。", "All passed."),
      judges: "status")
  }

  static func tables(_ evidence: RunEvidence, _ words: Words) -> Table {
    Table(
      "tables", words("移行先の表（行数とダイジェスト）", "Tables: rows and digests"),
      [
        .init("table", words("表", "Table"), head: true), .init("rows", words("行数", "Rows"), .number),
        .init("sha256", words("正規化した全行のSHA-256", "SHA-256 over the canonical rows")),
      ], evidence.tables.map { .init([.text($0.table), .number($0.rows), .code($0.sha256)]) })
  }
}
