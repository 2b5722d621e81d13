import Evidence

/// Reads the cells of one sheet (`xl/worksheets/sheet1.xml`) and hands out each row that holds something.
final class SheetPart: XMLHandler {
  static let root: String? = "worksheet"

  private let sheet: Place
  private let shared: [String]
  private let dates: DateSystem
  private let receive: (SheetRow) throws(Diagnostic) -> Void

  init(
    sheet: Place, shared: [String], dates: DateSystem, _ receive: @escaping (SheetRow) throws(Diagnostic) -> Void
  ) {
    self.sheet = sheet
    self.shared = shared
    self.dates = dates
    self.receive = receive
  }

  // MARK: elements

  private var isInRow = false
  private var row = 0
  private var cells: [SheetRow.Cell] = []

  private var isInCell = false
  private var column = -1
  private var type = "n"
  private var hasFormula = false
  private var isInValue = false
  /// What stands in `<v>`; `nil` where there is none.
  private var value: [UInt8]?
  private var isInline = false
  private var inline = StringItem()

  func start(_ name: String, _ attributes: XMLAttributes) throws(Diagnostic) {
    switch name {
    case "row": try startRow(attributes)
    case "c": try startCell(attributes)
    case "f" where isInCell: hasFormula = true
    case "v" where isInCell:
      isInValue = true
      value = []
    case "is" where isInCell: isInline = true
    default: if isInline { inline.start(name) }
    }
  }

  func end(_ name: String) throws(Diagnostic) {
    switch name {
    case "v": isInValue = false
    case "is": isInline = false
    case "c" where isInCell:
      isInCell = false
      if let value = try cellValue() { cells.append(.init(column: column, value: value)) }
    case "row":
      isInRow = false
      if !cells.isEmpty { try receive(SheetRow(number: row, cells: cells, sheet: sheet)) }
    default: if isInline { inline.end(name) }
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isInValue { value! += bytes } else if isInline { inline.text(bytes) }
  }

  private func startRow(_ attributes: XMLAttributes) throws(Diagnostic) {
    let number = attributes["r"].map { Int($0) } ?? row + 1
    guard let number, number > row, number <= CellReference.rowLimit, !isInRow else {
      throw Diagnostic(.workbookFormat, at: sheet, "after row \(row) comes none that can follow it")
    }
    isInRow = true
    row = number
    column = -1
    cells.removeAll(keepingCapacity: true)
  }

  private func startCell(_ attributes: XMLAttributes) throws(Diagnostic) {
    guard isInRow, !isInCell else { throw wrong("a cell stands outside its row") }
    if let reference = attributes["r"] {
      guard let reference = CellReference(reference), reference.row == row, reference.column > column else {
        throw wrong("the next cell has a reference that cannot follow")
      }
      column = reference.column
    } else {
      column += 1
      guard column < CellReference.columnLimit else { throw wrong("the row has too many cells") }
    }
    isInCell = true
    type = attributes["t"] ?? "n"
    hasFormula = false
    isInValue = false
    value = nil
    _ = inline.take()
  }

  // MARK: values

  private func cellValue() throws(Diagnostic) -> CellValue? {
    if type == "inlineStr" { return Self.text(inline.take()) }
    guard let bytes = value, !bytes.isEmpty || type == "str" else { return hasFormula ? .uncalculated : nil }
    if type == "str" { return Self.text(CellText.unescaped(bytes)) }
    let text = Self.trimmed(bytes)
    switch type {
    case "n":
      guard CellNumber(text) != nil else { throw wrong("a number that is none") }
      return .number(text)
    case "s":
      guard let index = Int(text), shared.indices.contains(index) else {
        throw wrong("a shared text that does not exist")
      }
      return Self.text(shared[index])
    case "b":
      guard ["0", "1", "false", "true"].contains(text) else { throw wrong("a truth value that is none") }
      return .boolean(text == "1" || text == "true")
    case "e": return .error(text)
    case "d": return date(text)
    default: throw wrong("an unknown type of cell")
    }
  }

  private static func text(_ text: String) -> CellValue? { text.isEmpty ? nil : .text(text) }

  /// `2026-04-01`, perhaps with a midnight, is the number that Excel would write; another time stays text.
  private func date(_ text: String) -> CellValue {
    let parts = text.split(separator: "T", maxSplits: 1)
    let isMidnight = parts.count < 2 || parts[1].allSatisfy { "0:.Z".contains($0) }
    let fields = (parts.first ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard isMidnight, fields.map(\.utf8.count) == [4, 2, 2], let date = Int(fields.joined()),
      let serial = dates.serial(date: date)
    else { return .text(text) }
    return .number(String(serial))
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    let body = bytes.drop(while: isSpace)
    let end = body.lastIndex { !isSpace($0) } ?? body.startIndex - 1
    return String(decoding: body[body.startIndex..<(end + 1)], as: UTF8.self)
  }

  private func wrong(_ why: String) -> Diagnostic {
    var place = sheet
    if row > 0 { place.cell = column < 0 ? nil : CellReference(column: column, row: row).text }
    return Diagnostic(.workbookFormat, at: place, why)
  }
}
