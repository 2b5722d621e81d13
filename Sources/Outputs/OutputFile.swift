import Base
import Decode
import Glibc

/// A file during writing. Readable by its owner alone, as all files with personal data.
final class OutputFile {
  private let path: String
  private var descriptor: Int32
  private let sink: ByteSink

  /// - Throws: `workspace.write`.
  init(_ path: String) throws(Diagnostic) {
    self.path = path
    descriptor = try PrivateFile.create(path)
    sink = ByteSink(descriptor: descriptor, name: path)
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  /// - Throws: `output.write`.
  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) { try sink.put(bytes) }

  /// - Throws: `output.write`.
  func write(_ text: String) throws(Diagnostic) { try sink.put(text) }

  /// - Throws: `output.write`.
  func close() throws(Diagnostic) {
    try sink.flush()
    let result = Glibc.close(descriptor)
    descriptor = -1
    if result != 0 { throw Diagnostic(.outputWrite, at: Place(file: path), String(cString: strerror(errno))) }
  }
}
