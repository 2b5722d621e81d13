import CZlib

/// A hand-made zip file, in which every value can be falsified.
struct ZipFile {
  struct Entry {
    var name: [UInt8]
    var flags = 0
    var method: Int
    var sum: Int
    var packed: [UInt8]
    var size: Int
    /// The offset of the local header in the directory; the true one, if `nil`.
    var header: Int?
    /// The size of the compressed bytes in the directory, in place of the true one.
    var packedSize: Int?
    /// Extra fields of the directory, and of the local header.
    var extra: [UInt8] = []
    var localExtra: [UInt8] = []
    /// Sum and sizes in the local header, in place of the true ones.
    var local: (sum: Int, packed: Int, size: Int)?
    var localName: [UInt8]?
    var localMethod: Int?
    var localFlags: Int?
    /// The bytes behind the compressed ones.
    var descriptor: [UInt8] = []

    /// A part that is stored, or deflated.
    init(_ name: String, _ bytes: [UInt8], isDeflated: Bool = false) {
      self.name = Array(name.utf8)
      method = isDeflated ? 8 : 0
      sum = Int(bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) })
      size = bytes.count
      packed = isDeflated ? deflated(bytes) : bytes
    }
  }

  var entries: [Entry]
  var comment: [UInt8] = []
  /// The bytes between the parts and their list, and between the list and the end.
  var gap: [UInt8] = []
  var isWide = false
  var count: Int?
  var directorySize: Int?

  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let said = entry.local ?? (entry.sum, entry.packedSize ?? entry.packed.count, entry.size)
      let name = entry.localName ?? entry.name
      let header = entry.header ?? file.count
      file +=
        little(0x0403_4B50, 4) + little(20, 2) + little(entry.localFlags ?? entry.flags, 2)
        + little(entry.localMethod ?? entry.method, 2)
      file += little(0, 4) + little(said.sum, 4) + little(said.packed, 4) + little(said.size, 4)
      file += little(name.count, 2) + little(entry.localExtra.count, 2) + name + entry.localExtra + entry.packed
      file += entry.descriptor
      directory +=
        little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(entry.flags, 2) + little(entry.method, 2)
      directory += little(0, 4) + little(entry.sum, 4)
      directory += little(isWide ? 0xFFFF_FFFF : entry.packedSize ?? entry.packed.count, 4)
      directory += little(isWide ? 0xFFFF_FFFF : entry.size, 4) + little(entry.name.count, 2)
      let wide =
        little(1, 2) + little(24, 2) + little(entry.size, 8) + little(entry.packed.count, 8) + little(header, 8)
      let extra = entry.extra + (isWide ? wide : [])
      directory += little(extra.count, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
      directory += little(isWide ? 0xFFFF_FFFF : header, 4) + entry.name + extra
    }
    file += gap
    let start = file.count
    file += directory + gap
    if isWide {
      let end = file.count
      file += little(0x0606_4B50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 4) + little(0, 4)
      file += little(entries.count, 8) + little(entries.count, 8) + little(directory.count, 8) + little(start, 8)
      file += little(0x0706_4B50, 4) + little(0, 4) + little(end, 8) + little(1, 4)
    }
    let said = isWide ? 0xFFFF : count ?? entries.count
    file += little(0x0605_4B50, 4) + little(0, 4) + little(said, 2) + little(said, 2)
    file += little(isWide ? 0xFFFF_FFFF : directorySize ?? directory.count, 4) + little(isWide ? 0xFFFF_FFFF : start, 4)
    return file + little(comment.count, 2) + comment
  }
}

func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

/// The bytes deflated, without a header.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  let status = deflateInit2_(
    &stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  precondition(status == Z_OK)
  defer { deflateEnd(&stream) }
  var (input, output) = (bytes, [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count)))))
  let count = output.count
  input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
      (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(count))
      precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
    }
  }
  return Array(output[..<(count - Int(stream.avail_out))])
}
