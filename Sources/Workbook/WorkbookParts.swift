import Base
import Glibc

/// Writes the parts of a workbook beside its sheets: those that refer to others, and its properties.
struct WorkbookParts {
  let workbook: Spreadsheet
  /// Whether the hidden sheet of lists follows the others.
  let hasLists: Bool
  let zip: ZipWriter

  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let content = "application/vnd.openxmlformats-officedocument"

  private var sheetCount: Int { workbook.sheets.count + (hasLists ? 1 : 0) }

  /// Writes the parts that readers look for first.
  ///
  /// - Throws: the errors of the zip file.
  func writeHead() throws(Diagnostic) {
    try writeTypes()
    try write(
      relationships: [
        (Self.office + "/officeDocument", "xl/workbook.xml"),
        (Self.package + "/relationships/metadata/core-properties", "docProps/core.xml"),
        (Self.office + "/extended-properties", "docProps/app.xml"),
      ], to: "_rels/.rels")
    try write(
      relationships: (1...sheetCount).map { (Self.office + "/worksheet", "worksheets/sheet\($0).xml") } + [
        (Self.office + "/theme", "theme/theme1.xml"), (Self.office + "/styles", "styles.xml"),
        (Self.office + "/sharedStrings", "sharedStrings.xml"),
      ], to: "xl/_rels/workbook.xml.rels")
    try writeWorkbook()
    try Theme.write(to: zip)
  }

  /// Writes title, time and the names of the sheets.
  ///
  /// - Throws: the errors of the zip file.
  func writeProperties() throws(Diagnostic) {
    try writeCore()
    try writeApplication()
  }

  private func writeTypes() throws(Diagnostic) {
    var xml = try XMLWriter("[Content_Types].xml", zip)
    try xml.plain("<Types xmlns=\"\(Self.package)/content-types\">")
    try xml.plain(
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>")
    try xml.markup("<Default Extension=\"xml\" ContentType=\"application/xml\"/>")
    var parts = [
      ("docProps/app.xml", "\(Self.content).extended-properties+xml"),
      ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
      ("xl/styles.xml", "\(Self.content).spreadsheetml.styles+xml"),
      ("xl/theme/theme1.xml", "\(Self.content).theme+xml"),
      ("xl/workbook.xml", "\(Self.content).spreadsheetml.sheet.main+xml"),
    ]
    for number in 1...sheetCount {
      parts.append(("xl/worksheets/sheet\(number).xml", "\(Self.content).spreadsheetml.worksheet+xml"))
    }
    parts.append(("xl/sharedStrings.xml", "\(Self.content).spreadsheetml.sharedStrings+xml"))
    for (part, type) in parts { try xml.plain("<Override PartName=\"/\(part)\" ContentType=\"\(type)\"/>") }
    try xml.markup("</Types>")
    try xml.end()
  }

  /// Relationships with the names `rId1`, `rId2` …
  private func write(relationships: [(type: String, target: String)], to part: String) throws(Diagnostic) {
    var xml = try XMLWriter(part, zip)
    try xml.plain("<Relationships xmlns=\"\(Self.package)/relationships\">")
    for (index, (type, target)) in relationships.enumerated() {
      try xml.plain("<Relationship Id=\"rId\(index + 1)\" Type=\"\(type)\" Target=\"\(target)\"/>")
    }
    try xml.markup("</Relationships>")
    try xml.end()
  }

  // MARK: the workbook

  private func writeWorkbook() throws(Diagnostic) {
    var xml = try XMLWriter("xl/workbook.xml", zip)
    try xml.markup("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"")
    try xml.plain(" xmlns:r=\"\(Self.office)\">")
    try xml.markup(
      """
      <fileVersion appName="xl" lastEdited="4" lowestEdited="4" rupBuild="4505"/>\
      <workbookPr defaultThemeVersion="124226"/><bookViews>\
      <workbookView xWindow="240" yWindow="15" windowWidth="16095" windowHeight="9660"/></bookViews><sheets>
      """)
    let names = workbook.sheets.map(\.name) + (hasLists ? [ChoiceLists.sheetName] : [])
    for (index, name) in names.enumerated() {
      try xml.markup("<sheet")
      try xml.attribute("name", name)
      try xml.attribute("sheetId", index + 1)
      if index >= workbook.sheets.count { try xml.attribute("state", "hidden") }
      try xml.plain(" r:id=\"rId\(index + 1)\"/>")
    }
    try xml.markup("</sheets><definedNames>")
    for name in definedNames {
      try xml.plain("<definedName name=\"_xlnm.\(name.name)\" localSheetId=\"\(name.sheet)\"")
      if name.isHidden { try xml.attribute("hidden", 1) }
      try xml.markup(">")
      try xml.text(quoted(name.sheet) + "!" + name.range)
      try xml.markup("</definedName>")
    }
    // Nothing is calculated here; programs calculate when they open the file.
    try xml.markup("</definedNames><calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/></workbook>")
    try xml.end()
  }

  /// The names that define filter and printing of each sheet.
  private var definedNames: [(name: String, sheet: Int, range: String, isHidden: Bool)] {
    func area(_ sheet: Spreadsheet.Sheet, columns: Int) -> String {
      let first = CellReference(column: 0, row: 1)
      let last = CellReference(column: columns - 1, row: sheet.rowCount + 1)
      return first == last ? first.absolute : first.absolute + ":" + last.absolute
    }
    let sheets = workbook.sheets.enumerated()
    return sheets.map { ("_FilterDatabase", $0, area($1, columns: $1.columns.count), true) }
      + sheets.compactMap { index, sheet in
        sheet.printedColumns.map { ("Print_Area", index, area(sheet, columns: $0), false) }
      } + sheets.map { index, _ in ("Print_Titles", index, "$1:$1", false) }
  }

  /// The sheet's name in formulas, always in quotation marks: Excel requires them around `2026` and `A1`.
  private func quoted(_ sheet: Int) -> String {
    let name = workbook.sheets[sheet].name
    return "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  // MARK: properties

  private func writeCore() throws(Diagnostic) {
    var xml = try XMLWriter("docProps/core.xml", zip)
    try xml.plain(
      "<cp:coreProperties xmlns:cp=\"\(Self.package)/metadata/core-properties\" "
        + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        + "xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">")
    try xml.markup("<dc:title>")
    try xml.text(workbook.title)
    try xml.markup("</dc:title><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>")
    let moment = Self.moment(workbook.created)
    for name in ["created", "modified"] {
      try xml.plain("<dcterms:\(name) xsi:type=\"dcterms:W3CDTF\">\(moment)</dcterms:\(name)>")
    }
    try xml.markup("</cp:coreProperties>")
    try xml.end()
  }

  private func writeApplication() throws(Diagnostic) {
    var xml = try XMLWriter("docProps/app.xml", zip)
    try xml.markup("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"")
    try xml.markup(" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">")
    try xml.markup("<Application>Microsoft Excel</Application><DocSecurity>0</DocSecurity>")
    try xml.markup("<ScaleCrop>false</ScaleCrop><HeadingPairs><vt:vector size=\"4\" baseType=\"variant\">")
    let names = definedNames.filter { !$0.isHidden }
    for (word, count) in [("Worksheets", sheetCount), ("Named Ranges", names.count)] {
      try xml.plain("<vt:variant><vt:lpstr>\(word)</vt:lpstr></vt:variant>")
      try xml.plain("<vt:variant><vt:i4>\(count)</vt:i4></vt:variant>")
    }
    try xml.plain(
      "</vt:vector></HeadingPairs><TitlesOfParts><vt:vector size=\"\(sheetCount + names.count)\" baseType=\"lpstr\">")
    let titles =
      workbook.sheets.map(\.name) + (hasLists ? [ChoiceLists.sheetName] : [])
      + names.map { quoted($0.sheet) + "!" + $0.name }
    for title in titles {
      try xml.markup("<vt:lpstr>")
      try xml.text(title)
      try xml.markup("</vt:lpstr>")
    }
    try xml.markup(
      """
      </vt:vector></TitlesOfParts><Company></Company><LinksUpToDate>false</LinksUpToDate><SharedDoc>false</SharedDoc>\
      <HyperlinksChanged>false</HyperlinksChanged><AppVersion>12.0000</AppVersion></Properties>
      """)
    try xml.end()
  }

  /// `2026-03-01T00:00:00Z`
  private static func moment(_ seconds: Int) -> String {
    var (time, parts) = (time_t(seconds), tm())
    gmtime_r(&time, &parts)
    func digits(_ value: Int32, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let day = [digits(parts.tm_year + 1900, 4), digits(parts.tm_mon + 1, 2), digits(parts.tm_mday, 2)]
    let clock = [digits(parts.tm_hour, 2), digits(parts.tm_min, 2), digits(parts.tm_sec, 2)]
    return day.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
  }
}
