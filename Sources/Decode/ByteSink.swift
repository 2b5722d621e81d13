import Evidence
import Glibc

/// Bytes on their way to a file descriptor, written in blocks.
package final class ByteSink {
  private let descriptor: Int32
  private let name: String
  private let buffer: UnsafeMutablePointer<UInt8>
  private static let capacity = 1 << 18
  private var count = 0

  package init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    buffer = .allocate(capacity: Self.capacity)
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

  package func put(_ byte: UInt8) throws(Diagnostic) {
    if count == Self.capacity { try flush() }
    buffer[count] = byte
    count += 1
  }

  package func put(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    guard let base = bytes.baseAddress else { return }
    if bytes.count > Self.capacity - count { try flush() }
    if bytes.count > Self.capacity {
      for byte in bytes { try put(byte) }
      return
    }
    (buffer + count).update(from: base, count: bytes.count)
    count += bytes.count
  }

  package func put(_ text: [UInt8]) throws(Diagnostic) {
    var failure: Diagnostic?
    text.withUnsafeBufferPointer { bytes in
      do throws(Diagnostic) { try put(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// The decimal digits of a number.
  package func put(_ number: Int64) throws(Diagnostic) {
    if Self.capacity - count < 24 { try flush() }
    var rest = number.magnitude
    if number < 0 {
      buffer[count] = 45
      count += 1
    }
    var width = 1
    var power: UInt64 = 10
    while width < 20, rest >= power {
      width += 1
      let (next, overflow) = power.multipliedReportingOverflow(by: 10)
      if overflow { break }
      power = next
    }
    for position in stride(from: count + width - 1, through: count, by: -1) {
      buffer[position] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += width
  }
}
