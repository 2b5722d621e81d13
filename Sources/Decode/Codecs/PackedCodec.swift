import Records

/// COMP-3: two digits per byte, the last half-byte the sign. IBM Enterprise COBOL, Fujitsu and Hitachi agree.
///
/// Signed items take C, F as plus and D as minus; A, E (plus) and B (minus) are accepted and counted. Unsigned items
/// take F, and C as an oddity; D and B are the fault `unsigned`. COMP-6 has digits only, no sign half-byte.
package struct PackedCodec: FieldCodec {
  package let type: ValueType
  private let length: Int
  fileprivate let signed: Bool
  /// Exclusive bound of the half-bytes before the sign, when the picture leaves the first one out; otherwise all ones.
  fileprivate let bound: UInt64
  /// With an unused half-byte, the first one is outside the picture and must be zero.
  private let hasPad: Bool
  private let hasSign: Bool
  private let blanks: BlankRule
  private let space: UInt8

  /// - Parameters:
  ///   - digits: 1...38; up to 18 with scale 0 give integers, all others decimals.
  ///   - hasSign: false for COMP-6.
  ///   - space: the byte of fields full of spaces.
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
    let fields = Fields(base: block.base + offset, starts: block.starts, count: block.count)
    switch (store.isWide, hasSign ? length : 0) {
    case (false, 2): PackedRun<2>(self, fields, store).decode(&oddities)
    case (false, 3): PackedRun<3>(self, fields, store).decode(&oddities)
    case (false, 4): PackedRun<4>(self, fields, store).decode(&oddities)
    case (false, 5): PackedRun<5>(self, fields, store).decode(&oddities)
    case (false, 6): PackedRun<6>(self, fields, store).decode(&oddities)
    case (false, 7): PackedRun<7>(self, fields, store).decode(&oddities)
    case (false, 8): PackedRun<8>(self, fields, store).decode(&oddities)
    case (true, 2...8): decodeDecimals(fields, store, &oddities)
    default: for row in 0..<fields.count { decodeLong(fields[row], store, row, &oddities) }
    }
    column.commit(rows: column.count + block.count)
  }

  /// Up to 15 digits of a decimal: one word per field.
  private func decodeDecimals(_ fields: Fields, _ store: NumberStore, _ oddities: inout OddityCount) {
    let (length, bound, signs) = (length, bound, usualSigns)
    for row in 0..<fields.count {
      let bits = loadBytes(fields[row], length)
      let halves = bits &>> 4
      if oddHalves(halves) == 0, halves < bound, signs &>> (bits & 15) & 1 == 1 {
        let value = Int64(bitPattern: number(halves: halves))
        store.put(bits & 15 == 13 ? 0 &- value : value, row)
      } else {
        judge(fields[row], bits, store, row, &oddities)
      }
    }
  }

  /// The signs that need no further test, as bits: C and D, or F alone.
  fileprivate var usualSigns: UInt64 { signed ? 1 << 12 | 1 << 13 : 1 << 15 }

  @inline(never)
  fileprivate func judge(
    _ field: UnsafePointer<UInt8>, _ bits: UInt64, _ store: NumberStore, _ row: Int, _ oddities: inout OddityCount
  ) {
    judge(
      field, Int128(number(halves: bits &>> 4)), oddHalves(bits &>> 4) != 0, UInt8(bits & 15), store, row, &oddities)
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

  /// A field that needs further tests.
  private func judge(
    _ field: UnsafePointer<UInt8>, _ value: Int128, _ wrong: Bool, _ sign: UInt8, _ store: NumberStore, _ row: Int,
    _ oddities: inout OddityCount
  ) {
    // In COMP-6 all digit bytes are a number, including X'40' and X'00'.
    if hasSign, let treatment = blanks.treatment(field, length, space: space) {
      // Without a rule of the city, low-values are a field without a sign.
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

/// A column of packed whole numbers of `length` bytes: a constant to the compiler, which then knows every load and shift.
private struct PackedRun<let length: Int> {
  let codec: PackedCodec
  let fields: Fields
  let store: NumberStore

  init(_ codec: PackedCodec, _ fields: Fields, _ store: NumberStore) {
    self.codec = codec
    self.fields = fields
    self.store = store
  }

  func decode(_ oddities: inout OddityCount) {
    let (fields, store) = (fields, store)
    let (bound, signs) = (codec.bound, codec.usualSigns)
    // The odd one of C and D is minus.
    let minusBit: UInt64 = codec.signed ? 1 : 0
    for row in 0..<fields.count {
      let bits = loadBytes(fields[row], length)
      let halves = bits &>> 4
      if oddHalves(halves) == 0, halves < bound, signs &>> (bits & 15) & 1 == 1 {
        let minus = Int64(bitPattern: bits & minusBit)
        let value = Int64(bitPattern: number(halves: halves))
        store.put((value ^ (0 &- minus)) &+ minus, row, isWide: false)
      } else {
        codec.judge(fields[row], bits, store, row, &oddities)
      }
    }
  }
}
