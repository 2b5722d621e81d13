import Glibc
import Synchronization

/// Temporary storage for data of checks and comparisons that does not fit into memory: one unnamed file, which
/// disappears with the process.
///
/// Shared by all shards of a run. All sets together keep at most ``budget`` bytes in memory, and each a few kilobytes.
package final class Scratch: Sendable {
  private let descriptor: Int32
  private let budget: Int
  private let used = Atomic<Int>(0)
  private let end = Atomic<Int>(0)

  /// Storage without a file: nothing is written to disk.
  package init() {
    descriptor = -1
    budget = .max
  }

  /// - Parameter folder: where the file is made; when it cannot be created, everything stays in memory.
  package init(folder: String, budget: Int = 24 << 20) {
    descriptor = UnnamedFile.open(in: folder)
    self.budget = descriptor < 0 ? .max : budget
  }

  /// Whether there is a file to write to.
  package var hasFile: Bool { descriptor >= 0 }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds to the number of bytes held in memory; a negative number subtracts.
  ///
  /// - Returns: whether the total exceeds the budget.
  package func hold(_ bytes: Int) -> Bool { used.add(bytes, ordering: .relaxed).newValue > budget }

  /// Appends bytes to the file.
  ///
  /// - Returns: their offset in the file; `nil` when they cannot be written.
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

  /// Reads the bytes that ``append(_:)`` wrote at `start`. Traps when the disk has lost them.
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
