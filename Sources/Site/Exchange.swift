import Foundation
import Tables
import Report

/// A request of a browser, as far as the site uses it.
package struct Inquiry: Sendable {
  package enum Method: Sendable { case get, post }

  package let method: Method
  /// Path and query, as sent.
  package let target: String
  /// The parts of the path, decoded: `/items/KJ-C01-01` is two.
  package let path: [String]
  package let query: [String: String]
  /// The fields of a submitted form, with every value of a field that was chosen several times.
  package let form: [String: [String]]
  /// The header fields, names in lower case.
  package let headers: [String: String]

  /// - Parameters:
  ///   - target: path and query, as in the request line.
  ///   - body: the body of a form, `application/x-www-form-urlencoded`.
  package init(_ method: Method, _ target: String, headers: [String: String] = [:], body: String = "") {
    self.method = method
    self.target = target
    self.headers = headers
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = (halves.first ?? "").split(separator: "/").map { Self.decoded($0) }
    query = Self.fields(halves.count > 1 ? halves[1] : "").compactMapValues(\.last)
    form = Self.fields(Substring(body))
  }

  /// The single value of a form's field; empty when it was not sent.
  package func field(_ name: String) -> String { form[name]?.last ?? "" }

  package func cookie(_ name: String) -> String? {
    for part in (headers["cookie"] ?? "").split(separator: ";") {
      let halves = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      if halves.count == 2, halves[0] == name { return String(halves[1]) }
    }
    return nil
  }

  private static func fields(_ text: Substring) -> [String: [String]] {
    var fields: [String: [String]] = [:]
    for part in text.split(separator: "&") {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      // Browsers send the line ends of a form as CR LF.
      let value = halves.count > 1 ? decoded(halves[1]) : ""
      fields[decoded(halves[0]), default: []].append(value.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    }
    return fields
  }

  private static func decoded(_ text: Substring) -> String {
    let spaced = String(text.map { $0 == "+" ? " " : $0 })
    return spaced.removingPercentEncoding ?? spaced
  }
}

/// An answer of the site.
package struct Answer: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: Data

  package init(_ status: Int, _ type: String, _ body: Data, headers: [(name: String, value: String)] = []) {
    self.status = status
    self.body = body
    self.headers = [("Content-Type", type)] + headers
  }

  static func page(_ html: HTML, status: Int = 200) -> Answer {
    Answer(status, "text/html; charset=utf-8", Data(html.text.utf8))
  }

  /// Redirects to another page after an action.
  static func seeOther(_ address: String) -> Answer {
    Answer(303, "text/plain; charset=utf-8", Data(), headers: [("Location", address)])
  }

  package func header(_ name: String) -> String? { headers.last { $0.name == name }?.value }
}

/// Addresses of the site.
enum PageAddress {
  /// `/items/KJ-C01-01?language=ja`, with any characters in the parts.
  static func path(_ parts: String..., query: [(String, String)] = []) -> String { path(parts, query: query) }

  static func path(_ parts: [String], query: [(String, String)] = []) -> String {
    let path = "/" + parts.map(encoded).joined(separator: "/")
    let fields = query.filter { !$0.1.isEmpty }.map { encoded($0.0) + "=" + encoded($0.1) }
    return fields.isEmpty ? path : path + "?" + fields.joined(separator: "&")
  }

  /// Whether an address from an inquiry is within the site. An address that begins with two slashes belongs to another
  /// host, and a line end would begin another header field.
  static func isOurs(_ address: String) -> Bool {
    address.hasPrefix("/") && !address.hasPrefix("//") && !address.contains("\\")
      && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  private static let plain = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
