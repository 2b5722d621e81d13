/// A definition file, read once: the bytes that are hashed are the bytes that are parsed.
///
/// Definitions are the texts that people write for the tool: YAML, code tables, lists, copybooks, maps.
package struct DefinitionFile: Sendable {
  /// The name that messages use.
  package let name: String
  package let bytes: [UInt8]

  /// The largest size of a definition file in bytes. A device or a data file that is named by mistake is larger.
  package static let limit = 64 << 20

  /// Reads a file or a pipe to its end.
  ///
  /// - Throws: `definition.open` with the system's reason; `file.once` for a pipe that has already been read;
  ///   `file.large`; `file.interrupted`. A reading that fails never counts as an empty file.
  package static func read(_ path: String, name: String? = nil) throws(Diagnostic) -> DefinitionFile {
    let name = name ?? path
    do throws(Diagnostic) {
      return DefinitionFile(name: name, bytes: try SourceFile(path).readAll(limit: limit))
    } catch {
      guard error.code == .fileOpen || error.code == .fileRead else { throw error.moved(to: Place(file: name)) }
      throw Diagnostic(.definitionOpen, at: Place(file: name), error.facts.last ?? "")
    }
  }

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The folder of a path, and the name in it. (NSString's own traps at names of one character.)
  package static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  /// SHA-256 over the bytes.
  package var digest: String {
    let digest = SHA256()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  /// The text, in UTF-8, without a byte order mark.
  ///
  /// - Throws: `definition.charset` with line and byte for bytes that are not UTF-8, for UTF-16, and for U+FFFD, which
  ///   another program writes in place of a character that it lost.
  package func text() throws(Diagnostic) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw wrong(0, 2) }
    var bad: Int?
    bytes.withUnsafeBufferPointer { buffer in
      bad = buffer.baseAddress.flatMap { WellFormedUTF8.firstMalformed($0, buffer.count) }
    }
    if let bad { throw wrong(bad, 4) }
    if let nul = bytes.firstIndex(of: 0) { throw wrong(nul, 1) }
    return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
  }

  private func wrong(_ place: Int, _ count: Int) -> Diagnostic {
    let start = bytes[..<place].lastIndex(of: 10).map { $0 + 1 } ?? 0
    return Diagnostic(
      .definitionCharset,
      at: Place(file: name, line: bytes[..<place].count { $0 == 10 } + 1, column: place - start + 1),
      Hex.text(bytes[place..<min(place + count, bytes.count)]))
  }

  /// SHA-256 over the names and contents of files, in the order of the names.
  package static func digest(of files: [DefinitionFile]) -> String {
    let digest = SHA256()
    for file in files.sorted(by: { $0.name < $1.name }) {
      digest.update("\(file.name.utf8.count) \(file.name) \(file.bytes.count) ")
      file.bytes.withUnsafeBytes { digest.update($0) }
    }
    return digest.finish()
  }
}
