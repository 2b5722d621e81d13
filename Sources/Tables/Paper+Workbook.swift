import Base
import Foundation
import Records
import Workbook

extension Paper {
  /// The paper as a workbook: its text on the first sheet, then a complete sheet for each table.
  ///
  /// - Parameter created: seconds since 1970.
  package func spreadsheet(created: Int) -> Spreadsheet {
    let words = Words(language: language)
    var names: Set<String> = []
    var sheets: [Spreadsheet.Sheet] = []
    var places: [String: String] = [:]
    func add(_ table: Table) {
      let sheet = Self.sheet(table, words, &names)
      places[table.key] = sheet.name
      sheets.append(sheet)
    }
    let front = front.flatMap { $0.rows.isEmpty ? nil : $0 }
    // What leads to others stands before all, and where it leads beside it.
    let led = tables.first { $0.key == front?.leads?.table && !$0.rows.isEmpty }
    for table in [front, led].compactMap(\.self) { add(table) }
    sheets.append(summary(words, &names))
    for table in tables where !table.rows.isEmpty && places[table.key] == nil { add(table) }
    if let leads = front?.leads, let sheet = places[leads.table] {
      sheets[0].links = leads.rows.enumerated().compactMap { row, target in
        target.map { .init(row: row, column: 0, sheet: sheet, target: $0) }
      }
    }
    return Spreadsheet(title: title, created: created, sheets: sheets).showingControlCharacters()
  }

  /// Writes it as a workbook of this moment.
  ///
  /// - Throws: the errors of writing a workbook.
  package func writeWorkbook(to path: String) throws {
    try spreadsheet(created: Int(Date().timeIntervalSince1970)).write(to: path)
  }

  private func summary(_ words: Words, _ names: inout Set<String>) -> Spreadsheet.Sheet {
    var rows: [[Spreadsheet.Cell]] = facts.map { [.text($0.name), .text(words.text($0.value))] }
    rows.append([.text(words("配付先", "For")), .text(readers)])
    for section in sections {
      rows.append([.text("■ " + section.title)])
      for block in section.blocks {
        switch block {
        case .light(_, let word, let meaning): rows.append([.text(word), .text(meaning)])
        case .heading(let text): rows.append([.text(text)])
        case .paragraph(let text, _): rows.append([.empty, .text(text)])
        case .figures(let figures): rows += figures.map { [.text($0.name), .text(words.text($0.value))] }
        case .facts(let facts), .sentences(let facts):
          rows += facts.map { [.text($0.name), .text(words.text($0.value))] }
        case .table(let table):
          rows.append([
            .text(table.title), .text(words("\(words.number(table.number))行", "\(words.number(table.number)) rows")),
          ])
        case .chart(let chart): rows.append([.text(chart.title), .text(chart.alternative)])
        case .seals: break
        }
      }
    }
    return Spreadsheet.Sheet(
      Self.sheetName(words("概要", "Summary"), &names),
      columns: [
        .init(words("項目", "What"), width: 34, wraps: true), .init(words("内容", "Says"), width: 90, wraps: true),
      ], rows: rows)
  }

  private static func sheet(_ table: Table, _ words: Words, _ names: inout Set<String>) -> Spreadsheet.Sheet {
    let columns = table.columns.flatMap { column -> [Spreadsheet.Column] in
      let form: Spreadsheet.Form =
        switch column.form {
        case .number, .pair: .amount
        case .date: .date
        default: .text
        }
      let longest = table.columns.firstIndex { $0.key == column.key }.map { place in
        table.rows.prefix(200).map { place < $0.cells.count ? TextWidth.of(words.text($0.cells[place])) : 0 }.max()
          ?? 0
      }
      let width = Double(min(60, max(10, (longest ?? 10) + 2, TextWidth.of(column.title) + 4)))
      if column.form == .pair {
        return [words("旧", "old"), words("新", "new"), words("差", "difference")].map {
          .init("\(column.title) \($0)", width: 16, form: form)
        }
      }
      return [.init(column.title, width: width, form: form, wraps: column.form == .text)]
    }
    @Sendable func cells(_ row: Table.Row) -> [Spreadsheet.Cell] {
      table.columns.indices.flatMap { place -> [Spreadsheet.Cell] in
        let cell = place < row.cells.count ? row.cells[place] : .empty
        if table.columns[place].form == .pair {
          if case .pair(let old, let new) = cell { return [old, new, new - old].map { Self.cell(.number($0), words) } }
          return [Self.cell(cell, words), .empty, .empty]
        }
        return [Self.cell(cell, words)]
      }
    }
    let name = sheetName(table.title, &names)
    guard let whole = table.whole else {
      return Spreadsheet.Sheet(name, columns: columns, rows: table.rows.map(cells))
    }
    var sheet = Spreadsheet.Sheet(name, columns: columns, rows: [])
    sheet.more = .init(count: whole.count) { range throws(Diagnostic) in try whole.rows(range).map(cells) }
    return sheet
  }

  /// Exact: a number with more digits than Excel keeps is a text.
  private static func cell(_ cell: Cell, _ words: Words) -> Spreadsheet.Cell {
    switch cell {
    case .empty: return .empty
    case .number(let value):
      return value.magnitude < 1_000_000_000_000_000 ? .integer(Int(value)) : .text(words.number(value))
    case .decimal(let digits): return .decimal(digits)
    case .date(let iso), .late(let iso):
      if let date = CivilDate.parse(iso) { return .date(Int(date)) }
      return .text(iso)
    case .link(let linked, _): return self.cell(linked, words)
    default: return .text(words.text(cell))
    }
  }

  /// A name of a sheet that Excel accepts, unique in the workbook.
  private static func sheetName(_ title: String, _ names: inout Set<String>) -> String {
    let plain = String(
      String.UnicodeScalarView(
        title.unicodeScalars.filter { !":\\/?*[]'".unicodeScalars.contains($0) && $0.value >= 0x20 }))
    var name = String(plain.prefix(24)).trimmed
    if name.isEmpty || name.lowercased() == "history" { name = "Sheet" }
    var (unique, number) = (name, 2)
    while !names.insert(unique.lowercased()).inserted {
      unique = "\(name) (\(number))"
      number += 1
    }
    return unique
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
