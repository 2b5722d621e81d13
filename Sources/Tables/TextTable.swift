import Base

/// How a ``Table`` is laid out on a terminal: columns side by side; full-width characters take two columns.
struct TextTable {
  private let rightAligned: Set<Int>
  private var rows: [[Cell]]

  private struct Cell {
    let text: String
    let width: Int
    let colour: Terminal.Colour?
  }

  /// The blanks between two columns.
  private static let gap = 2
  /// No column is made narrower than that.
  private static let least = 8

  /// - Parameter rightAligned: the columns of numbers, from 0.
  init(_ head: [String], rightAligned: Set<Int> = []) {
    self.rightAligned = rightAligned
    rows = []
    add(head)
  }

  /// - Parameter colours: the colours of cells, by column.
  mutating func add(_ row: [String], colours: [Int: Terminal.Colour] = [:]) {
    rows.append(row.enumerated().map { Cell(text: $1, width: TextWidth.of($1), colour: colours[$0]) })
  }

  /// One line per row, without spaces at its end.
  var lines: [String] { lines(.none).flatMap(\.self) }

  /// The lines of each row, which are several where the terminal is narrower than the table: the widest columns are
  /// then narrowed, and their texts wrapped.
  func lines(_ terminal: Terminal) -> [[String]] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.width)
      }
    }
    if let width = terminal.width { narrow(&widths, to: width) }
    var line: [UInt8] = []
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        cell.width <= widths[column] ? [cell.text] : WrappedText.lines(cell.text, width: widths[column])
      }
      return (0..<max(1, cells.map(\.count).max() ?? 1)).map { number in
        line.removeAll(keepingCapacity: true)
        var (column, open) = (0, 0)
        for (cell, texts) in zip(row, cells) {
          let text = number < texts.count ? texts[number] : ""
          let width = texts.count == 1 && number == 0 ? cell.width : TextWidth.of(text)
          let blanks = max(0, widths[column] - width)
          // Blanks are written before the next text, so that no line ends with them.
          if column > 0 { open += Self.gap }
          if rightAligned.contains(column) { open += blanks }
          if !text.isEmpty {
            line.append(contentsOf: repeatElement(UInt8(ascii: " "), count: open))
            line.append(contentsOf: terminal.text(terminal.isColored ? safe(text) : text, in: cell.colour).utf8)
            open = 0
          }
          open += rightAligned.contains(column) ? 0 : blanks
          column += 1
        }
        while line.last == UInt8(ascii: " ") { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
      }
    }
  }

  /// With colours the lines are written as they are, so nothing in a text may act on the terminal.
  private func safe(_ text: String) -> String { ControlCharacter.shown(text) }

  /// Takes columns away from the widest, until the table fits: first from texts, then from the heads of numbers, at last
  /// from texts that are narrow already. Numbers themselves are not wrapped.
  private func narrow(_ widths: inout [Int], to width: Int) {
    let numbers = widths.indices.map { column in
      rows.dropFirst().compactMap { column < $0.count ? $0[column].width : nil }.max() ?? 0
    }
    let passes = [
      widths.indices.map { rightAligned.contains($0) ? widths[$0] : Self.least },
      widths.indices.map { rightAligned.contains($0) ? numbers[$0] : Self.least },
      widths.indices.map { rightAligned.contains($0) ? numbers[$0] : Self.least / 2 },
    ]
    for least in passes {
      var over = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - width
      while over > 0 {
        let open = widths.indices.filter { widths[$0] > least[$0] }
        guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { break }
        let next = open.filter { widths[$0] < widths[widest] }.map { widths[$0] }.max() ?? 0
        let less = min(over, widths[widest] - max(next, least[widest]))
        widths[widest] -= less
        over -= less
      }
    }
  }
}
