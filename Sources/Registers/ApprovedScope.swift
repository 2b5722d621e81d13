import Base
import Ledger

/// 承認の範囲: the scope of an approval: named records, and for each the largest number of differences and the largest total
/// of each measure, in either direction. Anything beyond it was not approved.
package struct ApprovedScope: Sendable, Hashable {
  /// The number of differences and the total of each measure; no sums when nothing is summed.
  package struct Amount: Sendable, Hashable {
    package let lines: Int
    package let sums: [Int128]

    package init(lines: Int = 1, sums: [Int128] = []) {
      self.lines = lines
      self.sums = sums
    }

    package func covers(_ other: Amount) -> Bool {
      other.lines <= lines && other.sums.count == sums.count
        && zip(other.sums, sums).allSatisfy { $0.magnitude <= $1.magnitude }
    }
  }

  private var amounts: [String: Amount] = [:]

  package init() {}
  package init(_ name: String) { add(name) }

  /// - Returns: `nil` when the value is not a scope: nothing was recorded, and nothing is covered.
  package init?(_ value: JSONValue) {
    guard let list = value.list else { return nil }
    for entry in list {
      guard let name = entry[0].text, let lines = entry[1].integer else { return nil }
      amounts[name] = Amount(lines: lines, sums: (entry[2].list ?? []).compactMap { $0.text.flatMap { Int128($0) } })
    }
  }

  package var json: JSONValue {
    .list(
      amounts.sorted { $0.key < $1.key }.map { name, amount in
        .list([.text(name), .integer(amount.lines), .texts(amount.sums.map { String($0) })])
      })
  }

  package mutating func add(_ name: String, _ amount: Amount = Amount()) { amounts[name] = amount }
  package mutating func add(_ other: ApprovedScope) { amounts.merge(other.amounts) { $1 } }

  /// The number of all its differences.
  package var lines: Int { amounts.values.reduce(0) { $0 + $1.lines } }

  package func covers(_ other: ApprovedScope) -> Bool { excess(of: other).isEmpty }

  /// The names of the parts of `other` beyond this scope.
  package func excess(of other: ApprovedScope) -> [String] {
    other.amounts.filter { name, amount in amounts[name].map { !$0.covers(amount) } ?? true }.keys.sorted()
  }

  /// 「承認1件に対し299件（名）」: the parts of `other` beyond this scope.
  package func excessWords(of other: ApprovedScope) -> Bilingual {
    let names = excess(of: other)
    let list = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " …" : "")
    return Bilingual(
      "承認\(lines)件に対し\(other.lines)件（超過: \(list)）", "\(other.lines) where \(lines) were approved (beyond: \(list))")
  }
}

extension RunRecord {
  /// The findings of failed checks: by signature, or by check when its differences are not grouped.
  package func scope(ofChecks ids: some Sequence<String>) -> ApprovedScope {
    var scope = ApprovedScope()
    let wanted = Set(ids)
    for check in wanted where !groups.contains(where: { $0.check == check }) { scope.add(check) }
    for group in groups where wanted.contains(group.check) {
      scope.add(group.signature.isEmpty ? group.check : group.signature, group.amount)
    }
    return scope
  }
}

extension RunRecord.Group {
  package var amount: ApprovedScope.Amount { ApprovedScope.Amount(lines: lines, sums: distances) }
}
