import Base

/// The texts of a written workbook: each once, however many cells have it (`xl/sharedStrings.xml`).
final class SharedTexts {
  private var numbers: [Key: Int] = [:]
  private var texts: [String] = []
  /// The number of cells with a text.
  private var uses = 0

  /// A text by its bytes. Swift treats differently written texts as equal, such as が as one character and as two; a
  /// workbook must keep both.
  private struct Key: Hashable {
    let text: String

    static func == (left: Key, right: Key) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  /// The text's number.
  func number(of text: String) -> Int {
    uses += 1
    let key = Key(text: text)
    if let number = numbers[key] { return number }
    numbers[key] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  /// Writes all requested texts.
  ///
  /// - Throws: the errors of the zip file.
  func write(to zip: ZipWriter) throws(Diagnostic) {
    var xml = try XMLWriter("xl/sharedStrings.xml", zip)
    try xml.markup("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"")
    try xml.attribute("count", uses)
    try xml.attribute("uniqueCount", texts.count)
    try xml.markup(">")
    for text in texts {
      // Programs drop white space around a text unless the text declares that it must be kept.
      let ends = [text.utf8.first, text.utf8.last].compactMap { $0 }
      let isSpaced = ends.contains { XMLCharacters.isSpace($0) }
      if isSpaced { try xml.markup("<si><t xml:space=\"preserve\">") } else { try xml.markup("<si><t>") }
      try xml.text(CellText.escaped(text))
      try xml.markup("</t></si>")
    }
    try xml.markup("</sst>")
    try xml.end()
  }
}
