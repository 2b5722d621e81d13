import Definitions
import Evidence
import Expressions
import Records

/// `readable`: every value of a target table is one that its column's type allows.
struct ReadableCheck: CheckKind {
  static let name = "readable"
  static let purpose = Bilingual("移行先のすべての値が項目の型に合う", "every value of a target table fits its column's type")
  static let keys = ["table"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let table = map.required("table"), let name = table.text else { return nil }
    guard let scope = sources.scope(.table(name)) else {
      table.wrong(name, "a table: \(ProgramBuilder.nearest(name, among: sources.tables))")
      return nil
    }
    let columns = scope.entries.keys.sorted().compactMap { column in
      table.problems.collect { () throws(Diagnostic) in try sources.compile(.table(name), column, at: table.place) }
    }
    let term = Term(
      side: .actual, source: .table(name), each: nil, condition: nil, keys: columns, measures: [], sign: 1)
    return Body(terms: [term])
  }

  struct Body: CheckBody {
    let terms: [Term]

    var expectedFrom: [CheckSide] { [.constant] }

    func summary(_ scratch: Scratch) -> any CheckSummary { Invalid() }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let invalid = summary as? Invalid else { return Finding(why: Bilingual("", "")) }
      var finding = Finding(
        why: invalid.bad == 0
          ? Bilingual("\(invalid.rows)行すべて読める", "all \(invalid.rows) rows can be read")
          : Bilingual("\(invalid.bad)行に型に合わない値", "\(invalid.bad) rows hold a value that does not fit"))
      finding.actualRows = invalid.rows
      finding.expectedRows = invalid.rows
      finding.differences = invalid.bad
      return finding
    }
  }

  final class Invalid: CheckSummary {
    fileprivate var rows = 0
    fileprivate var bad = 0

    func observe(_ term: Term, _ rows: ObservedRows) {
      bad += rows.select(term) { _ in }
      self.rows += rows.count
    }

    func merge(_ other: any CheckSummary) {
      guard let other = other as? Invalid else { return }
      rows += other.rows
      bad += other.bad
    }
  }
}
