import Base
import Definitions
import Evidence
import Expressions
import Records

/// `unique`: no two rows of a target table have the same key. Relies on tables being read in key order.
struct UniqueCheck: CheckKind {
  static let name = "unique"
  static let purpose = Bilingual("移行先の主キーに重複がない", "no key of a target table occurs twice")
  static let keys = ["table", "key"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let table = sources.table(map.required("table")), let key = map.required("key") else { return nil }
    let columns = key.list.compactMap { sources.compile(table, $0) }
    guard columns.count == key.list.count, sources.standTogether(key, in: table) else { return nil }
    let term = Term(side: .actual, source: table, each: nil, condition: nil, keys: columns, measures: [], sign: 1)
    return Body(terms: [term], keyNames: key.texts)
  }

  struct Body: CheckBody {
    var tells: Telling { .repetition }
    let terms: [Term]
    let keyNames: [String]

    var expectedFrom: [CheckSide] { [.constant] }

    func summary(_ scratch: Scratch) -> any CheckSummary { Repeats() }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let repeats = summary as? Repeats else { return Finding(why: Bilingual("", "")) }
      var finding = Finding(
        why: repeats.lines.isEmpty
          ? Bilingual("\(repeats.rows)行に重複なし", "no repeated key in \(repeats.rows) rows")
          : Bilingual("\(repeats.lines.count)行のキーが重複", "\(repeats.lines.count) rows repeat a key"))
      finding.actualRows = repeats.rows
      finding.expectedRows = repeats.rows
      finding.differences = repeats.lines.count
      finding.unreadable = repeats.unreadable
      finding.lines = repeats.lines
      return finding
    }
  }

  /// Compares each key with the previous one. A table is read by one reader, so only the sum is merged.
  final class Repeats: CheckSummary {
    fileprivate var rows = 0
    fileprivate var unreadable = 0
    fileprivate var lines: [CheckResult.Line] = []
    private var previous: UInt128?

    func observe(_ term: Term, _ rows: ObservedRows) {
      unreadable += rows.select(term) { selection in
        let hashes = selection.hashes
        selection.forEach { row in
          if previous == hashes[row] {
            lines.append(
              CheckResult.Line(key: selection.keys.map { $0.describe(row) ?? "–" }, expected: [1], actual: [2]))
          }
          previous = hashes[row]
        }
        self.rows += selection.taken
      }
    }

    func merge(_ other: any CheckSummary) {
      guard let other = other as? Repeats else { return }
      rows += other.rows
      unreadable += other.unreadable
      lines += other.lines
    }
  }
}
