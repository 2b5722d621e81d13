import Base
import Glibc

/// A buffer of bytes for a file descriptor, written in blocks.
package final class ByteSink {
  private let descriptor: Int32
  private let name: String
  private var buffer = ByteBuffer(capacity: 1 << 18)

  /// Places within the buffered bytes, since the last flush or ``take()``: a group's rule, its first byte and its end.
  private(set) var marks: [(rule: Int, begin: Int, end: Int)] = []

  /// A sink that keeps its bytes until they are taken.
  init() {
    descriptor = -1
    name = ""
  }

  package init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// - Throws: `output.write` when the system does not accept the bytes; bytes written before stay written.
  package func flush() throws(Diagnostic) {
    defer { buffer.removeAll() }
    var done = 0
    while done < buffer.count {
      let wrote = write(descriptor, buffer.base + done, buffer.count - done)
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { throw Diagnostic(.outputWrite, at: Place(file: name), String(cString: strerror(errno))) }
      done += wrote
    }
  }

  /// A buffer of at least `bytes` bytes; ``advance(by:)`` then gives the number of bytes filled. Valid until the next
  /// call.
  func room(_ bytes: Int) throws(Diagnostic) -> UnsafeMutablePointer<UInt8> {
    if bytes > buffer.capacity - buffer.count, descriptor >= 0 { try flush() }
    buffer.reserve(bytes)
    return buffer.end
  }

  func advance(by bytes: Int) { buffer.count += bytes }

  /// Marks the beginning of a rule's group, or its end before the closing brace.
  func mark(_ rule: Int, begins: Bool) {
    if begins {
      marks.append((rule, buffer.count, buffer.count))
    } else if let open = marks.lastIndex(where: { $0.rule == rule }) {
      marks[open].end = buffer.count
    }
  }

  /// The bytes since the last call, with their marks. Only for a sink that keeps them.
  func take() -> (bytes: [UInt8], marks: [(rule: Int, begin: Int, end: Int)]) {
    defer {
      buffer.removeAll()
      marks = []
    }
    return (Array(buffer.bytes), marks)
  }

  /// Writes bytes.
  ///
  /// - Throws: `output.write`.
  package func put(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    guard let base = bytes.baseAddress else { return }
    try room(bytes.count).update(from: base, count: bytes.count)
    advance(by: bytes.count)
  }

  /// Writes a text.
  ///
  /// - Throws: `output.write`.
  package func put(_ text: String) throws(Diagnostic) {
    var failure: Diagnostic?
    var text = text
    text.withUTF8 { bytes in
      do throws(Diagnostic) { try put(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
