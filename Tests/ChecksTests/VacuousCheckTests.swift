import Base
import Evidence
import Testing

/// A check that cannot fail is refused, and no defined check disappears without a diagnostic.
@Suite struct VacuousCheckTests {
  @Test(arguments: [
    "kind: unique, table: t, key: []", "kind: references, expected: [{from: t, by: [a]}], actual: []",
    "kind: references, expected: [], actual: [{from: t, by: [a]}]",
    "kind: disjoint, expected: [{from: t, by: [a]}], actual: []",
    "kind: references, expected: [{from: t, by: [a]}, {from: t, by: [a], sign: minus}], actual: [{from: t, by: [a]}]",
    "kind: sorted, file: F, groups: [{kinds: [\"10\"], by: []}]", "kind: sorted, file: F, groups: []",
    "kind: decoded, file: F, faults: [decode.nmber]", "kind: decoded, file: F, oddities: [decode.nmber]",
    "kind: decoded, file: F, oddities: []", "kind: decoded, file: F, faults: []",
    // The two sides are the same, or cancel, or no row is added up.
    "kind: keys, expected: [{from: t, by: [a], sum: {n: 1}}], actual: [{from: t, by: [a], sum: {n: 1}}]",
    "kind: totals, expected: [{from: t, sum: {n: 1}}], actual: [{from: t, sum: {n: 1}}]",
    "kind: keys, expected: [{from: t, by: {a: a}, sum: {n: 1}}, {from: t, by: {a: a}, sum: {n: 1}, sign: minus}], actual: [{from: u, by: {a: b}, sum: {n: 1}}]",
    "kind: keys, zero: {ja: j, en: e}, expected: [{from: t, by: {a: a}, sum: {n: 0}}], actual: [{from: u, by: {a: b}, sum: {n: 0}}]",
    "kind: totals, expected: [{from: t, sum: {n: 0}}], actual: [{from: u, sum: {n: 0}}]",
    "kind: references, expected: [{from: t, by: {a: a}}], actual: [{from: t, by: {a: a}}]",
    "kind: disjoint, expected: [{from: t, by: {a: a}}], actual: [{from: t, by: {a: a}}]",
    // Rules that hold for every row, and conditions that no row or every row meets.
    "kind: rows, from: t, key: {a: a}, must: 'true'", "kind: rows, from: t, key: {a: a}, must: a = a",
    "kind: rows, from: t, key: {a: a}, must: a <> 'x' or a = a",
    "kind: rows, from: t, where: 'false', key: {a: a}, must: a <> ''",
    "kind: rows, from: t, where: 1 = 2, key: {a: a}, must: a <> ''",
    "kind: totals, expect-value: 0, actual: [{from: t, where: 'false', sum: {n: 1}}]",
  ]) func whatCannotFailIsRefused(_ check: String) throws {
    var tables = SmallTables()
    tables.add("t", ["a"], [])
    tables.add("u", ["b"], [])
    tables.add("F[10]", ["a"], [])
    let problems = tables.problems(
      "checks:\n  - {id: A, category: C01, severity: S1, title: {ja: j, en: e}, \(check)}\n", templates: [:])
    #expect(!problems.isEmpty)
  }

  /// Rows that add up to 0 are not the same as no rows, unless the definition gives a reason.
  @Test(arguments: [
    ("keys", "", "sum: {n: v}", "sum: {n: v}", false), ("totals", "", "sum: {n: v}", "sum: {n: v}", false),
    ("keys", "zero: {ja: j, en: e}", "sum: {n: v}", "sum: {n: v}", true),
    ("keys", "zero: j", "sum: {n: v}", "sum: {n: v}", false), ("keys", "", "sum: {n: 1}", "sum: {n: 1}", true),
    ("keys", "", "sum: {n: 1, m: v}", "sum: {n: 1, m: v}", true), ("keys", "", "sum: {n: v}", "sum: {n: 1}", true),
    ("totals", "", "sum: {n: 1}", "sum: {n: v}", true),
    ("keys", "zero: {ja: j, en: e}", "sum: {n: 1}", "sum: {n: 1}", false),
  ])
  func sumsTellRowsOfZeroFromNone(_ kind: String, _ zero: String, _ old: String, _ new: String, _ isGood: Bool) throws {
    var tables = SmallTables()
    tables.add("F[10]", ["a", "v:integer"], [["1", "0"]], records: [1])
    tables.add("t", ["a", "v:integer"], [])
    let definition = """
      checks:
        - id: A
          kind: \(kind)
          category: C01
          severity: S1
          title: {ja: j, en: e}
          expected: [{from: "F[10]", by: {a: a}, \(old)}]
          actual: [{from: t, by: {a: a}, \(new)}]
      \(zero.isEmpty ? "" : "    " + zero)
      """
    let problems = tables.problems(definition, templates: [:])
    #expect(problems.isEmpty == isGood, "\(problems)")
    if isGood, zero.isEmpty, old.contains("1"), new.contains("1") {
      #expect(try tables.results(definition)[0].status == .failed)
    } else if isGood, !zero.isEmpty {
      let result = try tables.results(definition)[0]
      #expect(result.status == .passed && result.why.en.contains("as good as none: e"), "\(result.why)")
    }
  }

  /// A missing value is not 0: a sum over it is undecided.
  @Test(arguments: [
    (nil, "v", CheckStatus.notRun), ("0", "if(v = 0, null, v)", .notRun), (nil, "coalesce(v, 0)", .passed),
    ("0", "v", .passed), ("1", "v", .failed),
  ])
  func noValueIsNotZero(_ value: String?, _ sum: String, _ status: CheckStatus) throws {
    for kind in ["keys", "totals"] {
      var tables = SmallTables()
      tables.add("F[10]", ["a", "v:integer"], [["1", "0"]], records: [1])
      tables.add("t", ["a", "v:integer"], [["1", value]])
      let result = try tables.results(
        """
        checks:
          - id: A
            kind: \(kind)
            category: C01
            severity: S1
            title: {ja: j, en: e}
            expected: [{from: "F[10]", by: {a: a}, sum: {rows: 1, v: v}}]
            actual: [{from: t, by: {a: a}, sum: {rows: 1, v: "\(sum)"}}]
        """)[0]
      // A total shows the other rows of the group, and they differ.
      #expect(result.status == (kind == "totals" && status == .notRun ? .failed : status), "\(kind) \(result.why)")
      if result.status == .notRun { #expect(result.why.en.contains("or none to add up"), "\(result.why)") }
    }
  }

  /// A sum of 0 proves nothing when no row was read.
  @Test func aFixedValueNeedsRows() throws {
    for (rows, status) in [([], CheckStatus.notRun), ([["1"]], .passed), ([["x"]], .failed)]
      as [([[String?]], CheckStatus)]
    {
      var tables = SmallTables()
      tables.add("t", ["a"], rows)
      let result = try tables.results(
        """
        checks:
          - {id: A, kind: totals, category: C01, severity: S1, title: {ja: j, en: e}, expect-value: 0, actual: [{from: t, where: "a = 'x'", sum: {n: 1}}]}
        """)[0]
      #expect(result.status == status, "\(result.why)")
    }
  }
}
