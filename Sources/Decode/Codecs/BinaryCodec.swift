import Records

/// COMP, BINARY, COMP-4, COMP-5, COMP-X and COMP-9: a two's complement number of 1 to 16 bytes.
package struct BinaryCodec: FieldCodec {
  package let type: ValueType
  private let length: Int
  private let signed: Bool
  private let littleEndian: Bool
  /// Exclusive bound of the magnitude.
  private let bound: UInt128
  private let blanks: BlankRule
  private let space: UInt8

  /// - Parameters:
  ///   - digits: the number of digits of the picture.
  ///   - blanks: applies to spaces alone, and only when the number that they spell has more digits than the picture:
  ///     otherwise it is a number. Low-values are the number 0.
  ///   - truncates: true when numbers with more digits than the picture cannot occur (TRUNC(STD)) and are the fault
  ///     `overflow`; false when the range is that of the bytes.
  package init(
    digits: Int, scale: Int, signed: Bool, length: Int, truncates: Bool, littleEndian: Bool = false,
    blanks: BlankRule = BlankRule(), space: UInt8 = 0x40
  ) {
    self.blanks = blanks
    self.space = space
    let fits = truncates ? digits <= 18 : length < 8 || (length == 8 && signed)
    type = fits && scale == 0 ? .integer : .decimal(scale: scale)
    self.length = length
    self.signed = signed
    self.littleEndian = littleEndian
    bound = truncates ? (0..<min(digits, 38)).reduce(1) { power, _ in power * 10 } : .max
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let store = NumberStore(column, rows: block.count)
    if length <= 8 { decodeShort(block, offset, store, &oddities) } else { decodeLong(block, offset, store, &oddities) }
    column.commit(rows: column.count + block.count)
  }

  /// A number with more digits than the picture.
  private func judge(
    _ field: UnsafePointer<UInt8>, _ store: NumberStore, _ row: Int, _ oddities: inout OddityCount
  ) {
    if field[0] == space, let treatment = blanks.treatment(field, length, space: space) {
      store.put(treatment, row, &oddities)
    } else {
      store.put(.overflow, row)
    }
  }

  private func decodeShort(
    _ block: RecordBlock, _ offset: Int, _ store: NumberStore, _ oddities: inout OddityCount
  ) {
    let (base, starts, length) = (block.base + offset, block.starts, length)
    let spare = UInt64(64 - 8 * length)
    let bound = bound > UInt128(UInt64.max) ? UInt64.max : UInt64(bound)
    let isBounded = self.bound != .max
    for row in 0..<block.count {
      var bits = loadBytes(base + starts[row], length) &<< spare
      if littleEndian { bits = bits.byteSwapped &<< spare }
      if signed {
        let value = Int64(bitPattern: bits) &>> Int64(spare)
        if isBounded, value.magnitude >= bound {
          judge(base + starts[row], store, row, &oddities)
        } else {
          store.put(value, row)
        }
      } else {
        let value = bits &>> spare
        if isBounded, value >= bound {
          judge(base + starts[row], store, row, &oddities)
        } else if value <= UInt64(Int64.max) {
          store.put(Int64(bitPattern: value), row)
        } else {
          store.put(wide: Int128(value), row)
        }
      }
    }
  }

  private func decodeLong(
    _ block: RecordBlock, _ offset: Int, _ store: NumberStore, _ oddities: inout OddityCount
  ) {
    for row in 0..<block.count {
      let field = block.base + block.starts[row] + offset
      var bits: UInt128 = 0
      for index in 0..<length { bits = bits << 8 | UInt128(field[littleEndian ? length - 1 - index : index]) }
      if signed {
        let spare = UInt128(128 - 8 * length)
        let value = Int128(bitPattern: bits << spare) >> Int128(spare)
        if value.magnitude >= bound {
          judge(field, store, row, &oddities)
        } else {
          store.put(wide: value, row)
        }
      } else if bits >= bound || bits > UInt128(Int128.max) {
        judge(field, store, row, &oddities)
      } else {
        store.put(wide: Int128(bits), row)
      }
    }
  }
}
