/// A request (要求), read whole: head and body.
package struct HTTPRequest: Sendable, Equatable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  package let method: Method
  /// Path and query of the request line: ASCII, beginning with a slash.
  package let target: String
  /// The header fields, names in lower case. Fields of one name are joined: cookies with `; `, others with `, ` (RFC
  /// 9110, 5.2).
  package let fields: [String: String]
  package var body: [UInt8] = []
}

/// A response (応答).
package struct HTTPResponse: Sendable {
  package enum Body: Sendable {
    case bytes([UInt8])
    /// A stream that is written as long as both sides are connected; the closure runs on the connection's own thread.
    case stream(@Sendable (HTTPStream) -> Void)
  }

  package let status: Int
  package let fields: [(name: String, value: String)]
  package let body: Body

  package init(_ status: Int, _ fields: [(name: String, value: String)], _ body: Body) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// A short text.
  package init(_ status: Int, text: String, _ fields: [(name: String, value: String)] = []) {
    self.init(status, [("Content-Type", "text/plain; charset=utf-8")] + fields, .bytes(Array((text + "\n").utf8)))
  }

  /// The bytes before the body; `nil` when a field would break out of its line.
  ///
  /// - Parameters:
  ///   - date: the time in the form of RFC 9110, 5.6.7.
  ///   - isLast: whether the connection ends after it.
  func head(date: String, isLast: Bool) -> [UInt8]? {
    var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\nDate: \(date)\r\n"
    for (name, value) in fields {
      guard name.utf8.allSatisfy(HTTPHead.isToken), !name.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else { return nil }
      text += "\(name): \(value)\r\n"
    }
    switch body {
    case .bytes(let bytes): if status != 204 { text += "Content-Length: \(bytes.count)\r\n" }
    case .stream: text += "Transfer-Encoding: chunked\r\n"
    }
    if isLast { text += "Connection: close\r\n" }
    return Array((text + "\r\n").utf8)
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 204: "No Content"
    case 303: "See Other"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 421: "Misdirected Request"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Status"
    }
  }
}
