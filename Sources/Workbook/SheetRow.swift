import Base

/// A row of a sheet that is not empty.
package struct SheetRow: Sendable {
  /// The row's number from 1, as shown.
  package let number: Int
  /// The cells that are not empty, from left to right.
  package let cells: [Cell]
  /// The file and the sheet.
  private let sheet: Place

  package struct Cell: Hashable, Sendable {
    /// The column from 0.
    package let column: Int
    package let value: CellValue
  }

  init(number: Int, cells: [Cell], sheet: Place) {
    self.number = number
    self.cells = cells
    self.sheet = sheet
  }

  /// The value of a column from 0; `nil` when the cell is empty.
  package subscript(column: Int) -> CellValue? {
    // In most rows no cell is empty.
    if column < cells.count, cells[column].column == column { return cells[column].value }
    return cells.first { $0.column == column }?.value
  }

  /// The place of a column's cell, for messages.
  package func place(_ column: Int) -> Place {
    var place = sheet
    place.cell = CellReference(column: column, row: number).text
    return place
  }
}
