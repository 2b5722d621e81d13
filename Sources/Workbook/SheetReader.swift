import Base

/// Reads the cells of one sheet (`xl/worksheets/sheet1.xml`) and passes on each row that is not empty.
struct SheetReader: XMLHandler {
  static let root: (element: PartElement, name: String)? = (.worksheet, "worksheet")

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
  private var type = CellType.number
  private var hasFormula = false
  private var isInValue = false
  /// Whether there is a `<v>`, and its text.
  private var hasValue = false
  private var value: [UInt8] = []
  private var isInline = false
  private var inline = StringItem()

  /// The type of a cell's value in the file.
  private enum CellType {
    case number, shared, formulaText, inlineText, boolean, error, date, unknown

    init(_ name: UnsafeBufferPointer<UInt8>) {
      self =
        if name.isSame(as: "s") {
          .shared
        } else if name.isSame(as: "n") {
          .number
        } else if name.isSame(as: "str") {
          .formulaText
        } else if name.isSame(as: "inlineStr") {
          .inlineText
        } else if name.isSame(as: "b") {
          .boolean
        } else if name.isSame(as: "e") {
          .error
        } else if name.isSame(as: "d") {
          .date
        } else {
          .unknown
        }
    }
  }

  mutating func start(_ element: PartElement, _ attributes: XMLAttributes) throws(Diagnostic) {
    switch element {
    case .row: try startRow(attributes)
    case .cell: try startCell(attributes)
    case .formula where isInCell: hasFormula = true
    case .value where isInCell:
      isInValue = true
      hasValue = true
      value.removeAll(keepingCapacity: true)
    case .inlineString where isInCell: isInline = true
    default: if isInline { inline.start(element) }
    }
  }

  mutating func end(_ element: PartElement) throws(Diagnostic) {
    switch element {
    case .value: isInValue = false
    case .inlineString: isInline = false
    case .cell where isInCell:
      isInCell = false
      if let value = try cellValue() { cells.append(.init(column: column, value: value)) }
    case .row:
      isInRow = false
      if !cells.isEmpty { try receive(SheetRow(number: row, cells: cells, sheet: sheet)) }
    default: if isInline { inline.end(element) }
    }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isInValue { value.append(contentsOf: bytes) } else if isInline { inline.text(bytes) }
  }

  private mutating func startRow(_ attributes: XMLAttributes) throws(Diagnostic) {
    let number = attributes["r"].map { Int($0) } ?? row + 1
    guard let number, number > row, number <= CellReference.rowLimit, !isInRow else {
      throw Diagnostic(.workbookFormat, at: sheet, "after row \(row) comes none that can follow it")
    }
    isInRow = true
    row = number
    column = -1
    cells.removeAll(keepingCapacity: true)
  }

  private mutating func startCell(_ attributes: XMLAttributes) throws(Diagnostic) {
    guard isInRow, !isInCell else { throw wrong("a cell stands outside its row") }
    if let reference = attributes.bytes("r") {
      guard let reference = CellReference(reference), reference.row == row, reference.column > column else {
        throw wrong("the next cell has a reference that cannot follow")
      }
      column = reference.column
    } else {
      column += 1
      guard column < CellReference.columnLimit else { throw wrong("the row has too many cells") }
    }
    isInCell = true
    type = attributes.bytes("t").map { CellType($0) } ?? .number
    hasFormula = false
    isInValue = false
    hasValue = false
    inline.clear()
  }

  // MARK: values

  private mutating func cellValue() throws(Diagnostic) -> CellValue? {
    if type == .inlineText { return Self.text(try inline.take(at: place)) }
    guard hasValue, !value.isEmpty || type == .formulaText else { return hasFormula ? .uncalculated : nil }
    if type == .formulaText {
      let text = CellText.unescaped(value)
      guard text.utf8.count <= CellText.limit || text.utf16.count <= CellText.limit else {
        throw wrong("a text has more than \(CellText.limit) characters")
      }
      return Self.text(text)
    }
    let text = Self.trimmed(value)
    switch type {
    case .number:
      guard CellNumber.isNumber(text.utf8) else { throw wrong("a number that is none") }
      return .number(text)
    case .shared:
      guard let index = Int(text), shared.indices.contains(index) else {
        throw wrong("a shared text that does not exist")
      }
      return Self.text(shared[index])
    case .boolean:
      guard ["0", "1", "false", "true"].contains(text) else { throw wrong("a truth value that is none") }
      return .boolean(text == "1" || text == "true")
    case .error: return .error(text)
    case .date: return date(text)
    default: throw wrong("an unknown type of cell")
    }
  }

  private static func text(_ text: String) -> CellValue? { text.isEmpty ? nil : .text(text) }

  /// `2026-04-01`, possibly with a midnight, is the number that Excel would write; another time stays text.
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

  private func wrong(_ why: String) -> Diagnostic { Diagnostic(.workbookFormat, at: place, why) }

  private var place: Place {
    var place = sheet
    if row > 0 { place.cell = column < 0 ? nil : CellReference(column: column, row: row).text }
    return place
  }
}
