import Charset
import Records

/// USAGE DISPLAY numbers: one digit a byte, EBCDIC zone F; a signed item carries C or D (or F) in the zone of its last
/// (or, LEADING, first) byte, or + and − in a byte of its own (SEPARATE).
///
/// A field of spaces or low-values is the fault `blank`, any other zone `zone`.
package struct ZonedCodec: FieldCodec {
  package let type: ValueType
  private let digits: Int
  private let signed: Bool
  private let leading: Bool
  private let separate: Bool
  /// Zone of unsigned digits: F in EBCDIC, 3 in ASCII.
  private let zone: UInt8

  package init(
    digits: Int, scale: Int, signed: Bool, leading: Bool = false, separate: Bool = false, ascii: Bool = false
  ) {
    type = digits <= 18 && scale == 0 ? .integer : .decimal(scale: scale)
    self.digits = digits
    self.signed = signed
    self.leading = leading
    self.separate = separate
    zone = ascii ? 0x30 : 0xF0
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let first = column.count
    column.reserve(first + block.count)
    let isNarrow = type == .integer
    for row in 0..<block.count {
      let field = block.base + block.starts[row] + offset
      let (value, fault) = isNarrow ? narrow(field) : wide(field)
      if isNarrow {
        column.integers[first + row] = fault == nil ? Int64(truncatingIfNeeded: value) : 0
      } else {
        column.wides[first + row] = fault == nil ? value : 0
      }
      column.states[first + row] = fault?.rawValue ?? 0
    }
    column.commit(rows: first + block.count)
  }

  /// The common case, in 64 bits: unsigned, every zone plain.
  private func narrow(_ field: UnsafePointer<UInt8>) -> (Int128, Fault?) {
    guard !signed else { return wide(field) }
    var value: Int64 = 0
    var wrong: UInt8 = 0
    for index in 0..<digits {
      let digit = field[index] ^ zone
      wrong |= digit > 9 ? 1 : 0
      value = value &* 10 &+ Int64(digit)
    }
    return wrong == 0 ? (Int128(value), nil) : wide(field)
  }

  private func wide(_ field: UnsafePointer<UInt8>) -> (Int128, Fault?) {
    let length = digits + (signed && separate ? 1 : 0)
    let blank: UInt8 = zone == 0xF0 ? 0x40 : 0x20
    if (0..<length).allSatisfy({ field[$0] == blank }) || (0..<length).allSatisfy({ field[$0] == 0 }) {
      return (0, .blank)
    }
    let body = signed && separate && leading ? field + 1 : field
    let signIndex = leading ? 0 : digits - 1
    var negative = false
    var value: Int128 = 0
    for index in 0..<digits {
      var digit = body[index] ^ zone
      if digit > 9, signed, !separate, index == signIndex {
        guard let (overpunched, minus) = overpunch(body[index]) else { return (0, .zone) }
        digit = overpunched
        negative = minus
      }
      if digit > 9 { return (0, .zone) }
      value = value * 10 + Int128(digit)
    }
    if signed, separate {
      let sign = leading ? field[0] : field[digits]
      let (plus, minus): (UInt8, UInt8) = zone == 0xF0 ? (0x4E, 0x60) : (0x2B, 0x2D)
      guard sign == plus || sign == minus else { return (0, .sign) }
      negative = sign == minus
    }
    return (negative ? -value : value, nil)
  }

  private func overpunch(_ byte: UInt8) -> (UInt8, Bool)? {
    if zone == 0xF0 {
      guard byte & 15 <= 9 else { return nil }
      switch byte >> 4 {
      case 0xC, 0xA, 0xE: return (byte & 15, false)
      case 0xD, 0xB: return (byte & 15, true)
      default: return nil
      }
    }
    // GnuCOBOL and Micro Focus: negative digits are 70–79.
    return byte & 15 <= 9 && byte >> 4 == 7 ? (byte & 15, true) : nil
  }
}

/// An identifier written in zoned digits (宛名番号, 通知書番号 …): its digits as text, leading zeros kept.
package struct IdentifierCodec: FieldCodec {
  package let type = ValueType.text
  private let digits: Int

  package init(digits: Int) { self.digits = digits }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    column.reserve(column.count + block.count)
    column.reserveBytes(block.count * digits)
    let number = ZonedCodec(digits: digits, scale: 0, signed: false)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: digits) { text in
      for row in 0..<block.count {
        let field = block.base + block.starts[row] + offset
        var wrong: UInt8 = 0
        for index in 0..<digits {
          let digit = field[index] ^ 0xF0
          wrong |= digit > 9 ? 1 : 0
          text[index] = digit | 0x30
        }
        if wrong == 0 {
          column.append(UnsafeBufferPointer(text))
        } else {
          column.append(state: number.fault(of: field).rawValue)
        }
      }
    }
  }
}

extension ZonedCodec {
  fileprivate func fault(of field: UnsafePointer<UInt8>) -> Fault { wide(field).1 ?? .zone }
}
