import Records

/// COMP, BINARY, COMP-4 and COMP-5: a two's complement number of 2, 4 or 8 bytes, high byte first.
///
/// The whole binary range is read; what exceeds the picture is the fault `overflow`.
package struct BinaryCodec: FieldCodec {
  package let type: ValueType
  private let length: Int
  private let signed: Bool
  private let limit: Int128

  /// - Parameter checksPicture: false for COMP-5, whose range is that of its bytes.
  package init(digits: Int, scale: Int, signed: Bool, length: Int, checksPicture: Bool) {
    type = digits <= 18 && scale == 0 ? .integer : .decimal(scale: scale)
    self.length = length
    self.signed = signed
    limit = checksPicture ? (0..<digits).reduce(1) { power, _ in power * 10 } : Int128.max
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    for row in 0..<block.count {
      let field = block.base + block.starts[row] + offset
      var bits: UInt64 = signed && field[0] >= 0x80 ? UInt64.max : 0
      for index in 0..<length { bits = bits << 8 | UInt64(field[index]) }
      let value = signed ? Int128(Int64(bitPattern: bits)) : Int128(bits)
      if value.magnitude >= limit.magnitude {
        column.append(state: Fault.overflow.rawValue)
      } else if case .integer = type {
        if let narrow = Int64(exactly: value) {
          column.append(narrow)
        } else {
          column.append(state: Fault.overflow.rawValue)
        }
      } else {
        column.append(wide: value)
      }
    }
  }
}
