/// The content between tags.
extension XMLReader {
  /// Text up to the next tag or reference. `false` when more bytes are needed; the same below.
  mutating func text(_ isLast: Bool) throws(XMLFault) -> Bool {
    guard depth > 0 else { return try space() }
    var index = position
    while index < valid {
      switch window[index] {
      case UInt8(ascii: "<"), UInt8(ascii: "&"):
        try give(to: index, next: index)
        return true
      case UInt8(ascii: "\r"):
        guard try lineEnd(&index, isLast) else { return false }
      case UInt8(ascii: "]"):
        if index + 2 >= valid, !isLast {
          try give(to: index, next: index)
          return false
        }
        if index + 2 < valid, window[index + 1] == UInt8(ascii: "]"), window[index + 2] == UInt8(ascii: ">") {
          throw .illFormed("“]]>” stands in a text")
        }
        index += 1
      default: index += 1
      }
    }
    try give(to: index, next: index)
    return true
  }

  /// Before and behind the root only white space is allowed.
  private mutating func space() throws(XMLFault) -> Bool {
    while position < valid, window[position] != UInt8(ascii: "<") {
      guard XMLCharacters.isSpace(window[position]) else {
        throw .illFormed(hasRoot ? "junk after document element" : "text before its root")
      }
      position += 1
    }
    return true
  }

  /// Passes on the text before the carriage return at `index`, and a line feed for it and a following line feed.
  private mutating func lineEnd(_ index: inout Int, _ isLast: Bool) throws(XMLFault) -> Bool {
    if index + 1 == valid, !isLast {
      try give(to: index, next: index)
      return false
    }
    let next = index + 1 < valid && window[index + 1] == UInt8(ascii: "\n") ? index + 2 : index + 1
    window[index] = UInt8(ascii: "\n")
    try give(to: index + 1, next: next)
    // So that the two are still counted as one line end.
    if next == index + 2 { window[index] = UInt8(ascii: " ") }
    index = next
    return true
  }

  /// Text within `<![CDATA[` … `]]>`.
  mutating func characters(_ isLast: Bool) throws(XMLFault) -> Bool {
    var index = position
    while index < valid {
      switch window[index] {
      case UInt8(ascii: "\r"):
        guard try lineEnd(&index, isLast) else { return false }
      case UInt8(ascii: "]"):
        guard index + 2 < valid else {
          try give(to: index, next: index)
          return false
        }
        if window[index + 1] == UInt8(ascii: "]"), window[index + 2] == UInt8(ascii: ">") {
          try give(to: index, next: index + 3)
          state = .content
          return true
        }
        index += 1
      default: index += 1
      }
    }
    try give(to: index, next: index)
    return true
  }

  /// The content of a comment, which ends with the first `--`.
  mutating func comment(_ isLast: Bool) throws(XMLFault) -> Bool {
    while position < valid {
      if window[position] == UInt8(ascii: "-") {
        guard position + 1 < valid else { return false }
        if window[position + 1] == UInt8(ascii: "-") {
          guard position + 2 < valid else { return false }
          guard window[position + 2] == UInt8(ascii: ">") else { throw .illFormed("“--” stands in a comment") }
          position += 3
          state = .content
          return true
        }
      }
      position += 1
    }
    return true
  }

  /// The content of a processing instruction.
  mutating func instruction() -> Bool {
    while position < valid {
      if window[position] == UInt8(ascii: "?") {
        guard position + 1 < valid else { return false }
        if window[position + 1] == UInt8(ascii: ">") {
          position += 2
          state = .content
          return true
        }
      }
      position += 1
    }
    return true
  }

  /// `&lt;`, `&#x41;` in a text.
  mutating func reference(_ isLast: Bool) throws(XMLFault) -> Bool {
    var (index, count) = (position, 0)
    guard try resolve(&index, into: scratch, &count) else { return false }
    try receiver.text(UnsafeBufferPointer(start: scratch, count: count))
    position = index
    return true
  }

  /// Adds the character of the reference at `index` to `bytes`, and moves behind the reference.
  func resolve(
    _ index: inout Int, into bytes: UnsafeMutablePointer<UInt8>, _ count: inout Int
  ) throws(XMLFault) -> Bool {
    var end = index + 1
    while true {
      // A number may have any number of leading zeros in XML; more than these are refused.
      guard end - index <= 32 else { throw .illFormed("a reference has no end") }
      guard end < valid else { return false }
      if window[end] == UInt8(ascii: ";") { break }
      guard XMLCharacters.isName(window[end]) || window[end] == UInt8(ascii: "#") else {
        throw .illFormed("a reference has no end")
      }
      end += 1
    }
    let name = UnsafeBufferPointer(start: window + index + 1, count: end - index - 1)
    index = end + 1
    let scalar: UInt32? =
      if name.first == UInt8(ascii: "#") {
        Self.number(name)
      } else if name.isSame(as: "lt") {
        0x3C
      } else if name.isSame(as: "gt") {
        0x3E
      } else if name.isSame(as: "amp") {
        0x26
      } else if name.isSame(as: "quot") {
        0x22
      } else if name.isSame(as: "apos") {
        0x27
      } else {
        nil
      }
    guard let scalar, XMLCharacters.isAllowed(scalar), let character = Unicode.Scalar(scalar) else {
      throw .illFormed("undefined entity, or a reference to a character that XML does not have")
    }
    for byte in UTF8.encode(character)! {
      bytes[count] = byte
      count += 1
    }
    return true
  }

  /// The number of `#65` and `#x41`; `nil` for any other text, and beyond the range of characters.
  private static func number(_ name: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let isHex = name.count > 1 && name[1] == UInt8(ascii: "x")
    let digits = name.dropFirst(isHex ? 2 : 1)
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for byte in digits {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46 where isHex: digit = byte - 0x41 + 10
      case 0x61...0x66 where isHex: digit = byte - 0x61 + 10
      default: return nil
      }
      value = value * (isHex ? 16 : 10) + UInt32(digit)
      guard value <= 0x10FFFF else { return nil }
    }
    return value
  }
}
