import Checks
import Base
import Definitions
import Diff
import Evidence

/// Expected differences (`--accept`): rules with a reason, a responsible person, and a last day.
package struct AcceptanceRules: Sendable {
  struct Rule: Sendable {
    let head: AcceptanceHead
    let kind: DifferenceKind?
    /// All columns that differ must be among these; `nil` for all columns.
    let columns: Set<Int>?
    let key: [(column: Int, text: String?)]
    let left: [(column: Int, text: String?)]
    let right: [(column: Int, text: String?)]
    /// The largest distance of numbers that differ.
    let within: ExactNumber?
    /// The bound on the total of the distances of each of these columns.
    let sums: [(column: Int, most: ExactNumber)]
    let isExpired: Bool
  }

  let rules: [Rule]
  /// SHA-256 of the file; empty without one.
  let digest: String
  private let day: Int64
  private(set) var matched: [Int]
  /// The number of rows that each rule would cover beyond its bound.
  private(set) var beyond: [Int]
  /// The distances that each rule has accepted for each of its sums.
  private var spent: [[ExactNumber]]
  /// The window of rows made between the two systems' cut-offs, on the side that stopped later.
  private var window: (column: Int, after: Int64, until: Int64, side: Side)?
  private var inWindow = 0
  private var cutOff: CutOff?

  var isEmpty: Bool { rules.isEmpty && window == nil }

  /// Lets differences between the two systems' cut-offs explain themselves.
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

  /// Whether the row of the side that stopped later was made after the other side had stopped.
  private func isInWindow(_ kind: DifferenceKind, _ left: CanonicalRow, _ right: CanonicalRow) -> Bool {
    guard let window, kind == .changed || kind == (window.side == .left ? .leftOnly : .rightOnly) else { return false }
    let value = (window.side == .left ? left : right).values[window.column]
    guard value.value == .plain, let time = CutOff.digits(value.bytes) else { return false }
    return time > window.after && time <= window.until
  }

  package init() {
    (rules, digest, day, matched, beyond, spent) = ([], "", 0, [], [], [])
  }

  /// Reads the rules of a file.
  ///
  /// - Parameter day: the day for which they must hold, `YYYYMMDD`.
  /// - Throws: all problems of the rules, each with line and column.
  package static func read(_ path: String, _ terms: Terms, on day: Int64) throws(Diagnostics) -> AcceptanceRules {
    let problems = Problems()
    var rules: [Rule] = []
    let file: DefinitionFile
    do throws(Diagnostic) { file = try DefinitionFile.read(path) } catch { throw Diagnostics([error]) }
    if let map = DefinitionNode.read(file, problems)?.map(["accept"]),
      let list = map.required("accept")?.list
    {
      for node in list { if let rule = rule(node, terms, day) { rules.append(rule) } }
      for (index, rule) in rules.enumerated() where rules[..<index].contains(where: { $0.head.id == rule.head.id }) {
        list[index].wrong(rule.head.id, "an id that occurs once")
      }
    }
    try problems.check()
    return AcceptanceRules(rules, digest: file.digest, day: day)
  }

  private init(_ rules: [Rule], digest: String, day: Int64) {
    self.rules = rules
    self.digest = digest
    self.day = day
    matched = Array(repeating: 0, count: rules.count)
    beyond = matched
    spent = rules.map { $0.sums.map { _ in .zero } }
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
    guard let map = node.map(AcceptanceHead.keys + conditions) else { return nil }
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
    func number(_ node: DefinitionNode) -> ExactNumber? {
      let number = node.text.flatMap { ExactNumber($0.utf8) }
      if number == nil || node.text?.hasPrefix("-") == true { node.wrong(node.text ?? "", "a number such as 1") }
      return number
    }
    let within = map["within"].flatMap(number)
    var sums: [(column: Int, most: ExactNumber)] = []
    let head = AcceptanceHead(map, isStrict: false) { name, node in
      if let column = column(name, node), let most = number(node) { sums.append((column, most)) }
    }
    if conditions.allSatisfy({ map[$0] == nil }) {
      node.wrong(
        "no condition", "at least one of \(conditions.joined(separator: ", ")): a rule for every difference is none")
    }
    for name in ["key", "left", "right"] {
      if let condition = map[name], condition.entries.isEmpty { condition.wrong("{}", "at least one column: \(name)") }
    }
    if let list = map["columns"], list.list.isEmpty { list.wrong("[]", "at least one column") }
    guard let head else { return nil }
    return Rule(
      head: head, kind: map["kind"]?.choice(KindWord.self)?.kind, columns: columns, key: values("key"),
      left: values("left"),
      right: values("right"), within: within, sums: sums, isExpired: head.isExpired(on: day))
  }

  private static let conditions = ["kind", "columns", "key", "left", "right", "within"]

  /// The first rule that covers a difference; the difference is then counted. Beyond its bound a rule covers no row.
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
            guard Self.isNumber(left.values[$0]), Self.isNumber(right.values[$0]),
              let a = ExactNumber(left.values[$0].bytes), let b = ExactNumber(right.values[$0].bytes)
            else { return false }
            return ExactNumber.isWithin(within, a, b)
          })
        else { continue }
      }
      guard rule.head.rows.map({ matched[index] < $0 }) ?? true, spend(index, kind, left, right) else {
        beyond[index] += 1
        continue
      }
      matched[index] += 1
      return rule.head.id
    }
    if isInWindow(kind, left, right) {
      inWindow += 1
      return "cut-off"
    }
    return nil
  }

  /// Adds a difference to the accepted sums of a rule; false, with nothing added, when a sum would exceed its bound or
  /// a value is not a number. A row on one side only counts with its full amounts.
  private mutating func spend(
    _ index: Int, _ kind: DifferenceKind, _ left: CanonicalRow, _ right: CanonicalRow
  ) -> Bool {
    var total = spent[index]
    for (place, sum) in rules[index].sums.enumerated() {
      let sides = [(kind != .rightOnly, left), (kind != .leftOnly, right)].map { isThere, row -> ExactNumber? in
        guard isThere else { return .zero }
        let part = row.values[sum.column]
        return Self.isNumber(part) ? ExactNumber(part.bytes) : nil
      }
      guard let old = sides[0], let new = sides[1] else { return false }
      total[place] = total[place].adding(.distance(old, new))
      guard total[place] <= sum.most else { return false }
    }
    spent[index] = total
    return true
  }

  /// Whether a value is a number, or a text in the notation of programs: `0901` is a code.
  private static func isNumber(_ part: CanonicalRow.Part) -> Bool {
    if part.value == .number { return true }
    let digits = part.bytes.first == 45 ? part.bytes.dropFirst() : part.bytes[...]
    let isPadded = digits.first == 48 && digits.count > 1 && digits[digits.startIndex + 1] != 46
    return part.value == .plain && !part.isQuoted && !isPadded
  }

  /// Compared by bytes: texts that only look the same were not accepted.
  private static func isSame(_ left: String?, _ right: String?) -> Bool {
    left.map { Array($0.utf8) } == right.map { Array($0.utf8) }
  }

  /// The outcome of each rule.
  var evidence: [ComparisonEvidence.Rule] {
    let timing = cutOff.map { cutOff in
      ComparisonEvidence.Rule(
        id: "cut-off", reason: "\(cutOff.column): \(cutOff.old) – \(cutOff.new)", approver: "", expires: "",
        kind: .timing, matched: inWindow, state: .matched)
    }
    return rules.enumerated().map { index, rule in
      rule.head.evidence(matched: matched[index], beyond: beyond[index], on: day)
    } + [timing].compactMap(\.self)
  }
}
