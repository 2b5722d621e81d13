import Projects
import Base
import Datasets
import Dispatch
import Foundation
import Framing
import Ledger
import Registers
import Synchronization
import Targets
import Workspace

/// Legacy files that pages have requested, kept open, since finding the records of a file of varying length costs a
/// reading of it. Also knows whether each is still the file that the run read.
final class RecordSources: Sendable {
  /// An open file, until its last reader releases it.
  final class Source: Sendable {
    let file: RecordFile

    init(_ file: RecordFile) { self.file = file }
  }

  private struct Opened: Sendable {
    let stamp: String
    let source: Source
  }

  /// The result of comparing a file's content.
  enum Content: Sendable {
    case same, other
    /// Still being read.
    case unknown
  }

  /// Files up to this number of bytes are read while the page waits.
  private static let quick = 32 << 20

  private let opened = Mutex<[String: Opened]>([:])
  /// SHA-256 by stamp; empty while it is being computed.
  private let digests = Mutex<[String: String]>([:])

  /// - Throws: the errors of opening the file.
  func open(_ file: FilePlan, in folder: String) throws(Diagnostic) -> Source {
    // The same file under another layout has other records.
    let stamp = FileStamp.of(folder + "/" + file.data) + " \(file.recordLength) \(file.format)"
    if let known = opened.withLock({ $0[file.id] }), known.stamp == stamp { return known.source }
    let source = Source(try file.open(in: folder))
    opened.withLock { $0[file.id] = Opened(stamp: stamp, source: source) }
    return source
  }

  /// Whether a file's bytes are those that a run read, by their SHA-256. A large file is read in the background; until
  /// then the result is unknown.
  func content(_ path: String, expected: String) -> Content {
    let stamp = FileStamp.of(path)
    if let known = digests.withLock({ $0[stamp] }) {
      return known.isEmpty ? .unknown : known == expected ? .same : .other
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    digests.withLock { $0[stamp] = "" }
    guard size > Self.quick else {
      keep(path, stamp)
      return content(path, expected: expected)
    }
    DispatchQueue.global(qos: .utility).async { self.keep(path, stamp) }
    return .unknown
  }

  /// Reads a file and keeps its digest; an unreadable file matches no run.
  private func keep(_ path: String, _ stamp: String) {
    let digest = SHA256()
    var isWhole = false
    if let handle = FileHandle(forReadingAtPath: path) {
      isWhole = true
      while let piece = try? handle.read(upToCount: 1 << 20), !piece.isEmpty {
        piece.withUnsafeBytes { digest.update($0) }
      }
      try? handle.close()
    }
    let made = isWhole ? digest.finish() : "unreadable"
    digests.withLock { $0[stamp] = made }
  }

  /// The target that a run verified: the one in its folder, or else the named one; `nil` when the name cannot be
  /// interpreted.
  func target(of run: RunRecord, _ workspace: Workspace) -> (any Target)? {
    let own = workspace.folder(of: run.run) + "/target.sqlite"
    if run.command == "run", FileManager.default.fileExists(atPath: own) {
      return try? TargetReference.open("sqlite:" + own)
    }
    return try? TargetReference.open(run.target)
  }
}
