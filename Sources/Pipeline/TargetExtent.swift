import Base
import Definitions
import Evidence
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
  struct Line: Sendable {
    let table: String
    /// `nil` for the whole table.
    let column: String?
    let reason: String
    let place: Place
  }

  private(set) var lines: [Line] = []

  /// The id of the check that fails when the target has parts that neither schema nor list name.
  package static let check = "NOT-VERIFIED"

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

  /// Reports everything together that the schema has and the target lacks.
  ///
  /// - Throws: `target.lacks`.
  static func requireAll(
    _ tables: [TableSchema], in stored: [StoredTable], _ reference: String
  ) throws(Diagnostic) {
    var lacking: [String] = []
    for table in tables {
      guard let found = stored.first(where: { $0.name == table.name }) else {
        lacking.append(table.name)
        continue
      }
      lacking += table.columns.filter { !found.columns.contains($0.name) }.map { "\(table.name).\($0.name)" }
    }
    guard !lacking.isEmpty else { return }
    let list = lacking.prefix(20).joined(separator: ", ") + (lacking.count > 20 ? " …" : "")
    throw Diagnostic(.targetLacks, at: Place(file: reference), String(lacking.count), list)
  }

  /// Compares the target with the schema: tables outside the schema and columns outside it, by table, each with the
  /// reason in the list.
  func unverified(_ stored: [StoredTable], _ tables: [TableSchema]) -> [RunEvidence.Unverified] {
    var found: [RunEvidence.Unverified] = []
    for table in stored.sorted(by: { $0.name < $1.name }) {
      guard let schema = tables.first(where: { $0.name == table.name }) else {
        let reason = lines.first { $0.column == nil && Self.matches($0.table, table.name) }?.reason
        found.append(RunEvidence.Unverified(table: table.name, column: nil, reason: reason))
        continue
      }
      for column in table.columns where !schema.columns.contains(where: { $0.name == column }) {
        let line = lines.first {
          $0.column.map { Self.matches($0, column) } == true && Self.matches($0.table, table.name)
        }
        found.append(RunEvidence.Unverified(table: table.name, column: column, reason: line?.reason))
      }
    }
    return found
  }

  /// The check that fails when a part is not verified and no reason is given; `nil` when there is no such part.
  static func result(_ unverified: [RunEvidence.Unverified]) -> CheckResult? {
    .extent(
      check, Bilingual("移行先にあって検証していない表・項目", "Tables and columns of the target that nothing verifies"),
      Bilingual(
        "移行先のすべての表・項目 = schema の定義 + not-verified の一覧",
        "all tables and columns of the target = those of the schema + the list not-verified"), of: .target,
      keyNames: ["table", "column"],
      open: unverified.filter { $0.reason == nil }.map { line in
        (key: [line.table, line.column ?? "*"], name: line.column.map { "\(line.table).\($0)" } ?? line.table)
      }
    ) { count, list in
      Bilingual(
        "定義にない表・項目が\(count)件: \(list)。schema に加えるか、not-verified に理由を書いてください",
        "\(count) that no definition names: \(list). Add them to the schema, or say why not under not-verified")
    }
  }

  /// Whether a name matches a pattern.
  static func matches(_ pattern: String, _ name: String) -> Bool {
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
