import Base
import Definitions
import Evidence

/// 了承済みの差: expected differences of checks, which fail no check while their rules last: rules with a reason, a
/// responsible person, a last day, and an upper bound on the lines and on each measure.
package struct AcceptedDifferences: Sendable {
  struct Rule: Sendable {
    let head: AcceptanceHead
    let check: String
    let key: [(index: Int, text: String)]
    /// The largest difference of each measure.
    let within: UInt128?
    /// The bound on the total of the distances of each of these measures.
    let sums: [(measure: Int, most: UInt128)]
  }

  let rules: [Rule]

  package init() { rules = [] }

  /// The id, the check and the cause (when given) of each rule.
  package var causes: [(id: String, check: String, cause: DifferenceClass?)] {
    rules.map { ($0.head.id, $0.check, $0.head.cause) }
  }

  /// Reads the rules of a file: `accept:` with a list.
  ///
  /// - Parameter checks: the checks that rules may name.
  package init(_ node: DefinitionNode, _ checks: [Check]) {
    var rules: [Rule] = []
    for node in node.map(["accept"])?.required("accept")?.list ?? [] {
      guard let rule = Self.rule(node, checks) else { continue }
      if rules.contains(where: { $0.head.id == rule.head.id }) { node.wrong(rule.head.id, "an id that occurs once") }
      rules.append(rule)
    }
    self.rules = rules
  }

  private static func rule(_ node: DefinitionNode, _ checks: [Check]) -> Rule? {
    guard let map = node.map(AcceptanceHead.keys + ["check", "key", "within"]), let name = map.required("check"),
      let id = name.text
    else { return nil }
    guard let check = checks.first(where: { $0.id == id }) else {
      name.wrong(id, "a check: \(NameTable.nearest(id, among: checks.map(\.id)))")
      return nil
    }
    var sums: [(measure: Int, most: UInt128)] = []
    let head = AcceptanceHead(map, isStrict: true) { name, node in
      if let measure = place(name, in: check.body.measureNames, node), let most = amount(node) {
        sums.append((measure, most))
      }
    }
    let key = (map["key"]?.entries ?? []).compactMap { name, node, value -> (index: Int, text: String)? in
      guard let index = place(name, in: check.body.keyNames, node), let text = value.text else { return nil }
      return (index, text)
    }
    let within = map["within"].flatMap(amount)
    guard let head else { return nil }
    return Rule(head: head, check: id, key: key, within: within, sums: sums)
  }

  private static func place(_ name: String, in names: [String], _ node: DefinitionNode) -> Int? {
    if let index = names.firstIndex(of: name) { return index }
    node.wrong(name, names.isEmpty ? "no name: the check has none" : names.joined(separator: ", "))
    return nil
  }

  private static func amount(_ node: DefinitionNode) -> UInt128? {
    guard let text = node.text else { return nil }
    if let number = UInt128(text) { return number }
    node.wrong(text, "a whole number, from 0")
    return nil
  }
}

/// The differences that the rules have accepted in one run. Not for several threads at once.
package final class AcceptanceTally {
  private let rules: [AcceptedDifferences.Rule]
  private let day: Int64
  private var matched: [Int]
  private var beyond: [Int]
  private var spent: [[UInt128]]

  /// - Parameter day: the day for which the rules must hold, `YYYYMMDD`.
  package init(_ accepted: AcceptedDifferences, on day: Int64) {
    rules = accepted.rules
    self.day = day
    matched = Array(repeating: 0, count: rules.count)
    beyond = matched
    spent = rules.map { Array(repeating: 0, count: $0.sums.count) }
  }

  /// The first rule that covers a line; the line is then counted. Beyond its bound a rule covers no line.
  ///
  /// - Parameter line: the line, unmasked.
  func accept(_ check: Check, _ line: CheckResult.Line) -> String? {
    for (index, rule) in rules.enumerated() where rule.check == check.id && !rule.head.isExpired(on: day) {
      guard
        rule.key.allSatisfy({
          line.key.indices.contains($0.index) && line.key[$0.index].utf8.elementsEqual($0.text.utf8)
        })
      else { continue }
      let distances = Self.distances(line)
      if let within = rule.within {
        guard let distances, !distances.isEmpty, distances.allSatisfy({ $0 <= within }) else { continue }
      }
      guard matched[index] < rule.head.rows ?? 0, spend(index, distances) else {
        beyond[index] += 1
        continue
      }
      matched[index] += 1
      return rule.head.id
    }
    return nil
  }

  /// The distance of each measure; `nil` when one exceeds the range of the numbers.
  private static func distances(_ line: CheckResult.Line) -> [UInt128]? {
    var found: [UInt128] = []
    for (expected, actual) in zip(line.expected, line.actual) {
      let (difference, isTooLarge) = actual.subtractingReportingOverflow(expected)
      if isTooLarge { return nil }
      found.append(difference.magnitude)
    }
    return found
  }

  private func spend(_ index: Int, _ distances: [UInt128]?) -> Bool {
    let sums = rules[index].sums
    if sums.isEmpty { return true }
    guard let distances else { return false }
    var total = spent[index]
    for (place, sum) in sums.enumerated() {
      guard distances.indices.contains(sum.measure) else { return false }
      let (next, isTooLarge) = total[place].addingReportingOverflow(distances[sum.measure])
      guard !isTooLarge, next <= sum.most else { return false }
      total[place] = next
    }
    spent[index] = total
    return true
  }

  /// The outcome of each rule; `nil` when there are no rules.
  package var evidence: [ComparisonEvidence.Rule]? {
    if rules.isEmpty { return nil }
    return rules.enumerated().map { index, rule in
      rule.head.evidence(matched: matched[index], beyond: beyond[index], on: day)
    }
  }
}
