import Base
import Dispatch
import Foundation
import Glibc
import Synchronization

/// A small HTTP/1.1 server on the loopback interface only: one thread for each connection, a limit on every wait, and a
/// limit on the number of connections. Clients on other machines use a tunnel.
package final class HTTPServer: Sendable {
  /// The limits of waiting, in milliseconds, and of the number of connections.
  package struct Limits: Sendable {
    /// The time until a request begins.
    package var idle = 60_000
    /// The time from its first byte until its head is complete.
    package var head = 10_000
    /// The time from then on until its body is complete.
    package var body = 30_000
    /// The time during which no byte of the response is accepted.
    package var response = 60_000
    /// The time for current answers when the server is asked to end.
    package var end = 2_000
    /// The largest number of bytes of a body.
    package var bodyBytes = 256 * 1024
    /// The largest number of simultaneous connections; further ones are refused. A browser has six, and one for a
    /// stream.
    package var connections = 256
    /// The largest number of requests answered at one time; others wait.
    package var answers = 8

    package init() {}
  }

  /// The port on which the server listens.
  package let port: Int
  private let listener: Int32
  private let limits: Limits
  private let tooLong: HTTPResponse
  private let respond: @Sendable (HTTPRequest) -> HTTPResponse
  private let open = Atomic<Int>(0)
  private let answering: DispatchSemaphore

  /// Begins to listen on 127.0.0.1.
  ///
  /// - Parameters:
  ///   - port: 0 for any free port.
  ///   - tooLong: the answer to a body that is too long.
  ///   - respond: called on many threads at once.
  /// - Throws: `serve.port`.
  package init(
    port: Int, limits: Limits = Limits(), tooLong: HTTPResponse,
    respond: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) throws(Diagnostic) {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var on: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port).bigEndian)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 128) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard isListening else {
      let failure = errno
      if listener >= 0 { close(listener) }
      throw Diagnostic(.servePort, String(port), String(cString: strerror(failure)))
    }
    // A client that leaves before it is accepted does not delay the others.
    _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    self.port = Int(UInt16(bigEndian: address.sin_port))
    self.limits = limits
    answering = DispatchSemaphore(value: limits.answers)
    self.tooLong = tooLong
    self.respond = respond
  }

  deinit { close(listener) }

  /// Serves until the process is asked to end (SIGINT, SIGTERM): then no connection is accepted any more, streams end,
  /// and current answers have two seconds.
  ///
  /// - Throws: `serve.port` when the system provides no descriptor for waiting.
  package func run() throws(Diagnostic) {
    guard let ending = EndSignal.listen() else {
      throw Diagnostic(.servePort, String(port), String(cString: strerror(errno)))
    }
    run(until: ending)
  }

  /// - Parameter ending: a descriptor that becomes readable when the server must end.
  package func run(until ending: Int32) {
    var polled = [
      pollfd(fd: listener, events: Int16(POLLIN), revents: 0), pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let found = poll(&polled, 2, -1)
      if polled[1].revents != 0 { break }
      guard found > 0 else { continue }
      let descriptor = accept(listener, nil, nil)
      if descriptor >= 0 {
        take(HTTPSocket(descriptor, ending: ending))
      } else if errno == EMFILE || errno == ENFILE || errno == ENOMEM {
        // No resource is free until another client leaves.
        usleep(50_000)
      }
    }
    let deadline = HTTPSocket.now() + limits.end
    while open.load(ordering: .acquiring) > 0, HTTPSocket.now() < deadline { usleep(10_000) }
  }

  private func take(_ socket: HTTPSocket) {
    guard open.add(1, ordering: .acquiringAndReleasing).newValue <= limits.connections else {
      open.subtract(1, ordering: .acquiringAndReleasing)
      HTTPConnection(socket: socket, limits: limits, tooLong: tooLong, respond: answer).refuse(
        503, "Too many connections.", waits: false)
      return
    }
    Thread.detachNewThread { [self] in
      HTTPConnection(socket: socket, limits: limits, tooLong: tooLong, respond: answer).serve()
      open.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  /// Pages read files and may print: the number of simultaneous answers is limited.
  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    answering.wait()
    defer { answering.signal() }
    return respond(request)
  }
}

/// The request of the system or of a person to end the process, as a descriptor for waiting.
private enum EndSignal {
  /// The descriptor into which the signal handler writes.
  nonisolated(unsafe) static var told: Int32 = -1

  /// - Returns: a descriptor that becomes readable after SIGINT or SIGTERM; `nil` when none can be created, with the
  ///   reason in `errno`.
  static func listen() -> Int32? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    told = ends[1]
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        var byte: UInt8 = 0
        _ = write(EndSignal.told, &byte, 1)
      }
    }
    return ends[0]
  }
}
