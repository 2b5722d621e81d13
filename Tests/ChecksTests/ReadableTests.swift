import Base
import Evidence
import Testing

/// `readable`: each value that its column's type or length does not allow is told, with the number of its row.
@Suite struct ReadableTests {
  private static let check = SmallCheck.definition("kind: readable\ntable: persons")
  private static let bad = SmallTables.unreadable

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Name (4 characters at most, personal), number, birth.
    let rows: [[String?]]
    let status: CheckStatus
    let why: String
    /// Number of the row, column, what else the row holds.
    let lines: [[String]]

    init(_ name: String, _ rows: [[String?]], _ status: CheckStatus, _ why: String, _ lines: [[String]] = []) {
      (testDescription, self.rows, self.status, self.why, self.lines) = (name, rows, status, why, lines)
    }
  }

  static let cases: [Case] = [
    Case("all are read", [["亜", "1", "2000-01-01"], ["", "2", nil]], .passed, "all 2 rows can be read"),
    Case("no value fits everywhere", [[nil, nil, nil]], .passed, "all 1 rows can be read"),
    Case(
      "4 characters of any width", [["abcd", "1", nil], ["亜亜亜亜", "1", nil], ["😀😀😀😀", "1", nil]], .passed,
      "all 3 rows can be read"),
    Case(
      "a number", [["a", "1", nil], ["b", bad, "2000-01-01"]], .failed, "1 differences",
      [["2", "number", "birth=2000-01-01, name=●●●"]]),
    Case("a date", [["a", "1", bad]], .failed, "1 differences", [["1", "birth", "name=●●●, number=1"]]),
    Case("a text", [[bad, "1", nil]], .failed, "1 differences", [["1", "name", "birth=–, number=1"]]),
    Case(
      "5 characters", [["abcd", "1", nil], ["abcde", "2", nil], ["😀😀😀😀😀", "3", nil]], .failed, "2 differences",
      [["2", "name", "birth=–, name=●●●, number=2"], ["3", "name", "birth=–, name=●●●, number=3"]]),
    Case(
      "two values of a row are two differences", [["abcde", bad, bad]], .failed, "3 differences",
      [["1", "birth", "name=●●●"], ["1", "name", "name=●●●"], ["1", "number", "name=●●●"]]),
    Case("no row at all", [], .notRun, "inconclusive: there was no row to compare"),
  ]

  @Test(arguments: cases, Reading.ofRecords)
  func everyValueFits(_ row: Case, reading: Reading) throws {
    var tables = SmallTables()
    tables.lengths = ["persons": ["name": 4]]
    tables.add("persons", ["name!", "number:integer", "birth:date"], row.rows)
    let result = try tables.results(Self.check, reading: reading)[0]
    #expect(result.status == row.status)
    #expect(result.why.en == row.why)
    #expect(result.lines.map(\.key) == row.lines)
    #expect(result.lines.allSatisfy { $0.sides?.expected.isSaid == true && $0.sides?.actual.isSaid == true })
    #expect(result.differences == row.lines.count)
    #expect(result.actualRows == row.rows.count)
    #expect(result.expectedFrom == [.constant] && result.actualFrom == [.target])
  }

  @Test func aTableMayBeEmpty() throws {
    var tables = SmallTables()
    tables.add("persons", ["name"], [])
    #expect(try tables.results(Self.check + "\n    may-be-empty: true")[0].status == .passed)
  }

  @Test(
    arguments: [
      ("table: persons", nil), ("table: person", "found “person”, expected a table: persons"),
      ("", "“table” is missing"),
      ("table: [persons]", "expected a text"), ("table: persons\nwhere: name = 'a'", "there is no key “where” here"),
    ] as [(String, String?)])
  func whatIsNoDefinitionIsRefused(_ body: String, message: String?) throws {
    var tables = SmallTables()
    tables.add("persons", ["name"], [])
    let problems = tables.problems(SmallCheck.definition("kind: readable\n" + body))
    #expect(problems.isEmpty == (message == nil), "\(problems)")
    if let message { #expect(problems.contains { $0.contains(message) }, "\(problems)") }
  }
}
