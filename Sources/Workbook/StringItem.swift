import Base

/// Collects the text of one string: its runs, without the readings (furigana) that Excel stores beside them.
struct StringItem {
  private var bytes: [UInt8] = []
  private var isInText = false
  private var isInReading = false
  /// The largest number of bytes kept: more than a text of Excel's length can take when each of its units is escaped.
  private static let bytesAtMost = CellText.limit * "_x0000_".utf8.count

  mutating func start(_ element: PartElement) {
    switch element {
    case .text: isInText = true
    case .reading: isInReading = true
    default: break
    }
  }

  mutating func end(_ element: PartElement) {
    switch element {
    case .text: isInText = false
    case .reading: isInReading = false
    default: break
    }
  }

  mutating func text(_ piece: UnsafeBufferPointer<UInt8>) {
    if isInText, !isInReading, bytes.count <= Self.bytesAtMost { bytes += piece.prefix(Self.bytesAtMost + 1) }
  }

  /// Removes the text; the next string begins.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Returns the text; the next string begins.
  ///
  /// - Throws: `workbook.format` when it is longer than Excel's texts.
  mutating func take(at place: Place) throws(Diagnostic) -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    let text = bytes.count > Self.bytesAtMost ? nil : CellText.unescaped(bytes)
    guard let text, text.utf8.count <= CellText.limit || text.utf16.count <= CellText.limit else {
      throw Diagnostic(.workbookFormat, at: place, "a text has more than \(CellText.limit) characters")
    }
    return text
  }
}
