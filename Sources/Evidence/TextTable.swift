/// Columns side by side on a terminal; full-width characters take two places.
package struct TextTable {
  private let rightAligned: Set<Int>
  private var rows: [[String]]

  /// - Parameter rightAligned: the columns of numbers, from 0.
  package init(_ head: [String], rightAligned: Set<Int> = []) {
    self.rightAligned = rightAligned
    rows = [head]
  }

  package mutating func add(_ row: [String]) { rows.append(row) }

  /// One line a row, without spaces at its end.
  package var lines: [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], Self.width(cell))
      }
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - Self.width(cell))
        return rightAligned.contains(column) ? blanks + cell : cell + blanks
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Places that a text takes: two for what East Asian fonts draw wide.
  package static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x300...0x36F, 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x3099, 0x309A: sum
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x20000...0x3FFFD:
        sum + 2
      default: sum + 1
      }
    }
  }
}
