import Base

extension Table {
  /// The table for a terminal: a line of heads and one per row, numbers to the right. English heads begin in lower
  /// case, since they are between other lines there.
  package func lines(_ words: Words) -> [String] {
    let numbers = columns.indices.filter { [.number, .pair].contains(columns[$0].form) }
    var table = TextTable(columns.map { Self.lowered($0.title) }, rightAligned: Set(numbers))
    for row in rows {
      table.add(columns.indices.map { $0 < row.cells.count ? words.text(row.cells[$0]) : "" })
    }
    return table.lines
  }

  /// With a small first letter; an abbreviation as it is.
  private static func lowered(_ head: String) -> String {
    head.dropFirst().first?.isUppercase == true ? head : head.prefix(1).lowercased() + head.dropFirst()
  }
}
