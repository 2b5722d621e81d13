import HTTP
import Testing

/// Heads of requests, well formed and not: parsed strictly by RFC 9112.
@Suite struct HeadTests {
  private static func read(_ text: String, bodyAtMost: Int = 1_000) -> HTTPHead.Reading {
    HTTPHead.read(Array(text.utf8)[...], bodyAtMost: bodyAtMost)
  }

  private static func head(_ text: String) throws -> HTTPHead {
    guard case .head(let head, let length) = read(text), length == text.utf8.count else {
      throw Failed(what: "\(read(text))")
    }
    return head
  }

  private struct Failed: Error { let what: String }

  @Test func aHeadIsRead() throws {
    let head = try Self.head(
      "POST /items/a%20b?x=1&y HTTP/1.1\r\nHost: localhost:8018\r\nCONTENT-length: 12\r\nCookie: a=1\r\nX:\t b  \r\ncookie: b=2\r\nAccept: c\r\nAccept: d\r\n\r\n"
    )
    #expect(head.request.method == .post && head.request.target == "/items/a%20b?x=1&y")
    #expect(
      head.request.fields == [
        "host": "localhost:8018", "content-length": "12", "cookie": "a=1; b=2", "x": "b", "accept": "c, d",
      ])
    #expect(head.bodyLength == 12 && !head.isLast && !head.isOld && !head.expectsContinue)
  }

  @Test func whatStandsBehindAHeadIsTheNext() {
    let one = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    guard case .head(_, let length) = Self.read(one + one) else {
      Issue.record("no head")
      return
    }
    #expect(length == one.utf8.count)
  }

  @Test(arguments: [
    ("HTTP/1.1\r\nHost: a\r\nConnection: close", true, false),
    ("HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive, Close", true, false),
    ("HTTP/1.1\r\nHost: a\r\nConnection: keep-alive", false, false), ("HTTP/1.0\r\nHost: a", true, true),
    ("HTTP/1.0", true, true),
  ])
  func whetherTheConnectionStays(_ rest: String, _ isLast: Bool, _ isOld: Bool) throws {
    let head = try Self.head("GET / \(rest)\r\n\r\n")
    #expect(head.isLast == isLast && head.isOld == isOld)
  }

  /// Every proper beginning of a head is incomplete.
  @Test func aBeginningIsIncomplete() {
    let text = Array("GET /a?b HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: x=y\r\n\r\n".utf8)
    for count in text.indices { #expect(HTTPHead.read(text[..<count], bodyAtMost: 0) == .incomplete, "\(count) bytes") }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400), ("\r\n\r\n", 400),
    ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /\r\nHost: a\r\n\r\n", 400),
    ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
    ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /税 HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505), ("GET / http/1.1\r\nHost: a\r\n\r\n", 505),
    ("GET / HTTP/1.10\r\nHost: a\r\n\r\n", 505),
    ("PUT / HTTP/1.1\r\nHost: a\r\n\r\n", 405), ("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    ("CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    // Names and values.
    ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nX: \u{1}\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n", 400), ("GET / HTTP/1.1\nHost: a\n\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nXé: b\r\n\r\n", 400),
    // The end of a body.
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: １\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", 411),
  ])
  func whatCouldBeReadInTwoWaysIsRefused(_ text: String, _ status: Int) {
    guard case .refused(let found, let reason) = Self.read(text) else {
      Issue.record("\(text.debugDescription): \(Self.read(text))")
      return
    }
    #expect(found == status && !reason.isEmpty, "\(text.debugDescription): \(reason)")
  }

  @Test func aHeadHasAnEnd() {
    let start = "GET / HTTP/1.1\r\nHost: a\r\n"
    let long = start + "X: " + String(repeating: "x", count: HTTPHead.bytesAtMost)
    guard case .refused(431, _) = Self.read(long) else {
      Issue.record("\(Self.read(long))")
      return
    }
    func many(_ count: Int) -> String { start + String(repeating: "X: y\r\n", count: count - 1) + "\r\n" }
    #expect(throws: Never.self) { _ = try Self.head(many(HTTPHead.fieldsAtMost)) }
    guard case .refused(431, _) = Self.read(many(HTTPHead.fieldsAtMost + 1)) else {
      Issue.record("too many fields are taken")
      return
    }
  }
}
