/// A JSON value of the ledger: whole numbers only, and one way to write each value (``canonical``), so that any JSON
/// reader can reproduce the hash.
///
/// The canonical form is that of RFC 8785 without fractions: no blanks, the names of an object in byte order, and only
/// `"`, `\` and control characters escaped in a text. Python writes it with `json.dumps(value, sort_keys=True,
/// separators=(",", ":"), ensure_ascii=False)`.
package enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  package var canonical: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .boolean(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .text(let value): Self.write(value, to: &bytes)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let values):
      bytes.append(UInt8(ascii: "{"))
      for (index, name) in values.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        (values[name] ?? .null).write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case 0x08: bytes += #"\b"#.utf8
      case 0x09: bytes += #"\t"#.utf8
      case 0x0A: bytes += #"\n"#.utf8
      case 0x0C: bytes += #"\f"#.utf8
      case 0x0D: bytes += #"\r"#.utf8
      case 0..<0x20: bytes += (#"\u00"# + Hex.text(byte)).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  // MARK: content

  package var text: String? { if case .text(let value) = self { value } else { nil } }
  package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  package var list: [JSONValue]? { if case .list(let values) = self { values } else { nil } }
  package var object: [String: JSONValue]? { if case .object(let values) = self { values } else { nil } }
  package var isNull: Bool { self == .null }

  /// The texts of a list; empty when the value is not a list.
  package var texts: [String] { (list ?? []).compactMap(\.text) }

  package static func texts(_ values: some Sequence<String>) -> JSONValue { .list(values.map { .text($0) }) }

  package subscript(name: String) -> JSONValue { object?[name] ?? .null }
  package subscript(index: Int) -> JSONValue {
    guard let list, list.indices.contains(index) else { return .null }
    return list[index]
  }
}

extension JSONValue: Encodable {
  /// As a part of an answer. The names of an object stay as they are.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }
}

extension JSONValue {
  /// Parses a text. Refuses fractions, exponents, doubled names, bytes after the value and nesting deeper than 64.
  ///
  /// - Returns: `nil` when the text is not such a value.
  package init?(parsing text: String) {
    var text = text
    let value = text.withUTF8 { bytes -> JSONValue? in
      var reader = JSONReader(bytes: bytes)
      guard let value = reader.value(depth: 0) else { return nil }
      reader.skipBlanks()
      return reader.position == bytes.count ? value : nil
    }
    guard let value else { return nil }
    self = value
  }
}

/// The bytes of a JSON text and the position of the next one to read.
private struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) -> JSONValue? {
    guard depth < 64 else { return nil }
    skipBlanks()
    switch next {
    case UInt8(ascii: "\""): return string().map { .text($0) }
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return list(depth)
    case UInt8(ascii: "t"): return word("true", .boolean(true))
    case UInt8(ascii: "f"): return word("false", .boolean(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count else { return nil }
    for index in position..<end where bytes[index] != word.utf8Start[index - position] { return nil }
    position = end
    return value
  }

  private mutating func number() -> JSONValue? {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let digits = position
    var magnitude: UInt = 0
    while let byte = next, byte &- UInt8(ascii: "0") < 10 {
      let (high, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = high.addingReportingOverflow(UInt(byte - UInt8(ascii: "0")))
      if overflow || carry { return nil }
      magnitude = sum
      position += 1
    }
    guard position > digits, position == digits + 1 || bytes[digits] != UInt8(ascii: "0") else { return nil }
    if let byte = next, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte) { return nil }
    if digits > start {
      guard magnitude > 0, magnitude <= Int.min.magnitude else { return nil }
      return .integer(Int(truncatingIfNeeded: 0 &- magnitude))
    }
    return Int(exactly: magnitude).map { .integer($0) }
  }

  private mutating func list(_ depth: Int) -> JSONValue? {
    position += 1
    var values: [JSONValue] = []
    if take("]") { return .list(values) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? .list(values) : nil
  }

  private mutating func object(_ depth: Int) -> JSONValue? {
    position += 1
    var values: [String: JSONValue] = [:]
    if take("}") { return .object(values) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\""), let name = string(), take(":"), let value = value(depth: depth + 1),
        values.updateValue(value, forKey: name) == nil
      else { return nil }
    } while take(",")
    return take("}") ? .object(values) : nil
  }

  private mutating func string() -> String? {
    position += 1
    let start = position
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    guard let end = next else { return nil }
    if end == UInt8(ascii: "\"") {
      let text = String(validating: bytes[start..<position], as: UTF8.self)
      position += 1
      return text
    }
    var decoded = Array(bytes[start..<position])
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: decoded, as: UTF8.self)
      case UInt8(ascii: "\\"): guard escape(&decoded) else { return nil }
      case 0..<0x20: return nil
      default: decoded.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(_ decoded: inout [UInt8]) -> Bool {
    guard let byte = next else { return false }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "u"):
      guard var code = hexadecimal() else { return false }
      if code & 0xFC00 == 0xD800 {
        guard word(#"\u"#, .null) != nil, let low = hexadecimal(), low & 0xFC00 == 0xDC00 else { return false }
        code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
      }
      guard let scalar = Unicode.Scalar(code) else { return false }
      decoded += String(Character(scalar)).utf8
    default: return false
    }
    return true
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { return nil }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}
