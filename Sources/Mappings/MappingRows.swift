import Base
import Registers
import Workbook

/// The rows of a mapping table that came back in a workbook.
package struct MappingRows {
  /// A row whose columns were found by their headings.
  struct Row {
    let row: SheetRow
    let columns: [MappingSheet.Column: Int]

    /// As shown, from 1.
    var number: Int { row.number }

    func place(_ column: MappingSheet.Column) -> Place { row.place(columns[column] ?? 0) }

    func wrong(_ column: MappingSheet.Column, _ found: String, _ expected: String) -> Diagnostic {
      Diagnostic(.itemImport, at: place(column), found, expected)
    }

    /// The text of a cell, a number as its digits; empty when there is none.
    func text(_ column: MappingSheet.Column) throws(Diagnostic) -> String {
      guard let index = columns[column] else { return "" }
      return try row.entered(index, lines: column != .person) ?? ""
    }

    var isEmpty: Bool { !row.cells.contains { cell in columns.values.contains(cell.column) } }
  }

  let path: String
  let rows: [Row]
  /// Sheets and columns that were not read.
  let ignored: [String]

  /// A head may stand below rows that people put above it.
  private static let headRows = 20

  /// Reads a workbook whole.
  ///
  /// - Throws: the errors of opening and reading a workbook; `item.import-column` for a sheet whose headings are not
  ///   those of the export, or when no sheet has them; `item.import` for a heading that is there twice.
  package init(_ path: String) throws(Diagnostic) {
    self.path = path
    let workbook = try WorkbookReader(path: path)
    var rows: [Row] = []
    var ignored: [String] = []
    let others = [MappingSheet.dropName, MappingSheet.guideName].flatMap { [$0.ja, $0.en] }
    var hasHead = false
    for sheet in workbook.sheets where !others.contains(sheet.name) {
      var columns: [MappingSheet.Column: Int] = [:]
      var above = 0
      var strange: [String] = []
      try workbook.rows(of: sheet.name) { (row: SheetRow) throws(Diagnostic) in
        guard columns.isEmpty else {
          let found = Row(row: row, columns: columns)
          if !found.isEmpty { rows.append(found) }
          return
        }
        guard above < Self.headRows else { return }
        above += 1
        let (head, unknown) = try Self.head(row)
        // One or two words of the head may stand in any row.
        guard head.count > 2 else { return }
        for column in MappingSheet.Column.allCases where head[column] == nil {
          throw Diagnostic(.itemImportColumn, at: row.place(0), column.title.ja + " / " + column.title.en)
        }
        (columns, strange) = (head, unknown)
      }
      if columns.isEmpty { ignored.append(sheet.name) } else { hasHead = true }
      ignored += strange.map { "\(sheet.name): \($0)" }
    }
    guard hasHead else {
      let title = MappingSheet.Column.expression.title
      throw Diagnostic(.itemImportColumn, at: Place(file: path), title.ja + " / " + title.en)
    }
    self.rows = rows
    self.ignored = ignored
  }

  private static func head(
    _ row: SheetRow
  ) throws(Diagnostic) -> (columns: [MappingSheet.Column: Int], unknown: [String]) {
    var columns: [MappingSheet.Column: Int] = [:]
    var unknown: [String] = []
    for cell in row.cells {
      guard case .text(let title) = cell.value else { continue }
      guard
        let column = MappingSheet.Column.allCases.first(where: { $0.title.ja == title || $0.title.en == title })
      else {
        unknown.append(title)
        continue
      }
      guard columns.updateValue(cell.column, forKey: column) == nil else {
        throw Diagnostic(.itemImport, at: row.place(cell.column), title, "each column once")
      }
    }
    return (columns, unknown)
  }
}
