import Definitions
import Diff
import Evidence
import Records

/// Differences that are expected (`--accept`): rules with a reason, somebody who answers for them, and a day on which they
/// end.
package struct AcceptanceRules: Sendable {
  struct Rule: Sendable {
    let id: String
    let reason: String
    let approver: String
    let expires: Int64
    let cause: DifferenceClass?
    let kind: DifferenceKind?
    /// All columns that differ must be among these; `nil` for any.
    let columns: Set<Int>?
    let key: [(column: Int, text: String?)]
    let left: [(column: Int, text: String?)]
    let right: [(column: Int, text: String?)]
    /// Numbers that differ, differ by no more.
    let within: ExactNumber?
    let isExpired: Bool
  }

  let rules: [Rule]
  private(set) var matched: [Int]
  /// Rows made between the two systems' cut-offs, on the side that stopped later.
  private var window: (column: Int, after: Int64, until: Int64, side: Side)?
  private var inWindow = 0
  private var cutOff: CutOff?

  var isEmpty: Bool { rules.isEmpty && window == nil }

  /// Lets differences explain themselves that lie between the two systems' cut-offs.
  ///
  /// - Throws: `diff.column` when the column is not compared.
  mutating func add(_ cutOff: CutOff, _ terms: Terms) throws(Diagnostic) {
    guard let column = terms.columns.firstIndex(where: { $0.name == cutOff.column }) else {
      throw Diagnostic(.diffColumn, cutOff.column, terms.columns.map(\.name).joined(separator: ", "))
    }
    guard let old = CutOff.digits(cutOff.old.utf8), let new = CutOff.digits(cutOff.new.utf8) else { return }
    window = (column, min(old, new), max(old, new), old > new ? .left : .right)
    self.cutOff = cutOff
  }

  /// Whether the row of the side that stopped later was made when the other had stopped.
  private func isInWindow(_ kind: DifferenceKind, _ left: CanonicalRow, _ right: CanonicalRow) -> Bool {
    guard let window, kind == .changed || kind == (window.side == .left ? .leftOnly : .rightOnly) else { return false }
    let value = (window.side == .left ? left : right).values[window.column]
    guard value.value == .plain, let time = CutOff.digits(value.bytes) else { return false }
    return time > window.after && time <= window.until
  }

  package init() {
    rules = []
    matched = []
  }

  /// Reads the rules of a file.
  ///
  /// - Parameter day: the day on which they are to hold, `YYYYMMDD`.
  /// - Throws: everything that is wrong with them, each with line and column.
  package static func read(_ path: String, _ terms: Terms, on day: Int64) throws(Diagnostics) -> AcceptanceRules {
    let problems = Problems()
    var rules: [Rule] = []
    if let map = DefinitionNode.read(path, name: path, problems)?.map(["accept"]),
      let list = map.required("accept")?.list
    {
      for node in list { if let rule = rule(node, terms, day) { rules.append(rule) } }
      for (index, rule) in rules.enumerated() where rules[..<index].contains(where: { $0.id == rule.id }) {
        list[index].wrong(rule.id, "an id that occurs once")
      }
    }
    try problems.check()
    return AcceptanceRules(rules)
  }

  private init(_ rules: [Rule]) {
    self.rules = rules
    matched = Array(repeating: 0, count: rules.count)
  }

  private enum KindWord: String, CaseIterable {
    case changed
    case leftOnly = "left_only"
    case rightOnly = "right_only"

    var kind: DifferenceKind {
      switch self {
      case .changed: .changed
      case .leftOnly: .leftOnly
      case .rightOnly: .rightOnly
      }
    }
  }

  private static func rule(_ node: DefinitionNode, _ terms: Terms, _ day: Int64) -> Rule? {
    let known = ["id", "reason", "approver", "expires", "class", "kind", "columns", "key", "left", "right", "within"]
    guard let map = node.map(known) else { return nil }
    let (id, reason) = (map.required("id")?.text, map.required("reason")?.text)
    let (approver, expires) = (map.required("approver")?.text, map.required("expires"))
    let date = expires?.text.flatMap { CivilDate.parse($0) }
    if let expires, CivilDate.dayNumber(date ?? 0) == nil {
      expires.wrong(expires.text ?? "", "a date such as 2026-12-31")
    }
    func column(_ name: String, _ place: DefinitionNode) -> Int? {
      if let index = terms.columns.firstIndex(where: { $0.name == name }) { return index }
      place.wrong(name, terms.columns.map(\.name).joined(separator: ", "))
      return nil
    }
    func values(_ name: String) -> [(column: Int, text: String?)] {
      (map[name]?.entries ?? []).compactMap { key, keyNode, value in
        column(key, keyNode).map { ($0, value.isNull ? nil : value.text) }
      }
    }
    var columns: Set<Int>?
    if let list = map["columns"]?.list {
      columns = Set(list.compactMap { item in item.text.flatMap { column($0, item) } })
    }
    let within = map["within"]?.text.flatMap { ExactNumber($0.utf8) }
    if let node = map["within"], within == nil { node.wrong(node.text ?? "", "a number such as 1") }
    guard let id, let reason, let approver, let date else { return nil }
    return Rule(
      id: id, reason: reason, approver: approver, expires: date, cause: map["class"]?.choice(DifferenceClass.self),
      kind: map["kind"]?.choice(KindWord.self)?.kind, columns: columns, key: values("key"), left: values("left"),
      right: values("right"), within: within, isExpired: date < day)
  }

  /// The first rule that covers a difference, and counts it.
  ///
  /// - Parameter differing: the columns in which the rows differ; empty for a row on one side only.
  mutating func accept(
    _ kind: DifferenceKind, _ left: CanonicalRow, _ right: CanonicalRow, _ differing: [Int]
  ) -> String? {
    for (index, rule) in rules.enumerated() where !rule.isExpired {
      guard rule.kind == nil || rule.kind == kind else { continue }
      if let columns = rule.columns, kind != .changed || !differing.allSatisfy({ columns.contains($0) }) { continue }
      let present = kind == .rightOnly ? right : left
      guard rule.key.allSatisfy({ Self.isSame(present.text($0.column), $0.text) }) else { continue }
      guard
        rule.left.isEmpty
          || (kind != .rightOnly && rule.left.allSatisfy { Self.isSame(left.text($0.column), $0.text) }),
        rule.right.isEmpty
          || (kind != .leftOnly && rule.right.allSatisfy { Self.isSame(right.text($0.column), $0.text) })
      else { continue }
      if let within = rule.within {
        guard kind == .changed,
          differing.allSatisfy({
            guard left.values[$0].value != .invalid, right.values[$0].value != .invalid,
              let a = ExactNumber(left.values[$0].bytes), let b = ExactNumber(right.values[$0].bytes)
            else { return false }
            return ExactNumber.isWithin(within, a, b)
          })
        else { continue }
      }
      matched[index] += 1
      return rule.id
    }
    if isInWindow(kind, left, right) {
      inWindow += 1
      return "cut-off"
    }
    return nil
  }

  /// To the byte: texts that only look the same are not what was accepted.
  private static func isSame(_ left: String?, _ right: String?) -> Bool {
    left.map { Array($0.utf8) } == right.map { Array($0.utf8) }
  }

  /// What became of each rule.
  var evidence: [ComparisonEvidence.Rule] {
    let timing = cutOff.map { cutOff in
      ComparisonEvidence.Rule(
        id: "cut-off", reason: "\(cutOff.column): \(cutOff.old) – \(cutOff.new)", approver: "", expires: "",
        kind: .timing, matched: inWindow, state: .matched)
    }
    return rules.enumerated().map { index, rule in
      ComparisonEvidence.Rule(
        id: rule.id, reason: rule.reason, approver: rule.approver, expires: CivilDate.text(rule.expires),
        kind: rule.cause, matched: matched[index],
        state: rule.isExpired ? .expired : matched[index] > 0 ? .matched : .unmatched)
    } + [timing].compactMap(\.self)
  }
}
