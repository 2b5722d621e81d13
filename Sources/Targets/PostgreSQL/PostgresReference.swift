import Base

/// A reference to a database: `postgres://USER:PASSWORD@HOST:PORT/DATABASE?…`.
///
/// `schema`, `table` and `query` are read here; every other parameter goes to libpq. Neither `text` nor the description
/// holds the password.
package struct PostgresReference: Hashable, Sendable, CustomStringConvertible {
  /// The connection string for libpq: with the password, without the parameters that are read here.
  let connection: String
  /// The reference as the user gave it, without any password: for messages and for the workspace.
  package let text: String
  /// The schema of all tables; `nil` to use the role's search path.
  package let schema: String?
  package let table: String?
  package let query: String?

  package var description: String { text }

  /// True when the reference is for this target, well-formed or not.
  package static func names(_ reference: String) -> Bool {
    let reference = inLowerCase(reference)
    return reference.hasPrefix("postgres://") || reference.hasPrefix("postgresql://")
  }

  /// The reference with its scheme in lower case, as libpq requires; schemes have no case (RFC 3986).
  package static func inLowerCase(_ reference: String) -> String {
    guard let end = reference.firstRange(of: "://") else { return reference }
    let scheme = reference[..<end.lowerBound].lowercased()
    return scheme == "postgres" || scheme == "postgresql" ? scheme + reference[end.lowerBound...] : reference
  }

  /// - Throws: `target.reference` when the text is not such a reference or libpq does not understand it; the message
  ///   shows no password. `library.missing` when libpq is missing.
  package init(_ reference: String) throws(Diagnostic) {
    guard Self.names(reference), let parts = Parts(Self.inLowerCase(reference)) else { throw Self.unclear }
    var ours: [String: String] = [:]
    var theirs: [Substring] = []
    var shown: [Substring] = []
    for parameter in parts.parameters {
      let halves = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.decoded(halves[0]) ?? ""
      if ["password", "sslpassword"].contains(name.filter { !$0.isWhitespace }.lowercased()) {
        theirs.append(parameter)
        continue
      }
      guard ["schema", "table", "query"].contains(name) else {
        theirs.append(parameter)
        // Only these parameters are known to hold no secrets.
        if ["host", "hostaddr", "port", "dbname", "sslmode", "application_name", "connect_timeout"].contains(name) {
          shown.append(parameter)
        }
        continue
      }
      shown.append(parameter)
      guard halves.count == 2, let value = Self.decoded(halves[1]), !value.isEmpty else { throw Self.unclear }
      ours[name] = value
    }
    text = parts.text(parts.user, shown)
    connection = parts.text(parts.userinfo, theirs)
    schema = ours["schema"]
    table = ours["table"]
    query = ours["query"]
    // A password in the wrong place would be shown and written to the workspace.
    guard try Self.isUnderstood(connection), ShownText.withoutSecrets(text) == text else { throw Self.unclear }
  }

  private static let unclear = Diagnostic(.targetReference, at: Place(file: "postgres://…"))

  /// Whether libpq understands the text. Its message can quote the password, so it is not used.
  private static func isUnderstood(_ text: String) throws(Diagnostic) -> Bool {
    let library = try LibPQ.load()
    guard let options = library.parse(text, nil) else { return false }
    library.freeParsed(options)
    return true
  }

  /// Decodes `%XX`; `nil` when the result is not a text.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value != 0
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The parts of a reference, separated as libpq separates them.
  private struct Parts {
    let scheme: Substring
    let userinfo: Substring?
    let place: Substring
    let parameters: [Substring]

    init?(_ reference: String) {
      let start = reference.firstRange(of: "://")!.upperBound
      scheme = reference[..<start]
      var rest = reference[start...]
      let end = rest.firstIndex { $0 == "@" || $0 == "/" }
      if let end, rest[end] == "@" {
        userinfo = rest[..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        userinfo = nil
      }
      let halves = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      place = halves[0]
      parameters = halves.count == 2 ? halves[1].split(separator: "&") : []
      // A password with an unescaped @ or /: its end would be taken for the host and be shown.
      if place.contains("@") { return nil }
      // `user:password` without a host: the password would be taken for a port.
      for host in place.prefix(while: { $0 != "/" }).split(separator: ",") where !host.hasPrefix("[") {
        guard let colon = host.firstIndex(of: ":") else { continue }
        if !host[host.index(after: colon)...].utf8.allSatisfy({ $0 &- 48 <= 9 }) { return nil }
      }
    }

    var user: Substring? { userinfo?.prefix { $0 != ":" } }

    func text(_ user: Substring?, _ parameters: [Substring]) -> String {
      scheme + (user.map { $0 + "@" } ?? "") + place
        + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
    }
  }
}
