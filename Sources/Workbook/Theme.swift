import Base

/// The colours and fonts that programs offer beside a workbook's own (`xl/theme/theme1.xml`): those of Office, with the
/// minimum of a theme.
enum Theme {
  private static let colours = [
    ("dk2", "1F497D"), ("lt2", "EEECE1"), ("accent1", "4F81BD"), ("accent2", "C0504D"), ("accent3", "9BBB59"),
    ("accent4", "8064A2"), ("accent5", "4BACC6"), ("accent6", "F79646"), ("hlink", "0000FF"), ("folHlink", "800080"),
  ]

  /// - Throws: the errors of the zip file.
  static func write(to zip: ZipWriter) throws(Diagnostic) {
    var xml = try XMLWriter("xl/theme/theme1.xml", zip)
    try xml.markup(
      """
      <a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office Theme"><a:themeElements>\
      <a:clrScheme name="Office"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>\
      <a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>
      """)
    for (name, colour) in colours { try xml.plain("<a:\(name)><a:srgbClr val=\"\(colour)\"/></a:\(name)>") }
    try xml.markup("</a:clrScheme><a:fontScheme name=\"Office\">")
    for font in ["major", "minor"] {
      try xml.plain("<a:\(font)Font><a:latin typeface=\"\(CellFormats.font)\"/><a:ea typeface=\"\"/>")
      try xml.plain("<a:cs typeface=\"\"/></a:\(font)Font>")
    }
    // Three of each: subtle, moderate, intense. All are the plain colour.
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    let styles = [
      ("fillStyleLst", fill), ("lnStyleLst", "<a:ln w=\"9525\">\(fill)</a:ln>"),
      ("effectStyleLst", "<a:effectStyle><a:effectLst/></a:effectStyle>"), ("bgFillStyleLst", fill),
    ]
    try xml.markup("</a:fontScheme><a:fmtScheme name=\"Office\">")
    for (list, style) in styles { try xml.plain("<a:\(list)>\(style)\(style)\(style)</a:\(list)>") }
    try xml.markup("</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>")
    try xml.end()
  }
}
