import Base
import Targets

/// The parts of a reference to a dataset: `SCHEME:PATH?name=value&…`, or a file by the ending of its name.
///
/// A file with another name is `csv:PATH`, `tsv:PATH` or `ndjson:PATH`.
package struct DatasetReference: Hashable, Sendable {
  package enum Form: String, Hashable, Sendable, CaseIterable {
    case csv, tsv, ndjson, sqlite, postgres, legacy, project
  }

  package let text: String
  package let form: Form
  /// The path of a file or database; for PostgreSQL, the whole reference without the parameters of this program.
  package let path: String
  package let parameters: [String: String]
  /// `SUBSYSTEM.DATASET` of a project.
  package let dataset: String

  /// The parameters of each form.
  private static let known: [Form: Set<String>] = [
    .csv: ["charset", "delimiter", "gaiji", "header", "null", "quotes"],
    .tsv: ["charset", "delimiter", "gaiji", "header", "null", "quotes"],
    .ndjson: ["columns"], .sqlite: ["table", "query"], .project: ["data"],
    .legacy: [
      "copybook", "charset", "record-format", "record-length", "dialect", "national", "gaiji", "spaces", "low-values",
      "trim", "form", "copy-path", "type", "personal", "choose", "length-of", "charset-of", "where",
    ],
  ]

  /// - Throws: `dataset.reference` for a text that no form accepts; its message shows only parts that cannot be a
  ///   password; `dataset.parameter` for an unknown parameter; `target.reference`, `library.missing` for a PostgreSQL
  ///   database.
  package init(_ reference: String) throws(Diagnostic) {
    let text = PostgresReference.inLowerCase(reference)
    self.text = text
    let (body, query) = Self.divide(text)
    var (parameters, twice) = Self.parameters(query)
    if let twice, text.firstRange(of: "://") == nil {
      throw Diagnostic(
        .datasetParameter, at: Place(file: ShownText.reference(body)), "\(twice)=… \(twice)=…", "\(twice)=…")
    }
    var dataset = ""
    if PostgresReference.names(text) {
      form = .postgres
      path = text
      parameters = parameters.filter { ["table", "query", "schema"].contains($0.key) }
    } else if let named = [Form.csv, .tsv, .ndjson].first(where: { body.hasPrefix($0.rawValue + ":") }) {
      form = named
      path = String(body.dropFirst(named.rawValue.count + 1))
    } else if body.hasPrefix("sqlite:") {
      form = .sqlite
      path = String(body.dropFirst(7))
    } else if body.hasPrefix("legacy:") {
      form = .legacy
      path = String(body.dropFirst(7))
    } else if let project = [".yaml:", ".yml:"].compactMap({ body.firstRange(of: $0) }).first {
      form = .project
      path = String(body[..<body.index(before: project.upperBound)])
      dataset = String(body[project.upperBound...])
    } else {
      let name = body.hasSuffix(".gz") ? String(body.dropLast(3)) : body
      switch name.split(separator: ".").last?.lowercased() {
      case "csv": form = .csv
      case "tsv", "tab": form = .tsv
      case "ndjson", "jsonl": form = .ndjson
      default: throw Diagnostic(.datasetReference, at: Place(file: ShownText.reference(text)))
      }
      path = body
    }
    // A database's address where a path should be, perhaps with a password.
    if form != .postgres, path.contains("://") {
      throw Diagnostic(.datasetReference, at: Place(file: ShownText.reference(text)))
    }
    if let known = Self.known[form], let unknown = parameters.keys.sorted().first(where: { !known.contains($0) }) {
      throw Diagnostic(.datasetParameter, at: Place(file: body), unknown, known.sorted().joined(separator: ", "))
    }
    self.parameters = parameters
    self.dataset = dataset
  }

  /// A query for use in parentheses: without the semicolon that ends a statement, and with a line end that ends a
  /// comment.
  static func subquery(_ query: String) -> String {
    var text = Substring(query)
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    return "(\(text)\n)"
  }

  /// The path and the text behind its question mark.
  private static func divide(_ text: String) -> (body: String, query: String) {
    guard let mark = text.firstIndex(of: "?") else { return (text, "") }
    return (String(text[..<mark]), String(text[text.index(after: mark)...]))
  }

  /// `name=value&name=value`, where a value may hold `&` and `=` unless the text behind looks like a further parameter.
  ///
  /// - Returns: also the first name that occurs twice.
  private static func parameters(_ query: String) -> (found: [String: String], twice: String?) {
    var found: [String: String] = [:]
    var twice: String?
    var last: String?
    for piece in query.split(separator: "&", omittingEmptySubsequences: false) {
      let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(halves[0])
      if halves.count == 2, !name.isEmpty, name.allSatisfy({ $0.isLowercase || $0 == "-" || $0 == "_" }) {
        if found.updateValue(decoded(String(halves[1])), forKey: name) != nil { twice = twice ?? name }
        last = name
      } else if let last {
        found[last]? += "&" + decoded(String(piece))
      }
    }
    return (found, twice)
  }

  /// Decodes percent encoding (RFC 3986). A text that would not be UTF-8 was not encoded, as in `LIKE '%ab%'`.
  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      if source[index] == 0x25, index + 2 < source.count,
        let byte = UInt8(String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        bytes.append(byte)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? text
  }
}
