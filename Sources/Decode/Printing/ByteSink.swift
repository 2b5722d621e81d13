import Evidence
import Glibc

/// Bytes on their way to a file descriptor, written in blocks.
package final class ByteSink {
  private let descriptor: Int32
  private let name: String
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 18
  private var count = 0

  package init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    buffer = .allocate(capacity: capacity)
  }

  deinit { buffer.deallocate() }

  /// - Throws: `output.write` when the system does not take the bytes; what was written before stays written.
  package func flush() throws(Diagnostic) {
    var done = 0
    while done < count {
      let wrote = write(descriptor, buffer + done, count - done)
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else {
        count = 0
        throw Diagnostic(.outputWrite, at: Place(file: name), String(cString: strerror(errno)))
      }
      done += wrote
    }
    count = 0
  }

  /// Room for `bytes` bytes; ``advance(by:)`` then says how many of them were filled. Valid until the next call.
  func room(_ bytes: Int) throws(Diagnostic) -> UnsafeMutablePointer<UInt8> {
    if bytes > capacity - count {
      try flush()
      if bytes > capacity {
        buffer.deallocate()
        capacity = bytes
        buffer = .allocate(capacity: bytes)
      }
    }
    return buffer + count
  }

  func advance(by bytes: Int) { count += bytes }

  package func put(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    guard let base = bytes.baseAddress else { return }
    try room(bytes.count).update(from: base, count: bytes.count)
    advance(by: bytes.count)
  }

  package func put(_ text: String) throws(Diagnostic) {
    var failure: Diagnostic?
    var text = text
    text.withUTF8 { bytes in
      do throws(Diagnostic) { try put(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
