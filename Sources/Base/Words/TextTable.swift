/// Columns side by side on a terminal; full-width characters take two columns.
package struct TextTable {
  private let rightAligned: Set<Int>
  private var rows: [[String]]

  /// - Parameter rightAligned: the columns of numbers, from 0.
  package init(_ head: [String], rightAligned: Set<Int> = []) {
    self.rightAligned = rightAligned
    rows = [head]
  }

  package mutating func add(_ row: [String]) { rows.append(row) }

  /// One line per row, without spaces at its end.
  package var lines: [String] {
    var widths: [Int] = []
    let cells = rows.map { row in row.map { (text: $0, width: Self.width($0)) } }
    for row in cells {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.width)
      }
    }
    var line: [UInt8] = []
    return cells.map { row in
      line.removeAll(keepingCapacity: true)
      for (column, cell) in row.enumerated() {
        if column > 0 { line.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2)) }
        let blanks = repeatElement(UInt8(ascii: " "), count: widths[column] - cell.width)
        if rightAligned.contains(column) { line.append(contentsOf: blanks) }
        line.append(contentsOf: cell.text.utf8)
        if !rightAligned.contains(column) { line.append(contentsOf: blanks) }
      }
      while line.last == UInt8(ascii: " ") { line.removeLast() }
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// The width of a text in columns: two for characters that East Asian fonts draw wide.
  package static func width(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { sum, scalar in
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
