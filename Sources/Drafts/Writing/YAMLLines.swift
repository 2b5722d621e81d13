/// Lines of a YAML definition.
struct YAMLLines {
  private(set) var lines: [String] = []

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func add(_ depth: Int, _ line: String) { lines.append(String(repeating: "  ", count: depth) + line) }
  mutating func add(_ other: YAMLLines, depth: Int) { for line in other.lines { add(depth, line) } }

  /// A scalar: as it is, or in quotation marks where YAML would read something else.
  static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.value > 0x7F || $0.properties.isAlphabetic || "0123456789_-.() /<>=+".unicodeScalars.contains($0)
      }
      && text.unicodeScalars.first.map { $0.value > 0x7F || $0.properties.isAlphabetic } == true
      && text.last != " " && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"" + escaped + "\""
  }

  /// A scalar in quotation marks, whatever it is: the codes of kinds are texts.
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// `{ja: …, en: …}`.
  static func both(_ ja: String, _ en: String) -> String { "{ja: \(scalar(ja)), en: \(scalar(en))}" }

  static func list(_ texts: [String]) -> String { "[" + texts.map(scalar).joined(separator: ", ") + "]" }

  static func map(_ entries: [(String, String)]) -> String {
    "{" + entries.map { "\(scalar($0.0)): \(scalar($0.1))" }.joined(separator: ", ") + "}"
  }

  /// A row of a CSV file.
  static func csv(_ values: [String]) -> String {
    values.map { value in
      value.contains { ",\"\n\r".contains($0) } ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
    }.joined(separator: ",")
  }
}
