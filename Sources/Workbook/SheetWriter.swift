import CXlsxWriter
import Evidence

/// Writes one sheet.
struct SheetWriter {
  let sheet: Spreadsheet.Sheet
  let target: UnsafeMutablePointer<lxw_worksheet>
  let formats: CellFormats
  /// The workbook's file and this sheet.
  let place: Place

  func write(title: String, lists: inout ChoiceLists) throws(Diagnostic) {
    let columns = sheet.columns
    guard columns.count <= CellReference.columnLimit,
      1 + sheet.rows.count + sheet.spareRows <= CellReference.rowLimit
    else {
      let rows = 1 + sheet.rows.count + sheet.spareRows
      throw Diagnostic(.workbookSize, at: place, String(rows), String(columns.count))
    }
    precondition(!columns.isEmpty, "a sheet without columns")
    for (index, column) in columns.enumerated() { try writeColumn(index, column, &lists) }
    for (index, row) in sheet.rows.enumerated() {
      precondition(row.count <= columns.count, "a row with more cells than columns")
      for column in columns.indices {
        try writeCell(column < row.count ? row[column] : .empty, row: index + 1, columns[column], column)
      }
      let lines = lines(of: row)
      // One line has the usual height.
      if lines > 1 {
        try check(worksheet_set_row(target, lxw_row_t(index + 1), min(409, Double(lines) * Self.lineHeight + 3), nil))
      }
    }
    try arrange(title: title)
  }

  /// Points of a line of text.
  private static let lineHeight = 13.5

  /// Lines that the row's wrapped texts take: not every program reckons this by itself.
  private func lines(of row: [Spreadsheet.Cell]) -> Int {
    var most = 1
    for (cell, column) in zip(row, sheet.columns) where column.wraps && !column.isHidden {
      guard case .text(let text) = cell else { continue }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        max(1, Int((Double(TextTable.width(String(line))) / max(1, column.width - 1)).rounded(.up)))
      }
      most = max(most, lines.reduce(0, +))
    }
    return most
  }

  // MARK: columns

  private func writeColumn(
    _ index: Int, _ column: Spreadsheet.Column, _ lists: inout ChoiceLists
  ) throws(Diagnostic) {
    let at = lxw_col_t(index)
    var options = lxw_row_col_options(hidden: column.isHidden ? 1 : 0, level: 0, collapsed: 0)
    let bare = formats[.init(wraps: column.wraps, code: column.form.code, isBare: true)]
    try check(worksheet_set_column_opt(target, at, at, column.width, bare, &options))
    try writeText(column.title, 0, index, formats[.init(isHeader: true, isEditable: column.isEditable)])

    let last = lxw_row_t(sheet.rows.count + sheet.spareRows)
    guard last > 0 else { return }
    if !column.choices.isEmpty {
      for choice in column.choices { try CellText.check(choice, at: place(0, index)) }
      var rule = lxw_data_validation()
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      try withCString(lists.formula(column.choices)) { formula throws(Diagnostic) in
        rule.value_formula = formula
        try check(worksheet_data_validation_range(target, 1, at, last, at, &rule))
      }
    }
    for highlight in column.highlights {
      try CellText.check(highlight.value, limit: CellText.formulaLimit, at: place(0, index))
      var rule = lxw_conditional_format()
      rule.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
      rule.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_EQUAL_TO.rawValue)
      rule.format = formats.colours(of: highlight)
      let quoted = highlight.value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      try withCString("\"\(quoted)\"") { value throws(Diagnostic) in
        rule.value_string = value
        try check(worksheet_conditional_format_range(target, 1, at, last, at, &rule))
      }
    }
  }

  // MARK: cells

  private func writeCell(
    _ cell: Spreadsheet.Cell, row: Int, _ column: Spreadsheet.Column, _ index: Int
  ) throws(Diagnostic) {
    func format(_ code: String) -> UnsafeMutablePointer<lxw_format> {
      formats[.init(isEditable: column.isEditable, wraps: column.wraps, code: code)]
    }
    switch cell.stored {
    case .text(let text): try writeText(text, row, index, format("@"))
    case .number(let digits):
      let parts = digits.split(separator: ".")
      let places = parts.count > 1 ? parts[1].utf8.count : 0
      guard let exact = CellNumber(digits), exact.digits.count <= CellNumber.digitLimit, places <= 30,
        !digits.utf8.contains(where: { $0 > UInt8(ascii: "9") }), let value = Double(digits)
      else { throw Diagnostic(.workbookNumber, at: place(row, index)) }
      let code = if case .date = cell { Spreadsheet.Form.date.code } else { column.form.code(places: places) }
      try check(worksheet_write_number(target, lxw_row_t(row), lxw_col_t(index), value, format(code)))
    default: try check(worksheet_write_blank(target, lxw_row_t(row), lxw_col_t(index), format(column.form.code)))
    }
  }

  private func writeText(
    _ text: String, _ row: Int, _ column: Int, _ format: UnsafeMutablePointer<lxw_format>
  ) throws(Diagnostic) {
    try CellText.check(text, at: place(row, column))
    try check(
      worksheet_write_string(target, lxw_row_t(row), lxw_col_t(column), CellText.escaped(text), format),
      at: place(row, column))
  }

  // MARK: window and page

  private func arrange(title: String) throws(Diagnostic) {
    let lastColumn = lxw_col_t(sheet.columns.count - 1)
    worksheet_freeze_panes(target, 1, lxw_col_t(sheet.frozenColumns))
    try check(worksheet_autofilter(target, 0, 0, lxw_row_t(sheet.rows.count), lastColumn))
    // Without this Excel marks every `0012` as a number stored as text.
    let all = "A1:" + CellReference(column: Int(lastColumn), row: CellReference.rowLimit).text
    try check(worksheet_ignore_errors(target, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), all))

    worksheet_set_paper(target, 9)  // A4
    worksheet_set_landscape(target)
    worksheet_fit_to_pages(target, 1, 0)
    worksheet_set_margins(target, 0.4, 0.4, 0.75, 0.6)
    try check(worksheet_repeat_rows(target, 0, 0))
    if let printed = sheet.printedColumns {
      try check(worksheet_print_area(target, 0, 0, lxw_row_t(sheet.rows.count), lxw_col_t(printed - 1)))
    }
    worksheet_gridlines(target, UInt8(LXW_SHOW_ALL_GRIDLINES.rawValue))
    // `&` begins a code; libxlsxwriter takes some for pictures even when it is doubled.
    let plain = String(title.map { $0 == "&" ? "＆" : $0 })
    let font = "&\(Int(CellFormats.fontSize))&\"\(CellFormats.font),Regular\""
    let header = "&L\(font)\(plain)&R\(font)&A"
    try CellText.check(header, limit: CellText.formulaLimit, at: place)
    try check(worksheet_set_header(target, header))
    try check(worksheet_set_footer(target, "&C\(font)&P / &N"))
  }

  // MARK: support

  private func place(_ row: Int, _ column: Int) -> Place {
    var place = place
    place.cell = CellReference(column: column, row: row + 1).text
    return place
  }

  private func check(_ error: lxw_error, at place: Place? = nil) throws(Diagnostic) {
    guard error == LXW_NO_ERROR else {
      throw Diagnostic(.workbookWrite, at: place ?? self.place, String(cString: lxw_strerror(error)))
    }
  }

  /// Lends a text to a C structure that asks for more than it needs.
  private func withCString(
    _ text: String, _ body: (UnsafeMutablePointer<CChar>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var bytes = text.utf8CString.map { $0 }
    try bytes.withUnsafeMutableBufferPointer { bytes throws(Diagnostic) in try body(bytes.baseAddress!) }
  }
}
