import Base
import Evidence
import Testing

/// `unique`: each row is held against the one before it.
@Suite struct UniqueTests {
  private static let check = SmallCheck.definition("kind: unique\ntable: persons\nkey: [number, version]")
  private static let bad = SmallTables.unreadable

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let rows: [[String?]]
    let status: CheckStatus
    let why: String
    /// The keys that are told.
    let lines: [[String]]

    init(_ name: String, _ rows: [[String?]], _ status: CheckStatus, _ why: String, _ lines: [[String]] = []) {
      (testDescription, self.rows, self.status, self.why, self.lines) = (name, rows, status, why, lines)
    }
  }

  static let cases: [Case] = [
    Case("all differ", [["A", "1"], ["A", "2"], ["B", "1"]], .passed, "no repeated key in 3 rows"),
    Case("one row", [["A", "1"]], .passed, "no repeated key in 1 rows"),
    Case("no value and the empty text differ", [[nil, "1"], ["", "1"]], .passed, "no repeated key in 2 rows"),
    Case("no value and 0 differ", [["A", nil], ["A", "0"]], .passed, "no repeated key in 2 rows"),
    Case("parts of a key do not run together", [["A1", "1"], ["A", "11"]], .passed, "no repeated key in 2 rows"),
    Case("twice", [["A", "1"], ["A", "2"], ["A", "2"], ["B", "2"]], .failed, "1 rows repeat a key", [["A", "2"]]),
    Case(
      "three times is two too many", [["A", "1"], ["A", "1"], ["A", "1"]], .failed, "2 rows repeat a key",
      [["A", "1"], ["A", "1"]]),
    Case("no value is a key too", [[nil, "1"], [nil, "1"]], .failed, "1 rows repeat a key", [["–", "1"]]),
    Case(
      "who cannot be read is no key", [["A", bad], ["A", bad]], .notRun,
      "inconclusive: 2 rows hold values that cannot be read, or none to add up; the rest agrees"),
    Case(
      "who cannot be read parts nobody", [["A", "1"], [bad, "1"], ["A", "1"]], .failed, "1 rows repeat a key",
      [["A", "1"]]),
    Case("no row at all", [], .notRun, "inconclusive: there was no row to compare"),
  ]

  @Test(arguments: cases, Reading.ofTables)
  func aKeyOccursOnce(_ row: Case, reading: Reading) throws {
    var tables = SmallTables()
    tables.add("persons", ["number", "version:integer"], row.rows)
    let result = try tables.results(Self.check, reading: reading)[0]
    #expect(result.status == row.status)
    #expect(result.why.en == row.why)
    #expect(result.lines == row.lines.map { .init(key: $0, expected: [1], actual: [2]) })
    #expect(result.differences == row.lines.count)
    #expect(result.unreadable == row.rows.count { $0.contains(Self.bad) })
    #expect(result.actualRows == row.rows.count - result.unreadable)
    #expect(result.keyNames == ["number", "version"])
    #expect(result.expectedFrom == [.constant] && result.actualFrom == [.target])
  }

  @Test func aTableMayBeEmpty() throws {
    var tables = SmallTables()
    tables.add("persons", ["number", "version:integer"], [])
    let result = try tables.results(Self.check + "\n    may-be-empty: true")[0]
    #expect(result.status == .passed && result.why.en == "no repeated key in 0 rows")
  }

  @Test func aPersonalKeyIsMasked() throws {
    var tables = SmallTables()
    tables.add("persons", ["number!", "version:integer"], [["A", "1"], ["A", "1"]])
    #expect(try tables.results(Self.check)[0].lines.map(\.key) == [["●●●", "1"]])
  }

  @Test(
    arguments: [
      ("table: persons\nkey: [number, version]", nil), ("table: persons\nkey: [version, number]", nil),
      ("table: persons\nkey: [number]", nil),
      ("table: persons", "“key” is missing"), ("key: [number]", "“table” is missing"),
      ("table: person\nkey: [number]", "found “person”, expected a table: persons"),
      ("table: persons\nkey: [nummer]", "“nummer”"),
      ("table: persons\nkey: []", "found “an empty list”, expected at least one"),
      ("table: persons\nkey: number", "found “number”, expected a list"),
      // Rows that agree in these need not stand together.
      (
        "table: persons\nkey: [version]",
        "found “version”, expected the first columns of the table's key: number, version"
      ),
      ("table: persons\nkey: [number, number]", "the first columns of the table's key"),
      ("table: persons\nkey: [number, version, sex]", "the first columns of the table's key"),
      ("table: persons\nkey: [number]\nwhere: version = 1", "there is no key “where” here"),
    ] as [(String, String?)])
  func whatIsNoDefinitionIsRefused(_ body: String, message: String?) throws {
    var tables = SmallTables()
    tables.keys = ["persons": ["number", "version"]]
    tables.add("persons", ["number", "version:integer", "sex"], [])
    let problems = tables.problems(SmallCheck.definition("kind: unique\n" + body))
    #expect(problems.isEmpty == (message == nil), "\(problems)")
    if let message { #expect(problems.contains { $0.contains(message) }, "\(problems)") }
  }
}
