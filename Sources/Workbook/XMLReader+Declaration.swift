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
    guard let declared = Self.declared(said[...]) else {
      throw .illFormed("the XML declaration is none")
    }
    guard ["utf-8", "us-ascii"].contains(declared) else { throw .illFormed("unknown encoding") }
    position = end + 1
    return true
  }

  /// The encoding that a declaration names, in lower case; UTF-8 when it names none, `nil` when it is not a
  /// declaration.
  private static func declared(_ said: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    var rest = said
    /// The value of the attribute that comes next, if it is the one of that name.
    func value(of name: StaticString) -> Slice<UnsafeBufferPointer<UInt8>>? {
      let text = rest.drop(while: XMLCharacters.isSpace)
      let head = text.prefix(name.utf8CodeUnitCount)
      guard text.startIndex > rest.startIndex, UnsafeBufferPointer(rebasing: head).isSame(as: name) else { return nil }
      let sign = text[head.endIndex...].drop(while: XMLCharacters.isSpace)
      guard sign.first == UInt8(ascii: "=") else { return nil }
      let quoted = sign.dropFirst().drop(while: XMLCharacters.isSpace)
      guard let quote = quoted.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = quoted.dropFirst().firstIndex(of: quote)
      else { return nil }
      rest = rest[(end + 1)...]
      return quoted.dropFirst()[..<end]
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    guard let version = value(of: "version"), version.starts(with: "1.".utf8), version.count > 2,
      version.dropFirst(2).allSatisfy(isDigit)
    else { return nil }
    var name = "utf-8"
    if let encoding = value(of: "encoding") {
      guard let first = encoding.first, isLetter(first),
        encoding.allSatisfy({ isLetter($0) || isDigit($0) || "._-".utf8.contains($0) })
      else { return nil }
      name = String(decoding: encoding, as: UTF8.self).lowercased()
    }
    if let standalone = value(of: "standalone"), !["yes", "no"].contains(String(decoding: standalone, as: UTF8.self)) {
      return nil
    }
    return rest.allSatisfy(XMLCharacters.isSpace) ? name : nil
  }
}
