import Records

/// COMP-3: two digits a byte, the last half-byte the sign. IBM Enterprise COBOL, Fujitsu and Hitachi agree.
///
/// Signed items take C, F as plus and D as minus; A, E (plus) and B (minus) are accepted and counted. Unsigned items
/// take F, and C as an oddity; D and B are the fault `unsigned`. COMP-6 has digits only, no sign half-byte.
package struct PackedCodec: FieldCodec {
  package let type: ValueType
  private let length: Int
  private let signed: Bool
  /// Exclusive bound of the half-bytes before the sign, where the picture leaves the first one out; else all ones.
  private let bound: UInt64
  /// With an odd number of half-bytes to spare, the first one is outside the picture and must be zero.
  private let hasPad: Bool
  private let hasSign: Bool
  private let blanks: BlankRule
  private let space: UInt8

  /// - Parameters:
  ///   - digits: 1...38; up to 18 with scale 0 give integers, all others decimals.
  ///   - hasSign: false for COMP-6.
  ///   - space: the byte that fields full of spaces hold.
  package init(
    digits: Int, scale: Int, signed: Bool, hasSign: Bool = true, blanks: BlankRule = BlankRule(), space: UInt8 = 0x40
  ) {
    type = digits <= 18 && scale == 0 ? .integer : .decimal(scale: scale)
    self.signed = signed
    self.hasSign = hasSign
    self.blanks = blanks
    self.space = space
    length = hasSign ? digits / 2 + 1 : (digits + 1) / 2
    hasPad = (digits % 2 == 0) == hasSign
    bound = hasPad && digits < 16 ? 1 << UInt64(4 * digits) : .max
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let store = NumberStore(column, rows: block.count)
    if length <= 8 {
      decodeShort(block, offset, store, &oddities)
    } else {
      for row in 0..<block.count { decodeLong(block.base + block.starts[row] + offset, store, row, &oddities) }
    }
    column.commit(rows: column.count + block.count)
  }

  /// Up to 15 digits: a word a field.
  private func decodeShort(_ block: RecordBlock, _ offset: Int, _ store: NumberStore, _ oddities: inout OddityCount) {
    let (base, starts, count, length, bound) = (block.base + offset, block.starts, block.count, length, bound)
    let plus: UInt64 = signed ? 12 : 15
    let minus: UInt64 = signed ? 13 : 15
    let hasSign = hasSign
    for row in 0..<count {
      let field = base + starts[row]
      let bits = loadBytes(field, length)
      let halves = hasSign ? bits &>> 4 : bits
      let sign = hasSign ? bits & 15 : plus
      let value = Int64(bitPattern: number(halves: halves))
      if oddHalves(halves) == 0, halves < bound, sign == plus || sign == minus {
        store.put(sign == 13 ? 0 &- value : value, row)
      } else {
        judge(field, Int128(value), oddHalves(halves) != 0, UInt8(sign), store, row, &oddities)
      }
    }
  }

  private func decodeLong(
    _ field: UnsafePointer<UInt8>, _ store: NumberStore, _ row: Int, _ oddities: inout OddityCount
  ) {
    var value: Int128 = 0
    var wrong: UInt8 = 0
    for index in 0..<(length * 2 - (hasSign ? 1 : 0)) {
      let digit = index % 2 == 0 ? field[index / 2] >> 4 : field[index / 2] & 15
      wrong |= (digit &+ 6) & 16
      value = value &* 10 &+ Int128(digit)
    }
    let sign = hasSign ? field[length - 1] & 15 : 12
    if wrong == 0, sign == (signed ? 12 : 15), !hasPad || field[0] < 16 {
      store.put(wide: value, row)
    } else {
      judge(field, value, wrong != 0, sign, store, row, &oddities)
    }
  }

  /// A field that is not plainly right.
  private func judge(
    _ field: UnsafePointer<UInt8>, _ value: Int128, _ wrong: Bool, _ sign: UInt8, _ store: NumberStore, _ row: Int,
    _ oddities: inout OddityCount
  ) {
    // Low-values are digits without a sign; in COMP-6 they are the number 0.
    if hasSign || field[0] != 0, let treatment = blanks.treatment(field, length, space: space) {
      // Without a rule of the city's, low-values are what they look like: a field without a sign.
      guard field[0] == 0, treatment == .fault else { return store.put(treatment, row, &oddities) }
    }
    if sign < 10 { return store.put(.sign, row) }
    if wrong { return store.put(.digit, row) }
    if hasPad, field[0] >= 16 { return store.put(.overflow, row) }
    let isMinus = sign == 13 || sign == 11
    if hasSign, !signed, isMinus { return store.put(.unsigned, row) }
    if hasSign, sign == 10 || sign == 11 || sign == 14 || (sign == 12 && !signed) { oddities[.alternateSign] += 1 }
    store.put(wide: isMinus ? -value : value, row)
  }
}
