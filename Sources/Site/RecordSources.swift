import Base
import Datasets
import Dispatch
import Foundation
import Framing
import Ledger
import Pipeline
import Registers
import Synchronization
import Targets
import Workspace

/// Legacy files that pages have asked for, kept open: finding the records of a file of varying length costs a reading of it.
/// And whether each is still the file that the run read.
final class RecordSources: Sendable {
  /// A file that is open, until nobody reads it any more.
  final class Source: Sendable {
    let file: RecordFile

    init(_ file: RecordFile) { self.file = file }
  }

  private struct Opened: Sendable {
    let stamp: String
    let source: Source
  }

  /// What is known of a file's content.
  enum Content: Sendable {
    case same, other
    /// Being read to find out.
    case unknown
  }

  /// Files up to so many bytes are read while the page waits.
  private static let quick = 32 << 20

  private let opened = Mutex<[String: Opened]>([:])
  /// By stamp: SHA-256, or nothing yet while it is made.
  private let digests = Mutex<[String: String]>([:])

  /// - Throws: what opening the file throws.
  func open(_ file: FilePlan, in folder: String) throws(Diagnostic) -> Source {
    // The same file under another layout has other records.
    let stamp = FileStamp.of(folder + "/" + file.data) + " \(file.recordLength) \(file.format)"
    if let known = opened.withLock({ $0[file.id] }), known.stamp == stamp { return known.source }
    let source = Source(try file.source(in: folder))
    opened.withLock { $0[file.id] = Opened(stamp: stamp, source: source) }
    return source
  }

  /// Whether a file's bytes are those that a run read, by their SHA-256. A large file is read aside, and until then nothing is
  /// known.
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

  /// Reads a file and keeps its digest; one that cannot be read is that of no run.
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

  /// The target that a run verified: the one in its folder, else what was named; `nil` where that cannot be understood.
  func target(of run: RunRecord, _ workspace: Workspace) -> (any Target)? {
    let own = workspace.folder(of: run.run) + "/target.sqlite"
    if run.command == "run", FileManager.default.fileExists(atPath: own) {
      return try? TargetReference.open("sqlite:" + own)
    }
    return try? TargetReference.open(run.target)
  }
}
