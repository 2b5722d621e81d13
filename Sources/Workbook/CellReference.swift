/// The place of a cell: column from 0, row from 1; shown as `C12`.
package struct CellReference: Hashable, Sendable {
  package static let rowLimit = 1_048_576
  package static let columnLimit = 16_384

  package var column: Int
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// Reads `C12`; `nil` for any other text, and beyond the limits of a sheet.
  package init?(_ text: String) { self.init(text.utf8) }

  init?(_ bytes: some Sequence<UInt8>) {
    var column = 0
    var row = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0: column = column * 26 + Int(byte - 64)
      case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0 && (row > 0 || byte > 48):
        row = row * 10 + Int(byte - 48)
      default: return nil
      }
      guard column <= Self.columnLimit, row <= Self.rowLimit else { return nil }
    }
    guard row > 0 else { return nil }
    self.init(column: column - 1, row: row)
  }

  package var text: String { Self.letters(column) + String(row) }

  /// `$C$12`, which stays the same when a formula is copied.
  var absolute: String { "$" + Self.letters(column) + "$" + String(row) }

  /// `A1:C12`, or `A1` alone.
  static func range(columns: ClosedRange<Int>, rows: ClosedRange<Int>) -> String {
    let first = CellReference(column: columns.lowerBound, row: rows.lowerBound)
    let last = CellReference(column: columns.upperBound, row: rows.upperBound)
    return first == last ? first.text : first.text + ":" + last.text
  }

  /// `A` … `Z`, `AA` … `XFD`.
  package static func letters(_ column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(column / 26 - 1) + last
  }
}
