import Base
import Definitions
import Registers

/// The agreed numbers of the definitions' parts: the last entry of the gates' file, so that a truncated file lacks it.
///
/// ```yaml
/// expected:
///   files: 9
///   tables: 36
///   checks: 1012
///   severities: {S1: 625, S2: 329, S3: 58}
///   warns: 25
///   may-be-empty: 274
///   criteria: {provisional: 19, production: 22}
///   lists: {migration-items: 450, test-items: 315, trainings: 53}
/// ```
///
/// `warns` and `may-be-empty` count the checks that fail nothing and those that accept an empty comparison: a weakened
/// check is reported like a missing one.
///
/// Missing parts never improve a verdict: `lint` refuses smaller numbers, and a criterion that rests on a list with
/// missing rows cannot be judged.
package struct ExpectedNumbers: Sendable {
  package let files: Int
  package let tables: Int
  package let checks: Int
  /// The number of checks by severity; all of them.
  package let severities: [String: Int]
  package let warns: Int
  package let mayBeEmpty: Int
  /// The number of criteria by gate.
  package let criteria: [String: Int]
  /// The number of rows of each list of the registers, by name.
  package let lists: [String: Int]

  package static let parts = ["files", "tables", "checks", "severities", "warns", "may-be-empty", "criteria", "lists"]

  /// - Returns: `nil` after a diagnostic.
  init?(_ node: DefinitionNode) {
    guard let map = node.map(Self.parts),
      let files = map.required("files")?.integer(atLeast: 0), let tables = map.required("tables")?.integer(atLeast: 0),
      let checks = map.required("checks")?.integer(atLeast: 0), let severities = map.required("severities"),
      let warns = map.required("warns")?.integer(atLeast: 0),
      let mayBeEmpty = map.required("may-be-empty")?.integer(atLeast: 0), let criteria = map.required("criteria"),
      let lists = map.required("lists")
    else { return nil }
    self.files = files
    self.tables = tables
    self.checks = checks
    self.severities = Self.numbers(severities)
    self.warns = warns
    self.mayBeEmpty = mayBeEmpty
    self.criteria = Self.numbers(criteria)
    self.lists = Self.numbers(lists)
  }

  private static func numbers(_ node: DefinitionNode) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for entry in node.entries {
      if let number = entry.value.integer(atLeast: 0) { numbers[entry.key] = number }
    }
    return numbers
  }
}

extension GateInput {
  /// The reason why a criterion that rests on these lists cannot be judged: the registers lack some of their rows.
  /// `nil` when they have them all.
  func gap(of lists: [String]) -> Judgement? {
    let gaps = lists.compactMap { list -> (list: String, found: Int, expected: Int)? in
      guard let expected = expected?.lists[list] else { return nil }
      let found = dossier.rows(of: list)
      return found >= expected ? nil : (list, found, expected)
    }
    guard !gaps.isEmpty else { return nil }
    let list = gaps.map { "\($0.list) \($0.found) / \($0.expected)" }.joined(separator: ", ")
    return Judgement(
      .unknown, actual: Bilingual("一覧 \(list)行", "lists: \(list) rows"),
      required: Bilingual("一覧の全行", "all rows of the lists"),
      why: Bilingual(
        "登録簿の一覧の行が gates.yaml の expected に足りない: \(list)",
        "rows of the registers' lists are missing, as gates.yaml expects them: \(list)"))
  }
}
