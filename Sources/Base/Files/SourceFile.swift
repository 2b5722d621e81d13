import Glibc
import Synchronization

/// An input that a person named: a regular file, a pipe, a device. It is opened once; every read is from the opened
/// file, even when the name later means another file.
///
/// Waiting for a pipe ends when the user asks to stop (``Interruption``). A pipe gives its bytes once: a second opening
/// of the same one is refused, since what the first has taken would be missing; ``rereadable(_:)`` is for callers that
/// read twice.
package final class SourceFile: Sendable {
  /// The path as the user gave it, for messages.
  package let path: String
  /// The number of bytes of a seekable file; `nil` for a stream, which ends when its writer ends.
  package let size: Int?
  private let descriptor: Int32
  private let opened: stat
  /// Whether the bytes are a copy of a pipe's bytes.
  private let isCopy: Bool

  /// Pipes that have been opened.
  private static let pipes = Mutex<Set<[UInt64]>>([])

  /// - Throws: `file.open` for a file that cannot be opened and for a folder; `file.once` for a pipe that was opened
  ///   before.
  package init(_ path: String) throws(Diagnostic) {
    self.path = path
    // Without O_NONBLOCK, opening a named pipe without a writer would wait, and no signal would end it.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Diagnostic(.fileOpen, at: Place(file: path), String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      let why = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : String(cString: strerror(errno))
      close(descriptor)
      throw Diagnostic(.fileOpen, at: Place(file: path), why)
    }
    opened = status
    isCopy = false
    let form = status.st_mode & S_IFMT
    size = form == S_IFREG ? Int(status.st_size) : nil
    if form == S_IFIFO || form == S_IFSOCK {
      let identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
      guard Self.pipes.withLock({ $0.insert(identity).inserted }) else {
        close(descriptor)
        throw Diagnostic(.fileOnce, at: Place(file: path))
      }
    }
  }

  /// A copy, on the disk, of the bytes of a pipe, or of what a compressed file has.
  private init(_ path: String, _ descriptor: Int32, _ status: stat) {
    self.path = path
    self.descriptor = descriptor
    opened = status
    isCopy = true
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Opens `path` so that its bytes can be read as often as needed: a pipe is copied to an unnamed file in the folder
  /// for temporary files.
  ///
  /// - Throws: the errors of opening and reading; `file.spool` when the copy cannot be written.
  package static func rereadable(_ path: String) throws(Diagnostic) -> SourceFile {
    let source = try SourceFile(path)
    if source.size != nil { return source }
    return try copy(path) { (buffer, room, total) throws(Diagnostic) in
      try source.read(into: buffer, count: room, at: total)
    }
  }

  /// Copies bytes to an unnamed file in the folder for temporary files.
  ///
  /// - Parameters:
  ///   - path: of what the bytes come from, for messages.
  ///   - read: puts the next bytes into a buffer with room for so many, and returns their number, 0 at the end; the
  ///     last argument is the number of bytes before.
  /// - Throws: the errors of reading; `file.spool` when the copy cannot be written.
  package static func copy(
    _ path: String, from read: (UnsafeMutablePointer<UInt8>, Int, Int) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> SourceFile {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let copy = UnnamedFile.open(in: folder)
    guard copy >= 0 else {
      throw Diagnostic(.fileSpool, at: Place(file: path), "\(folder): " + String(cString: strerror(errno)))
    }
    let room = 1 << 20
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    defer { buffer.deallocate() }
    var (total, status) = (0, stat())
    do throws(Diagnostic) {
      while true {
        let got = try read(buffer, room, total)
        if got == 0 { break }
        var done = 0
        while done < got {
          let wrote = write(copy, buffer + done, got - done)
          if wrote < 0, errno == EINTR { continue }
          guard wrote > 0 else {
            throw Diagnostic(.fileSpool, at: Place(file: path), "\(folder): " + String(cString: strerror(errno)))
          }
          done += wrote
        }
        total += got
      }
      guard fstat(copy, &status) == 0 else {
        throw Diagnostic(.fileSpool, at: Place(file: path), String(cString: strerror(errno)))
      }
    } catch {
      close(copy)
      throw error
    }
    return SourceFile(path, copy, status)
  }

  /// Reads up to `count` bytes; 0 at the end.
  ///
  /// - Parameter offset: the position in a regular file. A pipe gives its next bytes, and `offset` is the number of
  ///   bytes it has given.
  /// - Throws: `file.read`; `file.interrupted`.
  package func read(
    into buffer: UnsafeMutablePointer<UInt8>, count: Int, at offset: Int
  ) throws(Diagnostic) -> Int {
    while true {
      if size == nil { try wait() }
      let got = size == nil ? Glibc.read(descriptor, buffer, count) : pread(descriptor, buffer, count, offset)
      if got >= 0 { return got }
      guard errno == EINTR || errno == EAGAIN else {
        throw Diagnostic(.fileRead, at: Place(file: path, offset: offset), String(cString: strerror(errno)))
      }
      if Interruption.isWanted { throw Diagnostic(.readInterrupted, at: Place(file: path)) }
    }
  }

  /// Waits until there are bytes or the writers have ended. Without a writer yet, a named pipe has neither.
  private func wait() throws(Diagnostic) {
    var asked = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&asked, 1, 100) < 1 {
      if Interruption.isWanted { throw Diagnostic(.readInterrupted, at: Place(file: path)) }
    }
  }

  /// Reads everything.
  ///
  /// - Throws: the errors of reading; `file.large` for more than `limit` bytes.
  package func readAll(limit: Int) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      guard max(bytes.count, size ?? 0) <= limit else {
        throw Diagnostic(.fileLarge, at: Place(file: path), String(limit >> 20))
      }
      let start = bytes.count
      let room = max(1 << 16, (size ?? 0) + 1 - start)
      bytes.append(contentsOf: repeatElement(0, count: room))
      nonisolated(unsafe) var (got, failure) = (0, nil as Diagnostic?)
      bytes.withUnsafeMutableBufferPointer { buffer in
        do throws(Diagnostic) { got = try read(into: buffer.baseAddress! + start, count: room, at: start) } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      bytes.removeLast(room - got)
      if got == 0 { return bytes }
    }
  }

  /// Compares the file with its state at opening.
  ///
  /// - Throws: `file.changed` when it has been written to since, or another file has its name.
  package func requireUnchanged() throws(Diagnostic) {
    guard size != nil else { return }
    var now = stat()
    guard fstat(descriptor, &now) == 0, now.st_size == opened.st_size, now.st_mtim.tv_sec == opened.st_mtim.tv_sec,
      now.st_mtim.tv_nsec == opened.st_mtim.tv_nsec
    else { throw Diagnostic(.fileChanged, at: Place(file: path)) }
    // Another file may have taken its name.
    var named = stat()
    guard isCopy || (stat(path, &named) == 0 && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino) else {
      throw Diagnostic(.fileChanged, at: Place(file: path))
    }
  }
}
