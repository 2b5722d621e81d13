import Base

extension Table {
  /// The table for a terminal: a line of heads and one per row, numbers to the right. English heads begin in lower
  /// case, since they are between other lines there.
  ///
  /// - Parameter terminal: where the table is shown; its columns and colours.
  package func lines(_ words: Words, on terminal: Terminal = .none) -> [String] {
    if rows.isEmpty { return [none.isEmpty ? words("該当なし。", "None.") : none] }
    let numbers = columns.indices.filter { [.number, .pair].contains(columns[$0].form) }
    var table = TextTable(columns.map { Self.lowered($0.title, words) }, rightAligned: Set(numbers))
    for row in rows {
      table.add(
        zip(columns, row.cells).map { column, cell in
          cell == .empty && column.form == .date ? "–" : words.terminal(cell)
        }, colours: terminal.isColored ? Self.colours(row.cells) : [:])
    }
    return table.lines(terminal).flatMap(\.self)
  }

  /// The colours of marks and late dates, by column.
  private static func colours(_ cells: [Cell]) -> [Int: Terminal.Colour] {
    var colours: [Int: Terminal.Colour] = [:]
    for (column, cell) in cells.enumerated() { colours[column] = colour(cell) }
    return colours
  }

  private static func colour(_ cell: Cell) -> Terminal.Colour? {
    switch cell {
    case .mark(_, let tone): tone.colour
    case .late: .red
    case .link(let cell, _): colour(cell)
    default: nil
    }
  }

  /// Names and values below each other, for a terminal, without those that have no value.
  package static func lines(_ facts: [Paper.Fact], _ words: Words) -> [String] {
    var table = TextTable([])
    for fact in facts where fact.value != .empty {
      table.add(["  " + Self.lowered(fact.name, words), words.terminal(fact.value)])
    }
    return Array(table.lines.dropFirst())
  }

  /// With a small first letter; an abbreviation as it is. Japanese has no small letters, and calls a number 番号.
  private static func lowered(_ head: String, _ words: Words) -> String {
    if words.language == .japanese { return head == "No." ? "番号" : head }
    return head.dropFirst().first?.isUppercase == true ? head : head.prefix(1).lowercased() + head.dropFirst()
  }
}

extension Tone {
  /// The colour of a word with this tone on a terminal.
  package var colour: Terminal.Colour? {
    switch self {
    case .bad: .red
    case .warn: .yellow
    case .good: .green
    case .plain, .unknown: nil
    }
  }
}

extension Words {
  /// The text of a cell on a terminal, with dates and moments short.
  fileprivate func terminal(_ cell: Cell) -> String {
    switch cell {
    case .date(let iso): shortDate(iso)
    case .late(let iso): shortDate(iso) + " !"
    case .moment(let moment): shortTime(moment)
    case .link(let cell, _): terminal(cell)
    case .several(let cells, let separator): cells.map(terminal).joined(separator: separator)
    default: ShownText.visible(text(cell))
    }
  }
}
