import CExpat
import Evidence
import Glibc

/// Who is told of a part's elements while it is read. Names come without prefix; elements that are not SpreadsheetML, and
/// what is in them, are passed over.
protocol XMLHandler: AnyObject {
  /// The name of the outermost element; `nil` for any.
  static var root: String? { get }
  func start(_ name: String, _ attributes: XMLAttributes) throws(Diagnostic)
  func end(_ name: String) throws(Diagnostic)
  /// A piece of the text between tags.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// The attributes of one element, valid while its handler is told of it.
struct XMLAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

  /// The value of an attribute without a prefix.
  subscript(name: StaticString) -> String? {
    value { strcmp($0, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0 }
  }

  /// The value of an attribute that points to another part (`r:id`).
  var relationship: String? {
    value { name in XMLPart.relationshipNames.contains { strcmp(name, $0) == 0 } }
  }

  private func value(_ matches: (UnsafePointer<CChar>) -> Bool) -> String? {
    guard var next = list else { return nil }
    while let name = next[0], let value = next[1] {
      if matches(name) { return String(cString: value) }
      next += 2
    }
    return nil
  }
}

/// Reads one XML part in a single pass.
final class XMLPart {
  private static let namespaces = [
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main|", "http://purl.oclc.org/ooxml/spreadsheetml/main|",
    "http://schemas.openxmlformats.org/package/2006/relationships|",
  ]
  fileprivate static let relationshipNames = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships|id",
  ]
  /// Elements within elements; parts of workbooks have about ten.
  private static let depthLimit = 100

  private let parser: XML_Parser
  private let handler: any XMLHandler
  private let place: Place
  private let name: String
  private var depth = 0
  /// The depth of the foreign element that is passed over.
  private var foreignDepth: Int?
  private var failure: Diagnostic?

  /// Reads the part `name` to its end, and tells the handler.
  ///
  /// - Throws: `workbook.format` for what is no XML, has a document type (entities are refused), or another root;
  ///   what the handler throws. The handler has been told of everything before.
  static func read(_ name: String, of archive: ZipArchive, _ handler: any XMLHandler) throws(Diagnostic) {
    let part = try XMLPart(name, archive, handler)
    defer { XML_ParserFree(part.parser) }
    try archive.read(name, into: { XML_GetBuffer(part.parser, 1 << 16) }) { count, isLast throws(Diagnostic) in
      let status = XML_ParseBuffer(part.parser, Int32(count), isLast ? 1 : 0)
      if let failure = part.failure { throw failure }
      guard status == XML_STATUS_OK else {
        throw part.wrong(XML_ErrorString(XML_GetErrorCode(part.parser)).map { String(cString: $0) } ?? "no XML")
      }
    }
  }

  private init(_ name: String, _ archive: ZipArchive, _ handler: any XMLHandler) throws(Diagnostic) {
    self.name = name
    self.handler = handler
    place = Place(file: archive.path)
    guard let parser = XML_ParserCreateNS(nil, XML_Char(UInt8(ascii: "|"))) else {
      throw Diagnostic(.workbookFormat, at: place, "there is no memory to read it")
    }
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { XMLPart.of($0).start($1!, XMLAttributes(list: $2)) }, { data, _ in XMLPart.of(data).end() })
    XML_SetCharacterDataHandler(parser) { XMLPart.of($0).text($1!, Int($2)) }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      let part = XMLPart.of(data)
      part.stop(part.wrong("it has a document type"))
    }
  }

  private static func of(_ data: UnsafeMutableRawPointer?) -> XMLPart {
    Unmanaged<XMLPart>.fromOpaque(data!).takeUnretainedValue()
  }

  // MARK: what expat tells

  private var open: [String] = []

  private func start(_ name: UnsafePointer<XML_Char>, _ attributes: XMLAttributes) {
    guard failure == nil else { return }
    depth += 1
    if depth > Self.depthLimit { return stop(wrong("it has more than \(Self.depthLimit) elements in each other")) }
    guard foreignDepth == nil else { return }
    let local = Self.namespaces.first { strncmp(name, $0, $0.utf8.count) == 0 }
      .map { String(cString: name + $0.utf8.count) }
    if depth == 1, let root = type(of: handler).root, local != root { return stop(wrong("its root is not \(root)")) }
    guard let local else {
      foreignDepth = depth
      return
    }
    open.append(local)
    do throws(Diagnostic) { try handler.start(local, attributes) } catch { stop(error) }
  }

  private func end() {
    guard failure == nil else { return }
    depth -= 1
    if let foreign = foreignDepth {
      if depth < foreign { foreignDepth = nil }
      return
    }
    do throws(Diagnostic) { try handler.end(open.removeLast()) } catch { stop(error) }
  }

  private func text(_ bytes: UnsafePointer<XML_Char>, _ count: Int) {
    guard failure == nil, foreignDepth == nil else { return }
    bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
      handler.text(UnsafeBufferPointer(start: $0, count: count))
    }
  }

  private func stop(_ failure: Diagnostic) {
    self.failure = failure
    XML_StopParser(parser, 0)
  }

  private func wrong(_ why: String) -> Diagnostic {
    Diagnostic(.workbookFormat, at: place, "\(name), line \(XML_GetCurrentLineNumber(parser)): \(why)")
  }
}
