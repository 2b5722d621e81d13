import Glibc

/// A parsed canonical row: the place and the form of each column's value.
///
/// ``RowCanonicaliser`` defines the form of such a row.
///
/// One object is made for a loop and refilled; its pointers are valid as long as the row's bytes are.
package final class CanonicalRow {
  package enum Value: UInt8, Sendable {
    case null
    /// A value that the side could not read: equal to nothing on the other side.
    case invalid
    /// A text of another kind than the column's (`n/a` for a number): equal to the same text.
    case unread
    /// A value of the column's kind, or a text.
    case plain
    case number, truth

    package var isReadable: Bool { self != .invalid && self != .unread }
  }

  package struct Part {
    package let value: Value
    package let isQuoted: Bool
    package let bytes: UnsafeBufferPointer<UInt8>
  }

  package private(set) var values: UnsafeMutablePointer<Part>
  private var capacity = 16
  package private(set) var count = 0

  package init() { values = .allocate(capacity: capacity) }

  deinit { values.deallocate() }

  private func append(_ part: Part) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Part>.allocate(capacity: 2 * capacity)
      larger.update(from: values, count: count)
      values.deallocate()
      values = larger
      capacity *= 2
    }
    values[count] = part
    count += 1
  }

  /// Parses `row`.
  package func read(_ row: UnsafeBufferPointer<UInt8>) {
    count = 0
    let end = row.count
    var position = 0
    while true {
      var value = Value.plain
      if position < end, row[position] == 0 {
        let tag = position + 1 < end ? row[position + 1] : 0x2C
        switch tag {
        case Side.left.mark, Side.right.mark: value = .invalid
        case 0x54: value = .unread
        case 0x4E: value = .number
        case 0x42: value = .truth
        default: value = .null
        }
        position += value == .null ? 1 : 2
      }
      let isQuoted = value != .null && position < end && row[position] == 0x22
      let start = isQuoted ? position + 1 : position
      var stop = start
      if isQuoted {
        while stop < end, row[stop] != 0x22 || (stop + 1 < end && row[stop + 1] == 0x22) {
          stop += row[stop] == 0x22 ? 2 : 1
        }
      } else {
        while stop < end, row[stop] != 0x2C { stop += 1 }
      }
      append(Part(value: value, isQuoted: isQuoted, bytes: UnsafeBufferPointer(rebasing: row[start..<stop])))
      position = isQuoted ? stop + 1 : stop
      guard position < end else { return }
      position += 1
      if position == end {
        return append(Part(value: .plain, isQuoted: false, bytes: UnsafeBufferPointer(rebasing: row[end..<end])))
      }
    }
  }

  /// The text of a value before quoting; `nil` for null.
  package func text(_ index: Int) -> String? {
    let part = values[index]
    if part.value == .null { return nil }
    return String(decoding: part.isQuoted ? Self.unquoted(part.bytes) : Array(part.bytes), as: UTF8.self)
  }

  /// Removes the first of two quotation marks, by bytes: a mark with a combining character behind it is another
  /// character to `String`.
  private static func unquoted(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var position = 0
    while position < bytes.count {
      out.append(bytes[position])
      position += bytes[position] == 0x22 ? 2 : 1
    }
    return out
  }

  /// Whether a column has the same value in two rows, or one within the tolerance.
  @inline(__always)
  package static func isSame(
    _ left: CanonicalRow, _ right: CanonicalRow, _ index: Int, tolerance: ExactNumber?
  ) -> Bool {
    let (a, b) = (left.values[index], right.values[index])
    guard a.value == b.value, a.value != .invalid else { return false }
    if a.isQuoted == b.isQuoted, a.bytes.count == b.bytes.count,
      a.bytes.count == 0 || memcmp(a.bytes.baseAddress!, b.bytes.baseAddress!, a.bytes.count) == 0
    {
      return true
    }
    guard let tolerance, a.value == .plain || a.value == .number, let x = ExactNumber(a.bytes),
      let y = ExactNumber(b.bytes)
    else { return false }
    return ExactNumber.isWithin(tolerance, x, y)
  }
}
