import Base

/// A row of a sheet that holds something.
package struct SheetRow: Sendable {
  /// From 1, as people see it.
  package let number: Int
  /// The cells that hold something, from left to right.
  package let cells: [Cell]
  /// The file and the sheet.
  private let sheet: Place

  package struct Cell: Hashable, Sendable {
    /// From 0.
    package let column: Int
    package let value: CellValue
  }

  init(number: Int, cells: [Cell], sheet: Place) {
    self.number = number
    self.cells = cells
    self.sheet = sheet
  }

  /// The value of a column from 0; `nil` where the cell is empty.
  package subscript(column: Int) -> CellValue? {
    // Mostly, no cell is empty.
    if column < cells.count, cells[column].column == column { return cells[column].value }
    return cells.first { $0.column == column }?.value
  }

  /// Where a column's cell stands, for messages.
  package func place(_ column: Int) -> Place {
    var place = sheet
    place.cell = CellReference(column: column, row: number).text
    return place
  }
}
