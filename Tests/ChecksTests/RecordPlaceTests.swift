import Evidence
import Foundation
import Testing

/// From a difference back to the legacy records: the records that each kind of check names. `A` and `B` are files, read
/// in this order; `new` is a table of the target.
@Suite struct RecordPlaceTests {
  /// The comparison, and the records named for each line: `key: FILE/record …`, with nothing behind the colon for none.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: String
    let lines: [String]

    init(_ name: String, _ check: String, _ lines: String...) {
      testDescription = name
      self.check = check
      self.lines = lines
    }
  }

  /// Key, another part of it, an amount.
  private static let records: [(name: String, rows: [[String?]], records: [Int])] = [
    // 1 agrees; 2 differs; 3 is missing in the target; 5 has many records.
    (
      "A[10]", [["1", "x", "10"], ["2", "x", "20"], ["3", "x", "30"], ["5", "x", "1"], ["5", "x", "1"]],
      [2, 3, 5, 8, 9]
    ),
    // A kind precedes another of the same block, whatever the numbers of its records.
    ("A[20]", [["2", "x", "5"], ["5", "x", "1"], ["5", "y", "1"], ["5", "y", "1"]], [4, 6, 10, 11]),
    ("B[10]", [["2", "y", "7"], ["6", "x", "60"]], [1, 7]),
    ("new", [["1", "x", "10"], ["2", "x", "31"], ["4", "x", "40"], ["5", "x", "9"], ["6", "x", "60"]], []),
  ]

  private static let cases: [Case] = [
    Case(
      "keys: the records of the key, from both kinds and files; none where only the target has it",
      """
      kind: keys
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "A[10]", by: {key: key}, sum: {n: amount}}, {from: "A[20]", by: {key: key}, sum: {n: amount}}, {from: "B[10]", by: {key: key}, sum: {n: amount}}]
      actual: [{from: new, by: {key: key}, sum: {n: amount}}]
      """, "2: A/3 A/4 B/1", "3: A/5", "4:", "5: A/6 A/8 A/9 A/10"),
    Case(
      "keys: between two files both sides are told, the file that is read first before the other",
      """
      kind: keys
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "B[10]", by: {key: key}, sum: {n: amount}}]
      actual: [{from: "A[10]", where: "key <> '5'", by: {key: key}, sum: {n: amount}}]
      """, "1: A/2", "2: A/3 B/1", "3: A/5", "6: B/7"),
    Case(
      "keys: what is left of a sum keeps its records",
      """
      kind: keys
      modulo: 2305843009213693951
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "A[10]", where: "key = '2'", by: {key: key}, sum: {n: amount}}]
      actual: [{from: new, where: "key = '2'", by: {key: key}, sum: {n: amount}}]
      """, "2: A/3"),
    Case(
      "settled: the records of both sides",
      """
      kind: settled
      item: slip
      provisional: advance
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "A[10]", where: "key = '2'", by: {key: key, slip: "''"}, sum: {n: amount, advance: 0}}]
      actual: [{from: "B[10]", by: {key: key, slip: other}, sum: {n: amount, advance: 0}}]
      """, "2: A/3 B/1", "6: B/7"),
    Case(
      "settled: rows of a table have none",
      """
      kind: settled
      item: slip
      provisional: advance
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "A[10]", where: "key = '2' or key = '3'", by: {key: key, slip: "''"}, sum: {n: amount, advance: 0}}]
      actual: [{from: new, where: "key <> '1' and key <> '5'", by: {key: key, slip: other}, sum: {n: amount, advance: 0}}]
      """, "2: A/3", "3: A/5", "4:", "6:"),
    Case(
      "rows: the record that breaks the rule",
      """
      kind: rows
      from: "A[10]"
      key: {key: key}
      must: amount > 10
      """, "1: A/2", "5: A/8", "5: A/9"),
    Case(
      "rows: a row of the target is no record",
      """
      kind: rows
      from: new
      key: {key: key}
      must: amount > 10
      """, "1:", "5:"),
    Case(
      "references: the records that refer to nothing",
      """
      kind: references
      expected: [{from: new, by: {key: key}}]
      actual: [{from: "A[10]", by: {key: key}}, {from: "B[10]", by: {key: other}}]
      """, "3: A/5", "x: B/7", "y: B/1"),
    Case(
      "disjoint: the records of both sides",
      """
      kind: disjoint
      expected: [{from: "A[20]", by: {key: key}}]
      actual: [{from: "B[10]", by: {key: key}}]
      """, "2: A/4 B/1"),
    Case(
      "consistent: the first record of each value",
      """
      kind: consistent
      rows: [{from: "A[10]", by: {key: key}, value: {other: other}}, {from: "A[20]", by: {key: key}, value: {other: other}}, {from: "B[10]", by: {key: key}, value: {other: other}}]
      """, "2: A/3 B/1", "5: A/6 A/10"),
    Case(
      "totals: a group is a sum of many",
      """
      kind: totals
      zero: {ja: 無いのと同じ, en: as good as none}
      expected: [{from: "A[10]", by: {other: other}, sum: {n: amount}}]
      actual: [{from: new, by: {other: other}, sum: {n: amount}}]
      """, "x:"),
  ]

  @Test(arguments: cases, [1, 3])
  func aDifferenceSaysItsRecords(_ row: Case, shards: Int) throws {
    var tables = SmallTables()
    for (name, rows, records) in Self.records {
      tables.add(name, ["key", "other", "amount:integer"], rows, records: records)
    }
    let definition =
      "checks:\n  - id: T-1\n    category: C07\n    severity: S1\n    title: {ja: 検査, en: check}\n"
      + row.check.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    let result = try tables.results(definition, shards: shards)[0]
    let lines = result.lines.filter { $0.differs || $0.expected.isEmpty }.map { line in
      line.key[0] + ":" + (line.records ?? []).map { " \($0.file)/\($0.record)" }.joined()
    }
    #expect(lines == row.lines)
  }

  @Test func evidenceWithoutRecordsIsReadAndWrittenAsBefore() throws {
    let text = #"{"actual":[2],"expected":[1],"key":["A"]}"#
    let line = try JSONDecoder().decode(CheckResult.Line.self, from: Data(text.utf8))
    #expect(line.records == nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(line), as: UTF8.self) == text)
    var known = line
    known.records = [RecordPlace(file: "A", record: 7)]
    #expect(
      String(decoding: try encoder.encode(known), as: UTF8.self)
        == #"{"actual":[2],"expected":[1],"key":["A"],"records":[{"file":"A","record":7}]}"#)
  }
}
