import Records

/// COMP-3: two digits a byte, the last half-byte the sign. IBM Enterprise COBOL, Fujitsu and Hitachi agree.
///
/// Signed items take C, F as plus and D as minus; A, E (plus) and B (minus) are accepted and counted. Unsigned items
/// take F, and C as an oddity; D and B are the fault `unsigned`. A field of spaces (X'40…') is the fault `blank`.
package struct PackedCodec: FieldCodec {
  package let type: ValueType
  private let length: Int
  private let signed: Bool
  /// With an even number of digits the first half-byte is outside the picture and must be zero.
  private let hasPad: Bool

  /// - Parameter digits: 1...38; up to 18 with scale 0 give integers, all others decimals.
  package init(digits: Int, scale: Int, signed: Bool) {
    type = digits <= 18 && scale == 0 ? .integer : .decimal(scale: scale)
    length = digits / 2 + 1
    hasPad = digits % 2 == 0
    self.signed = signed
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let first = column.count
    column.reserve(first + block.count)
    if case .integer = type {
      decodeNarrow(block, offset, column.integers + first, column.states + first, &oddities)
    } else {
      decodeWide(block, offset, column.wides + first, column.states + first, &oddities)
    }
    column.commit(rows: first + block.count)
  }

  private func decodeNarrow(
    _ block: RecordBlock, _ offset: Int, _ values: UnsafeMutablePointer<Int64>, _ states: UnsafeMutablePointer<UInt8>,
    _ oddities: inout OddityCount
  ) {
    let last = length - 1
    for row in 0..<block.count {
      let field = block.base + block.starts[row] + offset
      var value: Int64 = 0
      var wrong: UInt8 = 0
      for index in 0..<last {
        let byte = field[index]
        let (high, low) = (byte >> 4, byte & 15)
        wrong |= ((high &+ 6) | (low &+ 6)) & 16
        value = value &* 100 &+ Int64(high &* 10 &+ low)
      }
      let high = field[last] >> 4
      wrong |= (high &+ 6) & 16
      value = value &* 10 &+ Int64(high)
      let sign = field[last] & 15
      if wrong == 0, sign == (signed ? 12 : 15), !hasPad || field[0] < 16 {
        values[row] = value
        states[row] = 0
      } else {
        let fault = judge(field, wrong, sign, &oddities)
        states[row] = fault?.rawValue ?? 0
        values[row] = fault != nil ? 0 : sign == 13 || sign == 11 ? -value : value
      }
    }
  }

  private func decodeWide(
    _ block: RecordBlock, _ offset: Int, _ values: UnsafeMutablePointer<Int128>, _ states: UnsafeMutablePointer<UInt8>,
    _ oddities: inout OddityCount
  ) {
    for row in 0..<block.count {
      let field = block.base + block.starts[row] + offset
      var value: Int128 = 0
      var wrong: UInt8 = 0
      for index in 0..<(length * 2 - 1) {
        let digit = index % 2 == 0 ? field[index / 2] >> 4 : field[index / 2] & 15
        wrong |= (digit &+ 6) & 16
        value = value &* 10 &+ Int128(digit)
      }
      let sign = field[length - 1] & 15
      let fault = judge(field, wrong, sign, &oddities)
      states[row] = fault?.rawValue ?? 0
      values[row] = fault != nil ? 0 : sign == 13 || sign == 11 ? -value : value
    }
  }

  /// The fault of a field that is not plainly right, or `nil` with its oddity counted.
  private func judge(
    _ field: UnsafePointer<UInt8>, _ wrong: UInt8, _ sign: UInt8, _ oddities: inout OddityCount
  ) -> Fault? {
    if (0..<length).allSatisfy({ field[$0] == 0x40 }) { return .blank }
    if sign < 10 { return .sign }
    if wrong != 0 { return .digit }
    if hasPad, field[0] >= 16 { return .overflow }
    switch sign {
    case 12, 13, 15:
      if signed || sign == 15 { return nil }
      if sign == 13 { return .unsigned }
      oddities[.alternateSign] += 1
      return nil
    case 11:
      guard signed else { return .unsigned }
      oddities[.alternateSign] += 1
      return nil
    default:
      oddities[.alternateSign] += 1
      return nil
    }
  }
}
