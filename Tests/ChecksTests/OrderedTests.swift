import Base
import Evidence
import Testing

/// `ordered`: each row of a group is held against the one before it. What periods and gaps are stands in `KeyKindTests`.
@Suite struct OrderedTests {
  private static let bad = SmallTables.unreadable

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: String
    /// System and number.
    let rows: [[String?]]
    let status: CheckStatus
    let why: String
    let lines: [[String]]

    init(
      _ name: String, _ check: String, _ rows: [[String?]], _ status: CheckStatus, _ why: String,
      _ lines: [[String]] = []
    ) {
      (testDescription, self.check, self.rows) = (name, check, rows)
      (self.status, self.why, self.lines) = (status, why, lines)
    }
  }

  private static let byGroup = "group: [system]\nvalue: number\n"

  static let cases: [Case] = [
    Case(
      "greater", byGroup + "must: greater", [["A", "1"], ["A", "5"], ["B", "2"]], .passed, "3 rows are in order"),
    Case(
      "not greater", byGroup + "must: greater", [["A", "1"], ["A", "1"], ["A", "0"], ["B", "0"]], .failed,
      "2 rows are out of order", [["A"], ["A"]]),
    Case("not less", byGroup + "must: not-less", [["A", "1"], ["A", "1"]], .passed, "2 rows are in order"),
    Case(
      "less", byGroup + "must: not-less", [["A", "1"], ["A", "0"], ["A", "0"]], .failed, "1 rows are out of order",
      [["A"]]),
    Case("next", byGroup + "must: next", [["A", "-1"], ["A", "0"], ["A", "1"]], .passed, "3 rows are in order"),
    Case(
      "a gap, the same again, one back", byGroup + "must: next",
      [["A", "1"], ["A", "3"], ["A", "3"], ["A", "2"]], .failed, "3 rows are out of order", [["A"], ["A"], ["A"]]),
    Case(
      "no value is a group too", byGroup + "must: next", [[nil, "1"], [nil, "3"], ["", "1"]], .failed,
      "1 rows are out of order", [["–"]]),
    Case(
      "without a group all rows are one", "group: []\nvalue: number\nmust: next",
      [["A", "1"], ["B", "2"], ["C", "9"]],
      .failed, "1 rows are out of order", [[]]),
    Case(
      "what the row before leaves is another value",
      "group: [system]\nprevious: number + 1\nvalue: number\nmust: greater",
      [["A", "1"], ["A", "2"], ["A", "5"]], .failed, "1 rows are out of order", [["A"]]),
    Case(
      "what is left out is no row before", byGroup + "where: number <> 9\nmust: next",
      [["A", "1"], ["A", "9"], ["A", "2"]], .passed, "2 rows are in order"),
    Case(
      "what cannot be read is no row before", byGroup + "must: next", [["A", "1"], ["A", bad], ["A", "2"]], .notRun,
      "inconclusive: 1 rows hold values that cannot be read, or none to add up; the rest agrees"),
    Case("no row at all", byGroup + "must: next", [], .notRun, "inconclusive: there was no row to compare"),
    Case(
      "all rows left out", byGroup + "where: number <> 9\nmust: next", [["A", "9"]], .notRun,
      "inconclusive: there was no row to compare"),
    Case(
      "a table that may be empty", byGroup + "must: next\nmay-be-empty: true", [], .passed, "0 rows are in order"),
  ]

  @Test(arguments: cases, Reading.ofTables)
  func rowsOfAGroupAreInOrder(_ row: Case, reading: Reading) throws {
    var tables = SmallTables()
    tables.add("changes", ["system", "number:integer"], row.rows)
    let result = try tables.results(
      SmallCheck.definition("kind: ordered\ntable: changes\n" + row.check), reading: reading)[0]
    #expect(result.status == row.status)
    #expect(result.why.en == row.why)
    #expect(result.lines.map(\.key) == row.lines)
    #expect(result.lines.allSatisfy { $0.sides?.expected.isSaid == true && $0.sides?.actual.isSaid == true })
    #expect(result.differences == row.lines.count)
  }

  @Test(
    arguments: [
      ("group: [system]\nvalue: number\nmust: next", nil), ("group: [kind, system]\nvalue: number\nmust: next", nil),
      ("group: [system]\nvalue: number", "“must” is missing"), ("group: [system]\nmust: next", "“value” is missing"),
      ("value: number\nmust: next", "“group” is missing"),
      ("group: [system]\nvalue: number\nmust: more", "found “more”, expected greater, not-less, next"),
      ("group: [system]\nvalue: kind\nmust: next", "found “text”, expected an integer or a date"),
      ("group: [system]\nprevious: day\nvalue: number\nmust: next", "date"),
      ("group: [system]\nwhere: number\nmust: next\nvalue: number", "true/false"),
      ("group: [kind]\nvalue: number\nmust: next", "the first columns of the table's key: system, kind"),
      ("group: [system]\nvalue: nummer\nmust: next", "“nummer”"),
      ("group: [sistem]\nvalue: number\nmust: next", "“sistem”"),
    ] as [(String, String?)])
  func whatIsNoDefinitionIsRefused(_ body: String, message: String?) throws {
    var tables = SmallTables()
    tables.keys = ["changes": ["system", "kind"]]
    tables.add("changes", ["system", "kind", "number:integer", "day:date"], [])
    let problems = tables.problems(SmallCheck.definition("kind: ordered\ntable: changes\n" + body))
    #expect(problems.isEmpty == (message == nil), "\(problems)")
    if let message { #expect(problems.contains { $0.contains(message) }, "\(problems)") }
  }
}
