import Base
import Evidence
import Testing

/// `null`, numbers and true/false as the values of terms.
@Suite struct NullTermTests {
  private static func check(_ kind: String, _ rest: String) -> String {
    SmallCheck.definition("kind: \(kind)\n" + rest)
  }

  private static let tables: SmallTables = {
    var tables = SmallTables()
    tables.add("old", ["id", "until:date", "n:integer"], [["1", "2020-01-01", "1"], ["2", nil, "1"]])
    tables.add("more", ["id"], [["3"]])
    tables.add(
      "new", ["id", "until:date", "n:integer"], [["1", "2020-01-01", "1"], ["2", nil, "1"], ["3", nil, "1"]])
    return tables
  }()

  /// `more` has no date: null is NULL of the others' type, whichever term comes first.
  @Test(arguments: [
    """
    expected:
      - {from: old, by: {id: id, until: until}, sum: {rows: 1}}
      - {from: more, by: {id: id, until: null}, sum: {rows: 1}}
    actual: [{from: new, by: {id: id, until: until}, sum: {rows: 1}}]
    """,
    """
    expected:
      - {from: more, by: {id: id, until: " null "}, sum: {rows: 1}}
      - {from: old, by: {id: id, until: until}, sum: {rows: 1}}
    actual: [{from: new, by: {id: id, until: until}, sum: {rows: 1}}]
    """,
  ]) func nullIsOfTheOthersType(_ terms: String) throws {
    let result = try Self.tables.results(Self.check("keys", terms))[0]
    #expect(result.status == .passed, "\(result)")
    var other = Self.tables
    other.tables[2].rows[2][1] = "2020-01-02"
    #expect(try other.results(Self.check("keys", terms))[0].status == .failed)
  }

  @Test func valuesMayBeNull() throws {
    let rows = """
      rows:
        - {from: more, by: {id: id}, value: {until: null}}
        - {from: new, by: {id: id}, value: {until: until}}
      """
    #expect(try Self.tables.results(Self.check("consistent", rows))[0].status == .passed)
    var other = Self.tables
    other.tables[2].rows[2][1] = "2020-01-02"
    #expect(try other.results(Self.check("consistent", rows))[0].status == .failed)
  }

  @Test(arguments: [
    ("1", "\"'1'\""), ("true", "\"'true'\""), ("'2019'", "\"'2019'\""), ("n", "date, integer"),
  ]) func whatMustBeATextIsTold(_ written: String, _ wanted: String) throws {
    let terms = """
      expected: [{from: old, by: {id: id, until: until, kind: "'1'"}, sum: {rows: 1}}]
      actual: [{from: new, by: {id: id, until: until, kind: \(written)}, sum: {rows: 1}}]
      """
    let failure = try #require(#expect(throws: (any Error).self) { try Self.tables.results(Self.check("keys", terms)) })
    let told = (failure as? Diagnostics)?.items.map { $0.message(.english) } ?? []
    #expect(told.contains { $0.contains(wanted) }, "\(failure)")
  }
}
