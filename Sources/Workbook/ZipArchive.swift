import Base

/// The parts of a workbook's zip file, by name.
package final class ZipArchive {
  /// The largest number of bytes of all parts together after decompression.
  package static let limitBytes = 512 << 20

  let path: String
  private let file: SourceFile
  private var entries: [String: ZipEntry] = [:]
  private var asked: Set<String> = []

  /// The names of the parts that have not been requested.
  package var unread: [String] { entries.keys.filter { !asked.contains($0) }.sorted() }

  /// Opens the file and lists its parts.
  ///
  /// - Throws: `file.open`, `file.read`, `workbook.format`, `workbook.protected`, `workbook.large`.
  package convenience init(path: String, limitBytes: Int = limitBytes) throws(Diagnostic) {
    try self.init(SourceFile.rereadable(path), limitBytes: limitBytes)
  }

  /// Lists the parts of a file that can be read again.
  ///
  /// - Throws: the same.
  package init(_ file: SourceFile, limitBytes: Int) throws(Diagnostic) {
    path = file.path
    self.file = file
    try checkBeginning()
    var total = 0
    for entry in try ZipDirectory(file).entries {
      // At most 2^16 sizes below 2^40: the sum is exact.
      total += entry.size
      guard entries.updateValue(entry, forKey: entry.key) == nil else {
        throw Diagnostic(.workbookFormat, at: Place(file: path), "the part \(entry.key) is there twice")
      }
    }
    // No part gives more bytes than its entry declares.
    guard total <= limitBytes else {
      throw Diagnostic(.workbookLarge, at: Place(file: path), String(total), String(limitBytes))
    }
  }

  /// The bytes of a part, from its beginning; any number of times.
  ///
  /// - Throws: `workbook.format` when there is none, `workbook.protected`.
  package func part(_ name: String) throws(Diagnostic) -> ZipPart {
    let key = ZipEntry.key(name)
    guard let entry = entries[key] else {
      throw Diagnostic(.workbookFormat, at: Place(file: path), "the part \(name) is missing")
    }
    asked.insert(key)
    return try ZipPart(entry, of: file)
  }

  /// Names the kind of a file that is not a zip file.
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
