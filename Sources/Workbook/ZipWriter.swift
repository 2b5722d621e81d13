import Base
import CZlib
import Glibc

/// Writes a zip file, part by part, each deflated while it is written. The same bytes give the same file: every part
/// has the date 1980-01-01.
///
/// Bytes are written to the file at once; kept in memory are 128 kB and the list of the parts.
package final class ZipWriter {
  private static let bufferBytes = 1 << 16

  private let descriptor: Int32
  private let place: Place
  private let limitBytes: Int
  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutablePointer<UInt8>
  /// The numbers of bytes of the file, and of all parts before compression.
  private var written = 0
  private var total = 0
  private var parts: [Part] = []

  private struct Part {
    var name: String
    var header: Int
    var sum: UInt = 0
    var packed = 0
    var size = 0
  }

  /// - Parameters:
  ///   - descriptor: an empty file that is open for writing; the caller closes it.
  ///   - place: the file, for messages.
  ///   - limitBytes: the largest number of bytes of all parts together before compression.
  package init(_ descriptor: Int32, place: Place, limitBytes: Int = ZipArchive.limitBytes) {
    self.descriptor = descriptor
    self.limitBytes = limitBytes
    self.place = place
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = .allocate(capacity: Self.bufferBytes)
    // 15 bits of window; negative: no header around the compressed bytes. Level and memory are zlib's usual ones.
    let status = deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib: no memory")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Begins a part; the previous one must have ended.
  ///
  /// - Throws: `workbook.write`.
  package func begin(_ name: String) throws(Diagnostic) {
    parts.append(Part(name: name, header: written))
    deflateReset(stream)
    // Its sum and sizes are not known yet.
    try put(header(parts.count - 1))
  }

  /// Adds bytes to the current part.
  ///
  /// - Throws: `workbook.large` when the parts exceed the limit for reading them back; `workbook.write`.
  package func add(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    total += bytes.count
    guard total <= limitBytes else {
      throw Diagnostic(.workbookLarge, at: place, String(total), String(limitBytes))
    }
    let last = parts.count - 1
    parts[last].size += bytes.count
    parts[last].sum = crc32(parts[last].sum, bytes.baseAddress, UInt32(bytes.count))
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    try deflate(Z_NO_FLUSH)
  }

  /// Ends the current part.
  ///
  /// - Throws: `workbook.write`.
  package func end() throws(Diagnostic) {
    stream.pointee.avail_in = 0
    try deflate(Z_FINISH)
    try put(header(parts.count - 1), at: parts[parts.count - 1].header)
  }

  /// Writes the list of the parts. Nothing can be written after it.
  ///
  /// - Throws: `workbook.write`.
  package func finish() throws(Diagnostic) {
    let start = written
    for index in parts.indices {
      let part = parts[index]
      let common = header(index)
      try put(
        [0x50, 0x4B, 1, 2, 20, 0] + common[4..<30] + bytes(0, 2) + bytes(0, 2) + bytes(0, 2) + bytes(0, 4)
          + bytes(part.header, 4) + part.name.utf8)
    }
    try put(
      [0x50, 0x4B, 5, 6] + bytes(0, 2) + bytes(0, 2) + bytes(parts.count, 2) + bytes(parts.count, 2)
        + bytes(written - start, 4) + bytes(start, 4) + bytes(0, 2))
  }

  /// Deflates the pending bytes, and writes the result.
  private func deflate(_ flush: Int32) throws(Diagnostic) {
    while true {
      stream.pointee.next_out = output
      stream.pointee.avail_out = UInt32(Self.bufferBytes)
      let status = CZlib.deflate(stream, flush)
      precondition(status != Z_STREAM_ERROR, "zlib: used wrongly")
      let got = Self.bufferBytes - Int(stream.pointee.avail_out)
      parts[parts.count - 1].packed += got
      try put(UnsafeBufferPointer(start: output, count: got))
      if flush == Z_FINISH ? status == Z_STREAM_END : stream.pointee.avail_out > 0 { return }
    }
  }

  /// The header before a part: version 2.0, deflated, 1980-01-01.
  private func header(_ index: Int) -> [UInt8] {
    let part = parts[index]
    return [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0] + bytes(Int(part.sum), 4) + bytes(part.packed, 4)
      + bytes(part.size, 4) + bytes(part.name.utf8.count, 2) + bytes(0, 2) + part.name.utf8
  }

  /// A number in `count` bytes, the lowest first.
  private func bytes(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> ($0 * 8) & 0xFF) } }

  // MARK: the file

  private func put(_ bytes: [UInt8]) throws(Diagnostic) {
    try put(bytes, at: written)
    written += bytes.count
  }

  private func put(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    try write(bytes, at: written)
    written += bytes.count
  }

  private func put(_ bytes: [UInt8], at offset: Int) throws(Diagnostic) {
    try bytes.withUnsafeBufferPointer { bytes throws(Diagnostic) in try write(bytes, at: offset) }
  }

  private func write(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) throws(Diagnostic) {
    var done = 0
    while done < bytes.count {
      let wrote = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done)
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { throw Diagnostic(.workbookWrite, at: place, String(cString: strerror(errno))) }
      done += wrote
    }
  }
}
