import Foundation
import Glibc

/// Files that may hold personal data or facts that may not change: only their owner reads and writes them (mode 0600).
package enum PrivateFile {
  /// Writes a file whole: first under another name, then renamed, so that a reader never sees half of it.
  ///
  /// - Parameter isDurable: whether the bytes are on the disk before the file gets its name, so that they outlive a power cut.
  /// - Throws: `workspace.write`; the file is then unchanged.
  package static func write(_ data: Data, to file: String, isDurable: Bool = true) throws(Diagnostic) {
    let partial = file + ".partial"
    unlink(partial)
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw refusal(file, errno) }
    var failure: Int32 = 0
    data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count, failure == 0 {
        let wrote = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
        if wrote < 0 { failure = errno == EINTR ? 0 : errno } else { done += wrote }
      }
    }
    if failure == 0, isDurable, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(partial, file) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(partial)
      throw refusal(file, failure)
    }
  }

  /// Opens a file for writing from its beginning, and creates it when it is missing.
  ///
  /// - Returns: a descriptor that the caller closes.
  /// - Throws: `workspace.write`.
  package static func create(_ file: String) throws(Diagnostic) -> Int32 {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw refusal(file, errno) }
    return descriptor
  }

  /// Creates a folder (mode 0700) and its missing parents.
  ///
  /// - Throws: `workspace.write`; folders already created stay.
  package static func makeFolder(_ folder: String) throws(Diagnostic) {
    if mkdir(folder, 0o700) == 0 { return }
    var failure = errno
    if failure == ENOENT, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
      try makeFolder(String(folder[..<slash]))
      failure = mkdir(folder, 0o700) == 0 ? 0 : errno
    }
    var isFolder: ObjCBool = false
    // The folder may have existed, or another process may have created it at this moment.
    if failure == 0 || FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue {
      return
    }
    throw refusal(folder, failure)
  }

  private static func refusal(_ path: String, _ error: Int32) -> Diagnostic {
    Diagnostic(.workspaceWrite, at: Place(file: path), String(cString: strerror(error)))
  }
}
