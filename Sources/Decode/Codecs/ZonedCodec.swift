import Copybook
import Records
/// USAGE DISPLAY numbers: one digit per byte; a signed item carries its sign in the zone of its last (or, LEADING,
/// first) byte, or + and − in a separate byte (SEPARATE).
///
/// In ASCII, GnuCOBOL and Micro Focus leave plus digits as they are and write minus as 70–79; files that came from a
/// mainframe by code conversion have `{ A…I` for plus and `} J…R` for minus. These do not overlap: all are read. Fujitsu's
/// 40–49 and 50–59 overlap with them and are read by its dialect alone.
///
/// A zone that belongs neither to a digit nor to a sign is the fault `zone`; a field of spaces or low-values follows
/// the blank rule.
package struct ZonedCodec: FieldCodec {
  package let type: ValueType
  private let digits: Int
  private let signed: Bool
  private let leading: Bool
  private let separate: Bool
  /// Zone of unsigned digits: F in EBCDIC, 3 in ASCII.
  private let zone: UInt8
  private let zones: UInt64
  private let asciiSign: Dialect.ZonedSign
  private let blanks: BlankRule

  package init(
    digits: Int, scale: Int, signed: Bool, leading: Bool = false, separate: Bool = false, ascii: Bool = false,
    asciiSign: Dialect.ZonedSign = .high, blanks: BlankRule = BlankRule()
  ) {
    type = digits <= 18 && scale == 0 ? .integer : .decimal(scale: scale)
    self.digits = digits
    self.signed = signed
    self.leading = leading
    self.separate = signed && separate
    self.asciiSign = asciiSign
    self.blanks = blanks
    zone = ascii ? 0x30 : 0xF0
    zones = UInt64(zone) * 0x0101_0101_0101_0101
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let store = NumberStore(column, rows: block.count)
    let (base, starts, count, digits, zones) = (block.base + offset, block.starts, block.count, digits, zones)
    if !signed, digits <= 16 {
      for row in 0..<count {
        let (value, odd) = zonedDigits(base + starts[row], digits, zones)
        if odd == 0 {
          store.put(Int64(bitPattern: value), row)
        } else {
          judge(base + starts[row], store, row, &oddities)
        }
      }
    } else if separate, digits <= 16 {
      let (body, sign) = leading ? (1, 0) : (0, digits)
      let (plus, minus): (UInt8, UInt8) = zone == 0xF0 ? (0x4E, 0x60) : (0x2B, 0x2D)
      for row in 0..<count {
        let field = base + starts[row]
        let (value, odd) = zonedDigits(field + body, digits, zones)
        if odd == 0, field[sign] == plus || field[sign] == minus {
          store.put(field[sign] == minus ? 0 &- Int64(bitPattern: value) : Int64(bitPattern: value), row)
        } else {
          judge(field, store, row, &oddities)
        }
      }
    } else if !separate, !leading, zone == 0xF0, digits <= 16 {
      decodeOverpunched(base, starts, count, store, &oddities)
    } else {
      for row in 0..<count { judge(base + starts[row], store, row, &oddities) }
    }
    column.commit(rows: column.count + block.count)
  }

  /// The mainframe's usual signed number: sign C, D or F in the zone of the last digit.
  private func decodeOverpunched(
    _ base: UnsafePointer<UInt8>, _ starts: UnsafeBufferPointer<Int>, _ count: Int, _ store: NumberStore,
    _ oddities: inout OddityCount
  ) {
    let (digits, zones) = (digits, zones)
    for row in 0..<count {
      let field = base + starts[row]
      let last = field[digits &- 1]
      let unit = UInt64(last & 15)
      let (high, odd) = digits > 1 ? zonedDigits(field, digits &- 1, zones) : (0, 0)
      if odd == 0, unit <= 9, last >= 0xC0, last < 0xE0 || last >= 0xF0 {
        let value = Int64(bitPattern: high &* 10 &+ unit)
        store.put(last & 0xF0 == 0xD0 ? 0 &- value : value, row)
      } else {
        judge(field, store, row, &oddities)
      }
    }
  }

  /// A field that needs further tests, or has a rare form: digit by digit.
  private func judge(
    _ field: UnsafePointer<UInt8>, _ store: NumberStore, _ row: Int, _ oddities: inout OddityCount
  ) {
    let length = digits + (separate ? 1 : 0)
    let space: UInt8 = zone == 0xF0 ? 0x40 : 0x20
    if let treatment = blanks.treatment(field, length, space: space) {
      return store.put(treatment, row, &oddities)
    }
    let body = separate && leading ? field + 1 : field
    let signIndex = leading ? 0 : digits - 1
    var isMinus = false
    var isAlternate = false
    var value: Int128 = 0
    var leadingSpaces = 0
    for index in 0..<digits {
      if blanks.spaces != .fault, index == leadingSpaces, index < digits - 1, body[index] == space {
        leadingSpaces += 1
        continue
      }
      var digit = body[index] ^ zone
      if digit > 9, signed, !separate, index == signIndex {
        guard let sign = overpunch(body[index]) else { return store.put(.zone, row) }
        (digit, isMinus, isAlternate) = sign
      }
      if digit > 9 { return store.put(.zone, row) }
      value = value * 10 + Int128(digit)
    }
    if separate {
      let sign = leading ? field[0] : field[digits]
      let (plus, minus): (UInt8, UInt8) = zone == 0xF0 ? (0x4E, 0x60) : (0x2B, 0x2D)
      guard sign == plus || sign == minus else { return store.put(.sign, row) }
      isMinus = sign == minus
    }
    if isAlternate { oddities[.alternateSign] += 1 }
    if leadingSpaces > 0 { oddities[.blank] += 1 }
    store.put(wide: isMinus ? -value : value, row)
  }

  private func overpunch(_ byte: UInt8) -> (digit: UInt8, isMinus: Bool, isAlternate: Bool)? {
    let low = byte & 15
    if zone == 0xF0 {
      guard low <= 9 else { return nil }
      switch byte >> 4 {
      case 0xC: return (low, false, false)
      case 0xD: return (low, true, false)
      case 0xA, 0xE: return (low, false, true)
      case 0xB: return (low, true, true)
      default: return nil
      }
    }
    if asciiSign == .fujitsu {
      guard low <= 9, byte >> 4 == 4 || byte >> 4 == 5 else { return nil }
      return (low, byte >> 4 == 5, false)
    }
    switch byte {
    case 0x70...0x79: return (low, true, false)
    case UInt8(ascii: "{"): return (0, false, false)
    case UInt8(ascii: "}"): return (0, true, false)
    case UInt8(ascii: "A")...UInt8(ascii: "I"): return (byte - 0x40, false, false)
    case UInt8(ascii: "J")...UInt8(ascii: "R"): return (byte - 0x49, true, false)
    default: return nil
    }
  }
}
