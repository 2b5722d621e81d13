import Comparisons
import Base
import Datasets
import Diff
import Evidence
import Testing

/// Which differences a rule accepts, and what becomes of the rule.
@Suite struct AcceptanceTests {
  /// `id,tax,code`: 1 differs by 1, 2 by −2, 3 by a code, 4 and 5 are on one side, 6 agrees.
  private static let left = [
    ["1", "100", "a"], ["2", "100", "a"], ["3", "100", "01"], ["4", "7", "a"], ["6", "0", "a"],
  ]
  private static let right = [
    ["1", "101", "a"], ["2", "98", "a"], ["3", "100", "02"], ["5", "8", "b"], ["6", "0", "a"],
  ]

  private static func side(_ rows: [[String]]) -> HeldRows {
    HeldRows(
      columns: ["id", "tax", "code"].map { DatasetColumn($0, .text) },
      rows: rows.map { $0.map { $0 == "∅" ? (.null, "") : (.text, $0) } })
  }

  private static func compare(
    _ rules: [String], _ left: [[String]] = left, _ right: [[String]] = right, day: Int64 = 2026_04_01
  ) throws -> ComparisonEvidence {
    let folder = try Folder()
    let text =
      "accept:\n"
      + rules.enumerated().map {
        "  - {id: R\($0 + 1), reason: r, approver: 山田, by: 鈴木, expires: 2026-12-31, \($1)}\n"
      }.joined()
    let path = try folder.write(text.utf8, "accept.yaml")
    let comparison = try DatasetComparison(left: side(left), right: side(right), .init(key: ["id"]))
    return try comparison.run(.init(accept: path, day: day)) { _ in }
  }

  /// The rules, and for each how many differences it covers: `matched`, `matched+beyond`.
  @Test(
    arguments: [
      (["kind: changed"], ["3"]), (["kind: left_only"], ["1"]), (["kind: right_only"], ["1"]),
      (["columns: [tax]"], ["2"]), (["columns: [tax, code]"], ["3"]), (["columns: [id]"], ["0"]),
      (["key: {id: 1}"], ["1"]), (["key: {id: 5}"], ["1"]), (["key: {id: 6}"], ["0"]), (["key: {code: a}"], ["3"]),
      (["left: {tax: 100}"], ["3"]), (["left: {tax: 100.0}"], ["0"]), (["right: {code: b}"], ["1"]),
      (["left: {code: a}, right: {code: a}"], ["2"]), (["left: {tax: 7}, right: {tax: 8}"], ["0"]),
      (["within: 1"], ["1"]), (["within: 2"], ["2"]), (["within: 1.99"], ["1"]),
      // The first rule that covers a difference has it.
      (["columns: [tax], within: 1", "columns: [tax]"], ["1", "1"]),
      (["columns: [tax]", "columns: [tax], within: 1"], ["2", "0"]),
      // A rule covers no more than it was given for; what is beyond is for the next.
      (["kind: changed, at-most: 2"], ["2+1"]), (["kind: changed, at-most: 2", "kind: changed"], ["2+1", "1"]),
      (["columns: [tax], at-most: {sum: {tax: 2}, rows: 9}"], ["1+1"]),
      (["columns: [tax], at-most: {sum: {tax: 3}, rows: 9}"], ["2"]),
      (["kind: left_only, at-most: {sum: {tax: 7}, rows: 1}"], ["1"]),
      (["kind: left_only, at-most: {sum: {tax: 6.99}, rows: 1}"], ["0+1"]),
      // A code is no number, whatever it looks like.
      (["columns: [code], within: 9"], ["0"]), (["columns: [code], at-most: {sum: {code: 9}, rows: 9}"], ["0+1"]),
    ] as [([String], [String])])
  func aRuleCoversWhatItSays(_ rules: [String], _ covered: [String]) throws {
    let evidence = try Self.compare(rules)
    #expect(evidence.rules.map { "\($0.matched)" + ($0.beyond.map { "+\($0)" } ?? "") } == covered)
    #expect(evidence.accepted == evidence.rules.map(\.matched).reduce(0, +))
    #expect(evidence.accepted + evidence.unexplained == 5)
    #expect(evidence.same == 1)
    let states =
      evidence.rules.map { $0.beyond != nil ? .exceeded : $0.matched > 0 ? .matched : .unmatched }
      as [ComparisonEvidence.Rule.State]
    #expect(evidence.rules.map(\.state) == states)
  }

  /// A rule holds until its last day, that one included.
  @Test(arguments: [(2026_12_30, true), (2026_12_31, true), (2027_01_01, false)] as [(Int64, Bool)])
  func aRuleEnds(_ day: Int64, holds: Bool) throws {
    let evidence = try Self.compare(["kind: changed"], day: day)
    #expect(evidence.accepted == (holds ? 3 : 0))
    #expect(evidence.rules.map(\.state) == [holds ? .matched : .expired])
  }

  /// No value is only what the rule calls null.
  @Test(arguments: [
    ("left: {tax: null}", 1), ("left: {tax: ''}", 0), ("left: {tax: 'null'}", 0), ("right: {tax: ''}", 1),
  ])
  func noValueIsNoText(_ rule: String, accepted: Int) throws {
    #expect(try Self.compare([rule], [["1", "∅", "a"]], [["1", "", "a"]]).accepted == accepted)
  }
}
