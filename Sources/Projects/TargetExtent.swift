import Base
import Definitions
import Targets

/// Parts of the target that are not verified, with the reasons: `not-verified` of a schema file.
///
/// ```yaml
/// not-verified:
///   - {table: 個人住民税_期別, column: 更新日時, reason: 新システムが書き込む時刻}
///   - {table: "log_*", reason: 新システムの記録}
/// ```
package struct TargetExtent: Sendable {
  /// One line of the list. `*` in a name matches any characters.
  package struct Line: Sendable {
    package let table: String
    /// `nil` for the whole table.
    package let column: String?
    package let reason: String
    package let place: Place
  }

  package private(set) var lines: [Line] = []

  /// Adds the lines of a schema file.
  mutating func read(_ node: DefinitionNode?) {
    for entry in node?.list ?? [] {
      guard let map = entry.map(["table", "column", "reason"]), let table = map.required("table")?.text,
        let reason = map.required("reason")
      else { continue }
      guard let text = reason.text, !text.allSatisfy(\.isWhitespace) else {
        reason.wrong("", "why nobody verifies it")
        continue
      }
      lines.append(Line(table: table, column: map["column"]?.text, reason: text, place: entry.place))
    }
  }

  /// Reports each line that names a part of the schema, and so contradicts it.
  func lint(_ tables: [TableSchema], _ problems: Problems) {
    for line in lines {
      for table in tables where Self.matches(line.table, table.name) {
        guard let column = line.column else {
          problems.add(
            Diagnostic(.definitionValue, at: line.place, line.table, "a table that the schema does not have"))
          continue
        }
        for other in table.columns where Self.matches(column, other.name) {
          problems.add(Diagnostic(.definitionValue, at: line.place, column, "a column that the schema does not have"))
        }
      }
    }
  }

  /// Whether a name matches a pattern.
  package static func matches(_ pattern: String, _ name: String) -> Bool {
    guard pattern.contains("*") else { return pattern == name }
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, name.hasPrefix(first) else { return false }
    var rest = name.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      if part.isEmpty { continue }
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.count >= last.count && rest.hasSuffix(last)
  }
}
