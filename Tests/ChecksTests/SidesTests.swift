import Base
import Evidence
import Testing

/// Every line of every kind of check says what stands on both sides, or why nothing does.
@Suite struct SidesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: String
    /// For each line: `expected | actual`, as `name=value (why) @records`.
    let lines: [String]

    init(_ name: String, _ check: String, _ lines: String...) {
      testDescription = name
      self.check = check
      self.lines = lines
    }
  }

  static let cases: [Case] = [
    Case(
      "keys: sums; a side without a row says so; the records of each side",
      """
      kind: keys
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "A[10]", by: {key: key}, sum: {n: amount}}]
      actual: [{from: "B[10]", by: {key: key}, sum: {n: amount}}]
      """,
      "1: n=10 @A/2 | n=11 @B/1", "2: n=20 @A/3 | n=0 (not on the actual side; on the expected one only)",
      "3: n=0 (not on the expected side; on the actual one only) | n=5 @B/2"),
    Case(
      "keys: personal numbers are withheld, which is said",
      """
      kind: keys
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "A[10]", by: {key: key}, sum: {n: amount}}]
      actual: [{from: new, by: {key: key}, sum: {n: secret}}]
      """,
      "1: (shown only to those who have the right to it) @A/2 | (shown only to those who have the right to it)",
      "2: (shown only to those who have the right to it) @A/3 | (not on the actual side; on the expected one only)"),
    Case(
      "rows: the rule, and the values that it reads; personal ones masked",
      """
      kind: rows
      from: new
      key: {key: key}
      must: secret > limit + 1
      """,
      "1: rule=secret > limit + 1 | secret=●●● limit=40 (shown only to those who have the right to it)"),
    Case(
      "references: what is missing is 0",
      """
      kind: references
      expected: [{from: new, by: {key: key}}]
      actual: [{from: "A[10]", by: {key: key}}]
      """, "2: count=0 (what is referred to does not exist) | count=1 @A/3"),
    Case(
      "disjoint: the rows of both sides",
      """
      kind: disjoint
      expected: [{from: "A[10]", by: {key: key}}]
      actual: [{from: "B[10]", by: {key: key}}]
      """, "1: count=1 @A/2 | count=1 @B/1"),
    Case(
      "consistent: one value is expected, and these are there",
      """
      kind: consistent
      rows: [{from: "A[10]", by: {key: key}, value: {v: amount}}, {from: "B[10]", by: {key: key}, value: {v: amount}}]
      """, "1: values=1 | values=2 v=10 / 11 @A/2 B/1"),
    Case(
      "ordered: the value before, and the value",
      """
      kind: ordered
      table: steps
      group: [key]
      value: number
      must: next
      """, "1: number=2 + 1 | number=4"),
    Case("readable: what the column takes", "kind: readable\ntable: short", "1: type=text(2) | type=text(3) text=abc"),
    Case("unique: expected once", "kind: unique\ntable: steps\nkey: [key]", "1: =1 | =2", "1: =1 | =2"),
  ]

  private static func tables() -> SmallTables {
    var tables = SmallTables()
    tables.add("A[10]", ["key", "amount:integer"], [["1", "10"], ["2", "20"]], records: [2, 3])
    tables.add("B[10]", ["key", "amount:integer"], [["1", "11"], ["3", "5"]], records: [1, 2])
    tables.add("new", ["key", "secret:integer!", "limit:integer"], [["1", "11", "40"]])
    tables.add("steps", ["key", "number:integer"], [["1", "1"], ["1", "2"], ["1", "4"]])
    tables.add("short", ["name"], [["abc"]])
    tables.keys = ["steps": ["key", "number"]]
    tables.lengths = ["short": ["name": 2]]
    return tables
  }

  private static func text(
    _ side: CheckResult.Line.Side?, _ sums: [Int128], _ names: [String]
  ) -> String {
    var parts = sums.enumerated().map { "\($0 < names.count ? names[$0] : "")=\($1)" }
    parts += (side?.values ?? []).map { "\($0.name)=\($0.text)" }
    if let why = side?.why { parts.append("(\(why.en))") }
    if let records = side?.records {
      parts.append("@" + records.map { "\($0.file)/\($0.record)" }.joined(separator: " "))
    }
    return parts.joined(separator: " ")
  }

  @Test(arguments: cases)
  func bothSidesAreTold(_ row: Case) throws {
    let result = try Self.tables().results(SmallCheck.definition(row.check))[0]
    let lines = result.lines.filter { $0.differs || $0.expected.isEmpty }.map { line in
      "\(line.key[0]): \(Self.text(line.sides?.expected, line.expected, result.measureNames)) | "
        + Self.text(line.sides?.actual, line.actual, result.measureNames)
    }
    #expect(lines == row.lines)
  }
}
