import Base
import CZlib

/// The unpacked bytes of one part, from its beginning to its end. Takes 100 kB of memory, independent of the part's
/// size.
package final class ZipPart {
  private static let inputBytes = 1 << 16

  private let file: SourceFile
  private let entry: ZipEntry
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutablePointer<UInt8>
  /// The numbers of compressed bytes read and of decompressed bytes returned.
  private var taken = 0
  private var given = 0
  private var sum: UInt = 0
  private var isUnpacked = false
  private var isProven = false

  /// - Throws: `workbook.protected` for an encrypted part; `workbook.format` for one that is neither stored nor deflated.
  init(_ entry: ZipEntry, of file: SourceFile) throws(Diagnostic) {
    if entry.isEncrypted { throw Diagnostic(.workbookProtected, at: Place(file: file.path)) }
    guard entry.method == 8 || entry.method == 0 && entry.packed == entry.size else {
      throw Diagnostic(
        .workbookFormat, at: Place(file: file.path),
        "the part \(String(decoding: entry.name, as: UTF8.self)) is packed in an unknown way (\(entry.method))")
    }
    self.file = file
    self.entry = entry
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(capacity: Self.inputBytes)
    // 15 bits of window; negative: no header around the compressed bytes.
    let status = inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib: no memory")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Reads up to `count` bytes; 0 at the end, after length and checksum have been verified against the directory.
  ///
  /// - Throws: `workbook.format` when the part is damaged; `file.read`.
  package func read(into buffer: UnsafeMutablePointer<UInt8>, count: Int) throws(Diagnostic) -> Int {
    if isProven { return 0 }
    let got = try entry.method == 0 ? copy(into: buffer, count) : unpack(into: buffer, count)
    sum = crc32(sum, buffer, UInt32(got))
    given += got
    guard given <= entry.size else { throw damaged() }
    if got == 0 {
      guard given == entry.size, taken == entry.packed, stream.pointee.avail_in == 0, sum == UInt(entry.sum) else {
        throw damaged()
      }
      isProven = true
    }
    return got
  }

  private func copy(into buffer: UnsafeMutablePointer<UInt8>, _ count: Int) throws(Diagnostic) -> Int {
    let room = min(count, entry.packed - taken)
    if room == 0 { return 0 }
    let got = try file.read(into: buffer, count: room, at: entry.data + taken)
    guard got > 0 else { throw damaged() }
    taken += got
    return got
  }

  private func unpack(into buffer: UnsafeMutablePointer<UInt8>, _ count: Int) throws(Diagnostic) -> Int {
    let room = UInt32(min(count, 1 << 30))
    stream.pointee.next_out = buffer
    stream.pointee.avail_out = room
    while stream.pointee.avail_out > 0, !isUnpacked {
      if stream.pointee.avail_in == 0 {
        let wanted = min(Self.inputBytes, entry.packed - taken)
        let got = wanted == 0 ? 0 : try file.read(into: input, count: wanted, at: entry.data + taken)
        guard got > 0 else { throw damaged() }
        taken += got
        stream.pointee.next_in = input
        stream.pointee.avail_in = UInt32(got)
      }
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK: break
      case Z_STREAM_END: isUnpacked = true
      default: throw damaged()
      }
    }
    return Int(room - stream.pointee.avail_out)
  }

  private func damaged() -> Diagnostic {
    Diagnostic(
      .workbookFormat, at: Place(file: file.path),
      "the zip file is damaged: \(String(decoding: entry.name, as: UTF8.self))")
  }
}
