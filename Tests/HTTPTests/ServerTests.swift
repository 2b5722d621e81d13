import Base
import Dispatch
import Foundation
import HTTP
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A server on its own port, and a client that speaks to it byte by byte.
private final class Running {
  let server: HTTPServer
  private let ends: (read: Int32, write: Int32)
  private let isDone = DispatchSemaphore(value: 0)

  init(
    _ change: (inout HTTPServer.Limits) -> Void = { _ in },
    respond: @escaping @Sendable (HTTPRequest) -> HTTPResponse = { request in
      HTTPResponse(200, text: "\(request.method.rawValue) \(request.target) \(request.body.count)")
    }
  ) throws {
    var limits = HTTPServer.Limits()
    change(&limits)
    let server = try HTTPServer(port: 0, limits: limits, tooLong: HTTPResponse(413, text: "long"), respond: respond)
    self.server = server
    var pair: [Int32] = [-1, -1]
    try #require(pipe(&pair) == 0)
    let (ending, done) = (pair[0], isDone)
    ends = (pair[0], pair[1])
    Thread.detachNewThread {
      server.run(until: ending)
      done.signal()
    }
  }

  /// Asks the server to end, and waits for it.
  ///
  /// - Returns: whether it ended within ten seconds.
  func end() -> Bool {
    var byte: UInt8 = 0
    write(ends.write, &byte, 1)
    return isDone.wait(timeout: .now() + 10) == .success
  }

  func connect() throws -> Client { try Client(server.port) }
}

/// A connection that sends the given bytes.
private final class Client {
  private let descriptor: Int32

  init(_ port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let (descriptor, size) = (descriptor, socklen_t(MemoryLayout<sockaddr_in>.size))
    let isConnected = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) == 0 }
    }
    try #require(isConnected)
    var wait = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// The bytes until the other side ends.
  func all() -> String { hear { _ in false } }

  /// The bytes until they are enough, or the other side ends.
  func hear(until isEnough: (String) -> Bool) -> String {
    var heard: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while !isEnough(String(decoding: heard, as: UTF8.self)) {
      let count = recv(descriptor, &piece, piece.count, 0)
      if count < 0 { return String(decoding: heard, as: UTF8.self) + "<nothing came>" }
      if count == 0 { break }
      heard += piece[..<count]
    }
    return String(decoding: heard, as: UTF8.self)
  }
}

@Suite struct ServerTests {
  @Test func oneConnectionManyRequests() throws {
    let running = try Running()
    let client = try running.connect()
    client.say("GET /a HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxyz")
    client.say("GET /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let heard = client.all()
    #expect(heard.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 4, "\(heard)")
    for line in ["GET /a 0\n", "POST /b 3\n", "GET /c 0\n"] { #expect(heard.contains("\r\n\r\n\(line)"), "\(heard)") }
    #expect(heard.components(separatedBy: "Connection: close").count == 2)
    #expect(heard.contains(" GMT\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 9\r\n"))
    #expect(running.end())
  }

  /// A request is the same, however it is cut into chunks.
  @Test func piecesMakeARequest() throws {
    let running = try Running()
    let client = try running.connect()
    let text = "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\nxyz"
    for character in text.utf8 { client.say(String(UnicodeScalar(character))) }
    #expect(client.all().hasSuffix("\r\n\r\nPOST /b 3\n"))
    #expect(running.end())
  }

  @Test func whatCannotBeReadIsAnsweredAndEnds() throws {
    let running = try Running { $0.bodyBytes = 10 }
    for (text, start) in [
      ("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"),
      ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n"),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n01234567890", "HTTP/1.1 413 Content Too Large\r\n"),
      (String(repeating: "x", count: 100_000), "HTTP/1.1 431 Request Header Fields Too Large\r\n"),
    ] {
      let client = try running.connect()
      client.say(text)
      let heard = client.all()
      #expect(heard.hasPrefix(start) && heard.contains("Connection: close\r\n"), "\(text.prefix(40)): \(heard)")
      #expect(heard.components(separatedBy: "HTTP/1.1 ").count == 2, "one answer: \(heard)")
    }
    #expect(running.end())
  }

  /// A client that sends half of a request has a time limit, and does not delay others.
  @Test func halfSentIsNotWaitedFor() throws {
    let running = try Running {
      ($0.idle, $0.head, $0.body, $0.connections) = (300, 300, 300, 64)
    }
    let halves = [
      "", "GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf",
    ]
    let clients = try (0..<30).map { index in
      let client = try running.connect()
      client.say(halves[index % 3])
      return client
    }
    let other = try running.connect()
    other.say("GET /other HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(other.all().hasSuffix("GET /other 0\n"))
    for (index, client) in clients.enumerated() {
      let heard = client.all()
      #expect(
        index % 3 == 0 ? heard.isEmpty : heard.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"), "\(index): \(heard)")
    }
    #expect(running.end())
  }

  @Test func whoComesBeyondTheBoundIsToldSo() throws {
    let running = try Running { $0.connections = 3 }
    var clients = try (0..<3).map { _ in try running.connect() }
    for client in clients {
      client.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(client.hear { $0.hasSuffix("GET / 0\n") }.hasPrefix("HTTP/1.1 200"))
    }
    #expect(try running.connect().all().hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
    clients.removeLast()
    // As soon as a client has left there is room.
    var heard = ""
    for _ in 0..<100 where !heard.hasPrefix("HTTP/1.1 200") {
      usleep(20_000)
      let client = try running.connect()
      client.say("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      heard = client.all()
    }
    #expect(heard.hasPrefix("HTTP/1.1 200"))
    #expect(running.end())
  }

  @Test func aStreamComesInPiecesAndEndsWithTheServer() throws {
    let running = try Running(respond: { _ in
      HTTPResponse(
        200, [("Content-Type", "text/event-stream")],
        .stream { stream in
          var count = 0
          repeat { count += 1 } while stream.write("data: \(count)\n\n") && stream.wait(milliseconds: 10)
        })
    })
    let client = try running.connect()
    client.say("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
    let heard = client.hear { $0.contains("data: 3\n") }
    #expect(
      heard.contains("Transfer-Encoding: chunked\r\n") && heard.contains("\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n")
    )
    let old = try running.connect()
    old.say("GET /events HTTP/1.0\r\n\r\n")
    #expect(old.all().hasPrefix("HTTP/1.1 505 "))
    #expect(running.end())
    #expect(client.all().hasSuffix("0\r\n\r\n"))
  }

  /// A connection without a request does not keep the server; current answers are finished.
  @Test func theEndWaitsForAnswersOnly() throws {
    let (begun, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let running = try Running(
      { $0.end = 10_000 },
      respond: { _ in
        begun.signal()
        mayGoOn.wait()
        return HTTPResponse(200, text: "finished")
      })
    let (idle, busy) = (try running.connect(), try running.connect())
    busy.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(begun.wait(timeout: .now() + 10) == .success)
    Thread.detachNewThread {
      usleep(100_000)
      mayGoOn.signal()
    }
    #expect(running.end())
    #expect(busy.all().hasSuffix("\r\n\r\nfinished\n"))
    #expect(idle.all().isEmpty)
  }

  @Test func aFieldCannotBecomeTwo() throws {
    let running = try Running(respond: { _ in HTTPResponse(303, [("Location", "/a\r\nSet-Cookie: b")], .bytes([])) })
    let client = try running.connect()
    client.say("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let heard = client.all()
    #expect(heard.hasPrefix("HTTP/1.1 500 ") && !heard.contains("Set-Cookie"))
    #expect(running.end())
  }

  @Test func whoWaitsForAWordGetsIt() throws {
    let running = try Running()
    let client = try running.connect()
    client.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
    #expect(client.hear { $0.hasSuffix("\r\n\r\n") } == "HTTP/1.1 100 Continue\r\n\r\n")
    client.say("abc")
    #expect(client.all().hasSuffix("POST / 3\n"))
    #expect(running.end())
  }

  @Test func aPortThatIsTakenIsTold() throws {
    let running = try Running()
    #expect(throws: Diagnostic(.servePort, String(running.server.port), "Address already in use")) {
      _ = try HTTPServer(port: running.server.port, tooLong: HTTPResponse(413, text: "")) { _ in
        HTTPResponse(200, text: "")
      }
    }
    #expect(running.end())
  }
}
