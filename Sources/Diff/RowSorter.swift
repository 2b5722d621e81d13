import Base
import Glibc

/// Rows in the order of their keys, and rows with equal keys in the order of their bytes, in bounded memory: sorted
/// runs go to the scratch file and are merged when read.
package final class RowSorter: RowSource, @unchecked Sendable {
  private struct Entry {
    /// The key's first eight bytes, so that most comparisons need no more.
    var prefix: UInt64
    var offset: Int
    var key: UInt32
    var row: UInt32
  }

  private let scratch: Scratch
  private let limit: Int
  private var arena = ByteBuffer(capacity: 1 << 16)
  private var entries: [Entry] = []
  private var runs: [SortedRun] = []
  private var merge: SortedRunMerge?
  private var isReading = false
  private var position = 0
  private static let pieceBytes = 1 << 17
  package private(set) var count = 0

  /// - Parameter limit: the largest number of bytes of rows in memory.
  package init(_ scratch: Scratch, limit: Int = 24 << 20) {
    self.scratch = scratch
    self.limit = limit
  }

  /// - Throws: `diff.scratch` when a run cannot be written.
  package func add(key: UnsafeBufferPointer<UInt8>, row: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    let size = key.count + row.count
    if arena.count + size > limit, !entries.isEmpty { try spill() }
    entries.append(
      Entry(prefix: Self.prefix(key), offset: arena.count, key: UInt32(key.count), row: UInt32(row.count)))
    arena.reserve(size, limit: limit)
    arena.append(key)
    arena.append(row)
    count += 1
  }

  private static func prefix(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<8 { prefix = prefix << 8 | (index < key.count ? UInt64(key[index]) : 0) }
    return prefix
  }

  private func sort() {
    let arena = arena.base
    entries.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      let keys = KeyOrder.bytes.compare(
        UnsafeBufferPointer(start: arena + left.offset, count: Int(left.key)),
        UnsafeBufferPointer(start: arena + right.offset, count: Int(right.key)))
      if keys != 0 { return keys < 0 }
      return KeyOrder.bytes.compare(
        UnsafeBufferPointer(start: arena + left.offset + Int(left.key), count: Int(left.row)),
        UnsafeBufferPointer(start: arena + right.offset + Int(right.key), count: Int(right.row))) < 0
    }
  }

  /// Writes the held rows to disk as a sorted run: chunks of whole rows, each with the lengths of key and row.
  private func spill() throws(Diagnostic) {
    sort()
    var run: [SortedRun.Piece] = []
    var buffer = [UInt8]()
    buffer.reserveCapacity(Self.pieceBytes)
    for entry in entries {
      let size = Int(entry.key) + Int(entry.row)
      if !buffer.isEmpty, buffer.count + size + 8 > Self.pieceBytes { try put(&buffer, &run) }
      withUnsafeBytes(of: (entry.key, entry.row)) { buffer.append(contentsOf: $0) }
      buffer.append(contentsOf: UnsafeBufferPointer(start: arena.base + entry.offset, count: size))
    }
    try put(&buffer, &run)
    runs.append(SortedRun(scratch, run))
    entries.removeAll(keepingCapacity: true)
    arena.removeAll()
  }

  private func put(_ buffer: inout [UInt8], _ run: inout [SortedRun.Piece]) throws(Diagnostic) {
    guard let start = buffer.withUnsafeBytes({ scratch.append($0) }) else {
      throw Diagnostic(.diffScratch, String(cString: strerror(errno)))
    }
    run.append((start, buffer.count))
    buffer.removeAll(keepingCapacity: true)
  }

  // MARK: reading

  /// The next rows in order. After the first call no row can be added.
  ///
  /// - Throws: `diff.scratch`.
  package func next(_ block: RowBlock) throws(Diagnostic) -> Bool {
    block.removeAll()
    if !isReading {
      isReading = true
      if runs.isEmpty { sort() } else if !entries.isEmpty { try spill() }
      merge = SortedRunMerge(runs)
      if !runs.isEmpty { arena = ByteBuffer() }
    }
    while block.outputCount < RowBlock.inputBytes {
      if runs.isEmpty {
        guard position < entries.count else { break }
        let entry = entries[position]
        position += 1
        Self.append(UnsafePointer(arena.base + entry.offset), Int(entry.key), Int(entry.row), to: block)
      } else {
        guard let run = merge?.first else { break }
        Self.append(run.base, run.keyCount, run.rowCount, to: block)
        merge?.advance()
      }
    }
    return block.count > 0
  }

  @inline(__always)
  private static func append(_ base: UnsafePointer<UInt8>, _ key: Int, _ row: Int, to block: RowBlock) {
    block.reserve(key + row)
    let start = block.outputCount
    (block.output + start).update(from: base, count: key + row)
    block.outputCount += key + row
    block.append(RowSpan(start: start + key, end: start + key + row, keyStart: start, keyEnd: start + key))
  }
}

/// A sorted run on disk, read chunk by chunk.
final class SortedRun {
  typealias Piece = (start: Int, bytes: Int)

  private let scratch: Scratch
  private var pieces: ArraySlice<Piece>
  private var buffer = ByteBuffer()
  private var position = 0
  private(set) var keyCount = 0
  private(set) var rowCount = 0
  private(set) var isAtEnd = false

  init(_ scratch: Scratch, _ pieces: [Piece]) {
    self.scratch = scratch
    self.pieces = pieces[...]
  }

  /// The key of the current row, followed by its bytes.
  var base: UnsafePointer<UInt8> { UnsafePointer(buffer.base + position + 8) }
  var key: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: keyCount) }
  var row: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base + keyCount, count: rowCount) }

  /// Moves to the first row, and to the next.
  func advance() {
    position += buffer.count > 0 ? 8 + keyCount + rowCount : 0
    if position == buffer.count {
      guard let piece = pieces.popFirst() else {
        isAtEnd = true
        return
      }
      buffer.removeAll(for: piece.bytes)
      scratch.read(into: UnsafeMutableRawBufferPointer(start: buffer.base, count: piece.bytes), at: piece.start)
      buffer.count = piece.bytes
      position = 0
    }
    let sizes = UnsafeRawPointer(buffer.base + position)
    keyCount = Int(sizes.loadUnaligned(as: UInt32.self))
    rowCount = Int(sizes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
  }
}

/// Sorted runs merged by a heap of their next rows.
struct SortedRunMerge {
  private var heap: [SortedRun] = []

  init(_ runs: [SortedRun]) {
    for run in runs {
      run.advance()
      if !run.isAtEnd { heap.append(run) }
    }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  var first: SortedRun? { heap.first }

  mutating func advance() {
    heap[0].advance()
    if heap[0].isAtEnd {
      heap[0] = heap[heap.count - 1]
      heap.removeLast()
    }
    sink(0)
  }

  private func precedes(_ left: SortedRun, _ right: SortedRun) -> Bool {
    let keys = KeyOrder.bytes.compare(left.key, right.key)
    return keys != 0 ? keys < 0 : KeyOrder.bytes.compare(left.row, right.row) < 0
  }

  private mutating func sink(_ start: Int) {
    guard start < heap.count else { return }
    let moved = heap[start]
    var index = start
    while true {
      let left = 2 * index + 1
      guard left < heap.count else { break }
      let right = left + 1
      let least = right < heap.count && precedes(heap[right], heap[left]) ? right : left
      guard precedes(heap[least], moved) else { break }
      heap[index] = heap[least]
      index = least
    }
    heap[index] = moved
  }
}
