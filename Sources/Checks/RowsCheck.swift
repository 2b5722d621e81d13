import Base
import Definitions
import Evidence
import Expressions
import Records

/// `rows`: a rule that every row must keep.
struct RowsCheck: CheckKind {
  static let name = "rows"
  static let purpose = Bilingual("すべての行が条件を満たす", "every row keeps a rule")
  static let keys = ["from", "each", "where", "key", "must"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let from = map.required("from"), let must = map.required("must"), let rule = must.text else { return nil }
    let keys = map.required("key")?.entries ?? []
    var terms: [Term] = []
    for source in TermReader.sources(named: from, sources) {
      let each = map["each"].map { sources.occurrences(source, $0) }
      if case .some(nil) = each { return nil }
      let table = each??.table
      let condition = sources.condition(source, map["where"], of: map.node, each: table)
      let key = keys.compactMap { sources.compile(source, $0.value, each: table) }
      guard let test = sources.compile(source, must, each: table, type: .flag), key.count == keys.count, let condition
      else { return nil }
      var term = Term(
        side: .actual, source: source, each: each ?? nil, condition: condition, keys: key, measures: [test],
        sign: 1, isControl: sources.isControl(source))
      term.told = sources.read(by: rule, source, at: must.place, each: table)
      terms.append(term)
    }
    guard !terms.isEmpty else { return nil }
    return Body(terms: terms, keyNames: keys.map(\.key), rule: rule)
  }

  struct Body: CheckBody {
    let terms: [Term]
    let keyNames: [String]
    let rule: String

    var expectedFrom: [CheckSide] { [.constant] }

    func summary(_ scratch: Scratch) -> any CheckSummary { RowCounts() }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let counts = summary as? RowCounts else { return Finding(why: Bilingual("", "")) }
      var finding = Finding(
        why: counts.failed == 0
          ? Bilingual("\(counts.checked)行すべてが条件を満たす", "all \(counts.checked) rows keep the rule")
          : Bilingual(
            "\(counts.checked)行のうち\(counts.failed)行が条件に反する", "\(counts.failed) of \(counts.checked) rows break the rule"
          ))
      finding.actualRows = counts.checked
      finding.expectedRows = counts.checked
      finding.differences = counts.failed
      finding.unreadable = counts.unreadable
      return finding
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let counts = summary as? RowCounts, counts.failed > 0 else { return nil }
      return RowLocaliser(rule)
    }
  }
}

/// The number of rows seen and the number of rows that broke the rule.
final class RowCounts: CheckSummary {
  fileprivate(set) var checked = 0
  fileprivate(set) var failed = 0
  fileprivate(set) var unreadable = 0

  func observe(_ term: Term, _ rows: ObservedRows) {
    unreadable += rows.select(term) { selection in
      let values = selection.measures[0].integers
      checked += selection.taken
      var broken = 0
      selection.forEach { broken &+= values[$0] == 0 ? 1 : 0 }
      failed += broken
    }
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? RowCounts else { return }
    checked += other.checked
    failed += other.failed
    unreadable += other.unreadable
  }
}

/// The rows that break a rule, in reading order: their keys, and the values that the rule reads.
final class RowLocaliser: Localiser {
  private let rule: String
  private var lines: [CheckResult.Line] = []
  private var files = LegacyFiles()

  init(_ rule: String) { self.rule = rule }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let places = files.places(term, rows)
    _ = rows.select(term) { selection in
      typealias Side = CheckResult.Line.Side
      let values = selection.measures[0].integers
      var told: [Column]?
      selection.forEach { row in
        guard values[row] == 0 else { return }
        let columns = told ?? term.told.map { rows.machine.value($0.value) }
        told = columns
        let found = zip(term.told, columns).map { read, column in
          Side.Value(read.name, column.describe(row) ?? "–", privacy: read.value.privacy.told)
        }
        let records = files.records([places[row]])
        lines.append(
          CheckResult.Line(
            key: selection.keys.map { $0.describe(row) ?? "–" }, expected: [], actual: [], records: records,
            sides: .init(
              expected: Side([Side.Value(Side.Value.rule, rule)]), actual: Side(found, records: records))))
      }
    }
  }

  func finish() -> [CheckResult.Line] { lines }
}
