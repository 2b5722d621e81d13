/// The namespaces of prefixes at the reader's position.
package struct XMLNamespaces {
  /// Namespaces are numbers: these, and from 8 on those that a document introduces, in their order.
  private(set) var names: [[UInt8]] = [
    "", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
  ].map { Array($0.utf8) }
  package static let none = 0
  static let workbook = 3...5
  static let relationship = 6...7
  private static let limit = 1000

  /// The namespace of elements without a prefix.
  private(set) var usual = none
  private var bindings: [(prefix: [UInt8], namespace: Int, depth: Int)] = []

  /// Binds a prefix (empty: none) for an element at `depth` and its content.
  ///
  /// - Throws: when the prefix or the namespace is reserved by XML, or there are too many.
  mutating func bind(
    _ prefix: UnsafeBufferPointer<UInt8>, to name: UnsafeBufferPointer<UInt8>, depth: Int
  ) throws(XMLFault) {
    let number = names.firstIndex { $0.count == name.count && $0.elementsEqual(name) } ?? names.count
    let isXML = prefix.elementsEqual("xml".utf8)
    if prefix.elementsEqual("xmlns".utf8) || isXML != (number == 1) || number == 2 {
      throw .illFormed("a reserved prefix or namespace is declared")
    }
    if !prefix.isEmpty, name.isEmpty { throw .illFormed("a prefix is taken back") }
    if number == names.count {
      guard number < Self.limit else { throw .illFormed("it has more than \(Self.limit) namespaces") }
      names.append(Array(name))
    }
    bindings.append((Array(prefix), number, depth))
    if prefix.isEmpty { usual = number }
  }

  /// Removes the bindings of an element at `depth`.
  mutating func leave(depth: Int) {
    guard let last = bindings.last, last.depth == depth else { return }
    while let last = bindings.last, last.depth == depth { bindings.removeLast() }
    usual = bindings.last { $0.prefix.isEmpty }?.namespace ?? Self.none
  }

  /// The namespace of a prefix.
  ///
  /// - Throws: when it is not bound; `xmlns` is a prefix of attributes only.
  package func namespace(of prefix: UnsafeBufferPointer<UInt8>, isAttribute: Bool) throws(XMLFault) -> Int {
    if let binding = bindings.last(where: { prefix.elementsEqual($0.prefix) }) { return binding.namespace }
    if prefix.isSame(as: "xml") { return 1 }
    guard isAttribute, prefix.isSame(as: "xmlns") else { throw .illFormed("unbound prefix") }
    return 2
  }
}
