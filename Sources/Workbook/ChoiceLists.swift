import CXlsxWriter
import Evidence

/// The lists of drop-down columns: in the rule itself while it is short enough for Excel, otherwise in a column of a
/// hidden sheet.
struct ChoiceLists {
  /// Its name, which no other sheet may have.
  static let sheetName = "_lists"

  /// The lists on the hidden sheet, a column each.
  private(set) var columns: [[String]] = []

  /// What the rule says: `"甲,乙"` or `='_lists'!$A$1:$A$300`.
  mutating func formula(_ choices: [String]) -> String {
    let inline = choices.joined(separator: ",")
    let isPlain = choices.allSatisfy { choice in
      !choice.contains { $0 == "," || $0 == "\"" || $0.isNewline } && choice.first != "=" && choice.first != " "
        && choice.last != " "
    }
    if isPlain, inline.utf16.count <= CellText.formulaLimit { return "\"\(inline)\"" }
    let column = columns.firstIndex(of: choices) ?? columns.count
    if column == columns.count { columns.append(choices) }
    let first = CellReference(column: column, row: 1)
    let last = CellReference(column: column, row: choices.count)
    return "='\(Self.sheetName)'!\(first.absolute):\(last.absolute)"
  }
}
