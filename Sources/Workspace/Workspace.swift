import Base
import Evidence
import Foundation
import Glibc

/// The folder of a project's runs and their evidence (`.totsugo` beside the project unless given otherwise).
///
/// ```
/// .totsugo/
///   lock                     held while a run is writing
///   ledger.sqlite            the ledger and its registers; a ledger.sqlite-journal beside it is part of it
///   runs/0001/run.json       what was started
///   runs/0001/progress.json  how far it has come
///   runs/0001/evidence.json  what it learned
///   runs/0001/target.sqlite  the target, unless another was named
///   runs/0001/quarantine/    rejected records, byte for byte, and why
///   runs/0001/differences/   every difference of each failed check
/// ```
/// Folders have mode 0700, files 0600: they may hold personal data.
package struct Workspace: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The arguments with which a run was started, so that it can be resumed with the same ones.
  package struct Start: Codable, Sendable {
    package var run: String
    package var project: String
    package var command: String
    package var started: String
    package var definitions: String
    package var data: String
    package var target: String
    package var only: [String]
    /// `rehearsal` or `production`.
    package var stage: String

    package init(
      run: String, project: String, command: String, started: String, definitions: String, data: String, target: String,
      only: [String], stage: String
    ) {
      self.run = run
      self.project = project
      self.command = command
      self.started = started
      self.definitions = definitions
      self.data = data
      self.target = target
      self.only = only
      self.stage = stage
    }
  }

  package func folder(of run: String) -> String { path + "/runs/" + run }

  /// The numbers of all runs, oldest first.
  package var runs: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/runs")) ?? []).filter { Int($0) != nil }.sorted()
  }

  /// Creates the folder of a new run, with a number above all existing ones.
  ///
  /// - Parameter known: the runs in the ledger, whose folders may be gone.
  /// - Throws: `workspace.write`.
  package func newRun(after known: [String]) throws(Diagnostic) -> String {
    let number = ((runs + known).compactMap { Int($0) }.max() ?? 0) + 1
    let run = String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
    try PrivateFile.makeFolder(folder(of: run))
    return run
  }

  /// The days of the parallel run with evidence.
  package var days: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/parallel")) ?? []).filter {
      FileManager.default.fileExists(atPath: path + "/parallel/" + $0 + "/evidence.json")
    }.sorted()
  }

  /// The runs with evidence.
  package var runsWithEvidence: [String] {
    runs.filter { FileManager.default.fileExists(atPath: folder(of: $0) + "/evidence.json") }
  }

  /// Whether the workspace holds evidence, which a ledger must record.
  package var hasEvidence: Bool { !runsWithEvidence.isEmpty || !days.isEmpty }

  // MARK: start and evidence

  package func record(_ start: Start) throws(Diagnostic) {
    try PrivateFile.write(JSONDocument.data(start), to: folder(of: start.run) + "/run.json")
  }

  package func start(of run: String) -> Start? {
    FileManager.default.contents(atPath: folder(of: run) + "/run.json")
      .flatMap { JSONDocument.value(Start.self, from: $0) }
  }

  /// Writes the evidence of a run.
  ///
  /// - Returns: SHA-256 of the file.
  /// - Throws: `workspace.write`.
  package func record(_ evidence: RunEvidence) throws(Diagnostic) -> String {
    let file = folder(of: evidence.run) + "/evidence.json"
    let data = try JSONDocument.data(evidence)
    try PrivateFile.write(data, to: file)
    return SHA256.digest(of: data)
  }
}

extension Workspace {
  var lockFile: String { path + "/lock" }

  /// Whether a process, this one or another, holds the ``WorkspaceLock`` for a run. False also when the lock cannot be
  /// examined.
  ///
  /// The question changes nothing: no lock is tried, so a run that is starting is not refused because of it, and no
  /// file is created. The answer may be out of date when it arrives.
  package func isAtWork(on run: String) -> Bool {
    isBusy && FileManager.default.contents(atPath: lockFile) == Data(run.utf8)
  }

  /// Whether a process holds the ``WorkspaceLock``, for any purpose.
  private var isBusy: Bool {
    let descriptor = open(lockFile, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var question = OpenFileLock.whole(F_RDLCK)
    return fcntl(descriptor, OpenFileLock.get, &question) == 0 && question.l_type != Int16(F_UNLCK)
  }
}

/// Linux's locks that belong to an open file, not to a process (`fcntl(2)`): unlike those of `flock` they can be
/// queried, and unlike other record locks they do not end when the process closes the file elsewhere.
private enum OpenFileLock {
  // The C library defines these only with extensions; they are the same on every 64-bit machine.
  static let get: Int32 = 36
  static let set: Int32 = 37

  static func whole(_ kind: Int32) -> Glibc.flock {
    var lock = Glibc.flock()
    lock.l_type = Int16(kind)
    lock.l_whence = Int16(SEEK_SET)
    return lock
  }
}

/// The right to write in a workspace; released with the object.
///
/// `flock` provides the exclusion. A second lock, of the open file, can be seen by ``Workspace/isAtWork(on:)``. Both
/// belong to the open file, which a child shares between its fork and its exec: they are released explicitly, not only
/// by closing. The file's text is the current run; it is emptied before other processes can see the lock, so the name
/// that a killed run left is never taken for the next one's.
package final class WorkspaceLock {
  private let descriptor: Int32

  /// - Throws: `workspace.busy` when another process holds it, `workspace.write` when its file cannot be written.
  package init(_ workspace: Workspace) throws(Diagnostic) {
    try PrivateFile.makeFolder(workspace.path)
    let file = workspace.lockFile
    descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(.workspaceWrite, at: Place(file: file), String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Diagnostic(.workspaceBusy, at: Place(file: workspace.path))
    }
    ftruncate(descriptor, 0)
    // On a file system without such locks the workspace only never looks busy.
    var sign = OpenFileLock.whole(F_WRLCK)
    _ = fcntl(descriptor, OpenFileLock.set, &sign)
  }

  /// Publishes the run for which the lock is held. A failure to write it is ignored.
  package func hold(for run: String) {
    ftruncate(descriptor, 0)
    _ = pwrite(descriptor, run, run.utf8.count, 0)
  }

  deinit {
    var sign = OpenFileLock.whole(F_UNLCK)
    _ = fcntl(descriptor, OpenFileLock.set, &sign)
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
