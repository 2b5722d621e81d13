/// Texts of columns, eight bytes at a time: a column has ``Column/slack`` readable bytes behind its last text.
public enum ColumnText {
  /// The bits of a word that belong to a text of `length` bytes, at most eight.
  @inlinable
  @inline(__always)
  public static func mask(_ length: Int) -> UInt64 {
    length >= 8 ? .max : (1 << (UInt64(truncatingIfNeeded: length) &* 8)) &- 1
  }

  /// The first eight bytes of a text, zeros behind its end.
  @inlinable
  @inline(__always)
  public static func word(_ text: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    UnsafeRawPointer(text).loadUnaligned(as: UInt64.self).littleEndian & mask(length)
  }

  /// Whether two texts of the same length have the same bytes.
  @inlinable
  @inline(__always)
  public static func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    var offset = 0
    while offset < length {
      let rest = mask(length - offset)
      let one = UnsafeRawPointer(left).loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      let other = UnsafeRawPointer(right).loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      if (one ^ other) & rest != 0 { return false }
      offset += 8
    }
    return true
  }

  /// Copies a text. Up to seven bytes behind it are written, too.
  @inlinable
  @inline(__always)
  public static func copy(_ text: UnsafePointer<UInt8>, _ length: Int, to out: UnsafeMutablePointer<UInt8>) {
    let (from, to) = (UnsafeRawPointer(text), UnsafeMutableRawPointer(out))
    var offset = 0
    while offset < length {
      to.storeBytes(
        of: from.loadUnaligned(fromByteOffset: offset, as: UInt64.self), toByteOffset: offset, as: UInt64.self)
      offset += 8
    }
  }
}

/// Appends rows to a text column whose number and whose bytes are known beforehand.
public struct TextWriter {
  @usableFromInline let column: Column
  @usableFromInline let states: UnsafeMutablePointer<UInt8>
  @usableFromInline let ends: UnsafeMutablePointer<Int>
  @usableFromInline let bytes: UnsafeMutablePointer<UInt8>
  @usableFromInline var row: Int
  @usableFromInline var end: Int
  private let limit: (rows: Int, bytes: Int)

  /// - Parameter bytes: the most that the texts can have together.
  package init(_ column: Column, rows: Int, bytes: Int) {
    column.reserve(column.count + rows)
    column.reserveBytes(bytes)
    self.column = column
    (states, ends, self.bytes) = (column.states, column.ends, column.bytes)
    (row, end) = (column.count, column.byteCount)
    limit = (row + rows, end + bytes)
  }

  /// A text in a column, or in other memory with as many readable bytes behind it.
  @inlinable
  @inline(__always)
  public mutating func put(_ text: UnsafePointer<UInt8>, _ length: Int, state: UInt8 = 0) {
    ColumnText.copy(text, length, to: bytes + end)
    end &+= length
    ends[row] = end
    states[row] = state
    row &+= 1
  }

  /// Two texts as one.
  @inlinable
  @inline(__always)
  public mutating func put(
    _ text: UnsafePointer<UInt8>, _ length: Int, and more: UnsafePointer<UInt8>, _ others: Int
  ) {
    ColumnText.copy(text, length, to: bytes + end)
    end &+= length
    put(more, others)
  }

  /// A row without a value.
  @inlinable
  @inline(__always)
  public mutating func put(state: UInt8) {
    ends[row] = end
    states[row] = state
    row &+= 1
  }

  /// Ends the writing. The rows then belong to the column.
  package func commit() {
    precondition(row <= limit.rows && end <= limit.bytes, "texts written without room for them")
    column.commit(rows: row)
  }
}
