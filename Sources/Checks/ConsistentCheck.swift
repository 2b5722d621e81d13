import Base
import Definitions
import Evidence
import Expressions

/// `consistent`: the values that belong to one key (person, household, employer …) are the same wherever they occur.
///
/// Pairs of a key's and a value's 64-bit hash are held in a set, on disk when they are many.
struct ConsistentCheck: CheckKind {
  static let name = "consistent"
  static let purpose = Bilingual("同じキーに二つ以上の値がない", "a key has one value, wherever it stands")
  static let keys = ["rows"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    var reader = TermReader(sources, measures: "value")
    reader.read(map.required("rows"), .actual)
    guard !reader.terms.isEmpty, let keyNames = reader.keyNames, let valueNames = reader.measureNames else {
      return nil
    }
    guard !keyNames.isEmpty, !valueNames.isEmpty else {
      map.node.wrong("no `by` or no `value`", "`by` and `value` on each term")
      return nil
    }
    return Body(terms: reader.terms, keyNames: keyNames, valueNames: valueNames)
  }

  struct Body: CheckBody {
    let terms: [Term]
    let keyNames: [String]
    let valueNames: [String]

    var expectedFrom: [CheckSide] { [.constant] }

    func summary(_ scratch: Scratch) -> any CheckSummary { KeyValues(scratch) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let values = summary as? KeyValues else { return Finding(why: Bilingual("", "")) }
      let wrong = values.wrong
      var finding = Finding(
        why: wrong.isEmpty
          ? Bilingual("\(values.rows)行に食い違いなし", "\(values.rows) rows are consistent")
          : Bilingual("値の食い違うキーが\(wrong.count)個", "\(wrong.count) keys have several values"))
      finding.expectedRows = values.rows
      finding.actualRows = values.rows
      finding.differences = wrong.count
      finding.unreadable = values.unreadable
      return finding
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let values = summary as? KeyValues, !values.wrong.isEmpty else { return nil }
      return KeyLister(values.wrong, .values(valueNames)) { _ in true }
    }
  }
}

/// The distinct pairs of key and value.
final class KeyValues: CheckSummary {
  /// The key's hash in the upper half, the value's in the lower.
  private let pairs: HashSet<UInt128>
  private(set) var rows = 0
  private(set) var unreadable = 0

  init(_ scratch: Scratch) { pairs = HashSet(scratch) }

  func observe(_ term: Term, _ rows: ObservedRows) {
    unreadable += rows.select(term) { selection in
      let (keys, values) = (selection.hashes, selection.measureHashes)
      selection.forEach { row in
        pairs.insert(keys[row] << 64 | UInt128(UInt64(truncatingIfNeeded: values[row])))
      }
      self.rows += selection.taken
    }
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? KeyValues else { return }
    pairs.formUnion(other.pairs)
    rows += other.rows
    unreadable += other.unreadable
  }

  /// Keys with several values, computed once, after all rows have been observed.
  private(set) lazy var wrong = Set(pairs.repeatedUpperHalves().map { UInt64($0) })
}
