/// The knowledge of a record's length from its first bytes.
package enum RecordLength: Hashable, Sendable {
  /// The number of bytes of the record.
  case bytes(Int)
  /// The length is known only when this many bytes are available.
  case needs(Int)
  /// No record can begin with these bytes.
  case impossible
}

/// A rule for a record's length from its own bytes, when no header holds it.
package enum LengthRule: Sendable {
  /// A number in the record.
  case number(LengthField)
  /// The value of a field (its kind) determines the length; `others` is the length of records with any other value, if
  /// they are allowed.
  case kinds(offset: Int, size: Int, lengths: [[UInt8]: Int], others: Int?)
  /// Any other rule; called for each record with the available bytes. It must not request more bytes than it needs.
  case measured(@Sendable (UnsafeBufferPointer<UInt8>) -> RecordLength)

  func length(of bytes: UnsafePointer<UInt8>, _ available: Int) -> RecordLength {
    switch self {
    case .number(let field):
      return field.length(of: bytes, available)
    case .kinds(let offset, let size, let lengths, let others):
      guard available >= offset + size else { return .needs(offset + size) }
      let kind = Array(UnsafeBufferPointer(start: bytes + offset, count: size))
      guard let length = lengths[kind] ?? others, length > 0 else { return .impossible }
      return .bytes(length)
    case .measured(let rule):
      return rule(UnsafeBufferPointer(start: bytes, count: available))
    }
  }
}

/// A number within the record that holds the record's length.
package struct LengthField: Hashable, Sendable {
  package enum Form: String, CaseIterable, Sendable {
    case binary
    case littleEndian = "binary-little"
    case packed
    case zonedEBCDIC = "zoned-ebcdic"
    case zonedASCII = "zoned-ascii"
  }

  /// From the record's first byte, in bytes.
  package var offset: Int
  package var size: Int
  package var form: Form
  /// The number added to the field's value to give the length of the whole record in bytes.
  package var adjustment: Int

  package init(offset: Int, size: Int, form: Form, adjustment: Int = 0) {
    self.offset = offset
    self.size = size
    self.form = form
    self.adjustment = adjustment
  }

  /// Impossible when the field holds no number, or one so small that the record would end before the field does.
  func length(of bytes: UnsafePointer<UInt8>, _ available: Int) -> RecordLength {
    guard available >= offset + size else { return .needs(offset + size) }
    guard let number = number(bytes + offset), number + adjustment >= offset + size else { return .impossible }
    return .bytes(number + adjustment)
  }

  /// The number at `bytes`; `nil` when it is negative, malformed or above 10^15.
  private func number(_ bytes: UnsafePointer<UInt8>) -> Int? {
    var number = 0
    for index in 0..<size {
      let byte = bytes[form == .littleEndian ? size - 1 - index : index]
      switch form {
      case .binary, .littleEndian:
        number = number << 8 | Int(byte)
      case .packed where index == size - 1:
        guard byte >> 4 < 10, byte & 15 >= 10, byte & 15 != 13, byte & 15 != 11 else { return nil }
        number = number * 10 + Int(byte >> 4)
      case .packed:
        guard byte >> 4 < 10, byte & 15 < 10 else { return nil }
        number = number * 100 + Int(byte >> 4) * 10 + Int(byte & 15)
      case .zonedEBCDIC, .zonedASCII:
        let (zone, blank): (UInt8, UInt8) = form == .zonedASCII ? (3, 0x20) : (15, 0x40)
        if byte == blank, number == 0, index < size - 1 { continue }
        let isPlus = form == .zonedEBCDIC && index == size - 1 && byte >> 4 == 12
        guard byte >> 4 == zone || isPlus, byte & 15 < 10 else { return nil }
        number = number * 10 + Int(byte & 15)
      }
      if number > 1_000_000_000_000_000 { return nil }
    }
    return number
  }
}
