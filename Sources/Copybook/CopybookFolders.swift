import Evidence
import Glibc

/// Folders in which COPY members are looked for, in their order.
///
/// A member is found by its name as written, in upper and in lower case, with the extensions sources usually have;
/// `COPY A OF LIB` is looked for in the subfolder `LIB` first.
package struct CopybookFolders: Sendable {
  private let folders: [String]
  /// The text of a member's bytes, `nil` where it is in no known code.
  private let decode: @Sendable ([UInt8]) -> String?

  /// - Parameter decode: reads a member's bytes; UTF-8 unless said.
  package init(
    _ folders: [String], decode: @escaping @Sendable ([UInt8]) -> String? = { String(validating: $0, as: UTF8.self) }
  ) {
    self.folders = folders
    self.decode = decode
  }

  private static let extensions = [
    "", ".cpy", ".CPY", ".cbl", ".CBL", ".cob", ".COB", ".copy", ".COPY", ".inc", ".INC", ".txt",
  ]
  /// No copybook is longer; a device or a data file that is named by mistake is.
  private static let limit = 1 << 26

  /// Text and path of a member, `nil` where no folder has it; to be given to ``CopybookParser``.
  ///
  /// - Throws: `copybook.copy` where the file is there and cannot be read.
  package func search(_ member: String) throws(Diagnostic) -> (text: String, file: String)? {
    guard !member.split(separator: "/", omittingEmptySubsequences: false).contains("..") else { return nil }
    var names: [String] = []
    for name in [member, member.uppercased(), member.lowercased()] where !names.contains(name) { names.append(name) }
    for name in names {
      if let slash = name.lastIndex(of: "/") { names.append(String(name[name.index(after: slash)...])) }
    }
    for folder in folders {
      for name in names {
        for suffix in Self.extensions {
          let path = folder + "/" + name + suffix
          if let text = try read(path, member) { return (text, path) }
        }
      }
    }
    return nil
  }

  private func read(_ path: String, _ member: String) throws(Diagnostic) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let unreadable = Diagnostic(.copybookCopy, at: Place(file: path), member, "a readable file in UTF-8 or Windows-31J")
    guard status.st_size <= Self.limit, let file = fopen(path, "r") else { throw unreadable }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = fread(&bytes, 1, bytes.count, file)
    guard ferror(file) == 0, let text = decode(Array(bytes[..<count])) else { throw unreadable }
    return text
  }
}
