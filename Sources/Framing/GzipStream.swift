import Base
import CZlib
import Glibc

/// The decompressed bytes of a gzip file: all its members in sequence (RFC 1952).
final class GzipStream {
  private let file: SourceFile
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  private static let inputBytes = 1 << 18
  /// The number of bytes of the compressed file read into `input` so far.
  private var compressed = 0
  private var isWithinMember = true
  /// An error found after good bytes; thrown when there are no more bytes to return.
  private var pending: Diagnostic?

  /// `begun` bytes of the file have already been read, and are at `bytes`.
  init(_ file: SourceFile, begun bytes: UnsafePointer<UInt8>, _ begun: Int) {
    self.file = file
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: max(Self.inputBytes, begun))
    input.update(from: bytes, count: begun)
    compressed = begun
    stream.pointee.next_in = input
    stream.pointee.avail_in = UInt32(begun)
    // 15 bits of window, + 16: gzip header and checksum.
    let status = inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib: no memory")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Fills up to `count` bytes; 0 at the end of the last member.
  ///
  /// - Throws: `frame.gzip` when the file ends within a member, a checksum or code is wrong, or a member is followed by
  ///   other data; `file.read`. Bytes returned before stay valid.
  func read(into buffer: UnsafeMutablePointer<UInt8>, count: Int) throws(Diagnostic) -> Int {
    if let pending { throw pending }
    let room = min(count, 1 << 30)
    stream.pointee.next_out = buffer
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out == UInt32(room) {
      if stream.pointee.avail_in == 0 {
        let got = try file.read(into: input, count: Self.inputBytes, at: compressed)
        if got == 0 {
          if isWithinMember { try fail("unexpected end", given: 0) }
          return 0
        }
        compressed += got
        stream.pointee.next_in = input
        stream.pointee.avail_in = UInt32(got)
      }
      if !isWithinMember {
        inflateReset(stream)
        isWithinMember = true
      }
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isWithinMember = false
      default:
        try fail(
          stream.pointee.msg.map { String(cString: $0) } ?? "corrupt", given: room - Int(stream.pointee.avail_out))
      }
    }
    return room - Int(stream.pointee.avail_out)
  }

  /// Makes every later call fail too; this call fails only when it has returned no bytes.
  private func fail(_ why: String, given: Int) throws(Diagnostic) {
    let failure = Diagnostic(
      .frameGzip, at: Place(file: file.path, offset: compressed - Int(stream.pointee.avail_in)), why)
    pending = failure
    if given == 0 { throw failure }
  }
}
