import Base
import Glibc

/// The hashes of all keys of one side, for finding repeated keys in little memory.
///
/// Hashes are kept by their upper eight bits in chunks; chunks go to the scratch file when its budget is exceeded. 8
/// bytes per row, in memory or on disk.
package final class KeyTally: @unchecked Sendable {
  private static let partitions = 256
  private static let chunk = 2048

  private let scratch: Scratch
  private let open: UnsafeMutablePointer<UInt64>
  private let filled: UnsafeMutablePointer<Int>
  private var chunks: [[UnsafeMutablePointer<UInt64>]]
  private var stored: [[Int]]

  package init(_ scratch: Scratch) {
    self.scratch = scratch
    open = .allocate(capacity: Self.partitions * Self.chunk)
    filled = .allocate(capacity: Self.partitions)
    filled.initialize(repeating: 0, count: Self.partitions)
    chunks = Array(repeating: [], count: Self.partitions)
    stored = Array(repeating: [], count: Self.partitions)
  }

  deinit {
    open.deallocate()
    filled.deallocate()
    chunks.joined().forEach { $0.deallocate() }
  }

  @inline(__always)
  package func insert(_ hash: UInt64) throws(Diagnostic) {
    let partition = Int(truncatingIfNeeded: hash >> 56)
    let place = filled[partition]
    open[partition * Self.chunk + place] = hash
    filled[partition] = place + 1
    if place + 1 == Self.chunk { try put(partition) }
  }

  private func put(_ partition: Int) throws(Diagnostic) {
    let start = open + partition * Self.chunk
    filled[partition] = 0
    let bytes = Self.chunk * MemoryLayout<UInt64>.stride
    if scratch.hold(bytes) {
      _ = scratch.hold(-bytes)
      guard let place = scratch.append(UnsafeRawBufferPointer(start: start, count: bytes)) else {
        throw Diagnostic(.diffScratch, String(cString: strerror(errno)))
      }
      stored[partition].append(place)
    } else {
      let kept = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.chunk)
      kept.update(from: start, count: Self.chunk)
      chunks[partition].append(kept)
    }
  }

  /// Marks the buckets of keys that occur more than once, and removes all hashes.
  package func markRepeated(_ marks: BucketMarks) {
    var table: [UInt64] = []
    var buffer = [UInt64](repeating: 0, count: Self.chunk)
    for partition in 0..<Self.partitions {
      let total = (chunks[partition].count + stored[partition].count) * Self.chunk + filled[partition]
      var size = 1024
      while size < 2 * total { size *= 2 }
      if table.count != size {
        table = Array(repeating: 0, count: size)
      } else {
        table.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
      }
      var hasZero = false
      func look(_ hashes: UnsafeBufferPointer<UInt64>) {
        table.withUnsafeMutableBufferPointer { table in
          for hash in hashes {
            // Zero marks a free place; the hash zero is kept separately.
            if hash == 0 {
              if hasZero { marks.insert(0) }
              hasZero = true
              continue
            }
            var place = Int(truncatingIfNeeded: hash) & (size - 1)
            while table[place] != 0, table[place] != hash { place = (place + 1) & (size - 1) }
            if table[place] == hash { marks.insert(BucketDigests.bucket(hash)) }
            table[place] = hash
          }
        }
      }
      for chunk in chunks[partition] { look(UnsafeBufferPointer(start: chunk, count: Self.chunk)) }
      for place in stored[partition] {
        buffer.withUnsafeMutableBytes { scratch.read(into: $0, at: place) }
        buffer.withUnsafeBufferPointer { look($0) }
      }
      look(UnsafeBufferPointer(start: open + partition * Self.chunk, count: filled[partition]))
      _ = scratch.hold(-chunks[partition].count * Self.chunk * MemoryLayout<UInt64>.stride)
      chunks[partition].forEach { $0.deallocate() }
      chunks[partition] = []
      filled[partition] = 0
      stored[partition] = []
    }
  }
}
