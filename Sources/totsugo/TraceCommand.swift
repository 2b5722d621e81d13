import ArgumentParser
import Base
import Checks
import Commands
import Copybook
import Decode
import Evidence
import Expressions
import Framing
import Outline
import Pipeline
import Projects
import Records
import Report
import Tables
import Targets

/// `totsugo trace PROJECT FILE N`: one record from its bytes to the rows of the target and the checks that read it (追跡).
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: .said(
      "1レコードを追跡する。バイト、項目、項目変換による行、移行先の値、読む検査",
      "Follow one record: bytes, items, the rows that the mapping makes, what the target holds, the checks that read it."
    ),
    discussion: .said(
      "終了コード: 0 移行され、移行先と一致（除外と制御レコードも）、1 拒否、または移行先と違う、2 読めない。",
      "Exit code: 0 migrated and as in the target (excluded and control records, too), 1 rejected or not as in the target, 2 not readable."
    ))

  @Argument(help: .project) var project: String
  @Argument(help: .said("ファイルの名前。定義にあるもの。例: KJFUKA", "The file, as the definitions name it, for example KJFUKA."))
  var file: String
  @Argument(help: .said("レコードの番号。先頭・末尾のレコードも含め、1から数える", "The record's number, from 1, control records included."))
  var record: Int
  @Option(
    help: .said(
      "旧システムのファイルのフォルダ（省略時はプロジェクトの隣の data）", "Folder of the legacy files (default: data, beside the project)."))
  var data: String?
  @Option(
    help: .said(
      "キーで行を探す移行先。sqlite:PATH、postgres://… または csv:フォルダ（省略時は探さない）",
      "The target in which rows are looked up by their keys: sqlite:PATH, postgres://… or csv:FOLDER (default: none)."))
  var target: String?
  @Flag(
    help: .said("個人を示す値も伏せずに示す（個人番号は常に伏せる）", "Show personal values (personal numbers never)."))
  var reveal = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if record < 1 { throw ValidationError(.said("レコードの番号は1から数えます。", "Records count from 1.")) }
  }

  func run() throws {
    let project = try common.reporting { try ProjectOutline.compile(self.project).project }
    let language = common.language(project.language)
    try common.reporting(language) {
      guard let plan = project.files.first(where: { $0.id == file }) else {
        throw Diagnostic(.optionValue, file, NameTable.choices(file, among: project.files.map(\.id)))
      }
      let target = try target.map { reference throws(Diagnostic) in try TargetReference.open(reference) }
      let source = try plan.open(in: data ?? project.folder + "/data")
      let trace = try RecordTrace(record, of: plan, in: source, project, target: target, reveals: reveal)
      let told = TracedRecord(trace, project, reveals: reveal, language)
      switch common.format {
      case .json: try common.answer(json: told)
      case .text: common.answer(lines: told.lines(trace, common.terminal))
      }
      if told.rows.contains(where: { $0.trouble != nil }) { throw Failure.trouble }
      if !told.isGood { throw Failure.no }
    }
  }
}

/// The answer of `trace`.
struct TracedRecord: Encodable {
  struct Kind: Encodable {
    let code: String
    let title: String
    let role: String
  }

  /// What becomes of the record.
  struct Outcome: Encodable {
    enum What: String, Encodable { case migrated, excluded, rejected, control }

    let what: What
    /// The item, or the column made from it, with the fault of a rejected record; the rule that excludes one.
    let by: String?
    /// The code of the fault.
    let fault: String?
    let reason: String?
  }

  struct Column: Encodable {
    let column: String
    let expression: String
    let items: [String]
    let value: String?
    let stored: String?
    let agrees: Bool?
    let definition: String
  }

  struct Row: Encodable {
    let table: String
    let each: String?
    /// The number of rows of the target with its key; `nil` when they were not looked up, or may not be told.
    let stored: Int?
    let trouble: String?
    let columns: [Column]

    /// Whether the target has the row, once and with these values; `nil` when it was not looked up.
    var agrees: Bool? { stored.map { $0 == 1 && columns.allSatisfy { $0.agrees ?? true } } }
  }

  struct Reader: Encodable {
    let check: String
    let severity: String
    let title: String
    /// The items that it reads of this kind of record, and the columns by table.
    let items: [String]
    let columns: [String: [String]]
  }

  let file: String
  let data: String
  let record: Int
  let offset: Int
  let length: Int
  let kind: Kind?
  let outcome: Outcome
  let items: [InspectedItem]
  let rows: [Row]
  let checks: [Reader]
  private let language: Language

  enum CodingKeys: CodingKey { case file, data, record, offset, length, kind, outcome, items, rows, checks }

  init(_ trace: RecordTrace, _ project: Project, reveals: Bool, _ language: Language) {
    self.language = language
    (file, data, record) = (trace.file.id, trace.file.data, trace.record)
    (offset, length) = (trace.offset, trace.length)
    kind = trace.kind.map { .init(code: $0.code, title: $0.title.text(language), role: $0.role.rawValue) }
    outcome = Self.outcome(trace, language)
    items = (trace.inspection?.lines ?? []).map(InspectedItem.init)
    // Whether a personal item makes a row is not told, only how it is mapped.
    rows = trace.mapping.flatMap { plan in
      plan.isPrivate && !reveals
        ? [Self.row(plan, isHidden: true, language)]
        : trace.rows.filter { $0.plan == plan.plan }.map { Self.row($0, isHidden: false, language) }
    }
    let own = trace.kind.map { Source.records(file: trace.file.id, kind: $0.code) }
    let tables = Set(rows.map(\.table))
    checks = project.checks.compactMap { check in
      let reads = check.sources.contains { source in
        if case .table(let name) = source { return tables.contains(name) }
        return source == own
      }
      guard reads else { return nil }
      let names = project.names(readBy: check.id)
      let columns = tables.compactMap { table in names[.table(table)].map { (table, $0.sorted()) } }
      return Reader(
        check: check.id, severity: check.severity.rawValue, title: check.title.text(language),
        items: own.flatMap { names[$0] }?.sorted() ?? [], columns: Dictionary(uniqueKeysWithValues: columns))
    }
  }

  private static func outcome(_ trace: RecordTrace, _ language: Language) -> Outcome {
    switch trace.disposition {
    case .migrated:
      let isData = trace.kind?.role == .data
      return Outcome(what: isData ? .migrated : .control, by: nil, fault: nil, reason: nil)
    case .excluded(let rule):
      let exclusion = trace.kind?.mapping.exclusions[rule]
      return Outcome(what: .excluded, by: exclusion?.id, fault: nil, reason: exclusion?.reason.text(language))
    case .rejected(let field, let fault):
      return Outcome(
        what: .rejected, by: field.isEmpty ? nil : field, fault: fault.code,
        reason: Words(language: language).fault(fault.code))
    }
  }

  private static func row(_ row: RecordTrace.Row, isHidden: Bool, _ language: Language) -> Row {
    var (stored, trouble): (Int?, String?) = (nil, nil)
    switch row.stored {
    case .rows(let count): stored = count
    case .unreadable(let diagnostic): trouble = diagnostic.message(language)
    case .unknown: break
    }
    let columns = row.values.map { value in
      Column(
        column: value.column.name, expression: value.written.text, items: value.items.sorted(),
        value: isHidden ? Privacy.mask : value.value, stored: isHidden ? nil : value.stored,
        agrees: isHidden ? nil : value.agrees, definition: value.written.place.text(language))
    }
    return Row(
      table: row.table.name, each: row.each, stored: isHidden ? nil : stored, trouble: trouble, columns: columns)
  }

  /// Whether nothing is wrong with it, as far as was looked.
  var isGood: Bool { outcome.what != .rejected && rows.allSatisfy { $0.agrees ?? true } }

  // MARK: text

  func lines(_ trace: RecordTrace, _ terminal: Terminal) -> [String] {
    var lines: [String] = []
    if let inspection = trace.inspection, let kind = trace.kind {
      let page = InspectionPage(language: language, isColored: terminal.isColored, bytes: 32)
      lines.append(
        page.text(
          inspection, file: "\(file) (\(data))", record: record, offset: offset, length: length,
          layoutLength: trace.file.format.cells == nil ? kind.layout.length : length))
    } else {
      let place = language(
        "レコード \(record)  オフセット \(offset)  長さ \(length)", "record \(record)  offset \(offset)  length \(length)")
      lines.append("\(file) (\(data))  \(place)")
    }
    lines += ["", told]
    let words = Words(language: language)
    for (number, row) in rows.enumerated() {
      lines += ["", heading(number, row)] + table(row, words).lines(words, on: terminal)
    }
    if rows.isEmpty, outcome.what == .migrated { lines.append(language("行を作らない", "It makes no row")) }
    lines += ["", language("読む検査 \(checks.count)件", "\(checks.count) check(s) read it")]
    if !checks.isEmpty { lines += readers(words).lines(words, on: terminal) }
    return lines
  }

  private func readers(_ words: Words) -> Table {
    Table(
      "checks", words("読む検査", "Checks that read it"),
      [
        .init("check", words("検査", "Check"), .id), .init("severity", words("重大度", "Sev.")),
        .init("title", words("件名", "Title")), .init("reads", words("読む項目と列", "Items and columns")),
      ],
      checks.map { check in
        let columns = check.columns.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: " "))" }
        let own = check.items.isEmpty ? [] : [check.items.joined(separator: " ")]
        return .init([
          .text(check.check), .text(check.severity), .text(check.title), .text((own + columns).joined(separator: "; ")),
        ])
      })
  }

  /// Kind and outcome in a line.
  private var told: String {
    let kind = kind.map { "\($0.code) \($0.title)" } ?? language("種別が不明", "unknown kind")
    let reason = [outcome.by, outcome.reason, outcome.fault.map { "[\($0)]" }].compactMap(\.self).joined(separator: " ")
    let what =
      switch outcome.what {
      case .migrated: language("移行", "migrated")
      case .excluded: language("除外", "excluded")
      case .rejected: language("拒否", "rejected")
      case .control: language("制御レコード（移行しない）", "control record, not migrated")
      }
    return "\(language("種別", "kind")) \(kind)  \(language("処置", "outcome")) \(what)"
      + (reason.isEmpty ? "" : "  \(reason)")
  }

  private func heading(_ number: Int, _ row: Row) -> String {
    let each = row.each.map { language("（\($0) の一つ）", " (one of \($0))") } ?? ""
    let stored: String
    if let trouble = row.trouble {
      stored = trouble
    } else if let count = row.stored {
      let more = count >= RecordTrace.Stored.limit ? language("以上", " or more") : ""
      stored =
        count == 0
        ? language("移行先に行がない", "the target has no such row")
        : count == 1
          ? row.agrees == true ? language("移行先と一致", "as in the target") : language("移行先と違う", "differs from the target")
          : language("移行先にこのキーの行が\(count)行\(more)", "\(count) rows\(more) of the target have this key")
    } else {
      stored = ""
    }
    return "\(number + 1). \(row.table)\(each)" + (stored.isEmpty ? "" : "  \(stored)")
  }

  private func table(_ row: Row, _ words: Words) -> Table {
    let isMade = outcome.what == .migrated
    let isFound = (row.stored ?? 0) > 0
    var columns: [Table.Column] = [
      .init("column", words("列", "Column")), .init("expression", words("変換式", "Expression")),
    ]
    if isMade { columns.append(.init("value", words("値", "Value"))) }
    if isFound { columns += [.init("stored", words("移行先の値", "In the target")), .init("differs", "", .mark)] }
    columns.append(.init("definition", words("定義", "Defined in")))
    return Table(
      row.table, row.table, columns,
      row.columns.map { column in
        var cells: [Cell] = [.text(column.column), .text(column.expression)]
        if isMade { cells.append(.text(column.value ?? "NULL")) }
        if isFound { cells += [.text(column.stored ?? "NULL"), column.agrees == false ? .mark("≠", .bad) : .empty] }
        return .init(cells + [.text(column.definition)])
      })
  }
}
