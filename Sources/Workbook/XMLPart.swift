import Base

/// The receiver of a part's elements while it is read. Elements that are not SpreadsheetML are skipped with their
/// content.
protocol XMLHandler {
  /// The outermost element and its name; `nil` to accept any.
  static var root: (element: PartElement, name: String)? { get }
  mutating func start(_ element: PartElement, _ attributes: XMLAttributes) throws(Diagnostic)
  mutating func end(_ element: PartElement) throws(Diagnostic)
  /// A chunk of the text between tags.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// Reads one XML part in a single pass.
struct XMLPart<Handler: XMLHandler>: XMLReceiver {
  private var handler: Handler
  private var open: [PartElement] = []
  /// The number of open nested foreign elements; the outermost of them is skipped with its content.
  private var foreign = 0

  /// Reads the part `name` to its end.
  ///
  /// - Returns: the handler, which received everything.
  /// - Throws: `workbook.format` for a part that is not XML, has a document type (entities are refused), or another
  ///   root; the errors of the handler.
  static func read(_ name: String, of archive: ZipArchive, _ handler: Handler) throws(Diagnostic) -> Handler {
    let part = try archive.part(name)
    let file = Place(file: archive.path)
    var reader = XMLReader(XMLPart(handler: handler))
    while true {
      let room = reader.room()
      let got = try part.read(into: room.baseAddress!, count: min(room.count, 1 << 16))
      try reader.take(got, isLast: got == 0, file: file, part: name)
      if got == 0 { return reader.receiver.handler }
    }
  }

  private init(handler: Handler) { self.handler = handler }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(XMLFault) {
    guard foreign == 0 else {
      foreign += 1
      return
    }
    let isOurs = XMLNamespaces.workbook.contains(name.namespace)
    let element = PartElement(name.local)
    if open.isEmpty, let root = Handler.root, !isOurs || element != root.element {
      throw .illFormed("its root is not \(root.name)")
    }
    guard isOurs else {
      foreign = 1
      return
    }
    open.append(element)
    do throws(Diagnostic) { try handler.start(element, attributes) } catch { throw .found(error) }
  }

  mutating func end() throws(XMLFault) {
    guard foreign == 0 else {
      foreign -= 1
      return
    }
    do throws(Diagnostic) { try handler.end(open.removeLast()) } catch { throw .found(error) }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if foreign == 0 { handler.text(bytes) }
  }
}
