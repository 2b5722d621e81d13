import Base

extension Spreadsheet {
  /// Reads the workbook written to `partial` and compares it cell by cell, part by part: the writer's own result is no
  /// proof.
  ///
  /// - Throws: `workbook.write`, at `path`.
  package func prove(_ partial: String, path: String) throws(Diagnostic) {
    let failure = Diagnostic(.workbookWrite, at: Place(file: path), "what was written cannot be read back")
    do throws(Diagnostic) {
      let workbook = try WorkbookReader(path: partial, limitBytes: limitBytes)
      guard workbook.sheets.prefix(sheets.count).map(\.name) == sheets.map(\.name) else { throw failure }
      for sheet in sheets {
        var rows = 0
        let wanted = WantedRows(sheet)
        try workbook.rows(of: sheet.name) { row throws(Diagnostic) in
          guard sheet.holds(row, try wanted.row(row.number)) else { throw failure }
          rows += 1
        }
        var held = sheet.columns.contains { !$0.title.isEmpty } ? 1 : 0
        try sheet.forEachRow { row throws(Diagnostic) in held += row.contains { $0.stored != nil } ? 1 : 0 }
        guard rows == held else { throw failure }
      }
      try workbook.checkUnreadParts()
    } catch {
      throw failure
    }
  }
}

/// The rows to be written, as they are asked for in order: some of them at a time are in memory.
private final class WantedRows {
  private let sheet: Spreadsheet.Sheet
  private var start = 0
  private var rows: [[Spreadsheet.Cell]] = []

  init(_ sheet: Spreadsheet.Sheet) { self.sheet = sheet }

  /// - Parameter number: in the file, from 1, which is the header.
  func row(_ number: Int) throws(Diagnostic) -> [Spreadsheet.Cell]? {
    let index = number - 2
    if sheet.rows.indices.contains(index) { return sheet.rows[index] }
    let further = index - sheet.rows.count
    guard let more = sheet.more, (0..<more.count).contains(further) else { return nil }
    if !(start..<start + rows.count).contains(further) {
      start = further
      rows = try more.read(further..<min(further + Spreadsheet.Sheet.atOnce, more.count))
    }
    return rows[further - start]
  }
}

extension Spreadsheet.Sheet {
  /// Whether a row that was read is equal to the row to be written.
  fileprivate func holds(_ row: SheetRow, _ own: [Spreadsheet.Cell]?) -> Bool {
    let wanted: [CellValue?]
    if row.number == 1 {
      wanted = columns.map { $0.title.isEmpty ? nil : CellValue.text($0.title) }
    } else {
      guard let own else { return false }
      wanted = own.map(\.stored)
    }
    var cells = row.cells[...]
    for (column, value) in wanted.enumerated() {
      guard let value else { continue }
      guard let cell = cells.popFirst(), cell.column == column, cell.value.isSame(as: value) else { return false }
    }
    return cells.isEmpty
  }
}

extension CellValue {
  /// Whether values are equal: texts in each byte, and numbers in Excel's display of them.
  fileprivate func isSame(as other: CellValue) -> Bool {
    if case (.number(let one), .number(let other)) = (self, other) {
      return CellNumber(one)?.rounded() == CellNumber(other)?.rounded()
    }
    if case (.text(let one), .text(let other)) = (self, other) { return one.utf8.elementsEqual(other.utf8) }
    return self == other
  }
}
