import Base
import Records

/// The canonical bytes of a row: for each value its column number, type tag, length and bytes, without delimiters.
///
/// Two rows have the same bytes exactly when they have the same values in the same columns: null, the empty text and
/// zero differ, and so do the text `01` and the number 1. The encoding is part of the evidence and does not change
/// without a new version.
///
/// | part | bytes |
/// | --- | --- |
/// | column number | 2, low byte first |
/// | tag | 1: 0 null, 1 integer, 2 decimal, 3 text, 4 date, 5 true/false, 6 invalid |
/// | length | 4, low byte first |
/// | value | integer and date 8, decimal 16 and scale 1, low byte first; text UTF-8; invalid the fault |
package struct RowEncoder: ~Copyable {
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  package private(set) var count = 0

  package init() {
    capacity = 1024
    buffer = .allocate(capacity: capacity)
  }

  deinit { buffer.deallocate() }

  /// The bytes so far; valid until the next call that changes them.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer, count: count) }

  package mutating func removeAll() { count = 0 }

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    new.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = new
  }

  /// Appends the value of one column.
  package mutating func append(_ column: Column, row: Int, number: Int) {
    let state = column.states[row]
    if state != 0 {
      header(number, state == 1 ? 0 : 6, state == 1 ? 0 : 1)
      if state > 1 { put(state) }
      return
    }
    switch column.type {
    case .integer: integer(number, 1, column.integers[row])
    case .date: integer(number, 4, column.integers[row])
    case .flag: integer(number, 5, column.integers[row])
    case .decimal(let scale):
      header(number, 2, 17)
      let value = UInt128(bitPattern: column.wides[row])
      for index in 0..<16 { put(UInt8(truncatingIfNeeded: value >> (UInt128(index) * 8))) }
      put(UInt8(truncatingIfNeeded: scale))
    case .text:
      let text = column.text(row)
      header(number, 3, text.count)
      reserve(text.count)
      if let base = text.baseAddress { (buffer + count).update(from: base, count: text.count) }
      count += text.count
    }
  }

  private mutating func header(_ number: Int, _ tag: UInt8, _ length: Int) {
    reserve(7 + 17)
    put(UInt8(truncatingIfNeeded: number))
    put(UInt8(truncatingIfNeeded: number >> 8))
    put(tag)
    for shift in [0, 8, 16, 24] { put(UInt8(truncatingIfNeeded: length >> shift)) }
  }

  private mutating func integer(_ number: Int, _ tag: UInt8, _ value: Int64) {
    header(number, tag, 8)
    UnsafeMutableRawPointer(buffer + count).storeBytes(of: value.littleEndian, as: Int64.self)
    count += 8
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  /// XXH3-128 of the bytes: fast and well mixed, used within a run, never as evidence.
  package var hash: UInt128 { XXH3.hash128(bytes) }
}
