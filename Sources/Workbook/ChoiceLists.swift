import Base

/// The lists of drop-down columns: in the rule itself when it is short enough for Excel, otherwise in a column of a
/// hidden sheet.
struct ChoiceLists {
  /// The name of the hidden sheet, which no other sheet may have.
  static let sheetName = "_lists"

  /// The lists on the hidden sheet, one per column.
  private(set) var columns: [[String]] = []

  /// The formula of the rule: `"甲,乙"` or `'_lists'!$A$1:$A$300`.
  mutating func formula(_ choices: [String]) -> String {
    let inline = choices.joined(separator: ",")
    let isPlain = choices.allSatisfy { choice in
      !choice.contains { $0 == "," || $0 == "\"" || $0.isNewline } && choice.first != "=" && choice.first != " "
        && choice.last != " "
    }
    if isPlain, inline.utf16.count <= CellText.formulaLimit { return "\"\(inline)\"" }
    // Compared by bytes: texts that Swift treats as equal may be written differently.
    let column = columns.firstIndex { $0.map { Array($0.utf8) } == choices.map { Array($0.utf8) } } ?? columns.count
    if column == columns.count { columns.append(choices) }
    let first = CellReference(column: column, row: 1)
    let last = CellReference(column: column, row: choices.count)
    return "'\(Self.sheetName)'!\(first.absolute):\(last.absolute)"
  }

  /// Writes the hidden sheet, the lists side by side, as sheet `number`.
  ///
  /// - Throws: the errors of the zip file.
  func write(to zip: ZipWriter, number: Int, format: Int, texts: SharedTexts) throws(Diagnostic) {
    var xml = try XMLWriter("xl/worksheets/sheet\(number).xml", zip)
    let numbers = columns.map { $0.map { texts.number(of: $0) } }
    let rows = columns.map(\.count).max() ?? 0
    try xml.markup(
      """
      <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><dimension
      """)
    try xml.attribute("ref", CellReference.range(columns: 0...(columns.count - 1), rows: 1...rows))
    try xml.markup(
      """
      /><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>
      """)
    for row in 1...rows {
      try xml.markup("<row")
      try xml.attribute("r", row)
      try xml.markup(">")
      for (column, numbers) in numbers.enumerated() where row <= numbers.count {
        try xml.cell(column, row, format, text: numbers[row - 1])
      }
      try xml.markup("</row>")
    }
    try xml.markup(
      """
      </sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>
      """)
    try xml.end()
  }
}
