/// Names and attributes.
extension XMLReader {
  /// The name at `index`, which moves behind it, to an available byte; `nil` when more bytes are needed.
  func name(_ index: inout Int) throws(XMLFault) -> UnsafeBufferPointer<UInt8>? {
    let start = index
    guard start < valid else { return nil }
    guard XMLCharacters.beginsName(window[start]) else { throw invalidToken }
    var end = start + 1
    while end < valid, XMLCharacters.isName(window[end]) { end += 1 }
    guard end - start <= Self.nameLimit else { throw .illFormed("a name has more than \(Self.nameLimit) bytes") }
    index = end
    return end < valid ? UnsafeBufferPointer(start: window + start, count: end - start) : nil
  }

  /// Moves over white space; `nil` when it may continue in the next bytes.
  func afterSpace(_ index: Int) -> Int? {
    var index = index
    while index < valid, XMLCharacters.isSpace(window[index]) { index += 1 }
    return index < valid ? index : nil
  }

  /// `name="value"` at `index`, which moves behind it.
  func attribute(
    _ index: inout Int, _ scratched: inout Int
  ) throws(XMLFault) -> XMLAttributes.Attribute? {
    guard let name = try name(&index) else { return nil }
    guard let equals = afterSpace(index) else { return nil }
    guard window[equals] == UInt8(ascii: "=") else { throw invalidToken }
    guard let quote = afterSpace(equals + 1) else { return nil }
    guard window[quote] == UInt8(ascii: "\"") || window[quote] == UInt8(ascii: "'") else { throw invalidToken }
    let start = quote + 1
    index = start
    // Plain bytes stay in place; from the first other byte on they are copied to the scratch.
    while index < valid, window[index] != window[quote], window[index] != UInt8(ascii: "&"), window[index] >= 0x20,
      window[index] != UInt8(ascii: "<")
    { index += 1 }
    guard index < valid else { return nil }
    var value = UnsafeBufferPointer(start: window + start, count: index - start)
    if window[index] != window[quote] {
      let first = scratched
      (scratch + first).update(from: window + start, count: value.count)
      scratched += value.count
      guard try rest(&index, quote: window[quote], &scratched) else { return nil }
      value = UnsafeBufferPointer(start: scratch + first, count: scratched - first)
    }
    index += 1
    return XMLAttributes.Attribute(name: name, prefix: try prefix(name), value: value)
  }

  /// The rest of a value, with references resolved and each tab and line end as a space.
  private func rest(_ index: inout Int, quote: UInt8, _ scratched: inout Int) throws(XMLFault) -> Bool {
    while index < valid, window[index] != quote {
      switch window[index] {
      case UInt8(ascii: "<"): throw invalidToken
      case UInt8(ascii: "&"):
        guard try resolve(&index, into: scratch, &scratched) else { return false }
      case let byte:
        // CR LF is one line end.
        let isSecond = byte == UInt8(ascii: "\n") && window[index - 1] == UInt8(ascii: "\r")
        if !isSecond {
          scratch[scratched] = byte < 0x20 ? 0x20 : byte
          scratched += 1
        }
        index += 1
      }
    }
    return index < valid
  }

  /// The number of bytes before the colon of a name.
  func prefix(_ name: UnsafeBufferPointer<UInt8>) throws(XMLFault) -> Int? {
    guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let local = name[(colon + 1)...]
    guard colon > 0, let first = local.first, XMLCharacters.beginsName(first), !local.contains(UInt8(ascii: ":")) else {
      throw invalidToken
    }
    return colon
  }
}

extension XMLAttributes.Attribute {
  /// Whether it is `xmlns` or `xmlns:prefix`.
  var isBinding: Bool {
    name.count >= 5 && name[0] == UInt8(ascii: "x")
      && UnsafeBufferPointer(rebasing: name[..<(prefix ?? name.count)]).isSame(as: "xmlns")
  }

  /// Whether both have the same name in the same namespace.
  func isTwin(of other: Self) -> Bool {
    if prefix == nil, other.prefix == nil { return name.isSame(as: other.name) }
    return namespace == other.namespace && (prefix == nil) == (other.prefix == nil) && local.isSame(as: other.local)
  }
}
