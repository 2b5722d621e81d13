import Base

/// Writes one sheet.
struct SheetWriter: ~Copyable {
  let sheet: Spreadsheet.Sheet
  /// The choices of each column, as a formula; `nil` when any value is allowed.
  let rules: [String?]
  let formats: CellFormats
  let texts: SharedTexts
  /// The workbook's file and this sheet.
  let place: Place
  /// The writer of the sheet's part, which has been begun.
  var xml: XMLWriter

  /// Writes the whole sheet.
  ///
  /// - Parameters:
  ///   - title: the workbook's title, above each printed page.
  ///   - isShown: whether this is the sheet that the workbook opens with.
  /// - Throws: `workbook.size`; for a value that Excel could not hold, with its cell: `workbook.length`,
  ///   `workbook.character`, `workbook.number`; the errors of the zip file.
  mutating func write(title: String, isShown: Bool) throws(Diagnostic) {
    let rows = 1 + sheet.rowCount + sheet.spareRows
    guard sheet.columns.count <= CellReference.columnLimit, rows <= CellReference.rowLimit else {
      throw Diagnostic(.workbookSize, at: place, String(rows), String(sheet.columns.count))
    }
    precondition(!sheet.columns.isEmpty, "a sheet without columns")
    try writeView(isShown: isShown)
    try writeColumns()
    try xml.markup("<sheetData>")
    var columns = sheet.columns.map { ColumnFormats($0) }
    try writeHeader()
    for (index, row) in sheet.rows.enumerated() { try writeRow(row, index, &columns, isShared: true) }
    var index = sheet.rows.count
    while let more = sheet.more, index < sheet.rowCount {
      let start = index - sheet.rows.count
      for row in try more.read(start..<min(start + Spreadsheet.Sheet.atOnce, more.count)) {
        try writeRow(row, index, &columns, isShared: false)
        index += 1
      }
    }
    try xml.markup("</sheetData>")
    try writeRules()
    try writeLinks()
    try writePage(title: title)
    try xml.markup("</worksheet>")
    try xml.end()
  }

  // MARK: rows

  /// - Parameter isShared: whether its texts are kept once for all cells; otherwise they stand in the cells, so that
  ///   memory does not grow with the rows.
  private mutating func writeRow(
    _ row: [Spreadsheet.Cell], _ index: Int, _ columns: inout [ColumnFormats], isShared: Bool
  ) throws(Diagnostic) {
    precondition(row.count <= columns.count, "a row with more cells than columns")
    try xml.markup("<row")
    try xml.attribute("r", index + 2)
    let lines = lines(of: row)
    // One line has the usual height.
    if lines > 1 {
      try xml.attribute("ht", Self.decimal(min(409, Double(lines) * Self.lineHeight + 3)))
      try xml.attribute("customHeight", 1)
    }
    try xml.markup(">")
    for column in columns.indices {
      let cell = column < row.count ? row[column] : .empty
      try writeCell(cell, column, row: index + 2, &columns[column], isShared: isShared)
    }
    try xml.markup("</row>")
  }

  /// The height of a line of text in points.
  private static let lineHeight = 13.5

  /// The number of lines of the row's wrapped texts: not every program computes it by itself.
  private func lines(of row: [Spreadsheet.Cell]) -> Int {
    var most = 1
    for (cell, column) in zip(row, sheet.columns) where column.wraps && !column.isHidden {
      guard case .text(let text) = cell else { continue }
      // Most texts are one line, and characters are slow to tell apart.
      let split =
        text.utf8.contains(0x0A) ? text.split(separator: "\n", omittingEmptySubsequences: false) : [text[...]]
      let lines = split.map { line in
        max(1, Int((Double(TextWidth.of(String(line))) / max(1, column.width - 1)).rounded(.up)))
      }
      most = max(most, lines.reduce(0, +))
    }
    return most
  }

  private mutating func writeHeader() throws(Diagnostic) {
    try xml.markup("<row r=\"1\">")
    for (index, column) in sheet.columns.enumerated() {
      let format = formats[.init(isHeader: true, isEditable: column.isEditable)]
      try writeText(column.title, index, row: 1, format)
    }
    try xml.markup("</row>")
  }

  // MARK: cells

  /// The formats of a column's cells, each requested once.
  private struct ColumnFormats {
    var text: Int?
    var blank: Int?
    var date: Int?
    /// The formats by number of decimal places.
    var numbers: [Int?] = []
    let column: Spreadsheet.Column

    init(_ column: Spreadsheet.Column) { self.column = column }

    func look(_ code: String) -> CellFormats.Look {
      .init(isEditable: column.isEditable, wraps: column.wraps, code: code)
    }

    static func get(_ number: inout Int?, _ make: () -> Int) -> Int {
      if let number { return number }
      let made = make()
      number = made
      return made
    }

    mutating func number(places: Int, in formats: CellFormats) -> Int {
      while numbers.count <= places { numbers.append(nil) }
      let look = look(column.form.code(places: places))
      return Self.get(&numbers[places]) { formats[look] }
    }
  }

  private mutating func writeCell(
    _ cell: Spreadsheet.Cell, _ index: Int, row: Int, _ column: inout ColumnFormats, isShared: Bool
  ) throws(Diagnostic) {
    // Most numbers are small, and need no conversion to text.
    if case .integer(let value) = cell, value.magnitude < 1_000_000_000_000_000 {
      return try xml.cell(index, row, column.number(places: 0, in: formats), number: value)
    }
    switch cell.stored {
    case .text(let text):
      let look = column.look("@")
      let format = ColumnFormats.get(&column.text) { formats[look] }
      if isShared { return try writeText(text, index, row: row, format) }
      try CellText.check(text, at: place(index, row: row))
      try xml.cell(index, row, format, inline: text)
    case .number(let digits):
      let parts = digits.split(separator: ".")
      let places = parts.count > 1 ? parts[1].utf8.count : 0
      guard let exact = CellNumber(digits), exact.digits.count <= CellNumber.digitLimit, exact.exponent <= 308,
        places <= 30, !digits.utf8.contains(where: { $0 > UInt8(ascii: "9") })
      else { throw Diagnostic(.workbookNumber, at: place(index, row: row)) }
      var format: Int
      if case .date = cell {
        let look = column.look(Spreadsheet.Form.date.code)
        format = ColumnFormats.get(&column.date) { formats[look] }
      } else {
        format = column.number(places: places, in: formats)
      }
      try xml.cell(index, row, format, plain: exact.plain)
    default:
      let look = column.look(column.column.form.code)
      try xml.cell(index, row, ColumnFormats.get(&column.blank) { formats[look] })
    }
  }

  private mutating func writeText(_ text: String, _ column: Int, row: Int, _ format: Int) throws(Diagnostic) {
    if text.isEmpty { return try xml.cell(column, row, format) }
    try CellText.check(text, at: place(column, row: row))
    try xml.cell(column, row, format, text: texts.number(of: text))
  }

  // MARK: support

  func place(_ column: Int, row: Int) -> Place {
    var place = place
    place.cell = CellReference(column: column, row: row).text
    return place
  }

  /// A number without superfluous digits: `8.7109375`, `12`.
  static func decimal(_ value: Double) -> String {
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension XMLWriter {
  /// Begins a cell up to its format.
  private mutating func beginCell(_ column: Int, _ row: Int, _ format: Int) throws(Diagnostic) {
    try markup("<c r=\"")
    try reference(column, row)
    try markup("\" s=\"")
    try number(format)
  }

  /// An empty cell.
  mutating func cell(_ column: Int, _ row: Int, _ format: Int) throws(Diagnostic) {
    try beginCell(column, row, format)
    try markup("\"/>")
  }

  /// A cell with a shared text.
  mutating func cell(_ column: Int, _ row: Int, _ format: Int, text: Int) throws(Diagnostic) {
    try beginCell(column, row, format)
    try markup("\" t=\"s\"><v>")
    try number(text)
    try markup("</v></c>")
  }

  /// A cell with a text of its own.
  mutating func cell(_ column: Int, _ row: Int, _ format: Int, inline text: String) throws(Diagnostic) {
    try beginCell(column, row, format)
    try markup("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
    try self.text(CellText.escaped(text))
    try markup("</t></is></c>")
  }

  /// A cell with a number.
  mutating func cell(_ column: Int, _ row: Int, _ format: Int, number value: Int) throws(Diagnostic) {
    try beginCell(column, row, format)
    try markup("\"><v>")
    try number(value)
    try markup("</v></c>")
  }

  /// A cell with a number in digits.
  mutating func cell(_ column: Int, _ row: Int, _ format: Int, plain digits: String) throws(Diagnostic) {
    try beginCell(column, row, format)
    try markup("\"><v>")
    try plain(digits)
    try markup("</v></c>")
  }
}
