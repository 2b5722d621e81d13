import Base
import Definitions
import Evidence

/// 了承: the part that all rules for accepted differences have in common, whatever is compared: reason, approver, last
/// day and upper bound.
package struct AcceptanceHead: Sendable {
  package static let keys = ["id", "reason", "approver", "by", "expires", "class", "at-most"]

  package let id: String
  package let reason: String
  package let approver: String
  /// The last day on which the rule holds, `YYYYMMDD`.
  package let expires: Int64
  package let cause: DifferenceClass?
  /// The largest number of rows; `nil` when the rule does not limit it.
  package let rows: Int?

  /// Reads the entries of `keys`.
  ///
  /// - Parameters:
  ///   - isStrict: whether `by` and `at-most` are required, with `at-most` as the last entry, so that a truncated file
  ///     never makes the rule wider. When `by` is present, the approver is always another person.
  ///   - sum: receives each entry of `at-most: {sum: …}`: the summed value and its bound.
  /// - Returns: `nil` after adding diagnostics to the map's problems.
  package init?(_ map: DefinitionMap, isStrict: Bool, sum: (_ name: String, DefinitionNode) -> Void) {
    let words = ["id", "reason", "approver"].compactMap { map.required($0) } + [map["by"]].compactMap(\.self)
    for word in words {
      if let text = word.text, !FourEyes.isText(text) { word.wrong(text, "a text that is not blank") }
    }
    if isStrict {
      _ = map.required("by")
      if let bound = map.required("at-most"), map.node.entries.last?.key != "at-most" {
        bound.wrong("at-most", "the last entry of the rule, so that no cut makes it wider")
      }
    }
    if let maker = map["by"], let approver = map["approver"]?.text, FourEyes.isSame(maker.text ?? "", approver) {
      maker.wrong(maker.text ?? "", "another person than the approver")
    }
    let expires = map.required("expires")
    let date = expires?.text.flatMap { CivilDate.parse($0) }
    if let expires, CivilDate.dayNumber(date ?? 0) == nil {
      expires.wrong(expires.text ?? "", "a date such as 2026-12-31")
    }
    rows = Self.bound(map["at-most"], sum)
    cause = map["class"]?.choice(DifferenceClass.self)
    // The cause “unknown” accepts nothing.
    if cause == .unclassified {
      let classes = DifferenceClass.allCases.filter { $0 != .unclassified }.map(\.rawValue)
      map["class"]?.wrong("U", classes.joined(separator: ", "))
    }
    guard let id = map["id"]?.text, let reason = map["reason"]?.text, let approver = map["approver"]?.text, let date
    else { return nil }
    (self.id, self.reason, self.approver, self.expires) = (id, reason, approver, date)
  }

  /// `at-most: 5`, or `at-most: {sum: {金額: 100}, rows: 5}`.
  private static func bound(_ node: DefinitionNode?, _ sum: (String, DefinitionNode) -> Void) -> Int? {
    guard let node else { return nil }
    guard node.isMap else { return rows(node) }
    guard let map = node.map(["rows", "sum"]) else { return nil }
    for entry in map["sum"]?.entries ?? [] { sum(entry.key, entry.value) }
    guard let bound = map.required("rows") else { return nil }
    if node.entries.last?.key != "rows" {
      bound.wrong("rows", "the last entry of at-most, so that no cut makes it wider")
    }
    return rows(bound)
  }

  private static func rows(_ node: DefinitionNode) -> Int? {
    guard let number = node.integer else { return nil }
    if number < 1 { node.wrong("\(number)", "a number of rows, from 1") }
    return number
  }

  package func isExpired(on day: Int64) -> Bool { expires < day }

  /// The outcome of the rule.
  ///
  /// - Parameters:
  ///   - matched: the number of rows that the rule covers.
  ///   - beyond: the number of rows that it would cover without its bound.
  package func evidence(matched: Int, beyond: Int, on day: Int64) -> ComparisonEvidence.Rule {
    ComparisonEvidence.Rule(
      id: id, reason: reason, approver: approver, expires: CivilDate.text(expires), kind: cause, matched: matched,
      state: isExpired(on: day) ? .expired : beyond > 0 ? .exceeded : matched > 0 ? .matched : .unmatched,
      beyond: beyond == 0 ? nil : beyond)
  }
}
