import Base
import Glibc

/// Rows written to disk when they are first read, to be read again from there: for sides that cost more to read than
/// the disk does, or that might give other rows the second time.
final class RowSpool: RowSource, @unchecked Sendable {
  private let scratch: Scratch
  private var blocks: [(start: Int, rows: Int, bytes: Int)] = []
  private var next = 0
  private var buffer = ByteBuffer()

  init(_ scratch: Scratch) { self.scratch = scratch }

  /// Memory for so many bytes; what it held is gone.
  private func room(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
    buffer.removeAll(for: bytes)
    return UnsafeMutableRawBufferPointer(start: buffer.base, count: bytes)
  }

  /// Writes the rows of a block to disk.
  ///
  /// - Throws: `diff.scratch` when the disk is full.
  func append(_ block: RowBlock) throws(Diagnostic) {
    guard block.count > 0 else { return }
    let spans = block.count * MemoryLayout<RowSpan>.stride
    var bytes = 0
    for index in 0..<block.count { bytes += block.row(index).count + block.key(index).count }
    let room = room(spans + bytes)
    var used = 0
    for index in 0..<block.count {
      let (row, key) = (block.row(index), block.key(index))
      let span = RowSpan(
        start: used, end: used + row.count, keyStart: used + row.count, keyEnd: used + row.count + key.count)
      room.storeBytes(of: span, toByteOffset: index * MemoryLayout<RowSpan>.stride, as: RowSpan.self)
      if row.count > 0 { memcpy(room.baseAddress! + spans + used, row.baseAddress!, row.count) }
      used += row.count
      if key.count > 0 { memcpy(room.baseAddress! + spans + used, key.baseAddress!, key.count) }
      used += key.count
    }
    guard let start = scratch.append(UnsafeRawBufferPointer(room)) else {
      throw Diagnostic(.diffScratch, String(cString: strerror(errno)))
    }
    blocks.append((start, block.count, bytes))
  }

  /// Returns the rows in their original order, once.
  func next(_ block: RowBlock) throws(Diagnostic) -> Bool {
    block.removeAll()
    guard next < blocks.count else { return false }
    let (start, rows, bytes) = blocks[next]
    next += 1
    let spans = rows * MemoryLayout<RowSpan>.stride
    let room = room(spans + bytes)
    scratch.read(into: room, at: start)
    block.reserve(bytes)
    if bytes > 0 { memcpy(block.output, room.baseAddress! + spans, bytes) }
    block.outputCount = bytes
    for index in 0..<rows {
      block.append(room.loadUnaligned(fromByteOffset: index * MemoryLayout<RowSpan>.stride, as: RowSpan.self))
    }
    return true
  }
}
