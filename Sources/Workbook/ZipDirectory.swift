import Base

/// The list of a zip file's parts, at its end, verified against the headers before each part.
struct ZipDirectory {
  /// The largest number of parts; workbooks have tens of them.
  static let entryLimit = 1 << 16
  private static let byteLimit = 32 << 20

  private(set) var entries: [ZipEntry] = []
  private let file: SourceFile
  private let size: Int

  /// - Throws: `workbook.format` when the end is missing, the list is damaged, parts overlap, or a limit is exceeded;
  ///   `file.read`.
  init(_ file: SourceFile) throws(Diagnostic) {
    self.file = file
    size = file.size ?? 0
    let end = try findEnd()
    guard end.count <= Self.entryLimit, end.bytes <= Self.byteLimit else {
      throw Diagnostic(
        .workbookFormat, at: Place(file: file.path), "the zip file has more than \(Self.entryLimit) parts")
    }
    guard end.start + end.bytes <= end.border, let bytes = try file.bytes(end.bytes, at: end.start) else {
      throw damaged()
    }
    var offset = 0
    for _ in 0..<end.count {
      guard var entry = ZipEntry(bytes, at: &offset), entry.header < end.start,
        try entry.isConfirmed(in: file), entry.end <= end.start
      else { throw damaged() }
      entries.append(entry)
    }
    guard offset == bytes.count else { throw damaged() }
    let inOrder = entries.sorted { $0.header < $1.header }
    for (entry, next) in zip(inOrder, inOrder.dropFirst()) where entry.end > next.header {
      throw Diagnostic(
        .workbookFormat, at: Place(file: file.path), "the zip file is damaged: parts lie over each other")
    }
  }

  /// The end of the file, which describes the list.
  private struct End {
    var count: Int
    var bytes: Int
    var start: Int
    /// The offset of the bytes behind the list.
    var border: Int
  }

  private func findEnd() throws(Diagnostic) -> End {
    // 22 bytes and a comment of at most 65,535, which ends with the file.
    let start = max(0, size - 22 - 0xFFFF)
    guard let tail = try file.bytes(size - start, at: start) else { throw cutOff() }
    let found = stride(from: tail.count - 22, through: 0, by: -1).first { offset in
      tail[offset] == 0x50 && tail.four(offset) == 0x0605_4B50 && offset + 22 + tail.two(offset + 20) == tail.count
    }
    guard let found else { throw cutOff() }
    let end = End(
      count: tail.two(found + 10), bytes: tail.four(found + 12), start: tail.four(found + 16), border: start + found)
    if end.count == 0xFFFF || end.bytes == 0xFFFF_FFFF || end.start == 0xFFFF_FFFF, let wide = try wideEnd(end) {
      return wide
    }
    guard tail.two(found + 4) == 0, tail.two(found + 6) == 0, tail.two(found + 8) == end.count else { throw damaged() }
    return end
  }

  /// The end in ZIP64 form, when it precedes the other one.
  private func wideEnd(_ end: End) throws(Diagnostic) -> End? {
    guard end.border >= 20, let locator = try file.bytes(20, at: end.border - 20), locator.four(0) == 0x0706_4B50
    else { return nil }
    let start = locator.eight(8)
    guard locator.four(4) == 0, locator.four(16) == 1, start >= 0, start <= end.border - 76,
      let record = try file.bytes(56, at: start), record.four(0) == 0x0606_4B50, record.four(16) == 0,
      record.four(20) == 0, record.eight(24) == record.eight(32)
    else { throw damaged() }
    let wide = End(count: record.eight(32), bytes: record.eight(40), start: record.eight(48), border: start)
    guard wide.count >= 0, (0...start).contains(wide.bytes), (0...start).contains(wide.start) else { throw damaged() }
    return wide
  }

  private func damaged() -> Diagnostic {
    Diagnostic(.workbookFormat, at: Place(file: file.path), "the zip file is damaged: the list of its parts")
  }

  private func cutOff() -> Diagnostic {
    Diagnostic(.workbookFormat, at: Place(file: file.path), "the zip file is damaged or cut off")
  }
}
