import Base
import Evidence

/// A single difference from a check's list.
package struct SingleDifference: Sendable {
  /// One side of it.
  package struct Side: Sendable {
    /// By name; sums in the order of the check's.
    package let values: [(name: String, value: ListedValue)]
    /// Why there is no value, or not all of them.
    package let why: Bilingual?
    /// The legacy records of this side; empty when they are not known.
    package let records: [RecordPlace]
  }

  /// A value of both sides.
  package struct Pair: Sendable {
    package let name: String
    package let expected: ListedValue?
    package let actual: ListedValue?

    /// actual − expected; `nil` for texts, and when a side has none.
    package var difference: Int128? {
      guard case .number(let old)? = expected, case .number(let new)? = actual else { return nil }
      let (difference, isTooLarge) = new.subtractingReportingOverflow(old)
      return isTooLarge ? nil : difference
    }
  }

  /// The key parts with their names; personal parts masked.
  package let key: [(name: String, value: String)]
  package let expected: Side
  package let actual: Side
  /// Signature of its group; `nil` when the list has none.
  package let group: String?
  /// The rule that accepts it.
  package let accepted: String?
  /// The legacy records of the difference; empty when they are not known.
  package let records: [RecordPlace]

  /// A line of the evidence, which has no groups.
  package init(_ line: CheckResult.Line, of check: CheckResult) {
    let listed = DifferenceList.Line(
      line, keys: check.keyNames, measures: check.measureNames, group: nil, accepted: nil)
    let key = line.key.enumerated().map { index, value in
      (name: index < check.keyNames.count ? check.keyNames[index] : "", value: value)
    }
    self.init(listed, key: key, of: check)
  }

  init(_ line: DifferenceList.Line, of check: CheckResult) {
    self.init(line, key: check.keyNames.map { ($0, line.key[$0] ?? "–") }, of: check)
  }

  private init(_ line: DifferenceList.Line, key: [(name: String, value: String)], of check: CheckResult) {
    self.key = key
    group = line.group
    accepted = line.accepted
    records = line.records ?? []
    func values(_ named: [String: ListedValue]) -> [(name: String, value: ListedValue)] {
      let others = named.keys.filter { !check.measureNames.contains($0) }.sorted()
      return (check.measureNames + others).compactMap { name in named[name].map { (name, $0) } }
    }
    expected = Side(values: values(line.expected), why: line.expectedWhy, records: line.expectedRecords ?? [])
    actual = Side(values: values(line.actual), why: line.actualWhy, records: line.actualRecords ?? [])
  }

  /// The values of both sides by name, those of the expected side first.
  package var pairs: [Pair] {
    let old = Dictionary(expected.values.map { ($0.name, $0.value) }) { first, _ in first }
    let new = Dictionary(actual.values.map { ($0.name, $0.value) }) { first, _ in first }
    let names = expected.values.map(\.name) + actual.values.map(\.name).filter { old[$0] == nil }
    return names.map { Pair(name: $0, expected: old[$0], actual: new[$0]) }
  }
}
