import Evidence
import Records

/// What became of a row.
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

/// How many rows are what.
package struct DifferenceCounts: Hashable, Sendable {
  package var same = 0
  package var changed = 0
  package var leftOnly = 0
  package var rightOnly = 0
  /// Rows that are the same only within a tolerance; among `same`.
  package var tolerated = 0
  /// Keys that occur more than once.
  package var leftDuplicates = 0
  package var rightDuplicates = 0
  /// Changed rows by column.
  package var byColumn: [Int]

  package init(columns: Int) { byColumn = Array(repeating: 0, count: columns) }
}

/// All differences of a comparison, in the order of their keys once it is over: in memory, or on disk where there are
/// many.
package final class DifferenceLog {
  private let sorter: RowSorter
  private var buffer: [UInt8] = []
  package var count: Int { sorter.count }

  package init(_ scratch: Scratch) { sorter = RowSorter(scratch) }

  /// - Throws: `diff.scratch` when the disk is full.
  func add(
    _ kind: DifferenceKind, _ key: UnsafeBufferPointer<UInt8>, _ left: UnsafeBufferPointer<UInt8>?,
    _ right: UnsafeBufferPointer<UInt8>?
  ) throws(Diagnostic) {
    buffer.removeAll(keepingCapacity: true)
    buffer.append(kind.rawValue)
    withUnsafeBytes(of: UInt32(left?.count ?? 0).littleEndian) { buffer.append(contentsOf: $0) }
    if let left { buffer.append(contentsOf: left) }
    if let right { buffer.append(contentsOf: right) }
    try write(key)
  }

  func addDuplicate(
    _ key: UnsafeBufferPointer<UInt8>, _ row: UnsafeBufferPointer<UInt8>, _ left: Int, _ right: Int
  ) throws(Diagnostic) {
    buffer.removeAll(keepingCapacity: true)
    buffer.append(DifferenceKind.duplicate.rawValue)
    withUnsafeBytes(of: UInt32(row.count).littleEndian) { buffer.append(contentsOf: $0) }
    buffer.append(contentsOf: row)
    withUnsafeBytes(of: (left.littleEndian, right.littleEndian)) { buffer.append(contentsOf: $0) }
    try write(key)
  }

  private func write(_ key: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    nonisolated(unsafe) var failure: Diagnostic?
    buffer.withUnsafeBufferPointer { row in
      do throws(Diagnostic) { try sorter.add(key: key, row: row) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// One difference as it is read back; its pointers are valid until the next.
  package struct Entry {
    package let kind: DifferenceKind
    /// The canonical rows; of a duplicate, one row with the key stands left.
    package let left: UnsafeBufferPointer<UInt8>
    package let right: UnsafeBufferPointer<UInt8>
    /// Of a duplicate: how often the key occurs on each side.
    package let occurrences: (left: Int, right: Int)
  }

  /// Gives every difference in the order of keys, once.
  package func forEach(_ body: (Entry) throws(Diagnostic) -> Void) throws(Diagnostic) {
    let block = RowBlock(inputBytes: 0)
    while try sorter.next(block) {
      for index in 0..<block.count {
        let bytes = block.row(index)
        guard let kind = DifferenceKind(rawValue: bytes[0]) else { preconditionFailure("a difference of no kind") }
        let size = Int(
          UInt32(littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
        let left = UnsafeBufferPointer(rebasing: bytes[5..<(5 + size)])
        let right = UnsafeBufferPointer(rebasing: bytes[(5 + size)...])
        var occurrences = (left: 0, right: 0)
        if kind == .duplicate {
          let raw = UnsafeRawBufferPointer(right)
          occurrences.left = Int(littleEndian: raw.loadUnaligned(fromByteOffset: 0, as: Int.self))
          occurrences.right = Int(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: Int.self))
        }
        try body(
          Entry(kind: kind, left: left, right: kind == .duplicate ? right.prefixed(0) : right, occurrences: occurrences)
        )
      }
    }
  }
}

extension UnsafeBufferPointer {
  fileprivate func prefixed(_ count: Int) -> UnsafeBufferPointer { UnsafeBufferPointer(rebasing: self[..<count]) }
}
