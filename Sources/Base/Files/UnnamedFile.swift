import Glibc
import Synchronization

/// Files without a name (mode 0600): they disappear with the process that has them open.
enum UnnamedFile {
  /// Numbers the names, which exist for a moment, within the process.
  private static let number = Atomic<Int>(0)

  /// Opens a new one in a folder, to read and write.
  ///
  /// - Returns: a descriptor that the caller closes; below zero with `errno` when none can be created.
  static func open(in folder: String) -> Int32 {
    // Another process, of another container, may have the same number and be opening one in this moment.
    for _ in 0..<100 {
      let name = folder + "/totsugo.\(getpid()).\(number.add(1, ordering: .relaxed).newValue)"
      let descriptor = Glibc.open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 { unlink(name) }
      if descriptor >= 0 || errno != EEXIST { return descriptor }
    }
    return -1
  }
}
