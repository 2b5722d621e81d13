import Base
import Definitions
import Evidence
import Expressions
import Records

/// `ordered`: a value grows from row to row of a group, in the order of the table's key: periods that do not overlap,
/// dates of versions, numbers without a gap. Relies on tables being read in key order; the group is a beginning of the
/// key.
struct OrderedCheck: CheckKind {
  static let name = "ordered"
  static let purpose = Bilingual("グループの中で行から行へ順序が守られる", "from row to row of a group the order is kept")
  static let keys = ["table", "group", "where", "previous", "value", "must"]

  enum Rule: String, CaseIterable, Sendable {
    /// Greater than in the previous row.
    case greater
    /// At least as great.
    case notLess = "not-less"
    /// Greater by one.
    case next

    /// What it demands of a value behind `previous`.
    func demand(_ previous: String) -> String {
      switch self {
      case .greater: "> \(previous)"
      case .notLess: ">= \(previous)"
      case .next: "\(previous) + 1"
      }
    }
  }

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let table = sources.table(map.required("table")), let group = map.required("group"),
      let value = map.required("value"), let rule = map.required("must")?.choice(Rule.self)
    else { return nil }
    let keys = group.list.compactMap { sources.compile(table, $0) }
    guard keys.count == group.list.count, sources.standTogether(group, in: table),
      let now = sources.compile(table, value)
    else { return nil }
    guard now.type == .integer || now.type == .date else {
      value.wrong(ProgramBuilder.word(now.type), "an integer or a date")
      return nil
    }
    guard let before = sources.compile(table, map["previous"] ?? value, type: now.type) else { return nil }
    let condition = map["where"].map { sources.compile(table, $0, type: .flag) }
    if case .some(nil) = condition { return nil }
    let term = Term(
      side: .actual, source: table, each: nil, condition: condition ?? nil, keys: keys, measures: [before, now],
      sign: 1)
    return Body(terms: [term], keyNames: group.texts, valueName: value.text ?? "", rule: rule)
  }

  struct Body: CheckBody {
    var tells: Telling { .step }
    let terms: [Term]
    let keyNames: [String]
    /// The value as written.
    let valueName: String
    let rule: Rule

    var expectedFrom: [CheckSide] { [.constant] }

    func summary(_ scratch: Scratch) -> any CheckSummary { Steps(rule, valueName) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let steps = summary as? Steps else { return Finding(why: Bilingual("", "")) }
      var finding = Finding(
        why: steps.lines.isEmpty
          ? Bilingual("\(steps.rows)行の順序に乱れなし", "\(steps.rows) rows are in order")
          : Bilingual("順序の乱れた行が\(steps.lines.count)行", "\(steps.lines.count) rows are out of order"))
      finding.actualRows = steps.rows
      finding.expectedRows = steps.rows
      finding.differences = steps.lines.count
      finding.unreadable = steps.unreadable
      finding.lines = steps.lines
      return finding
    }
  }

  /// Compares each row with the previous row of its group. A table is read by one reader, so only the sum is merged.
  final class Steps: CheckSummary {
    private let rule: Rule
    private let valueName: String
    fileprivate var rows = 0
    fileprivate var unreadable = 0
    fileprivate var lines: [CheckResult.Line] = []
    private var group: UInt128?
    /// The value of the previous row; `nil` when there is nothing to compare with.
    private var previous: Int64?

    init(_ rule: Rule, _ valueName: String) {
      self.rule = rule
      self.valueName = valueName
    }

    func observe(_ term: Term, _ rows: ObservedRows) {
      unreadable += rows.select(term) { selection in
        let hashes = selection.hashes
        let (before, now) = (selection.measures[0], selection.measures[1])
        selection.forEach { row in
          // A row without a value has no place in an order; neither has a row after one that leaves no value (a period
          // without end).
          let isFirst = hashes[row] != group
          group = hashes[row]
          let isInOrder = now.states[row] == 0 && (isFirst || previous.map { holds($0, now.integers[row]) } ?? false)
          if !isInOrder {
            lines.append(
              CheckResult.Line(
                key: selection.keys.map { $0.describe(row) ?? "–" }, expected: [], actual: [],
                sides: sides(term, now, row, isFirst: isFirst)))
          }
          previous = before.states[row] == 0 ? before.integers[row] : nil
        }
        self.rows += selection.taken
      }
    }

    private func sides(_ term: Term, _ now: Column, _ row: Int, isFirst: Bool) -> CheckResult.Line.Sides {
      typealias Side = CheckResult.Line.Side
      let privacy = Privacy.stricter(term.measures[0].privacy, term.measures[1].privacy).told
      func text(_ value: Int64) -> String { now.type == .date ? CivilDate.text(value) : String(value) }
      let none = Bilingual("前の行に、比べる値がない", "the row before leaves no value to compare with")
      let before = isFirst ? nil : previous.map { Side.Value(valueName, rule.demand(text($0)), privacy: privacy) }
      let value = now.states[row] == 0 ? Side.Value(valueName, text(now.integers[row]), privacy: privacy) : nil
      return .init(
        expected: before.map { Side([$0]) } ?? (isFirst ? Side(why: Self.first) : Side(why: none)),
        actual: value.map { Side([$0]) } ?? Side(why: Side.notRead))
    }

    private static let first = Bilingual("最初の行なので、前の行はない", "the first row has none before it")

    private func holds(_ previous: Int64, _ now: Int64) -> Bool {
      switch rule {
      case .greater: now > previous
      case .notLess: now >= previous
      case .next: previous < Int64.max && now == previous + 1
      }
    }

    func merge(_ other: any CheckSummary) {
      guard let other = other as? Steps else { return }
      rows += other.rows
      unreadable += other.unreadable
      lines += other.lines
    }
  }
}
