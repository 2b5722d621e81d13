import Pipeline
import Evidence
import Projects
import Base
import Tables
import Decode
import Expressions
import Framing
import Ledger
import Office
import Records
import Registers
import Report
import Targets

/// 旧レコード: a legacy record as annotated hex, its disposition, and the rows that the mapping makes of it.
enum RecordPage: Page {
  static func address(_ place: RecordPlace, check: String = "", _ visit: Visit) -> String {
    PageAddress.path("records", place.file, String(place.record), query: [("check", check)] + visit.revealing)
  }

  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent? {
    guard rest.count == 2, let number = Int(rest[1]), number >= 1 else { return nil }
    let words = visit.words
    let check = visit.query("check")
    guard let found = try existing(RecordPlace(file: rest[0], record: number), check: check, visit) else { return nil }
    let (trace, project, names, records) = found
    // Of another section's subsystem, only the items that the check reads.
    let only = !visit.sees(subsystem: trace.file.subsystem)
    let step = { (to: Int, word: String) -> HTML in
      .link(address(RecordPlace(file: trace.file.id, record: to), check: check, visit), word)
    }
    let before: HTML = number > 1 ? step(number - 1, words("前のレコード", "previous record")) : ""
    let isLast = number == records
    let after: HTML = isLast ? "" : step(number + 1, words("次のレコード", "next record"))
    var crumbs = [PageContent.Crumb(name: words("概況", "Overview"), address: "/")]
    if visit.sees(check: check), visit.snapshot.checks[check] != nil {
      crumbs.append(.init(name: check, address: PageAddress.path("checks", check)))
    }
    return PageContent(
      words("\(trace.file.id) \(words.number(number))件目", "\(trace.file.id), record \(words.number(number))"),
      crumbs: crumbs,
      """
      <nav class="paging" aria-label="\(words("前後のレコード", "Records around it"))">\(before) \(after)</nav>
      \(try head(trace, project, visit))\(visit.revealSwitch)\(bytes(trace, names, only: only, visit))\(rows(trace, names, only: only, visit))
      """)
  }

  /// The part of a record shown with a difference: the items that the check reads, and the mapping of the columns that
  /// it reads.
  static func excerpt(_ place: RecordPlace, check: String, _ visit: Visit) throws -> HTML {
    let words = visit.words
    let title: HTML =
      "<h2>\(words("旧レコード", "Legacy record")) \(HTML.link(address(place, check: check, visit), "\(place.file) \(words.number(place.record))"))</h2>"
    do {
      guard let (trace, project, names, _) = try trace(place, check: check, visit) else {
        return "\(title)<p>\(words("見る権限がありません。", "Not yours to see."))</p>"
      }
      let whole: HTML =
        visit.sees(subsystem: trace.file.subsystem)
        ? .link(address(place, check: check, visit), words("このレコードの全項目を見る", "See all items of this record")) : ""
      let more = words("位置、項目変換と、その結果の行", "Its place, the mapping, and the rows it makes")
      return """
        <details><summary>\(more)　\(place.file) \(words.number(place.record))</summary>\(title)\(try head(trace, project, visit))\
        \(bytes(trace, names, only: true, visit))\(rows(trace, names, only: true, visit))<p>\(whole)</p></details>
        """
    } catch let diagnostic as Diagnostic {
      // The data may have been removed since; the check's finding remains valid.
      return "\(title)<p class=\"bad\">\(diagnostic.message(visit.language))</p>"
    }
  }

  /// Like ``trace(_:check:_:)``, but also `nil` when the file has fewer records.
  private static func existing(
    _ place: RecordPlace, check: String, _ visit: Visit
  ) throws -> (RecordTrace, Project, names: [Source: Set<String>], records: Int)? {
    do { return try trace(place, check: check, visit) } catch let diagnostic as Diagnostic {
      if diagnostic.code == .recordAbsent { return nil }
      throw diagnostic
    }
  }

  /// The record, and the items and columns that the check reads. `nil` when the person may not see it: it belongs to no
  /// subsystem of their sections, and no check of their items reads it.
  static func trace(
    _ place: RecordPlace, check: String, _ visit: Visit
  ) throws -> (RecordTrace, Project, names: [Source: Set<String>], records: Int)? {
    guard let run = visit.snapshot.dossier.latest else { return nil }
    let project = try visit.site.snapshots.project(visit.snapshot)
    guard let file = project.files.first(where: { $0.id == place.file }) else { return nil }
    let names = visit.sees(check: check) ? project.names(readBy: check) : [:]
    let isRead = file.kinds.contains { names[.records(file: file.id, kind: $0.code)] != nil }
    guard isRead || visit.sees(subsystem: file.subsystem) else { return nil }
    let source = try visit.site.sources.open(file, in: folder(run, visit)).file
    // The run did not load subsystems and files that it left out.
    let isLeftOut = run.leftOut.contains(file.subsystem) || run.refused.contains(file.id)
    let target = isLeftOut ? nil : visit.site.sources.target(of: run, visit.snapshot.office.workspace)
    let trace = try RecordTrace(
      place.record, of: file, in: source, project, target: target, reveals: visit.reveals)
    return (trace, project, names, source.recordCount)
  }

  private static func folder(_ run: RunRecord, _ visit: Visit) -> String { visit.site.options.data ?? run.data }

  // MARK: parts

  /// The record's place, its disposition, and whether file and definitions are still those of the run.
  private static func head(_ trace: RecordTrace, _ project: Project, _ visit: Visit) throws -> HTML {
    let words = visit.words
    let run = visit.snapshot.evidence
    var warnings: [String] = []
    if let latest = visit.snapshot.dossier.latest {
      if latest.leftOut.contains(trace.file.subsystem) || latest.refused.contains(trace.file.id) {
        warnings.append(
          words(
            "直近の実行 \(latest.run) はこのファイルを移行していません。処置は今の定義で計算したものです。",
            "The latest run \(latest.run) did not migrate this file; what becomes of the record is worked out anew."))
      } else if let found = run?.files.first(where: { $0.file == trace.file.id }) {
        switch visit.site.sources.content(folder(latest, visit) + "/" + trace.file.data, expected: found.sha256) {
        case .same: break
        case .other:
          warnings.append(
            words(
              "このファイルは実行時のものではありません（SHA-256が違います）。表示は、今のファイルの同じ番号のレコードです。",
              "This is not the file that the run read: its SHA-256 is another. Shown is the record of that number in today’s file."
            ))
        case .unknown:
          warnings.append(
            words(
              "実行時と同じファイルかどうかを照合中です。開き直すと結果が分かります。",
              "Whether this is the file that the run read is being found out; open the page again to see."))
        }
      }
    }
    if let definitions = run?.definitions, definitions != project.digest {
      warnings.append(
        words("定義が実行の後に変わっています。表示は今の定義によります。", "The definitions have changed since the run; this is by those of today.")
      )
    }
    let kind = trace.kind.map { "\($0.code) \(words($0.title))" } ?? words("種別が不明", "unknown kind")
    let notes = warnings.map { text -> HTML in "<p class=\"warn\" role=\"note\">\(text)</p>" }
    return """
      \(notes)\(visit.facts([
        .init(words("ファイル", "File"), .text("\(trace.file.id) \(words(trace.file.title)) (\(trace.file.data))")),
        .init(words("種別", "Kind"), .text(kind)),
        .init(
          words("位置", "Place"),
          .text(
            words(
              "\(words.number(trace.record))件目、先頭から\(words.number(trace.offset))バイト、長さ\(words.number(trace.length))バイト",
              "record \(words.number(trace.record)), byte \(words.number(trace.offset)), \(words.number(trace.length)) bytes long"))
        ),
        .init(words("処置（今の定義による）", "What becomes of it, by today’s definitions"), disposition(trace, words)),
      ]))
      """
  }

  private static func disposition(_ trace: RecordTrace, _ words: Words) -> Cell {
    switch trace.disposition {
    case .migrated:
      if let kind = trace.kind, kind.role != .data {
        return .text(words("制御レコード（移行しない）", "control record, not migrated"))
      }
      return .mark(words("移行", "migrated"), .good)
    case .excluded(let rule):
      let exclusion = trace.kind?.mapping.exclusions[rule]
      return .several([
        .mark(words("除外", "excluded"), .warn), .text(exclusion?.id ?? ""),
        .text(exclusion.map { words($0.reason) } ?? ""),
      ])
    case .rejected(let field, let fault):
      return .several([.mark(words("拒否", "rejected"), .bad), .text(field), .text(words.fault(fault.code))])
    }
  }

  /// The record item by item: place, bytes, picture, value, faults.
  private static func bytes(
    _ trace: RecordTrace, _ names: [Source: Set<String>], only: Bool, _ visit: Visit
  ) -> HTML {
    let words = visit.words
    guard let inspection = trace.inspection, let kind = trace.kind else {
      return
        "<p>\(words("定義にない種別なので、項目に分けられません。バイト列は隔離領域（quarantine）にあります。", "Its kind is not defined, so its items are not known. Its bytes are kept in the quarantine."))</p>"
    }
    let read = names[.records(file: trace.file.id, kind: kind.code)] ?? []
    let rows = inspection.lines.compactMap { line -> Table.Row? in
      let isRead = read.contains(line.name.split(separator: "[").first.map(String.init) ?? "")
      // A fault is the reason why the record was not migrated, for every reader.
      if only, !isRead, line.fault == nil { return nil }
      let indent = String(repeating: "\u{2003}", count: only ? 0 : line.depth)
      return .init(
        [
          .number(line.offset + 1), .number(line.length), .several([.text(indent), .code(line.name)], by: ""),
          .code(line.clause), .code(hex(line.hex)), value(line, words),
        ], tone: line.fault != nil ? .bad : isRead && !only ? .warn : line.isFiller ? .unknown : .plain)
    }
    if rows.isEmpty {
      return only
        ? "<p>\(words("検査はこの種別の項目を直接は読みません（件数など）。", "The check reads no item of this kind by itself (it counts, for example)."))</p>"
        : ""
    }
    let table = Table(
      "bytes",
      only
        ? words("検査が読む項目のバイト", "Bytes of the items that the check reads") : words("全項目のバイト", "Bytes of every item"),
      [
        .init("offset", words("位置", "Pos"), .number), .init("length", words("長", "Len"), .number),
        .init("item", words("項目", "Item"), .id, head: true), .init("clause", words("句", "Clause")),
        .init("bytes", words("バイト（16進）", "Bytes (hex)")), .init("value", words("値", "Value")),
      ], rows, limit: .max)
    return "<h3>\(words("バイト", "Bytes"))</h3>\(table.html(words))"
  }

  static func hex(_ digits: String) -> String {
    digits == Privacy.mask ? digits : pairs(digits).joined(separator: " ")
  }

  /// The bytes of hexadecimal digits, one by one.
  static func pairs(_ digits: String) -> [Substring] {
    var pairs: [Substring] = []
    var rest = digits[...]
    while !rest.isEmpty {
      pairs.append(rest.prefix(2))
      rest = rest.dropFirst(2)
    }
    return pairs
  }

  static func value(_ line: RecordInspection.Line, _ words: Words) -> Cell {
    if line.clause.isEmpty || line.clause.hasPrefix("REDEFINES") { return .empty }
    if let fault = line.fault {
      return .several([.mark("✗ \(words.fault(fault.code))", .bad), .code(fault.code)])
    }
    guard line.isPresent, let value = line.value else { return .soft(words("値なし", "null")) }
    let conditions = line.conditions.isEmpty ? "" : " (\(line.conditions.joined(separator: ", ")))"
    return .text("\(ShownText.visible(value))\(conditions)")
  }

  /// The rows made from the record: column, the mapping's expression, the value.
  private static func rows(
    _ trace: RecordTrace, _ names: [Source: Set<String>], only: Bool, _ visit: Visit
  ) -> HTML {
    let words = visit.words
    let items = trace.kind.map { names[.records(file: trace.file.id, kind: $0.code)] ?? [] } ?? []
    // For a check of the legacy side alone, the destinations of its items are shown.
    let readsRows = trace.mapping.contains { names[.table($0.table.name)] != nil }
    func isRead(_ value: RecordTrace.Value, _ row: RecordTrace.Row) -> Bool {
      readsRows
        ? names[.table(row.table.name)]?.contains(value.column.name) ?? false : !value.items.isDisjoint(with: items)
    }
    // Whether a personal item makes a row is shown only to persons who may read restricted papers; others see the
    // mapping.
    let shown = trace.mapping.flatMap { plan in
      plan.isPrivate && !visit.person.seesProtected ? [plan] : trace.rows.filter { $0.plan == plan.plan }
    }
    let tables = shown.enumerated().compactMap { number, row -> HTML? in
      if only, !row.values.contains(where: { isRead($0, row) }) { return nil }
      let each = row.each.map { words("（\($0) の一つ）", " (one of \($0))") } ?? ""
      let table = Table(
        "row", "\(number + 1). \(row.table.name)\(each)",
        [
          .init("column", words("列", "Column"), head: true), .init("mapping", words("項目変換", "Mapping")),
          .init("value", words("項目変換による値", "Value by the mapping")),
          .init("stored", words("新システムの今の値", "In the new system now")), .init("place", words("定義", "Defined in")),
        ],
        row.values.compactMap { value in
          let isRead = isRead(value, row)
          if only, !isRead { return nil }
          return .init(
            [
              .text(value.column.name), .code(value.written.text), self.shown(value, row, trace, visit),
              stored(value, row, visit), .code(value.written.place.text(visit.language)),
            ], tone: value.agrees == false ? .bad : isRead && !only ? .warn : .plain)
        }, limit: .max)
      return "\(table.html(words))\(note(row, visit))"
    }
    guard !tables.isEmpty else { return "" }
    return "<h3>\(words("項目変換と、その結果の行", "Mapping, and the rows it makes"))</h3>\(tables)"
  }
}

extension RecordPage {
  /// The value in the new system, beside the value from the mapping.
  static func stored(_ value: RecordTrace.Value, _ row: RecordTrace.Row, _ visit: Visit) -> Cell {
    let words = visit.words
    if isHidden(row, visit) { return .text(Privacy.mask) }
    guard let agrees = value.agrees else {
      if case .rows(0) = row.stored { return .mark(words("行がない", "no such row"), .bad) }
      return .soft("–")
    }
    let text = value.stored.map { Cell.text(ShownText.visible($0)) } ?? .soft("NULL")
    return agrees ? text : .several([text, .mark("≠ \(words("違う", "differs"))", .bad)])
  }

  /// A remark about a row as a whole.
  fileprivate static func note(_ row: RecordTrace.Row, _ visit: Visit) -> HTML {
    let words = visit.words
    switch row.stored {
    case .rows(let count) where count > 1:
      let more = count >= RecordTrace.Stored.limit
      let text = words(
        "このキーの行が\(words.number(count))行\(more ? "以上" : "")あります。",
        "\(words.number(count)) rows\(more ? " or more" : "") have this key.")
      return "<p class=\"bad\">\(text)</p>"
    case .unreadable(let diagnostic):
      return
        "<p class=\"warn\">\(words("新システムの値は見られません。", "The new system could not be looked at.")) \(diagnostic.message(visit.language))</p>"
    case .rows, .unknown: return ""
    }
  }

  static func isHidden(_ row: RecordTrace.Row, _ visit: Visit) -> Bool {
    row.isPrivate && !visit.person.seesProtected
  }

  fileprivate static func shown(
    _ value: RecordTrace.Value, _ row: RecordTrace.Row, _ trace: RecordTrace, _ visit: Visit
  ) -> Cell {
    if isHidden(row, visit) { return .text(Privacy.mask) }
    if trace.disposition != .migrated { return .soft(visit.words("行なし", "no row")) }
    return value.value.map { .text(ShownText.visible($0)) } ?? .soft("NULL")
  }
}
