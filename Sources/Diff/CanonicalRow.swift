/// A canonical row taken apart again: where the value of each column stands, and what it is.
///
/// ``RowCanonicaliser`` says how such a row is made.
package struct CanonicalRow {
  package enum Value: UInt8, Sendable {
    case null, invalid
    /// What the column's kind says, or a text.
    case plain
    case number, truth
  }

  package private(set) var values: [(value: Value, bytes: UnsafeBufferPointer<UInt8>, isQuoted: Bool)] = []

  package init() {}

  /// Takes `row` apart; valid as long as its bytes are.
  package mutating func read(_ row: UnsafeBufferPointer<UInt8>) {
    values.removeAll(keepingCapacity: true)
    var position = 0
    while true {
      var value = Value.plain
      if position < row.count, row[position] == 0 {
        let tag = position + 1 < row.count ? row[position + 1] : 0x2C
        switch tag {
        case Side.left.mark, Side.right.mark: value = .invalid
        case 0x4E: value = .number
        case 0x42: value = .truth
        default: value = .null
        }
        position += value == .null ? 1 : 2
      }
      let isQuoted = value != .null && position < row.count && row[position] == 0x22
      var end = position + (isQuoted ? 1 : 0)
      if isQuoted {
        while end < row.count, row[end] != 0x22 || (end + 1 < row.count && row[end + 1] == 0x22) {
          end += row[end] == 0x22 ? 2 : 1
        }
      } else {
        while end < row.count, row[end] != 0x2C { end += 1 }
      }
      let start = position + (isQuoted ? 1 : 0)
      values.append((value, UnsafeBufferPointer(rebasing: row[start..<end]), isQuoted))
      position = end + (isQuoted ? 1 : 0)
      guard position < row.count else { return }
      position += 1
      if position == row.count {
        values.append((.plain, UnsafeBufferPointer(rebasing: row[position..<position]), false))
        return
      }
    }
  }

  /// The text of a value as it was before it was quoted; `nil` for null.
  package func text(_ index: Int) -> String? {
    let (value, bytes, isQuoted) = values[index]
    if value == .null { return nil }
    return String(decoding: isQuoted ? Self.unquoted(bytes) : Array(bytes), as: UTF8.self)
  }

  /// Takes the first of two quotation marks out, by bytes: a mark with a combining character behind it is another
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

  /// Whether a column has the same value in two rows.
  package static func isSame(
    _ left: CanonicalRow, _ right: CanonicalRow, _ index: Int, _ column: ComparedColumn
  ) -> Bool {
    let (a, b) = (left.values[index], right.values[index])
    guard a.value == b.value, a.value != .invalid else { return false }
    if a.isQuoted == b.isQuoted, a.bytes.elementsEqual(b.bytes) { return true }
    guard let tolerance = column.tolerance, a.value == .plain || a.value == .number,
      let x = ExactNumber(a.bytes), let y = ExactNumber(b.bytes)
    else { return false }
    return ExactNumber.isWithin(tolerance, x, y)
  }
}
