/// Bytes in one piece of memory that grows when it must and is used again. Pointers into it hold until then.
///
/// It is public, since the bodies of package members are not inlined in other modules.
public struct ByteBuffer: ~Copyable {
  @usableFromInline var memory: UnsafeMutablePointer<UInt8>
  /// The number of bytes that it holds without growing.
  public internal(set) var capacity: Int
  /// The number of bytes in use, from the beginning.
  public var count = 0

  package init(capacity: Int = 0) {
    self.capacity = capacity
    memory = .allocate(capacity: capacity)
  }

  deinit { memory.deallocate() }

  @inlinable @inline(__always)
  public var base: UnsafeMutablePointer<UInt8> { memory }

  /// Where the next byte goes.
  @inlinable @inline(__always)
  public var end: UnsafeMutablePointer<UInt8> { memory + count }

  /// The bytes in use.
  @inlinable @inline(__always)
  public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

  /// Makes room for `more` bytes behind those in use, which stay.
  ///
  /// - Parameter limit: beyond it, it grows by no more than it must.
  @inlinable @inline(__always)
  public mutating func reserve(_ more: Int, limit: Int = .max) {
    if count + more > capacity { grow(to: max(min(2 * capacity, limit), count + more)) }
  }

  @usableFromInline
  mutating func grow(to size: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.update(from: memory, count: count)
    memory.deallocate()
    (memory, capacity) = (larger, size)
  }

  /// Forgets all bytes, and makes room for `size`.
  package mutating func removeAll(for size: Int = 0) {
    count = 0
    guard size > capacity else { return }
    memory.deallocate()
    (memory, capacity) = (.allocate(capacity: size), size)
  }

  /// Appends bytes of other memory.
  @inlinable @inline(__always)
  public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    end.update(from: start, count: bytes.count)
    count += bytes.count
  }
}
