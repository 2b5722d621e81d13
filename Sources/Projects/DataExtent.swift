import Base
import Definitions

/// Files in the folder of the legacy files that no definition reads, with the reasons: `not-read` of the project.
///
/// ```yaml
/// not-read:
///   - {file: facts.json, reason: 生成した市の控え}
///   - {file: "*.txt", reason: 送り状}
/// ```
///
/// All files of a delivery must be present exactly once (回次のファイルは過不足なく1回): an unread file may be a second delivery, or
/// one whose definition is missing.
package struct DataExtent: Sendable {
  /// One line of the list. `*` in a name matches any characters.
  package struct Line: Sendable {
    package let file: String
    package let reason: String
  }

  package private(set) var lines: [Line] = []

  /// Adds the lines of the project's list.
  mutating func read(_ node: DefinitionNode?) {
    for entry in node?.list ?? [] {
      guard let map = entry.map(["file", "reason"]), let file = map.required("file")?.text,
        let reason = map.required("reason")
      else { continue }
      guard let text = reason.text, !text.allSatisfy(\.isWhitespace) else {
        reason.wrong("", "why nobody reads it")
        continue
      }
      if file.allSatisfy({ $0 == "*" }) {
        map["file"]?.wrong(file, "a name, or the beginning or end of names")
        continue
      }
      lines.append(Line(file: file, reason: text))
    }
  }
}
