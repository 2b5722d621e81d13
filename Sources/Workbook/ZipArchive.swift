import Base

/// The parts of a workbook's zip file, by name.
package final class ZipArchive {
  /// Bytes that all parts may have together when they are unpacked.
  package static let limitBytes = 512 << 20

  let path: String
  private let file: SourceFile
  private var entries: [String: ZipEntry] = [:]
  private var asked: Set<String> = []

  /// The names of the parts that nobody has asked for.
  package var unread: [String] { entries.keys.filter { !asked.contains($0) }.sorted() }

  /// Opens the file and lists its parts.
  ///
  /// - Throws: `file.open`, `file.read`, `workbook.format`, `workbook.protected`, `workbook.large`.
  package init(path: String, limitBytes: Int = limitBytes) throws(Diagnostic) {
    self.path = path
    file = try SourceFile.rereadable(path)
    try checkBeginning()
    var total = 0
    for entry in try ZipDirectory(file).entries {
      // At most 2^16 sizes below 2^40: the sum is exact.
      total += entry.size
      guard entries.updateValue(entry, forKey: entry.key) == nil else {
        throw Diagnostic(.workbookFormat, at: Place(file: path), "the part \(entry.key) is there twice")
      }
    }
    // No part gives more than it says here.
    guard total <= limitBytes else {
      throw Diagnostic(.workbookLarge, at: Place(file: path), String(total), String(limitBytes))
    }
  }

  /// The bytes of a part, from its beginning; as often as wanted.
  ///
  /// - Throws: `workbook.format` where there is none, `workbook.protected`.
  package func part(_ name: String) throws(Diagnostic) -> ZipPart {
    let key = ZipEntry.key(name)
    guard let entry = entries[key] else {
      throw Diagnostic(.workbookFormat, at: Place(file: path), "the part \(name) is missing")
    }
    asked.insert(key)
    return try ZipPart(entry, of: file)
  }

  /// Says what files are that are no zip files.
  private func checkBeginning() throws(Diagnostic) {
    guard let bytes = try file.bytes(4, at: 0) else {
      throw Diagnostic(.workbookFormat, at: Place(file: path), "the file is empty")
    }
    switch bytes.four(0) {
    case 0x0403_4B50: return
    case 0xE011_CFD0: throw Diagnostic(.workbookProtected, at: Place(file: path))
    default: throw Diagnostic(.workbookFormat, at: Place(file: path), "it is no zip file")
    }
  }
}
