import Base

extension Spreadsheet {
  /// Reads the workbook written to `partial` and compares it cell by cell, part by part: the writer's own result is no
  /// proof.
  ///
  /// - Throws: `workbook.write`, at `path`.
  package func prove(_ partial: String, path: String) throws(Diagnostic) {
    let failure = Diagnostic(.workbookWrite, at: Place(file: path), "what was written cannot be read back")
    do throws(Diagnostic) {
      let workbook = try WorkbookReader(path: partial)
      guard workbook.sheets.prefix(sheets.count).map(\.name) == sheets.map(\.name) else { throw failure }
      for sheet in sheets {
        var rows = 0
        try workbook.rows(of: sheet.name) { row throws(Diagnostic) in
          guard sheet.holds(row) else { throw failure }
          rows += 1
        }
        let held = sheet.rows.filter { row in row.contains { $0.stored != nil } }.count
        guard rows == held + (sheet.columns.contains { !$0.title.isEmpty } ? 1 : 0) else { throw failure }
      }
      try workbook.checkUnreadParts()
    } catch {
      throw failure
    }
  }
}

extension Spreadsheet.Sheet {
  /// Whether a row that was read is equal to the row to be written.
  fileprivate func holds(_ row: SheetRow) -> Bool {
    guard row.number <= rows.count + 1 else { return false }
    let wanted =
      row.number == 1
      ? columns.map { $0.title.isEmpty ? nil : CellValue.text($0.title) } : rows[row.number - 2].map(\.stored)
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
