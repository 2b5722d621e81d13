import Records

/// An identifier written in zoned digits (宛名番号, 通知書番号 …): its digits as text, leading zeros kept.
///
/// Identifiers are never blank by rule: spaces and low-values are the fault `blank`.
package struct IdentifierCodec: FieldCodec {
  package let type = ValueType.text
  private let digits: Int
  private let zone: UInt8

  package init(digits: Int, ascii: Bool = false) {
    self.digits = digits
    zone = ascii ? 0x30 : 0xF0
  }

  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    let first = column.count
    column.reserve(first + block.count)
    column.reserveBytes(block.count * digits)
    let (bytes, ends, states) = (column.bytes, column.ends, column.states)
    var end = column.byteCount
    for row in 0..<block.count {
      let field = block.base + block.starts[row] + offset
      var wrong: UInt8 = 0
      for index in 0..<digits {
        let digit = field[index] ^ zone
        wrong |= digit > 9 ? 1 : 0
        bytes[end &+ index] = digit | 0x30
      }
      states[first + row] = wrong == 0 ? 0 : fault(field).rawValue
      if wrong == 0 { end &+= digits }
      ends[first + row] = end
    }
    column.commit(rows: first + block.count)
  }

  private func fault(_ field: UnsafePointer<UInt8>) -> Fault {
    BlankRule().treatment(field, digits, space: zone == 0xF0 ? 0x40 : 0x20) == nil ? .zone : .blank
  }
}
