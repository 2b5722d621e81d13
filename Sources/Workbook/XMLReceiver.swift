import Base

/// The receiver of a document's content in document order.
package protocol XMLReceiver {
  /// An element begins. Names and attributes are valid during the call.
  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(XMLFault)
  /// The innermost element ends.
  mutating func end() throws(XMLFault)
  /// A chunk of the text between tags, with its references resolved and line ends as `
  /// `; the division of a text into chunks has no meaning.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLFault)
}

/// The reason why reading a document stops.
package enum XMLFault: Error {
  /// An error at the reader's place.
  case illFormed(String)
  /// An error that the receiver has found.
  case found(Diagnostic)
}

/// An element's or attribute's name: the number of its namespace (``XMLNamespaces``), and its name without prefix.
package struct XMLName {
  package let namespace: Int
  package let local: UnsafeBufferPointer<UInt8>
}

/// The attributes of one element, valid during the receiver's call.
package struct XMLAttributes {
  package struct Attribute {
    /// The name with its prefix, as written.
    var name: UnsafeBufferPointer<UInt8>
    /// The number of bytes of the prefix; `nil` without one.
    var prefix: Int?
    package var namespace = XMLNamespaces.none
    package var value: UnsafeBufferPointer<UInt8>

    package var local: UnsafeBufferPointer<UInt8> { .init(rebasing: name[(prefix.map { $0 + 1 } ?? 0)...]) }
  }

  package let list: UnsafeBufferPointer<Attribute>

  /// The bytes of an attribute without a prefix.
  func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    list.first { $0.prefix == nil && $0.name.isSame(as: name) }?.value
  }

  /// The value of an attribute without a prefix.
  subscript(name: StaticString) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  /// The value of the attribute that refers to another part (`r:id`).
  var relationship: String? {
    list.first { XMLNamespaces.relationship.contains($0.namespace) && $0.local.isSame(as: "id") }
      .map { String(decoding: $0.value, as: UTF8.self) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Compares with a text known at compile time, without allocating one.
  func isSame(as text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
  }

  func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool { count == other.count && elementsEqual(other) }
}
