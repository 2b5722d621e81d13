import Base

/// The settings of a sheet beside its cells: for viewing, filling in and printing.
extension SheetWriter {
  /// Writes the settings before the columns: the rows and columns that stay in view.
  mutating func writeView(isShown: Bool) throws(Diagnostic) {
    try xml.markup(
      """
      <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
      <sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension
      """)
    try xml.attribute("ref", all)
    try xml.markup("/><sheetViews><sheetView")
    if isShown { try xml.attribute("tabSelected", 1) }
    try xml.markup(" workbookViewId=\"0\"><pane")
    let frozen = sheet.frozenColumns
    if frozen > 0 { try xml.attribute("xSplit", frozen) }
    try xml.attribute("ySplit", 1)
    try xml.attribute("topLeftCell", CellReference(column: frozen, row: 2).text)
    try xml.attribute("activePane", frozen > 0 ? "bottomRight" : "bottomLeft")
    try xml.markup(" state=\"frozen\"/>")
    if frozen > 0 {
      for (pane, cell) in [
        ("topRight", CellReference(column: frozen, row: 1).text), ("bottomLeft", "A2"),
      ] {
        try xml.plain("<selection pane=\"\(pane)\" activeCell=\"\(cell)\" sqref=\"\(cell)\"/>")
      }
    }
    try xml.plain("<selection pane=\"\(frozen > 0 ? "bottomRight" : "bottomLeft")\"/></sheetView></sheetViews>")
    try xml.markup("<sheetFormatPr defaultRowHeight=\"15\"/>")
  }

  /// Header and rows, without the spare ones.
  private var all: String {
    CellReference.range(columns: 0...(sheet.columns.count - 1), rows: 1...(sheet.rowCount + 1))
  }

  mutating func writeColumns() throws(Diagnostic) {
    try xml.markup("<cols>")
    for (index, column) in sheet.columns.enumerated() {
      try xml.markup("<col")
      try xml.attribute("min", index + 1)
      try xml.attribute("max", index + 1)
      try xml.attribute("width", Self.decimal(Self.width(characters: column.width)))
      try xml.attribute("style", formats[.init(wraps: column.wraps, code: column.form.code, isBare: true)])
      if column.isHidden { try xml.attribute("hidden", 1) }
      try xml.markup(" customWidth=\"1\"/>")
    }
    try xml.markup("</cols>")
  }

  /// The width in files of `characters` characters: whole pixels, of which a digit of the usual font takes 7, with 5
  /// around the cell; in 256ths of a digit.
  private static func width(characters: Double) -> Double {
    let pixels = characters < 1 ? (characters * 12 + 0.5).rounded(.down) : (characters * 7 + 0.5).rounded(.down) + 5
    return (pixels / 7 * 256).rounded(.down) / 256
  }

  // MARK: rules

  /// Filter, colours and drop-down lists, which the spare rows have too.
  mutating func writeRules() throws(Diagnostic) {
    try xml.markup("<autoFilter")
    try xml.attribute("ref", all)
    try xml.markup("/>")
    let last = 1 + sheet.rowCount + sheet.spareRows
    guard last > 1 else { return }
    var priority = 0
    for (index, column) in sheet.columns.enumerated() where !column.highlights.isEmpty {
      try xml.markup("<conditionalFormatting")
      try xml.attribute("sqref", CellReference.range(columns: index...index, rows: 2...last))
      try xml.markup(">")
      for highlight in column.highlights {
        try CellText.check(highlight.value, limit: CellText.formulaLimit, at: place(index, row: 1))
        priority += 1
        try xml.markup("<cfRule type=\"cellIs\"")
        try xml.attribute("dxfId", formats.colours(of: highlight))
        try xml.attribute("priority", priority)
        try xml.markup(" operator=\"equal\"><formula>\"")
        try xml.text(
          highlight.value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))
        try xml.markup("\"</formula></cfRule>")
      }
      try xml.markup("</conditionalFormatting>")
    }
    let lists = rules.count { $0 != nil }
    if lists == 0 { return }
    try xml.markup("<dataValidations")
    try xml.attribute("count", lists)
    try xml.markup(">")
    for (index, rule) in rules.enumerated() {
      guard let rule else { continue }
      try xml.markup("<dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"")
      try xml.attribute("sqref", CellReference.range(columns: index...index, rows: 2...last))
      try xml.markup("><formula1>")
      try xml.text(rule)
      try xml.markup("</formula1></dataValidation>")
    }
    try xml.markup("</dataValidations>")
  }

  /// The cells that lead to other sheets.
  mutating func writeLinks() throws(Diagnostic) {
    if sheet.links.isEmpty { return }
    try xml.markup("<hyperlinks>")
    for link in sheet.links {
      let name = link.sheet.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      try xml.markup("<hyperlink ref=\"")
      try xml.reference(link.column, link.row + 2)
      try xml.markup("\" location=\"")
      try xml.text("'\(name)'!" + CellReference(column: 0, row: link.target + 2).text)
      try xml.markup("\"/>")
    }
    try xml.markup("</hyperlinks>")
  }

  // MARK: page

  /// A4, landscape, one page wide, with title, sheet and page numbers.
  mutating func writePage(title: String) throws(Diagnostic) {
    // `&` begins a code, and not every program accepts a doubled one as a sign.
    let plain = String(String.UnicodeScalarView(title.unicodeScalars.map { $0 == "&" ? "＆" : $0 }))
    let font = "&\(CellFormats.fontSize)&\"\(CellFormats.font),Regular\""
    let header = "&L\(font)\(plain)&R\(font)&A"
    try CellText.check(header, limit: CellText.formulaLimit, at: place)
    try xml.markup(
      """
      <printOptions gridLines="1"/>\
      <pageMargins left="0.4" right="0.4" top="0.75" bottom="0.6" header="0.3" footer="0.3"/>\
      <pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/><headerFooter><oddHeader>
      """)
    try xml.text(header)
    try xml.markup("</oddHeader><oddFooter>")
    try xml.text("&C\(font)&P / &N")
    // Without this Excel marks every `0012` as a number stored as text.
    try xml.markup("</oddFooter></headerFooter><ignoredErrors><ignoredError")
    try xml.attribute(
      "sqref", CellReference.range(columns: 0...(sheet.columns.count - 1), rows: 1...CellReference.rowLimit))
    try xml.markup(" numberStoredAsText=\"1\"/></ignoredErrors>")
  }
}
