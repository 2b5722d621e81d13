import Glibc

/// The requests of one connection, in sequence, each answered before the next is read.
struct HTTPConnection {
  let socket: HTTPSocket
  let limits: HTTPServer.Limits
  let tooLong: HTTPResponse
  let respond: @Sendable (HTTPRequest) -> HTTPResponse

  /// Reads and answers until either side ends.
  func serve() {
    var bytes: [UInt8] = []
    while let head = readHead(&bytes) {
      guard let request = readBody(head, &bytes) else { return }
      let response = respond(request)
      if case .stream = response.body, head.isOld {
        return refuse(505, "This is sent piece by piece, which takes HTTP/1.1.")
      }
      guard write(response, isLast: head.isLast) else { return }
      if head.isLast { return socket.end() }
    }
  }

  /// - Parameter bytes: the bytes received so far; the head is removed from it.
  /// - Returns: `nil` when the connection has ended.
  private func readHead(_ bytes: inout [UInt8]) -> HTTPHead? {
    var deadline = HTTPSocket.now() + (bytes.isEmpty ? limits.idle : limits.head)
    while true {
      switch HTTPHead.read(bytes[...], bodyAtMost: limits.bodyBytes) {
      case .head(let head, let length):
        bytes.removeFirst(length)
        return head
      case .refused(let status, let reason):
        refuse(status, reason)
        return nil
      case .incomplete: break
      }
      let isBegun = !bytes.isEmpty
      switch socket.awaitReading(until: deadline, endsWithServer: !isBegun) {
      case .ready: guard socket.read(into: &bytes) else { return nil }
      case .late:
        if isBegun { refuse(408, "The request did not come in time.") }
        return nil
      case .ending: return nil
      }
      if !isBegun { deadline = HTTPSocket.now() + limits.head }
    }
  }

  private func readBody(_ head: HTTPHead, _ bytes: inout [UInt8]) -> HTTPRequest? {
    let deadline = HTTPSocket.now() + limits.body
    if head.expectsContinue, bytes.count < head.bodyLength {
      guard socket.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), patience: limits.response) else { return nil }
    }
    while bytes.count < head.bodyLength {
      guard socket.awaitReading(until: deadline, endsWithServer: false) == .ready else {
        refuse(408, "The request did not come in time.")
        return nil
      }
      guard socket.read(into: &bytes) else { return nil }
    }
    var request = head.request
    request.body = Array(bytes[..<head.bodyLength])
    bytes.removeFirst(head.bodyLength)
    return request
  }

  /// Answers a request that cannot be processed, and ends the connection: the beginning of the next request is not
  /// known.
  ///
  /// - Parameter waits: whether to wait until the answer has been read, for at most a second.
  func refuse(_ status: Int, _ reason: String, waits: Bool = true) {
    if status == 413 {
      if write(tooLong, isLast: true), waits { socket.end() }
      return
    }
    let fields =
      switch status {
      case 405: [("Allow", "GET, POST")]
      case 503: [("Retry-After", "5")]
      default: [] as [(String, String)]
      }
    if write(HTTPResponse(status, text: reason, fields), isLast: true), waits { socket.end() }
  }

  private func write(_ response: HTTPResponse, isLast: Bool) -> Bool {
    guard let head = response.head(date: Self.date(), isLast: isLast) else {
      return write(HTTPResponse(500, text: "A header field has a line end."), isLast: isLast)
    }
    switch response.body {
    case .bytes(let bytes): return socket.write(head + (response.status == 204 ? [] : bytes), patience: limits.response)
    case .stream(let write):
      guard socket.write(head, patience: limits.response) else { return false }
      write(HTTPStream(socket: socket, patience: limits.response))
      return socket.write(Array("0\r\n\r\n".utf8), patience: limits.response)
    }
  }

  /// The time in the form of RFC 9110, 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func date() -> String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}
