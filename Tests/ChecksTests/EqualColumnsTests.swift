import Base
import Evidence
import Testing

/// `equal-columns`: one check a table for all of its columns.
@Suite struct EqualColumnsTests {
  private static let definition = SmallCheck.definition(
    """
    kind: equal-columns
    table: new
    from:
      - {from: "A[10]", where: kind = '1', by: {year: year, number: key}, values: {name: name, yen: yen, day: day}}
      - {from: "B[20]", by: {number: key, year: '2019'}, values: {name: "''", day: null, yen: yen * 100}}
    except: {stamp: {ja: 新システムが書く, en: written by the new system}}
    """)

  private static func tables() -> SmallTables {
    var tables = SmallTables()
    tables.add(
      "A[10]", ["kind", "key", "year:integer", "name!", "yen:integer", "day:date"],
      [
        ["1", "a", "2019", "N1", "100", "2019-04-01"], ["2", "x", "2019", "N2", "1", nil],
        ["1", "b", "2019", "か\u{3099}", "0", nil], ["1", "c", "2020", nil, "300", nil],
      ], records: [1, 2, 3, 4])
    tables.add("B[20]", ["key", "yen:integer"], [["d", "4"], ["e", "5"]], records: [1, 2])
    tables.add(
      "new", ["stamp", "number", "year:integer", "name", "yen:integer", "day:date"],
      [
        ["s", "a", "2019", "N1", "100", "2019-04-01"], [nil, "b", "2019", "か\u{3099}", "0", nil],
        ["u", "d", "2019", "", "400", nil], ["u", "e", "2019", "", "500", nil], ["v", "c", "2020", nil, "300", nil],
      ])
    tables.keys = ["new": ["year", "number"]]
    return tables
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let change: @Sendable (inout SmallTables) -> Void
    /// Status, unreadable rows; then a line each: key, group, sums, values.
    let expected: [String]

    init(_ name: String, _ expected: [String], _ change: @escaping @Sendable (inout SmallTables) -> Void) {
      (testDescription, self.expected, self.change) = (name, expected, change)
    }
  }

  static let cases: [Case] = [
    Case("as it is", ["passed 0"]) { _ in },
    Case("a value", ["failed 0", "2019/a [] [] yen: 100|101; @A/1"]) { $0.tables[2].rows[0][4] = "101" },
    Case("a column that is not compared", ["passed 0"]) { $0.tables[2].rows[0][0] = "t" },
    Case("two columns, one personal", ["failed 0", "2019/a [] [] name: ●●●|●●●, day: 2019-04-01|–; @A/1"]) {
      $0.tables[2].rows[0][3] = "N"
      $0.tables[2].rows[0][5] = nil
    },
    Case("equal on paper, other bytes", ["failed 0", "2019/b [] [] name: ●●●|●●●; @A/3"]) {
      $0.tables[2].rows[1][3] = "が"
    },
    Case("null is not the empty text", ["failed 0", "2020/c [] [] name: ●●●|●●●; @A/4"]) {
      $0.tables[2].rows[4][3] = ""
    },
    Case("a row of 0 yen is missing in the new system", ["failed 0", "2019/b [1] [0] ; @A/3"]) {
      $0.tables[2].rows.remove(at: 1)
    },
    Case("a row is missing in the old system", ["failed 0", "2019/z [0] [1] ; "]) {
      $0.tables[2].rows.append([nil, "z", "2019", nil, "0", nil])
    },
    Case("a row twice", ["failed 0", "2019/d [1] [2] ; @B/1"]) {
      $0.tables[2].rows.insert($0.tables[2].rows[2], at: 2)
    },
    Case(
      "values changed between two rows",
      ["failed 0", "2019/d [] [] yen: 400|500; @B/1", "2019/e [] [] yen: 500|400; @B/2"]
    ) {
      $0.tables[2].rows[2][4] = "500"
      $0.tables[2].rows[3][4] = "400"
    },
    Case("a value that cannot be read decides nothing", ["not_run 1"]) {
      $0.tables[2].rows[0][4] = SmallTables.unreadable
    },
    Case("an unreadable legacy row without a row", ["failed 1", "2019/a [1] [0] ; @A/1"]) {
      $0.tables[0].rows[0][4] = SmallTables.unreadable
      $0.tables[2].rows.remove(at: 0)
    },
    Case("nothing on either side", ["not_run 0"]) { for table in $0.tables.indices { $0.tables[table].rows = [] } },
  ]

  @Test(arguments: cases, Reading.ofRecords)
  func everyColumnOfEveryRow(_ row: Case, _ reading: Reading) throws {
    var tables = Self.tables()
    row.change(&tables)
    if tables.tables[0].rows.isEmpty { for table in tables.tables.indices { tables.tables[table].records = [] } }
    let result = try tables.results(Self.definition, reading: reading)[0]
    let lines = result.lines.map { line in
      let pairs = zip(line.sides?.expected.values ?? [], line.sides?.actual.values ?? [])
        .map { "\($0.name): \($0.text)|\($1.text)" }.joined(separator: ", ")
      let places = (line.records ?? []).map { "@\($0.file)/\($0.record)" }.joined(separator: " ")
      return "\(line.key.joined(separator: "/")) \(line.expected) \(line.actual) \(pairs); \(places)"
    }
    #expect(["\(result.status.rawValue) \(result.unreadable)"] + lines == row.expected)
  }

  /// Differences of the same columns are one group.
  @Test func groupsAreByColumn() throws {
    var tables = Self.tables()
    for row in 0..<2 { tables.tables[2].rows[row][4] = "7" }
    tables.tables[2].rows[4][4] = "8"
    tables.tables[2].rows[4][3] = "N9"
    tables.tables[2].rows.remove(at: 3)
    let result = try tables.results(Self.definition)[0]
    #expect(
      result.groups.map { "\($0.pattern.en) \($0.lines)" }.sorted() == [
        "name, yen: another value 1", "row: old only 1", "yen: another value 2",
      ])
  }

  /// More rows than buckets, on both sides and in any order.
  @Test func manyRows() throws {
    var tables = SmallTables()
    let old = (0..<20_000).map { [String($0), String($0 * 3)] }
    tables.add("A[10]", ["key", "yen:integer"], old, records: Array(1...old.count))
    var new = old.reversed() as [[String?]]
    new[77][1] = "1"
    new.remove(at: 9_999)
    tables.add("new", ["key", "yen:integer"], new)
    tables.keys = ["new": ["key"]]
    let definition = SmallCheck.definition(
      "kind: equal-columns\ntable: new\nfrom: [{from: \"A[10]\", by: {key: key}, values: {yen: yen}}]")
    let result = try tables.results(definition, shards: 3)[0]
    #expect(result.lines.map(\.key) == [["10000"], ["19922"]])
    #expect(result.differences == 2)
  }

  @Test(arguments: [
    ("table: nwe, from: [{from: \"A[10]\", by: {k: k}, values: {v: v}}]", "new"),
    ("table: new, from: [{from: \"A[10]\", by: {k: k}}]", "nothing for v"),
    ("table: new, from: [{from: \"A[10]\", by: {k: k}, values: {v: v, w: v}}]", "w"),
    ("table: new, from: [{from: \"A[10]\", by: {v: k}, values: {v: v}}]", "nothing for k"),
    ("table: new, from: [{from: \"A[10]\", by: {k: v}, values: {v: v}}]", "integer"),
    ("table: new, from: [{from: \"A[10]\", by: {k: k}, values: {v: k}}]", "text"),
    ("table: new, from: [{from: new, by: {k: k}, values: {v: v}}]", "FILE[kind,…]"),
    ("table: new, from: [{from: \"A[10]\", by: {k: k}}], except: {v: why}", "why"),
    (
      "table: new, from: [{from: \"A[10]\", by: {k: k}, values: {v: v}}], except: {k: {ja: j, en: e}}", "beside the key"
    ),
    ("table: new, from: []", "an empty list"), ("table: bare, from: [{from: \"A[10]\", by: {}, values: {v: v}}]", ""),
    ("table: new, from: [{from: \"A[10]\", where: 'true', by: {k: k}, values: {v: v}}]", "a condition"),
  ]) func whatIsWrongIsSaid(_ body: String, _ words: String) throws {
    var tables = SmallTables()
    tables.add("A[10]", ["k", "v:integer"], [])
    tables.add("new", ["k", "v:integer"], [])
    tables.add("bare", ["v:integer"], [])
    tables.keys = ["new": ["k"]]
    let problems = tables.problems(
      "checks:\n  - {id: A, category: C01, severity: S1, title: {ja: j, en: e}, kind: equal-columns, \(body)}\n")
    #expect(problems.contains { $0.contains(words) }, "\(problems)")
  }
}
