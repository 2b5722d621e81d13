import Records

/// COMP-1 and COMP-2, IBM hexadecimal or IEEE: the shortest decimal text of the value.
///
/// Such numbers are measures, never money; they stay text so that they are never added or compared in binary. An IBM
/// COMP-2 may hold 3 bits more than are shown: then the text is the nearest value of 53 bits, and is counted
/// (`decode.number.rounded`). NaN and infinity are the fault `notFinite`.
package struct FloatCodec: FieldCodec {
  package enum Format: Hashable, Sendable { case hexadecimal, ieee }

  package let type = ValueType.text
  private let length: Int
  private let format: Format
  private let littleEndian: Bool

  /// - Parameter length: 4 (COMP-1) or 8 (COMP-2).
  package init(length: Int, format: Format, littleEndian: Bool = false) {
    self.length = length
    self.format = format
    self.littleEndian = littleEndian
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    for row in 0..<block.count {
      let bits = loadBytes(block.base + block.starts[row] + offset, length)
      let ordered = littleEndian ? (bits << UInt64(64 - 8 * length)).byteSwapped : bits
      switch format {
      case .ieee where length == 4: append(Float(bitPattern: UInt32(ordered)), column)
      case .ieee: append(Double(bitPattern: ordered), column)
      case .hexadecimal: appendHexadecimal(ordered, column, &oddities)
      }
    }
  }

  private func append(_ value: some BinaryFloatingPoint & CustomStringConvertible, _ column: Column) {
    if value.isFinite { column.append(value.description) } else { column.append(state: Fault.notFinite.rawValue) }
  }

  /// Sign, 7 bits of exponent to the base 16 in excess of 64, and a fraction of 6 or 14 hexadecimal digits.
  private func appendHexadecimal(_ bits: UInt64, _ column: Column, _ oddities: inout OddityCount) {
    let fractionBits = 8 * length - 8
    let fraction = bits & (1 << UInt64(fractionBits) - 1)
    let exponent = Int(bits >> UInt64(fractionBits)) & 0x7F
    let isMinus = bits >> UInt64(8 * length - 1) == 1
    // Every power is within the range of Double: 16^-78 to 16^63.
    let magnitude = Double(fraction)
    if UInt64(magnitude) != fraction { oddities[.roundedFloat] += 1 }
    let scaled = Double(sign: .plus, exponent: 4 * (exponent - 64) - fractionBits, significand: magnitude)
    let value = isMinus ? -scaled : scaled
    if length == 4, Double(Float(value)) == value {
      column.append(Float(value).description)
    } else {
      column.append(value.description)
    }
  }
}
