#if Web
  import Dispatch
  import Evidence
  import Foundation
  import HTTPTypes
  import Hummingbird
  import Logging
  import NIOCore
  import ServiceLifecycle
  import UnixSignals

  /// Carries inquiries and answers between sockets and the ``Site``: HTTP/1.1 on the loopback interface and nowhere else.
  package struct Server: Sendable {
    private static let formBytes = 256 * 1024
    /// Connections on which nothing moves are closed; a stream of events says something every quarter of a minute.
    private static let idle = TimeAmount.seconds(60)

    private let site: Site
    private let port: Int

    /// - Parameter port: 0 for any that is free.
    package init(_ site: Site, port: Int) {
      self.site = site
      self.port = port
    }

    /// Serves until the process is asked to end (SIGINT, SIGTERM).
    ///
    /// - Parameter ready: called once, with the port that is listened on.
    /// - Throws: `serve.port` when the port is taken.
    package func run(ready: @escaping @Sendable (Int) -> Void) async throws {
      let (site, port) = (site, port)
      let responder = CallbackResponder { (request: Hummingbird.Request, _: BasicRequestContext) in
        try await Self.answer(request, site)
      }
      var logger = Logger(label: "totsugo")
      logger.logLevel = .error
      let application = Application(
        responder: responder, server: .http1(configuration: .init(idleTimeout: Self.idle)),
        configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil),
        onServerRunning: { channel in
          ready(channel.localAddress?.port ?? port)
        }, logger: logger)
      do {
        var services = ServiceGroupConfiguration(
          services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Whoever has sent half a form does not keep the server.
        services.maximumGracefulShutdownDuration = .seconds(2)
        try await ServiceGroup(configuration: services).run()
      } catch let error as IOError {
        throw Diagnostic(.servePort, String(port), String(cString: strerror(error.errnoCode)))
      }
    }

    private static func answer(_ request: Hummingbird.Request, _ site: Site) async throws -> Response {
      let inquiry: Inquiry?
      do { inquiry = try await Self.inquiry(request) } catch { return response(site.tooLong()) }
      guard let inquiry else { return Response(status: .methodNotAllowed) }
      if inquiry.method == .get, inquiry.path == ["events"], site.admits(inquiry) { return events(inquiry, site) }
      // Pages read files and may print: not on the few threads that carry all connections.
      let answer = await withCheckedContinuation { done in
        DispatchQueue.global().async { done.resume(returning: site.answer(inquiry)) }
      }
      return response(answer)
    }

    private static func inquiry(_ request: Hummingbird.Request) async throws -> Inquiry? {
      var headers: [String: String] = [:]
      for field in request.headers {
        let name = field.name.canonicalName
        // Several cookies may come in several fields.
        headers[name] = headers[name].map { name == "cookie" ? $0 + "; " + field.value : field.value } ?? field.value
      }
      headers["host"] = request.head.authority
      let target = request.head.path ?? "/"
      switch request.method {
      case .get: return Inquiry(.get, target, headers: headers)
      case .post:
        var request = request
        let body = try await request.collectBody(upTo: formBytes)
        return Inquiry(.post, target, headers: headers, body: String(buffer: body))
      default: return nil
      }
    }

    private static func fields(_ headers: [(name: String, value: String)]) -> HTTPFields {
      var fields = HTTPFields()
      for (name, value) in headers {
        if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
      }
      return fields
    }

    private static func response(_ answer: Answer) -> Response {
      Response(
        status: .init(code: answer.status), headers: fields(answer.headers),
        body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// Server-sent events: what is said of the run at work, whenever that changes; `ended` when it is no longer at work, or
    /// when whoever follows it may do so no longer.
    private static func events(_ inquiry: Inquiry, _ site: Site) -> Response {
      Response(
        status: .ok, headers: fields([("Content-Type", "text/event-stream")] + Policy.always),
        body: .init { writer in
          var last: String?
          var quiet = 0
          while !Task.isShuttingDownGracefully, !Task.isCancelled {
            guard site.admits(inquiry) else {
              try await writer.write(ByteBuffer(string: "event: ended\ndata:\n\n"))
              break
            }
            let said = site.progress(inquiry)
            quiet += 1
            if said != last {
              let hasEnded = said.isEmpty && last?.isEmpty == false
              let lines = said.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
              try await writer.write(ByteBuffer(string: lines + "\n" + (hasEnded ? "event: ended\ndata:\n\n" : "")))
              last = said
              quiet = 0
            } else if quiet >= 30 {
              // Somebody who has gone is noticed by writing.
              try await writer.write(ByteBuffer(string: ":\n\n"))
              quiet = 0
            }
            try await Task.sleep(for: .milliseconds(500))
          }
          try await writer.finish(nil)
        })
    }
  }
#endif
