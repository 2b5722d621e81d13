import CXlsxWriter

/// The look of cells: each combination that is used becomes one format of the workbook.
final class CellFormats {
  /// What a cell looks like beside the font that all have.
  struct Look: Hashable {
    var isHeader = false
    var isEditable = false
    var wraps = false
    /// Excel's number format; `@` is text.
    var code = "General"
    /// An empty column: nothing that would be printed on pages of its own.
    var isBare = false
  }

  static let font = "Yu Gothic"
  static let fontSize = 10.0

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var formats: [Look: UnsafeMutablePointer<lxw_format>] = [:]

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
    self.workbook = workbook
    // The format that libxlsxwriter made first is that of cells without one.
    if let usual = workbook.pointee.formats.pointee.stqh_first { Self.setFont(usual) }
  }

  subscript(look: Look) -> UnsafeMutablePointer<lxw_format> {
    if let format = formats[look] { return format }
    let format: UnsafeMutablePointer<lxw_format> = workbook_add_format(workbook)
    formats[look] = format
    Self.setFont(format)
    format_set_num_format(format, look.code)
    format_set_align(format, UInt8((look.isHeader ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP).rawValue))
    if look.wraps || look.isHeader { format_set_text_wrap(format) }
    if look.isBare { return format }
    format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_border_color(format, 0xBFBFBF)
    switch (look.isHeader, look.isEditable) {
    case (true, true): format_set_bg_color(format, 0xFFD966)
    case (true, false): format_set_bg_color(format, 0xD9E1F2)
    case (false, true): format_set_bg_color(format, 0xFFF9E1)
    case (false, false): break
    }
    if look.isHeader { format_set_bold(format) }
    return format
  }

  /// The colours of a highlight, laid over whatever else a cell has.
  func colours(of highlight: Spreadsheet.Highlight) -> UnsafeMutablePointer<lxw_format> {
    let format: UnsafeMutablePointer<lxw_format> = workbook_add_format(workbook)
    format_set_bg_color(format, highlight.fill)
    format_set_font_color(format, highlight.font)
    return format
  }

  private static func setFont(_ format: UnsafeMutablePointer<lxw_format>) {
    format_set_font_name(format, font)
    format_set_font_size(format, fontSize)
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
