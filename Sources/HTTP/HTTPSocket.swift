import Glibc

/// A connected socket, read and written with a limit on every wait. It belongs to one thread, and is closed when it is
/// released.
final class HTTPSocket: Sendable {
  enum Event: Equatable {
    case ready
    /// No byte was transferred in time.
    case late
    /// The server ends.
    case ending
  }

  private let descriptor: Int32
  /// A descriptor that becomes readable when the server ends.
  private let ending: Int32

  init(_ descriptor: Int32, ending: Int32) {
    self.descriptor = descriptor
    self.ending = ending
    var on: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Milliseconds of a monotonic clock.
  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
  }

  /// Waits until there is something to read, or until the other side has left.
  ///
  /// - Parameters:
  ///   - deadline: on the clock of ``now()``.
  ///   - endsWithServer: whether the end of the server also ends the waiting.
  func awaitReading(until deadline: Int, endsWithServer: Bool) -> Event {
    wait(Int16(POLLIN), until: deadline, endsWithServer: endsWithServer)
  }

  private func wait(_ events: Int16, until deadline: Int, endsWithServer: Bool) -> Event {
    var polled = [
      pollfd(fd: descriptor, events: events, revents: 0), pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let left = deadline - Self.now()
      if left <= 0 { return .late }
      let found = poll(&polled, endsWithServer ? 2 : 1, Int32(clamping: left))
      if found < 0, errno != EINTR { return .late }
      guard found > 0 else { continue }
      if polled[0].revents != 0 { return .ready }
      if polled[1].revents != 0 { return .ending }
    }
  }

  /// Appends the received bytes.
  ///
  /// - Returns: false when the other side has ended, or has left.
  func read(into bytes: inout [UInt8]) -> Bool {
    let room = 16 * 1024
    let had = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: room))
    let got = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + had, room, 0) }
    let failure = errno
    bytes.removeLast(room - max(0, got))
    return got > 0 || got < 0 && (failure == EAGAIN || failure == EINTR)
  }

  /// Writes all bytes.
  ///
  /// - Parameter patience: milliseconds to wait while no byte is accepted.
  /// - Returns: false when the other side has left, or does not accept the bytes.
  func write(_ bytes: [UInt8], patience: Int) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress! + written, $0.count - written, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        let event = wait(Int16(POLLOUT), until: Self.now() + patience, endsWithServer: false)
        if event != .ready { return false }
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Ends the connection so that the last response is still read: bytes received meanwhile are discarded, for a second.
  func end() {
    shutdown(descriptor, Int32(SHUT_WR))
    let deadline = Self.now() + 1_000
    var bytes: [UInt8] = []
    var left = 4 * 1024 * 1024
    while left > 0, awaitReading(until: deadline, endsWithServer: true) == .ready, read(into: &bytes) {
      left -= bytes.count
      bytes.removeAll(keepingCapacity: true)
    }
  }
}

/// A response that is written in parts.
package struct HTTPStream {
  let socket: HTTPSocket
  let patience: Int

  /// - Returns: false when the other side has left.
  package func write(_ text: String) -> Bool {
    if text.isEmpty { return true }
    let size = String(text.utf8.count, radix: 16)
    return socket.write(Array("\(size)\r\n\(text)\r\n".utf8), patience: patience)
  }

  /// Waits.
  ///
  /// - Returns: false when the other side has left, or the server ends.
  package func wait(milliseconds: Int) -> Bool {
    // A browser sends nothing while it follows a stream; anything received is its end.
    socket.awaitReading(until: HTTPSocket.now() + milliseconds, endsWithServer: true) == .late
  }
}
