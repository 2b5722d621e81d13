import Base
import Definitions
import Registers

/// What the definitions must come to, as people have agreed: the last entry of the gates' file, so that no cut leaves it there.
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
/// `warns` and `may-be-empty` are the checks that fail nothing, and those that nothing to compare satisfies: a check that was
/// made weaker is told as one that is gone.
///
/// A verdict does not get better by something missing: what is fewer than this is refused by `lint`, and a criterion that
/// rests on a list of which rows are missing cannot be judged.
package struct ExpectedNumbers: Sendable {
  package let files: Int
  package let tables: Int
  package let checks: Int
  /// Checks by severity; all of them.
  package let severities: [String: Int]
  package let warns: Int
  package let mayBeEmpty: Int
  /// By gate.
  package let criteria: [String: Int]
  /// Rows of each list of the registers, by its name.
  package let lists: [String: Int]

  /// - Returns: `nil` after a diagnostic.
  init?(_ node: DefinitionNode) {
    let names = ["files", "tables", "checks", "severities", "warns", "may-be-empty", "criteria", "lists"]
    guard let map = node.map(names),
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
  /// Why a criterion that rests on these lists cannot be judged: the registers do not have all their rows. `nil` where they do.
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
