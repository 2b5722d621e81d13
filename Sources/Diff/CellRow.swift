/// The kind of a value, as its source declares it.
public enum CellKind: UInt8, Sendable {
  case null
  case text
  /// A number in decimal digits, possibly with sign, point and exponent.
  case number
  /// A whole number in its shortest digits.
  case integer
  /// `true` or `false`.
  case truth
  /// `YYYY-MM-DD`, unknown parts 00.
  case date
  /// A value that the source could not read; its bytes show the original.
  case invalid
}

/// The values of one row from a source, in the source's own order of columns: reused for every row.
///
/// A value is a pointer into the source's memory, valid until the next row, or into ``scratch`` when the source has to
/// write it first. It is public, since the bodies of package members are not inlined in other modules.
public struct CellRow: ~Copyable {
  public struct Cell {
    public var base: UnsafePointer<UInt8>?
    public var count: Int
    public var kind: CellKind

    @inlinable
    public init(base: UnsafePointer<UInt8>?, count: Int, kind: CellKind) {
      self.base = base
      self.count = count
      self.kind = kind
    }
  }

  public let count: Int
  public let cells: UnsafeMutablePointer<Cell>
  @usableFromInline var scratch: UnsafeMutablePointer<UInt8>
  @usableFromInline var scratchCapacity = 4096
  @usableFromInline var scratchCount = 0

  package init(_ count: Int) {
    self.count = count
    cells = .allocate(capacity: max(count, 1))
    cells.initialize(repeating: Cell(base: nil, count: 0, kind: .null), count: max(count, 1))
    scratch = .allocate(capacity: scratchCapacity)
  }

  deinit {
    cells.deallocate()
    scratch.deallocate()
  }

  @inlinable @inline(__always)
  public mutating func removeAll() { scratchCount = 0 }

  @inlinable @inline(__always)
  public func set(_ index: Int, _ kind: CellKind, _ bytes: UnsafeBufferPointer<UInt8>) {
    cells[index] = Cell(base: bytes.baseAddress, count: bytes.count, kind: kind)
  }

  @inlinable @inline(__always)
  public func setNull(_ index: Int) { cells[index] = Cell(base: nil, count: 0, kind: .null) }

  @inlinable @inline(__always)
  public func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: cells[index].base, count: cells[index].count)
  }

  /// Reserves `more` bytes for a value that is being written; earlier cells keep their values.
  @inlinable @inline(__always)
  public mutating func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if scratchCount + more > scratchCapacity { grow(more) }
    return scratch + scratchCount
  }

  @usableFromInline mutating func grow(_ more: Int) {
    let old = scratch
    scratchCapacity = max(2 * scratchCapacity, scratchCount + more)
    scratch = .allocate(capacity: scratchCapacity)
    scratch.update(from: old, count: scratchCount)
    for index in 0..<count {
      if let base = cells[index].base, base >= UnsafePointer(old), base < UnsafePointer(old + scratchCount) {
        cells[index].base = UnsafePointer(scratch + (base - UnsafePointer(old)))
      }
    }
    old.deallocate()
  }

  /// Sets the value of column `index` to the first `written` bytes from ``room(_:)``.
  @inlinable @inline(__always)
  public mutating func take(_ index: Int, _ kind: CellKind, _ written: Int) {
    cells[index] = Cell(base: UnsafePointer(scratch + scratchCount), count: written, kind: kind)
    scratchCount += written
  }

  package mutating func set(_ index: Int, _ kind: CellKind, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      let out = room(bytes.count)
      if let base = bytes.baseAddress { out.update(from: base, count: bytes.count) }
      take(index, kind, bytes.count)
    }
  }

  /// Writes a whole number in decimal digits.
  @inlinable @inline(__always)
  public mutating func set(_ index: Int, integer value: Int64) {
    // Written from the last digit on, to the end of the room.
    let out = room(20)
    var rest = value.magnitude
    var position = 20
    repeat {
      position -= 1
      let next = rest / 10
      out[position] = 48 + UInt8(truncatingIfNeeded: rest &- next &* 10)
      rest = next
    } while rest > 0
    if value < 0 {
      position -= 1
      out[position] = 45
    }
    cells[index] = Cell(base: UnsafePointer(out + position), count: 20 - position, kind: .integer)
    scratchCount += 20
  }
}
