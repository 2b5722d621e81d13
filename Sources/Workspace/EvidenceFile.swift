import Base
import Evidence
import Foundation

/// `evidence.json`: what a run or a day of the parallel run learned, as it was when the run or day ended.
///
/// ```
/// runs/0001/evidence.json
/// parallel/2019-11-18/evidence.json
/// ```
extension Workspace {
  package static let evidenceName = "evidence.json"

  package func evidenceFile(ofRun run: String) -> String { folder(of: run) + "/" + Self.evidenceName }
  package func evidenceFile(ofDay day: String) -> String { folder(ofDay: day) + "/" + Self.evidenceName }

  /// The runs that left evidence.
  package var runsWithEvidence: [String] {
    runs.filter { FileManager.default.fileExists(atPath: evidenceFile(ofRun: $0)) }
  }

  /// The days of the parallel run that left evidence.
  package var days: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/parallel")) ?? []).filter {
      FileManager.default.fileExists(atPath: evidenceFile(ofDay: $0))
    }.sorted()
  }

  /// Whether the workspace holds evidence, which a ledger must record.
  package var hasEvidence: Bool { !runsWithEvidence.isEmpty || !days.isEmpty }

  /// Writes the evidence of a run.
  ///
  /// - Returns: SHA-256 of the file.
  /// - Throws: `workspace.write`.
  package func record(_ sealed: SealedEvidence) throws(Diagnostic) -> String {
    try write(sealed.document(), to: evidenceFile(ofRun: sealed.evidence.run))
  }

  /// Writes the evidence of a day.
  ///
  /// - Returns: SHA-256 of the file.
  /// - Throws: `workspace.write`.
  package func record(_ evidence: ParallelEvidence) throws(Diagnostic) -> String {
    try write(JSONDocument.data(evidence), to: evidenceFile(ofDay: evidence.day))
  }

  private func write(_ data: Data, to file: String) throws(Diagnostic) -> String {
    try PrivateFile.write(data, to: file)
    return SHA256.digest(of: data)
  }

  /// Reads evidence, and compares it with what was recorded of it.
  ///
  /// - Parameter digest: SHA-256 of the file, as the ledger has it.
  /// - Throws: `workspace.unreadable` when it is gone, `ledger.tampered` when it is not what was recorded; as ``contents(of:)``.
  package func evidence(in file: String, digest: String) throws(Diagnostic) -> Data {
    let place = Place(file: file)
    guard let data = try contents(of: file) else { throw Diagnostic(.workspaceUnreadable, at: place) }
    guard SHA256.digest(of: data) == digest else {
      throw Diagnostic(.ledgerTampered, at: place, Self.evidenceName)
    }
    return data
  }

  /// The content of a file; `nil` when there is no file.
  ///
  /// - Throws: `file.open` when the file exists and cannot be read: for lack of rights or because the disk is damaged.
  ///   It does not indicate tampering.
  package func contents(of file: String) throws(Diagnostic) -> Data? {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      close(descriptor)
      if let data = FileManager.default.contents(atPath: file) { return data }
      throw Diagnostic(.fileOpen, at: Place(file: file), String(cString: strerror(EIO)))
    }
    if [ENOENT, ENOTDIR].contains(errno) { return nil }
    throw Diagnostic(.fileOpen, at: Place(file: file), String(cString: strerror(errno)))
  }
}
