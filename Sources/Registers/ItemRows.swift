import Base
import Records
import Workbook

/// The rows of the list of items in a workbook.
package struct ItemRows {
  let path: String
  let rows: [ItemImport.Row]
  /// Columns that were not read.
  let ignored: [String]

  /// Reads a workbook. Call it before opening the ledger for writing: it may be long or come through a pipe, and other
  /// writers must not wait for it.
  ///
  /// - Throws: the errors of opening and reading a workbook; `item.import`; `item.import-column` for a head that is not
  ///   the export's.
  package init(_ path: String) throws(Diagnostic) {
    self.path = path
    let workbook = try WorkbookReader(path: path)
    let known = [ItemSheet.name.ja, ItemSheet.name.en]
    guard let sheet = workbook.sheets.first(where: { known.contains($0.name) }) ?? workbook.sheets.first else {
      throw Diagnostic(.workbookSheet, at: Place(file: path), known[0], "")
    }
    var columns: [ItemSheet.Column: Int] = [:]
    var ignored: [String] = []
    var rows: [ItemImport.Row] = []
    var isHead = true
    try workbook.rows(of: sheet.name) { (row: SheetRow) throws(Diagnostic) in
      guard isHead else {
        if row.cells.contains(where: { cell in columns.values.contains(cell.column) }) {
          rows.append(ItemImport.Row(row: row, columns: columns, dates: workbook.dates))
        }
        return
      }
      isHead = false
      for cell in row.cells {
        guard case .text(let title) = cell.value,
          let column = ItemSheet.Column.allCases.first(where: { $0.title.ja == title || $0.title.en == title })
        else {
          if case .text(let title) = cell.value { ignored.append(title) }
          continue
        }
        guard columns.updateValue(cell.column, forKey: column) == nil else {
          throw Diagnostic(.itemImport, at: row.place(cell.column), title, "each column once")
        }
      }
      // Every column but the explanation is required: the cells of a missing column would look as if they had been
      // emptied.
      for column in ItemSheet.Column.allCases where column != .why && columns[column] == nil {
        throw Diagnostic(.itemImportColumn, at: row.place(0), column.title.ja + " / " + column.title.en)
      }
    }
    guard !isHead else {
      throw Diagnostic(.itemImportColumn, at: Place(file: path, sheet: sheet.name), ItemSheet.Column.id.title.ja)
    }
    self.ignored = ignored
    self.rows = rows
  }
}
