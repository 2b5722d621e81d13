import Base
import Glibc

/// The content of a side, whatever the order of its rows: their number, and the sum of their hashes mod 2^128 (XXH3-128
/// over the canonical row). Rows that are exchanged for others, or doubled, change it; nothing cancels.
package struct ContentSum: Hashable, Sendable {
  package private(set) var rows = 0
  package private(set) var sum: UInt128 = 0

  package init() {}

  @inline(__always)
  package mutating func add(_ hash: UInt128) {
    rows += 1
    sum &+= hash
  }

  package mutating func add(_ other: ContentSum) {
    rows += other.rows
    sum &+= other.sum
  }

  @inline(__always)
  package static func hash(_ row: UnsafeBufferPointer<UInt8>) -> UInt128 {
    XXH3.hash128(UnsafeRawBufferPointer(row))
  }

  @inline(__always)
  package static func keyHash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 { XXH3.hash64(UnsafeRawBufferPointer(key)) }
}

/// Sums of row hashes in buckets by key: rows with the same key are always in the same bucket.
///
/// A bucket of two sides differs if the rows in it do, except with a probability of 2^-128 per bucket for data not
/// chosen to collide. 16 bytes per bucket.
package final class BucketDigests: @unchecked Sendable {
  package static let bits = 20
  package static let count = 1 << bits

  private let sums: UnsafeMutablePointer<UInt128>
  /// For the current block: hashes of keys and rows. Work in separate loops overlaps the waits for memory.
  private var hashes = UnsafeMutablePointer<(key: UInt64, row: UInt128)>.allocate(capacity: 0)
  private var capacity = 0
  package private(set) var content = ContentSum()

  package init() {
    let bytes = Self.count * MemoryLayout<UInt128>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 2 << 20)
    // The places are accessed at random: large pages make this faster.
    madvise(memory, bytes, MADV_HUGEPAGE)
    sums = memory.bindMemory(to: UInt128.self, capacity: Self.count)
    sums.initialize(repeating: 0, count: Self.count)
  }

  deinit {
    sums.deallocate()
    hashes.deallocate()
  }

  @inline(__always)
  package static func bucket(_ keyHash: UInt64) -> Int { Int(truncatingIfNeeded: keyHash >> UInt64(64 - bits)) }

  /// Adds the rows of a block, and their keys' hashes to `keys`.
  ///
  /// - Throws: `diff.scratch` when the disk is full.
  package func add(_ block: RowBlock, _ keys: KeyTally) throws(Diagnostic) {
    let count = block.count
    if count > capacity {
      hashes.deallocate()
      capacity = 2 * count
      hashes = .allocate(capacity: capacity)
    }
    let (hashes, sums) = (hashes, sums)
    for index in 0..<count {
      hashes[index] = (ContentSum.keyHash(block.key(index)), ContentSum.hash(block.row(index)))
    }
    var seen = ContentSum()
    for index in 0..<count {
      sums[Self.bucket(hashes[index].key)] &+= hashes[index].row
      seen.add(hashes[index].row)
    }
    content.add(seen)
    for index in 0..<count { try keys.insert(hashes[index].key) }
  }

  /// The sum over all rows of marked buckets.
  package func sum(of marks: BucketMarks) -> UInt128 {
    var sum: UInt128 = 0
    for bucket in 0..<Self.count where marks.contains(bucket) { sum &+= sums[bucket] }
    return sum
  }

  /// Marks the buckets in which two sides differ.
  package static func differing(_ left: BucketDigests, _ right: BucketDigests, into marks: BucketMarks) {
    for bucket in 0..<count where left.sums[bucket] != right.sums[bucket] { marks.insert(bucket) }
  }
}

/// Buckets whose rows must be read again.
package final class BucketMarks: @unchecked Sendable {
  private let words: UnsafeMutablePointer<UInt64>
  package private(set) var count = 0

  package init() {
    words = .allocate(capacity: BucketDigests.count / 64)
    words.initialize(repeating: 0, count: BucketDigests.count / 64)
  }

  deinit { words.deallocate() }

  package func insert(_ bucket: Int) {
    let bit = UInt64(1) << UInt64(bucket & 63)
    if words[bucket >> 6] & bit == 0 { count += 1 }
    words[bucket >> 6] |= bit
  }

  @inline(__always)
  package func contains(_ bucket: Int) -> Bool { words[bucket >> 6] & (1 << UInt64(bucket & 63)) != 0 }
}
