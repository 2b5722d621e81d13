import Base
import Workbook

/// A text of a definition, with its place.
package struct LocatedText {
  package let text: String
  package let place: Place

  package init(_ text: String, at place: Place) {
    self.text = text
    self.place = place
  }
}

/// A table in a sheet of a workbook that people keep: found by the words of its header, whatever stands above it.
///
/// Nothing in it is passed over but columns of remarks: a column with another header, and a text beside the table, are
/// reported. A header that is repeated further down, as for printing, is none of the rows.
package struct SheetTable {
  /// A column: its key, and the words by which its header is known, without blanks and in small letters.
  package struct Column {
    let key: String
    let words: [String]
    let isRequired: Bool

    package init(_ key: String, _ words: [String], isRequired: Bool = false) {
      self.key = key
      self.words = words
      self.isRequired = isRequired
    }
  }

  package struct Row {
    /// The first cell of the table in the row.
    package let place: Place
    package let cells: [String: LocatedText]
  }

  package let rows: [Row]

  private enum Meaning: Equatable { case column(String), remark }

  /// - Parameters:
  ///   - tab: the name of the sheet; `nil` for the only one that has such a table.
  ///   - remarks: the words of headers of columns that say nothing.
  /// - Returns: `nil` after a diagnostic.
  package static func read(
    _ file: DefinitionFile, tab: String?, _ columns: [Column], remarks: [String], _ problems: Problems
  ) -> SheetTable? {
    let sheets = problems.collect { () throws(Diagnostic) in
      let workbook = try WorkbookReader(file)
      var sheets: [(name: String, rows: [SheetRow])] = []
      for name in tab.map({ [$0] }) ?? workbook.sheets.filter({ !$0.isHidden }).map(\.name) {
        var rows: [SheetRow] = []
        try workbook.rows(of: name) { row throws(Diagnostic) in rows.append(row) }
        sheets.append((name, rows))
      }
      return sheets
    }
    guard let sheets else { return nil }
    let reader = Reader(columns: columns, remarks: remarks, problems: problems)
    let found = sheets.compactMap { sheet in reader.header(sheet.rows).map { (sheet, $0) } }
    let words = columns.filter(\.isRequired).map { $0.words[0] }.joined(separator: ", ")
    guard let (sheet, header) = found.first else {
      problems.add(
        Diagnostic(
          .definitionValue, at: Place(file: file.name, sheet: tab), sheets.map(\.name).joined(separator: ", "),
          "a sheet with a row of headers: \(words)"))
      return nil
    }
    guard found.count == 1 else {
      problems.add(
        Diagnostic(
          .definitionValue, at: Place(file: file.name), found.map(\.0.name).joined(separator: ", "),
          "one sheet with such a table, or its name as `tab`"))
      return nil
    }
    return reader.table(sheet.rows, header)
  }

  private struct Reader {
    let columns: [Column]
    let remarks: [String]
    let problems: Problems

    private func wrong(_ place: Place, _ found: String, _ expected: String) {
      problems.add(Diagnostic(.definitionValue, at: place, found, expected))
    }

    private func meaning(_ value: CellValue) -> Meaning? {
      guard case .text(let text) = value else { return nil }
      let word = SheetTable.plain(text).lowercased().filter { !$0.isWhitespace }
      if let column = columns.first(where: { $0.words.contains(word) }) { return .column(column.key) }
      return remarks.contains(word) ? .remark : nil
    }

    /// The index of the first row with two headers of columns or more.
    func header(_ rows: [SheetRow]) -> Int? {
      rows.firstIndex { row in
        row.cells.count { if case .column = meaning($0.value) { true } else { false } } >= 2
      }
    }

    func table(_ rows: [SheetRow], _ header: Int) -> SheetTable? {
      var meanings: [Int: Meaning] = [:]
      var isWrong = false
      for cell in rows[header].cells {
        let place = rows[header].place(cell.column)
        guard let found = meaning(cell.value) else {
          let known = columns.map { $0.words[0] } + [remarks[0]]
          wrong(place, SheetTable.text(cell.value) ?? "", "a header: \(known.joined(separator: ", "))")
          isWrong = true
          continue
        }
        if found != .remark, meanings.values.contains(found) {
          wrong(place, SheetTable.text(cell.value) ?? "", "each header once")
          isWrong = true
        }
        meanings[cell.column] = found
      }
      for column in columns where column.isRequired && !meanings.values.contains(.column(column.key)) {
        let place = rows[header].place(rows[header].cells[0].column)
        wrong(place, "no such header", column.words.joined(separator: ", "))
        isWrong = true
      }
      if isWrong { return nil }
      let again = rows[header].cells
      return SheetTable(
        rows: rows[(header + 1)...].compactMap { row in row.cells == again ? nil : self.row(row, meanings) })
    }

    private func row(_ row: SheetRow, _ meanings: [Int: Meaning]) -> Row? {
      var cells: [String: LocatedText] = [:]
      var first: Int?
      for cell in row.cells {
        let place = row.place(cell.column)
        switch meanings[cell.column] {
        case .remark: continue
        case nil: wrong(place, SheetTable.text(cell.value) ?? "", "nothing beside the table, or a header above it")
        case .column(let key):
          first = first ?? cell.column
          guard let text = SheetTable.text(cell.value) else {
            wrong(place, "a cell without a value that can be read", "a text or a number")
            continue
          }
          cells[key] = LocatedText(text, at: place)
        }
      }
      return first.map { Row(place: row.place($0), cells: cells) }
    }
  }

  private static func text(_ value: CellValue) -> String? {
    switch value {
    case .text(let text): text.trimmingBlanks
    case .number: value.decimal
    case .boolean, .error, .uncalculated: nil
    }
  }

  /// ASCII in full width as ASCII.
  package static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: plain.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x3000: plain.append(" ")
      default: plain.append(scalar)
      }
    }
    return String(plain)
  }
}

extension String {
  /// Without blanks and line ends at both ends.
  fileprivate var trimmingBlanks: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
