import Base
import Evidence
import Testing

/// The kinds of checks on keys: rows that belong together, apart, or in sequence.
@Suite struct KeyKindTests {
  private static func head(_ kind: String, _ rest: String) -> String {
    """
    checks:
      - id: T-1
        kind: \(kind)
        category: C07
        severity: S1
        title: {ja: 検査, en: check}
    \(rest.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
    """
  }

  @Test(arguments: [1, 2, 3])
  func aKeyHasOneValue(shards: Int) throws {
    let definition = Self.head(
      "consistent",
      """
      rows:
        - {from: persons, by: {number: number}, value: {birth: birth, sex: sex}}
        - {from: links, where: "kind = '20'", by: {number: number}, value: {birth: birth, sex: sex}}
      """)
    var tables = SmallTables()
    tables.add(
      "persons", ["number", "birth:date", "sex"],
      [["1", "2000-01-01", "1"], ["2", "2000-01-02", "2"], ["1", "2000-01-01", "1"], ["3", nil, "1"]])
    tables.add(
      "links", ["number", "birth:date", "sex", "kind"],
      [["1", "2000-01-01", "1", "20"], ["2", "2000-01-03", "2", "10"], ["3", nil, "1", "20"]])
    let passed = try tables.results(definition, shards: shards)[0]
    #expect(passed.status == .passed)
    #expect(passed.actualRows == 6)
    tables.tables[1].rows += [["2", "2000-01-03", "2", "20"], ["3", nil, "2", "20"]]
    let failed = try tables.results(definition, shards: shards)[0]
    #expect(failed.status == .failed)
    #expect(failed.lines.map(\.key) == [["2"], ["3"]])
    #expect(failed.why.en == "2 differences")
  }

  @Test(arguments: [1, 2])
  func noKeyIsOnBothSides(shards: Int) throws {
    let definition = Self.head(
      "disjoint",
      """
      expected: [{from: unpaid, by: {number: number}}]
      actual: [{from: certificates, where: "until <> null", by: {number: number}}]
      """)
    var tables = SmallTables()
    tables.add("unpaid", ["number"], [["1"], ["2"], ["2"]])
    tables.add("certificates", ["number", "until"], [["1", nil], ["3", "2020"], ["4", "2020"]])
    #expect(try tables.results(definition, shards: shards)[0].status == .passed)
    tables.tables[1].rows += [["2", "2020"], ["2", "2021"]]
    let failed = try tables.results(definition, shards: shards)[0]
    #expect(failed.status == .failed)
    #expect(failed.lines.map(\.key) == [["2"]])
  }

  @Test(arguments: [
    ("greater", "2019-04-01", true), ("greater", "2019-03-31", false), ("greater", "2019-03-30", false),
    ("not-less", "2019-03-31", true), ("not-less", "2019-03-30", false),
  ])
  func periodsFollowOneAnother(rule: String, start: String, holds: Bool) throws {
    var tables = SmallTables()
    tables.add(
      "periods", ["person", "from:date", "to:date"],
      [
        ["A", "2018-04-01", "2019-03-31"], ["A", start, "9999-99-99"],
        // Another person begins again, and the last period has no end.
        ["B", "1999-01-01", "2000-03-31"], ["B", "2000-04-01", nil],
      ])
    let definition = Self.head("ordered", "table: periods\ngroup: [person]\nprevious: to\nvalue: from\nmust: \(rule)")
    let result = try tables.results(definition)[0]
    #expect(result.status == (holds ? .passed : .failed))
    #expect(result.lines.map(\.key) == (holds ? [] : [["A"]]))
    #expect(result.actualRows == 4)
  }

  /// A missing value has no place in an order, nor has a row behind a period without an end; no value is greater than
  /// the largest number.
  @Test(
    arguments: [
      (["5", nil, "3"], "not-less", 2), (["5", nil, "6"], "next", 2), ([nil, "1"], "greater", 2), ([nil], "greater", 1),
      (["9223372036854775807", "1"], "next", 1), (["9223372036854775806", "9223372036854775807"], "next", 0),
    ] as [([String?], String, Int)])
  func noValueIsInNoOrder(values: [String?], rule: String, differences: Int) throws {
    var tables = SmallTables()
    tables.add("changes", ["system", "number:integer"], values.map { ["A", $0] })
    let result = try tables.results(
      Self.head("ordered", "table: changes\ngroup: [system]\nvalue: number\nmust: \(rule)"))[0]
    #expect(result.differences == differences)
    #expect(result.status == (differences == 0 ? .passed : .failed))
  }

  @Test func aPeriodBehindOneWithoutEndIsOutOfOrder() throws {
    var tables = SmallTables()
    tables.add(
      "periods", ["person", "from:date", "to:date"], [["B", "2000-04-01", nil], ["B", "2001-01-01", "2020-03-31"]])
    let result = try tables.results(
      Self.head("ordered", "table: periods\ngroup: [person]\nprevious: to\nvalue: from\nmust: greater"))[0]
    #expect(result.lines.map(\.key) == [["B"]])
  }

  @Test func numbersHaveNoGap() throws {
    let definition = Self.head("ordered", "table: changes\ngroup: [system]\nvalue: number\nmust: next")
    var tables = SmallTables()
    tables.add("changes", ["system", "number:integer"], [["A", "7"], ["A", "8"], ["A", "9"], ["B", "1"]])
    #expect(try tables.results(definition)[0].status == .passed)
    tables.tables[0].rows.remove(at: 1)
    let failed = try tables.results(definition)[0]
    #expect(failed.status == .failed)
    #expect(failed.lines.map(\.key) == [["A"]])
  }

  @Test(arguments: [1, 2])
  func sharesMakeAWhole(shards: Int) throws {
    let definition = Self.head(
      "keys",
      """
      modulo: 2305843009213693951
      expected: [{from: bills, by: {owner: owner}, sum: {whole: 1}}]
      actual: [{from: owners, by: {owner: owner}, sum: {whole: "share(part, whole)"}}]
      """)
    var tables = SmallTables()
    tables.add("bills", ["owner"], [["1"], ["2"]])
    tables.add(
      "owners", ["owner", "part:integer", "whole:integer"],
      [["1", "1", "2"], ["2", "1", "3"], ["1", "1", "3"], ["2", "2", "3"], ["1", "1", "6"]])
    #expect(try tables.results(definition, shards: shards)[0].status == .passed)
    tables.tables[1].rows[4] = ["1", "1", "7"]
    let failed = try tables.results(definition, shards: shards)[0]
    #expect(failed.lines.map(\.key) == [["1"]])
  }

  /// Modulo 100 a bucket's factor of 50 would hide a difference of 2: sums of keys accept only a large prime.
  @Test(arguments: ["100", "1000000000000000", "2305843009213693952"])
  func sumsOfKeysTakeNoOtherModulus(modulus: String) throws {
    var tables = SmallTables()
    tables.add("bills", ["owner", "tax:integer"], [["1", "2"]])
    let definition = Self.head(
      "keys",
      """
      modulo: \(modulus)
      expected: [{from: bills, by: {owner: owner}, sum: {tax: tax}}]
      actual: [{from: bills, by: {owner: owner}, sum: {tax: tax}}]
      """)
    let problems = tables.problems(definition, templates: [:])
    #expect(problems.count == 1)
    #expect(problems.allSatisfy { $0.contains("2305843009213693951") && $0.contains(modulus) }, "\(problems)")
  }

  @Test func aTemplateIsFilled() throws {
    var tables = SmallTables()
    tables.add("changes", ["system", "number:integer"], [["A", "7"], ["A", "8"]])
    let problems = Self.problems("checks: [{template: order, with: {TABLE: changes, RULE: next}}]", tables)
    #expect(problems == [])
    #expect(
      Self.problems("checks: [{template: order, with: {TABLE: changes}}]", tables).contains { $0.contains("${RULE}") })
    #expect(
      Self.problems("checks: [{template: order, with: {TABLE: changes, RULE: next, X: 1}}]", tables)
        .contains { $0.contains("a name that the template uses") })
    #expect(Self.problems("checks: [{template: oder}]", tables).contains { $0.contains("a template: order") })
  }

  private static func problems(_ definition: String, _ tables: SmallTables) -> [String] {
    let template = head("ordered", "table: ${TABLE}\ngroup: [system]\nvalue: number\nmust: ${RULE}")
      .replacing("T-1", with: "${TABLE}-1")
    return tables.problems(definition, templates: ["order": template])
  }
}
