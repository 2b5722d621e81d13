import Base

/// The look of cells: each used combination becomes one format of the workbook (`xl/styles.xml`).
final class CellFormats {
  /// The look of a cell beside the font, which all cells share.
  struct Look: Hashable {
    var isHeader = false
    var isEditable = false
    var wraps = false
    /// Excel's number format; `@` is text.
    var code = "General"
    /// An empty column, which would otherwise be printed on separate pages.
    var isBare = false

    /// The fill of its cells: an index of ``CellFormats/fills``; `nil` without a fill.
    fileprivate var fill: Int? {
      switch (isHeader, isEditable) {
      case _ where isBare: nil
      case (true, false): 0
      case (true, true): 1
      case (false, true): 2
      case (false, false): nil
      }
    }
  }

  static let font = "Yu Gothic"
  static let fontSize = 10
  fileprivate static let fills = ["FFD9E1F2", "FFFFD966", "FFFFF9E1"]

  /// The looks in the order of their numbers, which begin with 1: format 0 is that of cells without a look.
  private var looks: [Look] = []
  private var numbers: [Look: Int] = [:]
  private var highlights: [Spreadsheet.Highlight] = []

  /// The format's number.
  subscript(look: Look) -> Int {
    if let number = numbers[look] { return number }
    looks.append(look)
    numbers[look] = looks.count
    return looks.count
  }

  /// The number of the colours of a highlight, applied over the cell's own look.
  func colours(of highlight: Spreadsheet.Highlight) -> Int {
    highlights.append(highlight)
    return highlights.count - 1
  }

  /// Writes all requested formats.
  ///
  /// - Throws: the errors of the zip file.
  func write(to zip: ZipWriter) throws(Diagnostic) {
    var xml = try XMLWriter("xl/styles.xml", zip)
    try xml.markup("<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">")
    // Numbers below 164 are Excel's own.
    var codes: [String] = []
    for look in looks where !codes.contains(look.code) { codes.append(look.code) }
    try xml.markup("<numFmts")
    try xml.attribute("count", codes.count)
    try xml.markup(">")
    for (index, code) in codes.enumerated() {
      try xml.markup("<numFmt")
      try xml.attribute("numFmtId", 164 + index)
      try xml.attribute("formatCode", code)
      try xml.markup("/>")
    }
    try xml.markup("</numFmts><fonts count=\"2\">")
    for bold in ["", "<b/>"] {
      try xml.plain(
        "<font>\(bold)<sz val=\"\(Self.fontSize)\"/><color theme=\"1\"/><name val=\"\(Self.font)\"/><family val=\"2\"/></font>"
      )
    }
    try xml.markup("</fonts><fills")
    try xml.attribute("count", 2 + Self.fills.count)
    // The first two are required in every workbook.
    try xml.markup(
      "><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>")
    for fill in Self.fills {
      try xml.plain(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"\(fill)\"/><bgColor indexed=\"64\"/></patternFill></fill>"
      )
    }
    try xml.markup(
      "</fills><borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>")
    for side in ["left", "right", "top", "bottom"] {
      try xml.plain("<\(side) style=\"thin\"><color rgb=\"FFBFBFBF\"/></\(side)>")
    }
    try xml.markup(
      """
      <diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>\
      </cellStyleXfs><cellXfs
      """)
    try xml.attribute("count", 1 + looks.count)
    try xml.markup("><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>")
    for look in looks { try write(look, code: 164 + codes.firstIndex(of: look.code)!, &xml) }
    try xml.markup(
      "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles><dxfs")
    try xml.attribute("count", highlights.count)
    try xml.markup(">")
    for highlight in highlights {
      try xml.plain(
        "<dxf><font><color rgb=\"\(Self.argb(highlight.font))\"/></font><fill><patternFill>"
          + "<bgColor rgb=\"\(Self.argb(highlight.fill))\"/></patternFill></fill></dxf>")
    }
    try xml.markup(
      """
      </dxfs><tableStyles count="0" defaultTableStyle="TableStyleMedium9" defaultPivotStyle="PivotStyleLight16"/>\
      </styleSheet>
      """)
    try xml.end()
  }

  private func write(_ look: Look, code: Int, _ xml: inout XMLWriter) throws(Diagnostic) {
    try xml.markup("<xf")
    try xml.attribute("numFmtId", code)
    try xml.attribute("fontId", look.isHeader && !look.isBare ? 1 : 0)
    try xml.attribute("fillId", look.fill.map { $0 + 2 } ?? 0)
    try xml.attribute("borderId", look.isBare ? 0 : 1)
    try xml.markup(" xfId=\"0\" applyNumberFormat=\"1\"")
    if look.isHeader, !look.isBare { try xml.markup(" applyFont=\"1\"") }
    if look.fill != nil { try xml.markup(" applyFill=\"1\"") }
    if !look.isBare { try xml.markup(" applyBorder=\"1\"") }
    try xml.markup(" applyAlignment=\"1\"><alignment")
    try xml.attribute("vertical", look.isHeader ? "center" : "top")
    if look.wraps || look.isHeader { try xml.attribute("wrapText", 1) }
    try xml.markup("/></xf>")
  }

  private static func argb(_ colour: UInt32) -> String {
    let digits = String(colour & 0xFF_FFFF, radix: 16, uppercase: true)
    return "FF" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

extension Spreadsheet.Form {
  /// The number format of the column's empty cells, and of its numbers without places.
  var code: String {
    switch self {
    case .text: "@"
    case .amount: "#,##0"
    case .number: "General"
    case .date: "yyyy\\-mm\\-dd"
    }
  }

  /// The number format of a number with `places`.
  func code(places: Int) -> String {
    guard places > 0 else { return self == .amount ? code : "0" }
    return (self == .amount ? "#,##0." : "0.") + String(repeating: "0", count: places)
  }
}
