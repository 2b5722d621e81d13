import CMinizip
import Evidence
import Glibc

/// The parts of a workbook's zip file, by name.
final class ZipArchive {
  /// Bytes that all parts may have together when they are unpacked.
  static let limitBytes = 512 << 20

  let path: String
  private let file: unzFile
  private var parts: [String: Part] = [:]

  private struct Part {
    var position: unz64_file_pos
    var size: Int
    var isEncrypted: Bool
    var wasRead = false
  }

  /// The names of the parts that nobody has read.
  var unread: [String] { parts.filter { !$0.value.wasRead }.map(\.key).sorted() }

  /// Opens the file and lists its parts.
  ///
  /// - Throws: `file.open`, `workbook.format`, `workbook.protected`, `workbook.large`.
  init(path: String, limitBytes: Int = limitBytes) throws(Diagnostic) {
    self.path = path
    try Self.checkBeginning(path)
    guard let file = unzOpen64(path) else {
      throw Diagnostic(.workbookFormat, at: Place(file: path), "the zip file is damaged or cut off")
    }
    self.file = file
    var total = 0
    var status = unzGoToFirstFile(file)
    while status == UNZ_OK {
      try list()
      status = unzGoToNextFile(file)
    }
    guard status == UNZ_END_OF_LIST_OF_FILE else { throw damaged("the list of its parts") }
    // No part gives more than it says here.
    guard total <= limitBytes else {
      throw Diagnostic(.workbookLarge, at: Place(file: path), String(total), String(limitBytes))
    }

    /// Adds the part where the archive stands.
    func list() throws(Diagnostic) {
      var info = unz_file_info64()
      var position = unz64_file_pos()
      var name = [CChar](repeating: 0, count: 1024)
      guard unzGetCurrentFileInfo64(file, &info, &name, UInt(name.count - 1), nil, 0, nil, 0) == UNZ_OK,
        unzGetFilePos64(file, &position) == UNZ_OK
      else { throw damaged("the list of its parts") }
      let (sum, isTooMuch) = total.addingReportingOverflow(Int(clamping: info.uncompressed_size))
      total = isTooMuch ? .max : sum
      let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let key = Self.key(String(decoding: bytes, as: UTF8.self))
      let part = Part(position: position, size: Int(info.uncompressed_size), isEncrypted: info.flag & 1 != 0)
      guard parts.updateValue(part, forKey: key) == nil else {
        throw Diagnostic(.workbookFormat, at: Place(file: path), "the part \(key) is there twice")
      }
    }
  }

  deinit { unzClose(file) }

  /// Hands out the bytes of a part, `into` a place of the receiver's, until it has them all.
  ///
  /// - Throws: `workbook.format`, `workbook.protected`, and what the receiver throws.
  func read(
    _ name: String, blockBytes: Int = 1 << 16,
    into buffer: () -> UnsafeMutableRawPointer?, _ receive: (Int, _ isLast: Bool) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard var part = parts[Self.key(name)] else {
      throw Diagnostic(.workbookFormat, at: Place(file: path), "the part \(name) is missing")
    }
    if part.isEncrypted { throw Diagnostic(.workbookProtected, at: Place(file: path)) }
    guard unzGoToFilePos64(file, &part.position) == UNZ_OK, unzOpenCurrentFile(file) == UNZ_OK else {
      throw damaged(name)
    }
    defer { unzCloseCurrentFile(file) }
    var left = part.size
    while left > 0 {
      guard let buffer = buffer() else { throw Diagnostic(.workbookFormat, at: Place(file: path), "out of memory") }
      let got = Int(unzReadCurrentFile(file, buffer, UInt32(min(left, blockBytes))))
      guard got > 0 else { throw damaged(name) }
      left -= got
      try receive(got, false)
    }
    // Its checksum is compared here.
    guard unzCloseCurrentFile(file) == UNZ_OK else { throw damaged(name) }
    try receive(0, true)
    parts[Self.key(name)]?.wasRead = true
  }

  private func damaged(_ part: String) -> Diagnostic {
    Diagnostic(.workbookFormat, at: Place(file: path), "the zip file is damaged: \(part)")
  }

  /// Names differ in nothing but case and slashes.
  private static func key(_ name: String) -> String {
    String(name.lowercased().map { $0 == "\\" ? "/" : $0 })
  }

  /// Says what files are that are no zip files.
  private static func checkBeginning(_ path: String) throws(Diagnostic) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Diagnostic(.fileOpen, at: Place(file: path), String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic(.fileOpen, at: Place(file: path), "not a regular file")
    }
    var bytes = [UInt8](repeating: 0, count: 4)
    guard Glibc.read(descriptor, &bytes, 4) == 4 else {
      throw Diagnostic(.workbookFormat, at: Place(file: path), "the file is empty")
    }
    switch bytes {
    case [0x50, 0x4B, 0x03, 0x04]: return
    case [0xD0, 0xCF, 0x11, 0xE0]: throw Diagnostic(.workbookProtected, at: Place(file: path))
    default: throw Diagnostic(.workbookFormat, at: Place(file: path), "it is no zip file")
    }
  }
}
