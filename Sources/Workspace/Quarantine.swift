import Base
import Evidence
import Foundation
import Glibc

/// Rejected records of one file: `FILE.dat` holds them byte for byte, `FILE.ndjson` holds for each its place and the
/// reason. Created with the first reject; a resumed run writes them again.
package final class Quarantine {
  private let folder: String
  private let file: String
  private var records: UnsafeMutablePointer<FILE>?
  private var reasons: UnsafeMutablePointer<FILE>?

  package init(folder: String, file: String) {
    self.folder = folder
    self.file = file
    unlink("\(folder)/\(file).dat")
    unlink("\(folder)/\(file).ndjson")
  }

  private func create(_ name: String) throws(Diagnostic) -> UnsafeMutablePointer<FILE> {
    let path = "\(folder)/\(name)"
    guard let stream = fdopen(try PrivateFile.create(path), "w") else {
      throw Diagnostic(.workspaceWrite, at: Place(file: path), String(cString: strerror(errno)))
    }
    return stream
  }

  /// Writes a rejected record and its reason.
  ///
  /// - Throws: `workspace.write`.
  package func keep(_ reject: RunEvidence.Reject, _ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    if records == nil {
      try PrivateFile.makeFolder(folder)
      records = try create(file + ".dat")
      reasons = try create(file + ".ndjson")
    }
    let line = try JSONDocument.lines([reject])
    guard let records, let reasons, fwrite(bytes.baseAddress, 1, bytes.count, records) == bytes.count,
      line.withUnsafeBytes({ fwrite($0.baseAddress, 1, $0.count, reasons) }) == line.count
    else { throw Diagnostic(.workspaceWrite, at: Place(file: "\(folder)/\(file)"), String(cString: strerror(errno))) }
  }

  /// Closes the files.
  ///
  /// - Throws: `workspace.write`.
  package func close() throws(Diagnostic) {
    let failed = [records, reasons].compactMap { $0 }.map { fclose($0) != 0 }.contains(true)
    (records, reasons) = (nil, nil)
    if failed {
      throw Diagnostic(.workspaceWrite, at: Place(file: "\(folder)/\(file)"), String(cString: strerror(errno)))
    }
  }

  deinit {
    if let records { fclose(records) }
    if let reasons { fclose(reasons) }
  }
}
