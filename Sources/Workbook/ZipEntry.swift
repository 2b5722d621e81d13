import Base

/// One part of a zip file, as in the file's directory.
struct ZipEntry {
  /// The bytes of its name, as in the file.
  var name: [UInt8]
  var flags: Int
  /// 0 stored, 8 deflated; others are not read.
  var method: Int
  /// CRC-32 of the unpacked bytes.
  var sum: Int
  /// The number of compressed bytes in the file.
  var packed: Int
  /// The number of bytes after decompression.
  var size: Int
  /// The offsets of its local header and of its compressed bytes.
  var header: Int
  var data = 0

  private static let encryption = 0x2041
  var isEncrypted: Bool { flags & Self.encryption != 0 }
  var end: Int { data + packed }

  /// The name in a form that ignores case and kind of slashes.
  var key: String { Self.key(String(decoding: name, as: UTF8.self)) }

  static func key(_ name: String) -> String { String(name.lowercased().map { $0 == "\\" ? "/" : $0 }) }

  /// Takes one entry of the central directory that begins at `offset`, and moves `offset` behind it.
  ///
  /// - Returns: `nil` when there is none, or an impossible one: a name of more than 1,023 bytes, another disk, sizes
  ///   that are missing in the ZIP64 field.
  init?(_ directory: [UInt8], at offset: inout Int) {
    guard offset + 46 <= directory.count, directory.four(offset) == 0x0201_4B50 else { return nil }
    let (nameCount, extraCount) = (directory.two(offset + 28), directory.two(offset + 30))
    let extra = offset + 46 + nameCount
    let next = extra + extraCount + directory.two(offset + 32)
    guard (1..<1024).contains(nameCount), next <= directory.count, directory.two(offset + 34) == 0 else { return nil }
    flags = directory.two(offset + 8)
    method = directory.two(offset + 10)
    sum = directory.four(offset + 16)
    packed = directory.four(offset + 20)
    size = directory.four(offset + 24)
    header = directory.four(offset + 42)
    name = Array(directory[(offset + 46)..<extra])
    offset = next
    // Values that do not fit are in a separate field, in this order, each only if it does not fit.
    var wide = Self.wide(directory, from: extra, to: extra + extraCount)
    for value in [\ZipEntry.size, \.packed, \.header] where self[keyPath: value] == 0xFFFF_FFFF {
      guard let first = wide.popFirst(), (0..<(1 << 40)).contains(first) else { return nil }
      self[keyPath: value] = first
    }
  }

  /// The numbers of the ZIP64 field among the extra fields.
  private static func wide(_ bytes: [UInt8], from start: Int, to end: Int) -> ArraySlice<Int> {
    var offset = start
    while offset + 4 <= end {
      let next = offset + 4 + bytes.two(offset + 2)
      guard next <= end else { return [] }
      if bytes.two(offset) == 1 {
        return stride(from: offset + 4, to: next - 7, by: 8).map { bytes.eight($0) }[...]
      }
      offset = next
    }
    return []
  }

  /// Reads the local header, finds the start of the compressed bytes, and returns whether the header belongs to this
  /// part.
  ///
  /// Sizes and sum may be missing there (they then follow the compressed bytes). The values of the directory count.
  ///
  /// - Throws: `file.read`.
  mutating func isConfirmed(in file: SourceFile) throws(Diagnostic) -> Bool {
    guard let local = try file.bytes(30 + name.count, at: header), local.four(0) == 0x0403_4B50,
      (local.two(6) ^ flags) & Self.encryption == 0, local.two(8) == method, local.two(26) == name.count,
      Array(local[30...]) == name
    else { return false }
    data = header + 30 + name.count + local.two(28)
    if (local.two(6) | flags) & 8 != 0 { return true }
    func agrees(_ offset: Int, _ value: Int) -> Bool {
      local.four(offset) == value || local.four(offset) == 0xFFFF_FFFF
    }
    return local.four(14) == sum && agrees(18, packed) && agrees(22, size)
  }
}

extension [UInt8] {
  /// The number in two bytes at `offset`, the lowest first.
  func two(_ offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }
  func four(_ offset: Int) -> Int { two(offset) | two(offset + 2) << 16 }
  /// The number in eight bytes at `offset`; negative from 2^63 on.
  func eight(_ offset: Int) -> Int { four(offset) | four(offset + 4) << 32 }
}

extension SourceFile {
  /// `count` bytes from `offset` on; `nil` when the file ends before.
  ///
  /// - Throws: `file.read`.
  func bytes(_ count: Int, at offset: Int) throws(Diagnostic) -> [UInt8]? {
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
    defer { buffer.deallocate() }
    var done = 0
    while done < count {
      let got = try read(into: buffer + done, count: count - done, at: offset + done)
      if got == 0 { return nil }
      done += got
    }
    return Array(UnsafeBufferPointer(start: buffer, count: count))
  }
}
