import Evidence
import Glibc

/// A file of fixed-length records (RECFM F), open for reading at any record.
///
/// Reading is by position (`pread`), so shards may share the file.
package struct FixedFile: Sendable {
  package let name: String
  package let path: String
  package let recordLength: Int
  package let size: Int
  private let descriptor: Int32

  package var recordCount: Int { size / recordLength }

  /// Opens `path` for reading.
  ///
  /// - Throws: `file.open` when it cannot be opened, `file.empty`, or `file.length` when the size is not a whole number
  ///   of records, which means a cut transfer or another record length.
  package init(path: String, recordLength: Int) throws(Diagnostic) {
    self.path = path
    self.recordLength = recordLength
    name = path.split(separator: "/").last.map(String.init) ?? path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let why = descriptor >= 0 ? "not a regular file" : String(cString: strerror(errno))
      if descriptor >= 0 { Glibc.close(descriptor) }
      throw Diagnostic(.fileOpen, at: Place(file: path), why)
    }
    size = Int(status.st_size)
    let rest = size % recordLength
    if size == 0 || rest != 0 {
      Glibc.close(descriptor)
      if size == 0 { throw Diagnostic(.fileEmpty, at: Place(file: path)) }
      throw Diagnostic(
        .fileLength, at: Place(file: path, record: size / recordLength + 1, offset: size - rest), String(rest),
        String(recordLength), String(size))
    }
  }

  /// Reads `count` records from record `first` (from 0) into `buffer`, which has room for them.
  ///
  /// - Throws: `file.read` when the system cannot read, or the file has become shorter meanwhile.
  package func read(_ first: Int, count: Int, into buffer: UnsafeMutableRawPointer) throws(Diagnostic) {
    var done = 0
    let total = count * recordLength
    while done < total {
      let got = pread(descriptor, buffer + done, total - done, first * recordLength + done)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        let why = got == 0 ? "the file has become shorter" : String(cString: strerror(errno))
        throw Diagnostic(
          .fileRead,
          at: Place(file: path, record: first + done / recordLength + 1, offset: first * recordLength + done), why)
      }
      done += got
    }
  }

  package func close() { _ = Glibc.close(descriptor) }
}
