import Base
import Workbook

extension SheetRow {
  /// The text that people entered in a cell, a number as its digits; `nil` when it is empty.
  ///
  /// - Parameter lines: whether it may have several lines.
  /// - Throws: `item.import` for what is no text: control characters, errors, formulas without their result.
  package func entered(_ column: Int, lines: Bool) throws(Diagnostic) -> String? {
    func wrong(_ found: String, _ expected: String) -> Diagnostic {
      Diagnostic(.itemImport, at: place(column), found, expected)
    }
    guard let value = self[column] else { return nil }
    switch value {
    case .text(let text):
      let text = text.replacing("\r\n", with: "\n")
      if let control = ControlCharacter.first(in: text, lines: lines) {
        throw wrong(control, "text without control characters")
      }
      return text
    case .number(let digits): return value.decimal ?? digits
    case .boolean(let value): throw wrong(value ? "TRUE" : "FALSE", "text")
    case .error(let error): throw wrong(error, "a value")
    case .uncalculated: throw wrong("=…", "a value, not a formula without its result")
    }
  }
}
