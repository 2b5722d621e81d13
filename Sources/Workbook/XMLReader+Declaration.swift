/// `<?xml version="1.0" encoding="UTF-8"?>`, at the very beginning or nowhere.
extension XMLReader {
  /// Skips a byte order mark and the declaration, if present. `false` when more bytes are needed.
  mutating func declaration(_ isLast: Bool) throws(XMLFault) -> Bool {
    let mark = UnsafeBufferPointer(start: window, count: min(valid, 3))
    let start = mark.elementsEqual([0xEF, 0xBB, 0xBF]) ? 3 : 0
    let head = UnsafeBufferPointer(start: window + start, count: min(valid - start, 5))
    guard head.isSame(as: "<?xml"), start + 5 < valid, XMLCharacters.isSpace(window[start + 5]) else {
      position = start
      return true
    }
    let limit = min(valid, start + 256)
    guard let end = ((start + 6)..<max(limit, start + 6)).first(where: { window[$0 - 1] == 0x3F && window[$0] == 0x3E })
    else {
      if limit == start + 256 || isLast { throw .illFormed("unclosed token") }
      return false
    }
    let said = UnsafeBufferPointer(start: window + start + 5, count: end - 1 - start - 5)
    guard let declared = Self.declared(String(decoding: said, as: UTF8.self)) else {
      throw .illFormed("the XML declaration is none")
    }
    guard ["utf-8", "us-ascii"].contains(declared) else { throw .illFormed("unknown encoding") }
    position = end + 1
    return true
  }

  /// The encoding that a declaration names, in lower case; UTF-8 when it names none, `nil` when it is not a
  /// declaration.
  private static func declared(_ text: String) -> String? {
    let version = /[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*("1\.[0-9]+"|'1\.[0-9]+')/
    let encoding = /[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*("[A-Za-z][A-Za-z0-9._\-]*"|'[A-Za-z][A-Za-z0-9._\-]*')/
    let standalone = /[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*("yes"|"no"|'yes'|'no')/
    let space = /[ \t\r\n]*/
    var rest = text[...]
    guard let match = rest.prefixMatch(of: version.matchingSemantics(.unicodeScalar)) else { return nil }
    rest = rest[match.range.upperBound...]
    var name = "utf-8"
    if let match = rest.prefixMatch(of: encoding.matchingSemantics(.unicodeScalar)) {
      name = match.1.dropFirst().dropLast().lowercased()
      rest = rest[match.range.upperBound...]
    }
    if let match = rest.prefixMatch(of: standalone.matchingSemantics(.unicodeScalar)) {
      rest = rest[match.range.upperBound...]
    }
    return rest.wholeMatch(of: space.matchingSemantics(.unicodeScalar)) == nil ? nil : name
  }
}
