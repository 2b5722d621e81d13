import Base

/// The texts to which cells refer by number (`xl/sharedStrings.xml`).
struct SharedStrings: XMLHandler {
  static let root: (element: PartElement, name: String)? = (.sharedStrings, "sst")
  /// The largest number of texts: more than any workbook has within ``ZipArchive/limitBytes``, except one of empty
  /// texts.
  private static let limit = 1 << 24

  private(set) var texts: [String] = []
  private var item = StringItem()
  private var place: Place

  /// - Throws: `workbook.format`.
  init(_ part: String, of archive: ZipArchive) throws(Diagnostic) {
    place = Place(file: archive.path)
    self = try XMLPart.read(part, of: archive, self)
  }

  mutating func start(_ element: PartElement, _ attributes: XMLAttributes) { item.start(element) }

  mutating func end(_ element: PartElement) throws(Diagnostic) {
    item.end(element)
    guard element == .string else { return }
    guard texts.count < Self.limit else { throw Diagnostic(.workbookFormat, at: place, "too many shared texts") }
    texts.append(try item.take(at: place))
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { item.text(bytes) }
}
