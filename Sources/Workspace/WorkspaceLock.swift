import Base
import Foundation
import Glibc

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
