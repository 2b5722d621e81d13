import Glibc
import Synchronization

/// Where checks and comparisons put what does not fit into memory: one file without a name, which goes when the process does.
///
/// Shared by all shards of a run. All sets together keep at most ``budget`` bytes in memory, and each a few kilobytes.
package final class Scratch: Sendable {
  private let descriptor: Int32
  private let budget: Int
  private let used = Atomic<Int>(0)
  private let end = Atomic<Int>(0)

  /// Nothing is put on disk.
  package init() {
    descriptor = -1
    budget = .max
  }

  /// - Parameter folder: where the file is made; when that cannot be done, everything stays in memory.
  package init(folder: String, budget: Int = 24 << 20) {
    let path = folder + "/scratch.\(getpid())"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { unlink(path) }
    self.budget = descriptor < 0 ? .max : budget
  }

  /// Whether there is a file to put things in.
  package var hasFile: Bool { descriptor >= 0 }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Says that so many bytes more (or less) are held in memory.
  ///
  /// - Returns: whether that is more than should be.
  package func hold(_ bytes: Int) -> Bool { used.add(bytes, ordering: .relaxed).newValue > budget }

  /// Puts bytes at the end of the file.
  ///
  /// - Returns: where they stand; `nil` when the disk does not take them.
  package func append(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard descriptor >= 0, let base = bytes.baseAddress else { return nil }
    let start = end.add(bytes.count, ordering: .relaxed).oldValue
    var done = 0
    while done < bytes.count {
      let wrote = pwrite(descriptor, base + done, bytes.count - done, off_t(start + done))
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { return nil }
      done += wrote
    }
    return start
  }

  /// Reads what ``append(_:)`` has put at `start`. Fails the process when the disk has lost it.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at start: Int) {
    guard let base = buffer.baseAddress else { return }
    var done = 0
    while done < buffer.count {
      let got = pread(descriptor, base + done, buffer.count - done, off_t(start + done))
      if got < 0, errno == EINTR { continue }
      precondition(got > 0, "the scratch file cannot be read back")
      done += got
    }
  }
}
