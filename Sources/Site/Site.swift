import Base
import Tables
import Foundation
import Ledger
import Office
import Report
import Synchronization
import Workspace

/// `totsugo serve`: the pages on which people work. Answers inquiries one by one and is independent of sockets;
/// `Server` transports them.
package final class Site: Sendable {
  package struct Options: Sendable {
    package var project: String
    package var workspace: String?
    /// The folder of the legacy files, when it is no longer that of the run.
    package var data: String?
    /// The path of the access list; `nil` for a single person, who signs in with ``Site/token``.
    package var access: String?
    /// Whether persons with the right in the access list may answer and confirm. If false, nothing is ever entered.
    package var enters: Bool
    package var language: Language
    /// The address under which a reverse proxy of this machine shows the pages, `https://HOST[:PORT]`; `nil` when they are
    /// for this machine alone. What comes under that name must have come to the proxy by HTTPS.
    package var origin: String?

    package init(
      project: String, workspace: String?, data: String?, access: String?, enters: Bool, language: Language,
      origin: String? = nil
    ) {
      self.origin = origin
      self.project = project
      self.workspace = workspace
      self.data = data
      self.access = access
      self.enters = enters
      self.language = language
    }
  }

  /// Kinds of pages, by the first part of their address.
  private static let pages: [String: any Page.Type] = [
    "": HomePage.self, "gates": GatePage.self, "items": ItemPage.self, "checks": CheckPage.self,
    "differences": DifferencePage.self, "causes": CausePage.self,
    "records": RecordPage.self, "rejects": RejectsPage.self, "issues": IssuePage.self, "schedule": SchedulePage.self,
    "meetings": MeetingPage.self, "runs": RunPage.self, "papers": PaperPage.self,
  ]

  /// The name of the session's cookie. Cookies do not distinguish ports, so each server of this machine has a different
  /// name.
  private let cookie = "totsugo-" + Secret.random().prefix(8)

  let options: Options
  let snapshots: SnapshotCase
  let sources = RecordSources()
  let lists = DifferenceFiles()
  private let sessions = Sessions()
  private let sent = Mutex(SentForms())
  private let list: AccessFile
  /// The token of the person who started the server; `nil` when there is an access list.
  package let token: String?

  /// - Throws: the errors of project, ledger, evidence or access list.
  package init(_ options: Options) throws {
    self.options = options
    token = options.access == nil ? Secret.random() : nil
    list = try AccessFile(options.access, token: token ?? "")
    snapshots = SnapshotCase(project: options.project, workspace: options.workspace)
    let snapshot = try snapshots.current()
    // The first visitor who opens a record need not wait. Errors in the definitions are reported then.
    _ = try? snapshots.project(snapshot)
  }

  package func answer(_ inquiry: Inquiry) -> Answer {
    var answer = respond(inquiry)
    if answer.header("Content-Security-Policy") == nil {
      answer.headers.append(("Content-Security-Policy", Policy.pages))
    }
    answer.headers += Policy.always
    if isPublic(inquiry) { answer.headers.append(("Strict-Transport-Security", "max-age=31536000")) }
    return answer
  }

  private func respond(_ inquiry: Inquiry) -> Answer {
    guard isExpected(inquiry) else {
      let here = options.origin.map { " and, by HTTPS, as \($0)" } ?? ""
      return Answer(421, "text/plain; charset=utf-8", Data("This server answers as 127.0.0.1\(here) only.\n".utf8))
    }
    switch (inquiry.method, inquiry.path.first ?? "") {
    case (.get, "style.css"): return Answer(200, "text/css; charset=utf-8", Data(SiteStyle.sheet.utf8))
    case (.get, "script.js"): return Answer(200, "text/javascript; charset=utf-8", Data(SiteScript.text.utf8))
    case (.get, "favicon.ico"): return Answer(204, "text/plain; charset=utf-8", Data())
    case (.get, "sign-in"), (.post, "sign-in"): return signIn(inquiry)
    default: break
    }
    let word = inquiry.cookie(cookie)
    guard let session = sessions.find(word), let person = list.current()?.people[session.token] else {
      if inquiry.path.first == "events" { return Answer(403, "text/plain; charset=utf-8", Data()) }
      return .seeOther(PageAddress.path("sign-in", query: [("next", inquiry.method == .get ? inquiry.target : "")]))
    }
    if let language = inquiry.query["language"].flatMap({ Language(rawValue: $0) }) {
      sessions.speak(language, in: word)
    }
    let language = sessions.find(word)?.language ?? options.language
    if inquiry.method == .post {
      guard isOurs(inquiry), Secret.areEqual(inquiry.field("key"), session.formKey) else {
        return Frame.trouble(
          403, language,
          Bilingual("このフォームは、この画面から送られたものではありません。", "This form was not sent from these pages."))
      }
      // Only items are picked by the dozen.
      if let doubled = inquiry.form.first(where: { $0.key != "item" && $0.value.count > 1 })?.key {
        return Frame.trouble(
          400, language,
          Bilingual("フォームの「\(doubled)」が2度送られました。", "The form's “\(doubled)” was sent twice."))
      }
      if inquiry.path.first == "sign-out" {
        sessions.end(word)
        return .seeOther("/sign-in")
      }
    }
    do {
      let visit = Visit(
        site: self, inquiry: inquiry, snapshot: try snapshots.current(), person: person, language: language,
        approvers: list.approvers(for: person), formKey: session.formKey,
        said: inquiry.method == .get ? sessions.takeSaid(in: word) : nil)
      return try answer(visit, word)
    } catch let diagnostic as Diagnostic {
      let status =
        switch diagnostic.code {
        case .registerUnknown, .gateUnknown, .recordAbsent: 404
        case .optionValue, .registerMissing, .registerFuture: 400
        // A submitted form does not fit the present state; a requested page cannot be shown.
        default: inquiry.method == .post ? 409 : 500
        }
      let text = Bilingual(diagnostic.message(.japanese), diagnostic.message(.english))
      if inquiry.method == .post { return Frame.refused(status, language, text, inquiry) }
      return Frame.trouble(status, language, text)
    } catch let diagnostics as Diagnostics {
      let text = { language in diagnostics.items.map { $0.message(language) }.joined(separator: "\n") }
      return Frame.trouble(500, language, Bilingual(text(.japanese), text(.english)))
    } catch {
      return Frame.trouble(500, language, Bilingual("\(error)", "\(error)"))
    }
  }

  private func answer(_ visit: Visit, _ word: String?) throws -> Answer {
    guard let kind = Self.pages[visit.inquiry.path.first ?? ""] else { return Frame.missing(visit) }
    let rest = Array(visit.inquiry.path.dropFirst())
    if visit.inquiry.method == .post {
      guard visit.enters else {
        return Frame.trouble(
          403, visit.language,
          Bilingual(
            "ここでは記録できません。記録する権限がないか、閲覧だけの設定です。",
            "Nothing can be entered here: it is not yours to, or the pages are for reading only."))
      }
      let once = visit.inquiry.field("once")
      guard once.isEmpty || sent.withLock({ $0.insert(once) }) else {
        throw Diagnostic(.serveChanged, at: Place(field: visit.inquiry.target), visit.inquiry.target)
      }
      let entered: Entered?
      do { entered = try kind.enter(visit, rest) } catch {
        // What was refused may be sent again.
        sent.withLock { $0.remove(once) }
        throw error
      }
      guard let done = entered else { return Frame.missing(visit) }
      sessions.say(done.said, in: word)
      return .seeOther(done.next)
    }
    return try kind.answer(visit, rest) ?? Frame.missing(visit)
  }

  /// Whether a form comes from a page of this site, according to the browser.
  private func isOurs(_ inquiry: Inquiry) -> Bool {
    if let site = inquiry.headers["sec-fetch-site"], site != "same-origin" { return false }
    guard let origin = inquiry.headers["origin"] else { return true }
    return origin == (isPublic(inquiry) ? options.origin : "http://" + (inquiry.headers["host"] ?? ""))
  }

  private func signIn(_ inquiry: Inquiry) -> Answer {
    let asked = inquiry.query["language"].flatMap { Language(rawValue: $0) }
    let language = asked ?? options.language
    // A link signs in only the person who started the server; with a list, a link could sign a person in under another
    // name.
    let linked = self.token == nil ? nil : inquiry.query["token"]
    let token = inquiry.method == .post ? inquiry.field("token") : linked ?? ""
    let asks = inquiry.method == .post ? inquiry.field("next") : inquiry.query["next"] ?? ""
    let next = PageAddress.isOurs(asks) ? asks : "/"
    if token.isEmpty { return .page(SignInPage.html(language, next: next, isWrong: false)) }
    let isAsked = inquiry.method == .post ? isOurs(inquiry) : inquiry.headers["sec-fetch-site"] != "cross-site"
    guard isAsked, let list = list.current(),
      let (digest, _) = list.person(token: token.trimmingCharacters(in: .whitespacesAndNewlines))
    else { return .page(SignInPage.html(language, next: next, isWrong: true), status: 403) }
    let word = sessions.begin(token: digest, language: asked)
    var answer = Answer.seeOther(next)
    answer.headers.append(
      ("Set-Cookie", "\(cookie)=\(word); Path=/; HttpOnly; SameSite=Strict\(isPublic(inquiry) ? "; Secure" : "")"))
    return answer
  }

  /// The answer to a form that is longer than any form of the site.
  package func tooLong() -> Answer {
    var answer = Frame.trouble(413, options.language, Bilingual("送られた内容が長すぎます。", "What was sent is too long."))
    answer.headers += [("Content-Security-Policy", Policy.pages)] + Policy.always
    return answer
  }

  /// Whether the inquiry has a valid session on this host, and so may follow a run. Following is not a use of the
  /// session: a page left open does not extend it.
  package func admits(_ inquiry: Inquiry) -> Bool {
    guard isExpected(inquiry), let session = sessions.find(inquiry.cookie(cookie), isUse: false)
    else { return false }
    return list.current()?.people[session.token] != nil
  }

  /// The progress of the run at work, as an HTML fragment; empty when there is none.
  package func progress(_ inquiry: Inquiry) -> String {
    let language = sessions.find(inquiry.cookie(cookie), isUse: false)?.language ?? options.language
    guard let snapshot = try? snapshots.current() else { return "" }
    return RunFollower(snapshot.office.workspace).html(Words(language: language)).text
  }

  /// Whether the inquiry names this machine, or came through the proxy by HTTPS.
  private func isExpected(_ inquiry: Inquiry) -> Bool { Self.isLoopback(inquiry) || isPublic(inquiry) }

  /// Whether the inquiry came to the proxy by HTTPS under the address that people are given.
  private func isPublic(_ inquiry: Inquiry) -> Bool {
    guard let origin = options.origin, let host = inquiry.headers["host"],
      inquiry.headers["x-forwarded-proto"]?.lowercased() == "https"
    else { return false }
    return origin == "https://" + host.lowercased()
  }

  /// Whether the requested host is this machine, at any port (a tunnel may have another). Another name is that of a
  /// foreign page whose name resolves to this machine.
  private static func isLoopback(_ inquiry: Inquiry) -> Bool {
    let host = inquiry.headers["host"] ?? ""
    return ["127.0.0.1", "localhost", "[::1]"].contains { name in
      host == name || (host.hasPrefix(name + ":") && Int(host.dropFirst(name.count + 1)) != nil)
    }
  }
}

/// The forms of new records that were sent: each is entered once. The oldest are forgotten.
private struct SentForms {
  private static let most = 10_000
  private var known: Set<String> = []
  private var order: [String] = []

  /// Whether the form had not been sent.
  mutating func insert(_ form: String) -> Bool {
    guard known.insert(form).inserted else { return false }
    order.append(form)
    if order.count > Self.most { known.remove(order.removeFirst()) }
    return true
  }

  mutating func remove(_ form: String) {
    known.remove(form)
    order.removeAll { $0 == form }
  }
}

/// The headers of every answer: the browser stores nothing, nothing is loaded from elsewhere, and no other page frames
/// the site.
enum Policy {
  static let pages =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
  /// The policy of a paper, which contains its style: that style is permitted, and nothing else.
  static func paper(_ html: Data) -> String {
    let text = String(decoding: html, as: UTF8.self)
    var styles = "'none'"
    if let start = text.firstRange(of: "<style>"), let end = text[start.upperBound...].firstRange(of: "</style>") {
      styles = "'sha256-\(base64(SHA256.digest(of: String(text[start.upperBound..<end.lowerBound]))))'"
    }
    return "default-src 'none'; style-src \(styles); frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
  }

  /// A digest, given as `sha256:` and hexadecimal digits, in the form of policies.
  private static func base64(_ digest: String) -> String {
    let digits = Array(digest.dropFirst(7))
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }

  static let always: [(name: String, value: String)] = [
    ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"), ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
  ]
}
