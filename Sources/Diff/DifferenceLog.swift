import Base

/// The outcome of a row.
package enum DifferenceKind: UInt8, Hashable, Sendable, CaseIterable {
  /// The key is on both sides, a value differs.
  case changed = 1
  case leftOnly
  case rightOnly
  /// The key occurs several times on a side: no difference by itself, but keys should not.
  case duplicate

  package var name: String {
    switch self {
    case .changed: "changed"
    case .leftOnly: "left_only"
    case .rightOnly: "right_only"
    case .duplicate: "duplicate"
    }
  }
}

/// The number of rows by outcome.
package struct DifferenceCounts: Hashable, Sendable {
  package var same = 0
  package var changed = 0
  package var leftOnly = 0
  package var rightOnly = 0
  /// Rows that are equal only within a tolerance; included in `same`.
  package var tolerated = 0
  /// Keys that occur more than once.
  package var leftDuplicates = 0
  package var rightDuplicates = 0
  /// Changed rows by column.
  package var byColumn: [Int]

  package init(columns: Int) { byColumn = Array(repeating: 0, count: columns) }
}

/// All differences of a comparison, in the order of their keys after its end: in memory, or on disk when there are
/// many.
package final class DifferenceLog {
  private let sorter: RowSorter
  private var buffer = ByteBuffer(capacity: 4096)
  package var count: Int { sorter.count }

  package init(_ scratch: Scratch) { sorter = RowSorter(scratch) }

  /// - Parameter columns: the columns in which a changed row differs.
  /// - Throws: `diff.scratch` when the disk is full.
  func add(
    _ kind: DifferenceKind, _ key: UnsafeBufferPointer<UInt8>, _ left: UnsafeBufferPointer<UInt8>?,
    _ right: UnsafeBufferPointer<UInt8>?, _ columns: [UInt16] = []
  ) throws(Diagnostic) {
    begin(kind, columns.count, left?.count ?? 0, 16 + 2 * columns.count + (left?.count ?? 0) + (right?.count ?? 0))
    for column in columns { put(column) }
    if let left { buffer.append(left) }
    if let right { buffer.append(right) }
    try write(key)
  }

  func addDuplicate(
    _ key: UnsafeBufferPointer<UInt8>, _ row: UnsafeBufferPointer<UInt8>, _ left: Int, _ right: Int
  ) throws(Diagnostic) {
    begin(.duplicate, 0, row.count, 32 + row.count)
    buffer.append(row)
    put(left)
    put(right)
    try write(key)
  }

  /// Writes kind, number of columns and bytes of the left row.
  private func begin(_ kind: DifferenceKind, _ columns: Int, _ left: Int, _ room: Int) {
    buffer.removeAll(for: room)
    put(kind.rawValue)
    put(UInt16(truncatingIfNeeded: columns))
    put(UInt32(truncatingIfNeeded: left))
  }

  private func put<Value: FixedWidthInteger>(_ value: Value) {
    UnsafeMutableRawPointer(buffer.end).storeBytes(of: value.littleEndian, as: Value.self)
    buffer.count += MemoryLayout<Value>.size
  }

  private func write(_ key: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    try sorter.add(key: key, row: buffer.bytes)
  }

  /// One difference as read back; its pointers are valid until the next one.
  package struct Entry {
    package let kind: DifferenceKind
    /// The columns in which a changed row differs: two bytes each, low byte first.
    fileprivate let columns: UnsafeRawBufferPointer
    /// The canonical rows; for a duplicate, `left` is one row with the key.
    package let left: UnsafeBufferPointer<UInt8>
    package let right: UnsafeBufferPointer<UInt8>
    /// For a duplicate: the number of occurrences of the key on each side.
    package let occurrences: (left: Int, right: Int)

    /// The columns in which a changed row differs.
    package func differing(_ indices: inout [Int]) {
      indices.removeAll(keepingCapacity: true)
      for place in stride(from: 0, to: columns.count, by: 2) {
        indices.append(Int(UInt16(littleEndian: columns.loadUnaligned(fromByteOffset: place, as: UInt16.self))))
      }
    }

    fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) {
      let raw = UnsafeRawBufferPointer(bytes)
      guard let kind = DifferenceKind(rawValue: bytes[0]) else { preconditionFailure("a difference of no kind") }
      self.kind = kind
      let columns = Int(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 1, as: UInt16.self)))
      let size = Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 3, as: UInt32.self)))
      let start = 7 + 2 * columns
      self.columns = UnsafeRawBufferPointer(rebasing: raw[7..<start])
      left = UnsafeBufferPointer(rebasing: bytes[start..<(start + size)])
      let rest = start + size
      if kind == .duplicate {
        right = UnsafeBufferPointer(rebasing: bytes[rest..<rest])
        occurrences = (
          Int(littleEndian: raw.loadUnaligned(fromByteOffset: rest, as: Int.self)),
          Int(littleEndian: raw.loadUnaligned(fromByteOffset: rest + 8, as: Int.self))
        )
      } else {
        right = UnsafeBufferPointer(rebasing: bytes[rest...])
        occurrences = (0, 0)
      }
    }
  }

  /// Passes every difference to `body`, in key order, once.
  ///
  /// - Throws: the errors of `body`; `run.interrupted`.
  package func forEach(_ body: (Entry) throws(Diagnostic) -> Void) throws(Diagnostic) {
    let block = RowBlock(inputBytes: 0)
    while try sorter.next(block) {
      try Interruption.check()
      for index in 0..<block.count { try body(Entry(block.row(index))) }
    }
  }
}
