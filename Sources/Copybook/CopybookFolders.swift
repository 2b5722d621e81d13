import Base
import Glibc

/// Folders in which COPY members are searched, in their order.
///
/// A member is found by its name as written, in upper and in lower case, with the usual extensions of sources. The
/// first folder that has it counts; several matching files in one folder are refused. `COPY A OF LIB` is searched in
/// the subfolder `LIB` first.
package struct CopybookFolders: Sendable {
  private let folders: [String]
  /// The text of a member's bytes, `nil` when their code is not known.
  private let decode: @Sendable ([UInt8]) -> String?

  /// - Parameter decode: reads a member's bytes; UTF-8 by default.
  package init(
    _ folders: [String], decode: @escaping @Sendable ([UInt8]) -> String? = { String(validating: $0, as: UTF8.self) }
  ) {
    self.folders = folders
    self.decode = decode
  }

  private static let extensions = [
    "", ".cpy", ".CPY", ".cbl", ".CBL", ".cob", ".COB", ".copy", ".COPY", ".inc", ".INC", ".txt",
  ]
  /// Text, path and bytes of a member, for ``CopybookParser``; `nil` when no folder has it.
  ///
  /// - Throws: `copybook.copy` when the file exists and cannot be read, `copybook.copies` when several files match.
  package func search(_ member: String) throws(Diagnostic) -> (text: String, file: String, bytes: [UInt8])? {
    guard !member.split(separator: "/", omittingEmptySubsequences: false).contains("..") else { return nil }
    var names: [String] = []
    for name in [member, member.uppercased(), member.lowercased()] where !names.contains(name) { names.append(name) }
    for name in names {
      if let slash = name.lastIndex(of: "/") { names.append(String(name[name.index(after: slash)...])) }
    }
    for folder in folders {
      for isInLibrary in member.contains("/") ? [true, false] : [false] {
        var found: [(file: [UInt64], path: String)] = []
        for name in names where name.contains("/") == isInLibrary {
          for suffix in Self.extensions {
            let path = folder + "/" + name + suffix
            if let file = Self.file(path), !found.contains(where: { $0.file == file }) { found.append((file, path)) }
          }
        }
        if found.count > 1 {
          throw Diagnostic(
            .copybookCopies, at: Place(file: found[0].path), member, found.map(\.path).joined(separator: ", "))
        }
        if let path = found.first?.path {
          let (text, bytes) = try read(path, member)
          return (text, path, bytes)
        }
      }
    }
    return nil
  }

  /// The identity of a file, whatever the path to it; `nil` when there is none.
  private static func file(_ path: String) -> [UInt64]? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  private func read(_ path: String, _ member: String) throws(Diagnostic) -> (text: String, bytes: [UInt8]) {
    let unreadable = Diagnostic(.copybookCopy, at: Place(file: path), member, "a readable file in UTF-8 or Windows-31J")
    let bytes: [UInt8]
    do throws(Diagnostic) { bytes = try DefinitionFile.read(path).bytes } catch { throw unreadable }
    guard let text = decode(bytes) else { throw unreadable }
    return (text, bytes)
  }
}
