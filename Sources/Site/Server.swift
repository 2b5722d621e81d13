import Base
import HTTP

/// Carries inquiries and answers between sockets and the ``Site``.
package struct Server: Sendable {
  private let server: HTTPServer

  /// The port of the server.
  package var port: Int { server.port }

  /// Begins to listen on the loopback interface.
  ///
  /// - Parameter port: 0 for any free port.
  /// - Throws: `serve.port` when the port is taken.
  package init(_ site: Site, port: Int) throws(Diagnostic) {
    server = try HTTPServer(port: port, tooLong: Self.response(site.tooLong())) { Self.answer($0, site) }
  }

  /// Serves until the process is asked to end (SIGINT, SIGTERM).
  ///
  /// - Throws: `serve.port`.
  package func run() throws(Diagnostic) { try server.run() }

  private static func answer(_ request: HTTPRequest, _ site: Site) -> HTTPResponse {
    let inquiry = Inquiry(
      request.method == .post ? .post : .get, request.target, headers: request.fields,
      body: String(decoding: request.body, as: UTF8.self))
    if inquiry.method == .get, inquiry.path == ["events"], site.admits(inquiry) {
      return HTTPResponse(
        200, [("Content-Type", "text/event-stream")] + Policy.always, .stream { follow(inquiry, site, $0) })
    }
    return response(site.answer(inquiry))
  }

  private static func response(_ answer: Answer) -> HTTPResponse {
    HTTPResponse(answer.status, answer.headers, .bytes(Array(answer.body)))
  }

  /// Server-sent events: the progress of the run at work, on each change; `ended` when it is no longer at work, or when
  /// the follower is no longer permitted.
  private static func follow(_ inquiry: Inquiry, _ site: Site, _ stream: HTTPStream) {
    var last: String?
    var quiet = 0
    repeat {
      guard site.admits(inquiry) else {
        _ = stream.write("event: ended\ndata:\n\n")
        return
      }
      let said = site.progress(inquiry)
      quiet += 1
      if said != last {
        let hasEnded = said.isEmpty && last?.isEmpty == false
        let lines = said.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
        guard stream.write(lines + "\n" + (hasEnded ? "event: ended\ndata:\n\n" : "")) else { return }
        last = said
        quiet = 0
      } else if quiet >= 30 {
        // A closed connection is noticed by writing.
        guard stream.write(":\n\n") else { return }
        quiet = 0
      }
    } while stream.wait(milliseconds: 500)
  }
}
