import Evidence

/// The texts that cells refer to by number (`xl/sharedStrings.xml`).
final class SharedStrings: XMLHandler {
  static let root: String? = "sst"
  /// More than any workbook has within ``ZipArchive/limitBytes``, but for one made of empty texts.
  private static let limit = 1 << 24

  private(set) var texts: [String] = []
  private var item = StringItem()
  private let place: Place

  /// - Throws: `workbook.format`.
  init(_ part: String, of archive: ZipArchive) throws(Diagnostic) {
    place = Place(file: archive.path)
    try XMLPart.read(part, of: archive, self)
  }

  func start(_ name: String, _ attributes: XMLAttributes) { item.start(name) }

  func end(_ name: String) throws(Diagnostic) {
    item.end(name)
    guard name == "si" else { return }
    guard texts.count < Self.limit else { throw Diagnostic(.workbookFormat, at: place, "too many shared texts") }
    texts.append(item.take())
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) { item.text(bytes) }
}
