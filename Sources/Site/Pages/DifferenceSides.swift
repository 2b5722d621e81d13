import Base
import Decode
import Evidence
import Expressions
import Office
import Pipeline
import Projects
import Records
import Report
import Tables
import Targets
import Workspace

/// Both sides of one difference beside each other: what was compared, the legacy records of each side, and the rows of
/// the new system, with what differs marked.
enum DifferenceSides {
  // MARK: values

  /// The values of both sides, or why one side has none.
  static func values(_ line: SingleDifference, _ words: Words) -> HTML {
    let pairs = line.pairs
    let rows = pairs.map { pair -> Table.Row in
      let (old, new) = marked(pair)
      return .init([
        .text(words.name(ofValue: pair.name)), cell(pair.expected, old, line.expected, words),
        cell(pair.actual, new, line.actual, words), pair.difference.map { .number($0) } ?? .soft("–"),
      ])
    }
    let none = Table.Row([
      .soft(words("値", "values")), .soft(line.expected.why.map { words($0) } ?? "–"),
      .soft(line.actual.why.map { words($0) } ?? "–"), .soft("–"),
    ])
    let table = Table(
      "values", words("値", "Values"),
      [
        .init("name", words("名前", "Name"), head: true), .init("expected", words("期待（旧）", "Expected (old)"), .number),
        .init("actual", words("実際（新）", "Actual (new)"), .number),
        .init("difference", words("差（実際−期待）", "Difference (actual − expected)"), .number),
      ], rows.isEmpty ? [none] : rows, limit: .max)
    let notes = [
      line.expected.why.map { (words("期待側", "Expected"), $0) }, line.actual.why.map { (words("実際側", "Actual"), $0) },
    ]
    .compactMap { $0 }.map { side, why -> HTML in "<p class=\"soft\">\(side): \(words(why))</p>" }
    return "\(table.html(words))\(rows.isEmpty ? [] : notes)"
  }

  private static func cell(
    _ value: ListedValue?, _ marked: Cell?, _ side: SingleDifference.Side, _ words: Words
  ) -> Cell {
    switch value {
    case .number(let number): .number(number)
    case .text(let text): marked ?? .text(ShownText.visible(text))
    case nil: .soft(side.why.map { words($0) } ?? "–")
    }
  }

  /// Two texts of bytes (`X'F1F2'`), with the bytes that differ marked.
  private static func marked(_ pair: SingleDifference.Pair) -> (Cell?, Cell?) {
    guard case .text(let old)? = pair.expected, case .text(let new)? = pair.actual,
      let left = digits(old), let right = digits(new)
    else { return (nil, nil) }
    return (bytes(left, apartFrom: right), bytes(right, apartFrom: left))
  }

  private static func digits(_ text: String) -> String? {
    text.hasPrefix("X'") && text.hasSuffix("'") ? String(text.dropFirst(2).dropLast()) : nil
  }

  /// The bytes of an item in hex; those that differ from `other` are marked.
  private static func bytes(_ digits: String, apartFrom other: String?) -> Cell {
    guard let other, other != digits, digits != Privacy.mask, other != Privacy.mask else {
      return .code(RecordPage.hex(digits))
    }
    let (own, theirs) = (RecordPage.pairs(digits), RecordPage.pairs(other))
    var cells: [Cell] = []
    var run: [Substring] = []
    var isRunChanged = false
    func close() {
      guard !run.isEmpty else { return }
      let text = run.joined(separator: " ")
      cells.append(isRunChanged ? .changed(text) : .code(text))
      run = []
    }
    for (index, byte) in own.enumerated() {
      let isChanged = index >= theirs.count || theirs[index] != byte
      if isChanged != isRunChanged { close() }
      isRunChanged = isChanged
      run.append(byte)
    }
    close()
    return .several(cells, by: " ")
  }

  // MARK: records

  /// A legacy record of one side.
  private struct Record {
    let place: RecordPlace
    let trace: RecordTrace
    let lines: [RecordInspection.Line]
  }

  /// The records and rows of both sides; nothing when no record is known.
  static func html(_ line: SingleDifference, _ check: CheckResult, _ visit: Visit) throws -> HTML {
    let words = visit.words
    let named = line.records + line.expected.records + line.actual.records
    guard !named.isEmpty else { return visit.revealSwitch }
    let project = try visit.site.snapshots.project(visit.snapshot)
    let compared = project.names(comparedBy: check.id)
    let told = Set(line.pairs.map { own($0.name) })
    // Lists of earlier versions do not say of which side a record is.
    let isOfOneSide = line.expected.records.isEmpty && line.actual.records.isEmpty
    let places = [isOfOneSide ? line.records : line.expected.records, line.actual.records]
    let sides: [[Record]]
    do {
      sides = try zip([true, false], places).map { side, places in
        try places.compactMap { place in try record(place, side, project, check, told, visit) }
      }
    } catch let diagnostic as Diagnostic {
      // The data may have been removed since; the check's finding remains valid.
      return "<p class=\"bad\">\(diagnostic.message(visit.language))</p>\(visit.revealSwitch)"
    }
    // Items of one name are compared with the first record of the other side, or of the same.
    func other(_ side: Int, _ number: Int) -> Record? {
      sides[1 - side].first ?? (number == 0 ? sides[side].dropFirst().first : sides[side].first)
    }
    let targets = [true, false].map { expected in
      tables(line, expected, project, check, (sides[0] + sides[1]).map { $0.trace }, compared, visit)
    }
    let from = [check.expectedFrom, check.actualFrom]
    let titles = [words("期待側", "Expected"), words("実際側", "Actual")]
    let panels = sides.indices.map { side -> HTML in
      let records = sides[side].enumerated().map { number, record in
        panel(record, other(side, number), check, compared, visit)
      }
      let why = (side == 0 ? line.expected : line.actual).why.map { why -> HTML in
        "<p class=\"soft\">\(words(why))</p>"
      }
      let body: HTML = "\(records)\(targets[side])"
      let none: HTML =
        body.text.isEmpty && why == nil
        ? "<p class=\"soft\">\(words("この側に、たどれるレコードや行はない。", "No record or row of this side can be named."))</p>" : ""
      return
        "<section class=\"side\"><h2>\(titles[side])　\(words.side(from[side]))</h2>\(why ?? "")\(body)\(none)</section>"
    }
    return "<div class=\"sides\">\(panels)</div>\(visit.revealSwitch)"
  }

  private static func record(
    _ place: RecordPlace, _ expected: Bool, _ project: Project, _ check: CheckResult, _ told: Set<String>,
    _ visit: Visit
  ) throws -> Record? {
    guard let found = try RecordPage.trace(place, check: check.id, visit), let kind = found.0.kind else { return nil }
    let source = Source.records(file: place.file, kind: kind.code)
    let names = project.names(readBy: check.id, expected: expected)
    // Of a side that reads tables: the items from which the mapping makes their columns.
    let mapped = found.0.rows.flatMap { row in
      row.values.filter { names[.table(row.table.name)]?.contains($0.column.name) ?? false }.flatMap(\.items)
    }
    let read = (names[source] ?? Set(mapped)).union(told)
    let lines = (found.0.inspection?.lines ?? []).filter { line in
      !line.clause.isEmpty && (line.fault != nil || read.contains(own(line.name)))
    }
    return Record(place: place, trace: found.0, lines: lines)
  }

  /// The name of an item without its occurrence.
  private static func own(_ name: String) -> String { name.split(separator: "[").first.map(String.init) ?? name }

  private static func panel(
    _ record: Record, _ other: Record?, _ check: CheckResult, _ compared: [Source: Set<String>], _ visit: Visit
  ) -> HTML {
    let words = visit.words
    let theirs = Dictionary((other?.lines ?? []).map { ($0.name, $0.hex) }) { first, _ in first }
    let source = Source.records(file: record.place.file, kind: record.trace.kind?.code ?? "")
    let rows = record.lines.map { line -> Table.Row in
      let bytes = line.hex
      let isCompared = compared[source]?.contains(own(line.name)) ?? false
      return .init(
        [.code(line.name), Self.bytes(bytes, apartFrom: theirs[line.name]), RecordPage.value(line, words)],
        tone: line.fault != nil ? .bad : isCompared ? .warn : .plain)
    }
    let title: HTML =
      "<h3>\(words("旧レコード", "Legacy record")) \(HTML.link(RecordPage.address(record.place, check: check.id, visit), "\(record.place.file) \(words.number(record.place.record))"))</h3>"
    guard !rows.isEmpty else {
      return
        "\(title)<p class=\"soft\">\(words("検査はこの種別の項目を直接は読みません（件数など）。", "The check reads no item of this kind by itself (it counts, for example)."))</p>"
    }
    let table = Table(
      "side", words("検査が読む項目（比べた項目は色つき）", "Items that the check reads; those it compares are coloured"),
      [
        .init("item", words("項目", "Item"), head: true), .init("bytes", words("バイト（16進）", "Bytes (hex)")),
        .init("value", words("値", "Value")),
      ], rows, limit: .max)
    return "\(title)\(table.html(words))"
  }

  /// The rows of the new system that the side reads, as far as a record of the difference makes them.
  private static func tables(
    _ line: SingleDifference, _ expected: Bool, _ project: Project, _ check: CheckResult, _ traces: [RecordTrace],
    _ compared: [Source: Set<String>], _ visit: Visit
  ) -> HTML {
    let words = visit.words
    let read = project.names(readBy: check.id, expected: expected)
    let tables = traces.flatMap { trace in
      trace.rows.compactMap { row -> HTML? in
        let source = Source.table(row.table.name)
        guard trace.disposition == .migrated, let names = read[source], !RecordPage.isHidden(row, visit) else {
          return nil
        }
        let rows = row.values.filter { names.contains($0.column.name) }.map { value -> Table.Row in
          .init(
            [.text(value.column.name), RecordPage.stored(value, row, visit)],
            tone: value.agrees == false ? .bad : compared[source]?.contains(value.column.name) ?? false ? .warn : .plain
          )
        }
        let table = Table(
          "stored", words("新システムの行: \(row.table.name)", "Row of the new system: \(row.table.name)"),
          [
            .init("column", words("列", "Column"), head: true),
            .init("stored", words("新システムの今の値", "In the new system now")),
          ], rows, limit: .max)
        return rows.isEmpty ? nil : table.html(words)
      }
    }
    let more = tables.count - shown
    let note: HTML =
      more > 0 ? "<p class=\"soft\">\(words("ほか\(more)行", "and \(more) more rows"))</p>" : ""
    return "\(Array(tables.prefix(shown)))\(note)"
  }

  private static let shown = 12
}
