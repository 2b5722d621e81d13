import Base
import Glibc

/// A file during writing, collected in a buffer. Readable by its owner alone, as all files with personal data.
final class OutputFile {
  private let path: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// - Throws: `workspace.write`, as everything here.
  init(_ path: String) throws(Diagnostic) {
    self.path = path
    descriptor = try PrivateFile.create(path)
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 20 { try flush() }
  }

  func write(_ text: String) throws(Diagnostic) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 20 { try flush() }
  }

  func close() throws(Diagnostic) {
    try flush()
    let result = Glibc.close(descriptor)
    descriptor = -1
    if result != 0 { throw refusal }
  }

  private func flush() throws(Diagnostic) {
    var start = 0
    while start < buffer.count {
      let written = buffer[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw refusal }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private var refusal: Diagnostic {
    Diagnostic(.workspaceWrite, at: Place(file: path), String(cString: strerror(errno)))
  }
}
