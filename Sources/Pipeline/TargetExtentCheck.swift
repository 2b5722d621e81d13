import Evidence
import Base
import Projects
import Targets

extension TargetExtent {
  /// The id of the check that fails when the target has parts that neither schema nor list name.
  package static let check = "NOT-VERIFIED"

  /// Reports everything together that the schema has and the target lacks or has twice; beside it, what the target has
  /// and the schema has not.
  ///
  /// - Throws: `target.lacks`.
  static func requireAll(
    _ tables: [TableSchema], in stored: [StoredTable], _ reference: String
  ) throws(Diagnostic) {
    var lacking: [String] = []
    for table in tables {
      let found = stored.filter { $0.name == table.name }
      guard found.count == 1 else {
        lacking.append(table.name + (found.isEmpty ? "" : " ×\(found.count)"))
        continue
      }
      for column in table.columns {
        let count = found[0].columns.count { $0 == column.name }
        if count != 1 { lacking.append("\(table.name).\(column.name)" + (count == 0 ? "" : " ×\(count)")) }
      }
    }
    guard !lacking.isEmpty else { return }
    let others = stored.flatMap { found in
      guard let table = tables.first(where: { $0.name == found.name }) else { return [found.name] }
      // Which of two is meant nobody knows.
      guard stored.count(where: { $0.name == table.name }) == 1 else { return [] }
      return found.columns.filter { name in !table.columns.contains { $0.name == name } }.map { "\(found.name).\($0)" }
    }
    func list(_ names: [String]) -> String {
      names.isEmpty ? "–" : names.prefix(20).joined(separator: ", ") + (names.count > 20 ? " …" : "")
    }
    throw Diagnostic(.targetLacks, at: Place(file: reference), String(lacking.count), list(lacking), list(others))
  }

  /// Compares the target with the schema: tables outside the schema and columns outside it, by table, each with the
  /// reason in the list.
  package func unverified(_ stored: [StoredTable], _ tables: [TableSchema]) -> [RunEvidence.Unverified] {
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
}
