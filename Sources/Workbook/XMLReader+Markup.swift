import Glibc

/// Tags and other markup that begins with `<`.
extension XMLReader {
  /// Reads the markup at `position`. `false` when more bytes are needed; the same below.
  mutating func markup(_ isLast: Bool) throws(XMLFault) -> Bool {
    guard position + 1 < valid else { return false }
    switch window[position + 1] {
    case UInt8(ascii: "/"): return try endTag()
    case UInt8(ascii: "!"): return try special()
    case UInt8(ascii: "?"):
      var index = position + 2
      guard let target = try name(&index) else { return false }
      if target.count == 3, target[0] | 0x20 == 0x78, target[1] | 0x20 == 0x6D, target[2] | 0x20 == 0x6C {
        throw .illFormed("an XML declaration stands not at the beginning")
      }
      guard XMLCharacters.isSpace(window[index]) || window[index] == UInt8(ascii: "?") else { throw invalidToken }
      guard !target.contains(UInt8(ascii: ":")) else { throw invalidToken }
      position = index
      state = .instruction
      return true
    default: return try startTag()
    }
  }

  var invalidToken: XMLFault { .illFormed("not well-formed (invalid token)") }

  /// `<!--`, `<![CDATA[`, or a document type.
  private mutating func special() throws(XMLFault) -> Bool {
    func begins(_ text: StaticString) -> Bool? {
      let count = min(text.utf8CodeUnitCount, valid - position)
      guard memcmp(window + position, text.utf8Start, count) == 0 else { return false }
      return count == text.utf8CodeUnitCount ? true : nil
    }
    guard let isComment = begins("<!--") else { return false }
    if isComment {
      position += 4
      state = .comment
      return true
    }
    guard let isCharacters = begins("<![CDATA[") else { return false }
    if isCharacters {
      guard depth > 0 else { throw .illFormed("text outside its root") }
      position += 9
      state = .characters
      return true
    }
    guard let isType = begins("<!DOCTYPE") else { return false }
    throw isType ? .illFormed("it has a document type") : invalidToken
  }

  // MARK: elements

  private mutating func endTag() throws(XMLFault) -> Bool {
    guard depth > 0 else { throw .illFormed("mismatched tag") }
    let start = openEnds[depth - 1]
    let count = openEnds[depth] - start
    var index = position + 2
    // Nearly always it is the expected one.
    if index + count < valid, window[index + count] == UInt8(ascii: ">"),
      memcmp(window + index, open + start, count) == 0
    {
      index += count
    } else {
      guard let name = try name(&index) else { return false }
      guard name.count == count, memcmp(name.baseAddress!, open + start, count) == 0 else {
        throw .illFormed("mismatched tag")
      }
      guard let next = afterSpace(index) else { return false }
      guard window[next] == UInt8(ascii: ">") else { throw invalidToken }
      index = next
    }
    try leave()
    position = index + 1
    return true
  }

  private mutating func leave() throws(XMLFault) {
    try receiver.end()
    namespaces.leave(depth: depth)
    depth -= 1
  }

  private mutating func startTag() throws(XMLFault) -> Bool {
    var index = position + 1
    guard let name = try name(&index) else { return false }
    var count = 0
    var scratched = 0
    var hasBindings = false
    while true {
      guard let next = afterSpace(index) else { return false }
      if window[next] == UInt8(ascii: ">") || window[next] == UInt8(ascii: "/") {
        index = next
        break
      }
      guard next > index else { throw invalidToken }
      index = next
      guard count < Self.attributeLimit else { throw .illFormed("an element has too many attributes") }
      guard let attribute = try attribute(&index, &scratched) else { return false }
      if attribute.isBinding { hasBindings = true }
      (attributes + count).initialize(to: attribute)
      count += 1
    }
    let isEmpty = window[index] == UInt8(ascii: "/")
    if isEmpty {
      index += 1
      guard index < valid else { return false }
      guard window[index] == UInt8(ascii: ">") else { throw invalidToken }
    }
    try enter(name, UnsafeMutableBufferPointer(start: attributes, count: count), hasBindings)
    if isEmpty { try leave() }
    position = index + 1
    return true
  }

  /// Opens an element and passes it to the receiver.
  private mutating func enter(
    _ name: UnsafeBufferPointer<UInt8>, _ attributes: UnsafeMutableBufferPointer<XMLAttributes.Attribute>,
    _ hasBindings: Bool
  ) throws(XMLFault) {
    if depth == 0 {
      if hasRoot { throw .illFormed("junk after document element") }
      hasRoot = true
    }
    guard depth < Self.depthLimit else {
      throw .illFormed("it has more than \(Self.depthLimit) elements in each other")
    }
    depth += 1
    let start = openEnds[depth - 1]
    (open + start).update(from: name.baseAddress!, count: name.count)
    openEnds[depth] = start + name.count

    if hasBindings {
      for attribute in attributes where attribute.isBinding {
        let prefix = attribute.prefix == nil ? UnsafeBufferPointer(start: nil, count: 0) : attribute.local
        try namespaces.bind(prefix, to: attribute.value, depth: depth)
      }
    }
    for index in attributes.indices {
      if let count = attributes[index].prefix {
        attributes[index].namespace = try namespaces.namespace(
          of: UnsafeBufferPointer(rebasing: attributes[index].name[..<count]), isAttribute: true)
      }
      for other in 0..<index where attributes[other].isTwin(of: attributes[index]) {
        throw .illFormed("duplicate attribute")
      }
    }
    let prefix = try prefix(name)
    let namespace =
      if let prefix {
        try namespaces.namespace(of: UnsafeBufferPointer(rebasing: name[..<prefix]), isAttribute: false)
      } else {
        namespaces.usual
      }
    let local = UnsafeBufferPointer(rebasing: name[(prefix.map { $0 + 1 } ?? 0)...])
    try receiver.start(
      XMLName(namespace: namespace, local: local), XMLAttributes(list: UnsafeBufferPointer(attributes)))
  }
}
