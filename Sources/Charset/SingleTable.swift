/// The single-byte half of a set: the decoding of each byte, and the encoding.
///
/// Built once, never changed afterwards, so it may be read from any thread.
package final class SingleTable: @unchecked Sendable {
  /// 256 cells; bytes that begin a shift code or a double byte, and control characters, are marked as such.
  let cells: UnsafeMutablePointer<Cell>
  /// 256 cells without those marks: control characters, and the meaning of a shift byte that does not begin a shift
  /// code.
  let plain: UnsafeMutablePointer<Cell>
  package let encode: EncodeTable

  /// `shifts` and `leads`: the bytes to mark; marked leads are not characters.
  init(_ rows: StaticString, shifts: [UInt8] = [], leads: [ClosedRange<UInt8>] = []) {
    let plain = UnsafeMutablePointer<Cell>.allocate(capacity: 256)
    plain.initialize(repeating: 0, count: 256)
    var draft = EncodeDraft()
    forEachCell(rows) { code, scalar in
      let (bytes, length) = utf8(scalar)
      plain[code] = bytes | UInt32(length) << 24
      draft.add(scalar, code: code)
    }
    self.plain = plain
    encode = EncodeTable(draft)
    cells = .allocate(capacity: 256)
    cells.initialize(from: plain, count: 256)
    for byte in 0..<256 where isControl(plain[byte]) { cells[byte] = CellMark.control << 24 }
    for byte in shifts { cells[Int(byte)] = CellMark.shift << 24 }
    for range in leads {
      for byte in range { cells[Int(byte)] = CellMark.lead << 24 }
    }
  }

  deinit {
    cells.deallocate()
    plain.deallocate()
  }
}
