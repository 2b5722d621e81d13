import Base
import Records

/// The canonical bytes of rows: for each value its column number, type tag, length and bytes, without delimiters.
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
  /// The number of bytes so far.
  package private(set) var count = 0
  private var cells: [Cells] = []

  /// A column of the current batch, without the object around it.
  private struct Cells {
    enum Form { case number, wide, text }

    let form: Form
    let number: UInt64
    /// Number, tag and length of a value of fixed size; number and tag of a text.
    let head: UInt64
    let scale: UInt8
    let states: UnsafeMutablePointer<UInt8>
    let integers: UnsafeMutablePointer<Int64>
    let wides: UnsafeMutablePointer<Int128>
    let ends: UnsafeMutablePointer<Int>
    let bytes: UnsafeMutablePointer<UInt8>

    init(_ column: Column, number: Int) {
      let place = UInt64(truncatingIfNeeded: number & 0xFFFF)
      self.number = place
      var (form, tag, length, scale) = (Form.number, UInt64(1), UInt64(8), 0)
      switch column.type {
      case .integer: break
      case .date: tag = 4
      case .flag: tag = 5
      case .decimal(let digits): (form, tag, length, scale) = (.wide, 2, 17, digits)
      case .text: (form, tag, length) = (.text, 3, 0)
      }
      self.form = form
      head = place | tag << 16 | length << 24
      self.scale = UInt8(truncatingIfNeeded: scale)
      (states, integers, wides) = (column.states, column.integers, column.wides)
      (ends, bytes) = (column.ends, column.bytes)
    }
  }

  /// The bytes of a head. It is written as eight; the value overwrites the last.
  private static let headLength = 7
  /// Room for a head and a value of fixed size, and for what is written beyond a text.
  private static let room = 32

  package init() {
    capacity = 1024
    buffer = .allocate(capacity: capacity)
  }

  deinit { buffer.deallocate() }

  /// The bytes so far; valid until the next call that changes them.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer, count: count) }

  package mutating func removeAll() { count = 0 }

  /// Replaces the bytes from `start` on by others, as many.
  package mutating func replace(from start: Int, by bytes: [UInt8]) {
    precondition(start + bytes.count == count, "bytes in place of as many")
    bytes.withUnsafeBufferPointer {
      if let base = $0.baseAddress { (buffer + start).update(from: base, count: $0.count) }
    }
  }

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    new.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = new
  }

  /// Names the columns of the next rows. They must not change before the last of these rows is appended.
  ///
  /// - Parameter numbers: the numbers of some columns, in the order of the encoding; `nil` for all.
  package mutating func start(_ columns: [Column], numbers: [Int]? = nil) {
    cells.removeAll(keepingCapacity: true)
    for number in numbers ?? Array(columns.indices) { cells.append(Cells(columns[number], number: number)) }
  }

  /// Appends the values of one row of the columns of ``start(_:numbers:)``.
  package mutating func append(row: Int) {
    for index in cells.indices {
      reserve(Self.room)
      let out = UnsafeMutableRawPointer(buffer + count)
      let cell = cells[index]
      let state = cell.states[row]
      if state != 0 {
        let isNull = state == 1
        out.storeBytes(of: (cell.number | (isNull ? 0 : 6 << 16 | 1 << 24)).littleEndian, as: UInt64.self)
        if !isNull { out.storeBytes(of: state, toByteOffset: Self.headLength, as: UInt8.self) }
        count += Self.headLength + (isNull ? 0 : 1)
        continue
      }
      switch cell.form {
      case .number:
        out.storeBytes(of: cell.head.littleEndian, as: UInt64.self)
        out.storeBytes(of: cell.integers[row].littleEndian, toByteOffset: Self.headLength, as: Int64.self)
        count += Self.headLength + 8
      case .wide:
        out.storeBytes(of: cell.head.littleEndian, as: UInt64.self)
        out.storeBytes(of: cell.wides[row].littleEndian, toByteOffset: Self.headLength, as: Int128.self)
        out.storeBytes(of: cell.scale, toByteOffset: Self.headLength + 16, as: UInt8.self)
        count += Self.headLength + 17
      case .text:
        let start = row == 0 ? 0 : cell.ends[row - 1]
        let length = cell.ends[row] - start
        out.storeBytes(
          of: (cell.head | UInt64(truncatingIfNeeded: length) << 24).littleEndian, as: UInt64.self)
        count += Self.headLength
        put(cell.bytes + start, length)
      }
    }
  }

  /// Appends a text, eight bytes at a time: a column has that many readable bytes behind its last.
  @inline(__always)
  private mutating func put(_ text: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length + Self.room)
    ColumnText.copy(text, length, to: buffer + count)
    count += length
  }
}
