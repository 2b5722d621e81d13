import Base
import Definitions
import Evidence
import Expressions
import Records

/// `settled`: like `keys`, but for an item with provisional and final rows only the final ones count (速報 and 確報 of one
/// payment slip). Provisional rows of an item without a final row count.
///
/// `item` names the last part of `by`, which identifies the item of a row; it is left out when keys are compared.
/// `provisional` names the last sum, which is not zero for provisional rows. The actual side is a table whose key
/// begins with `by` (without the item), so that the rows of a key are adjacent; memory is fixed, as in `keys`.
struct SettledCheck: CheckKind {
  static let name = "settled"
  static let purpose = Bilingual(
    "確報のあるものは確報だけを数え、キーごとの金額が両側で一致する",
    "amounts by key are the same on both sides, a provisional row counting only while no final one exists")
  static let keys = ["expected", "actual", "item", "provisional", "zero"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    var reader = TermReader(sources)
    reader.read(map.required("expected"), .expected)
    reader.read(map.required("actual"), .actual)
    guard !reader.terms.isEmpty, let keyNames = reader.keyNames, let measureNames = reader.measureNames,
      last(map.required("item"), keyNames), last(map.required("provisional"), measureNames)
    else { return nil }
    guard keyNames.count > 1, measureNames.count > 1 else {
      map.node.wrong("only the item, or only the provisional mark", "a further part of the key and a further sum")
      return nil
    }
    guard reader.canDiffer(map, marks: 1), let zero = reader.zeroRule(map) else { return nil }
    return Body(
      terms: reader.terms, keyNames: keyNames.dropLast(), measureNames: measureNames.dropLast(), zero: zero)
  }

  private static func last(_ node: DefinitionNode?, _ names: [String]) -> Bool {
    guard let node, let name = node.text else { return false }
    if names.last == name { return true }
    node.wrong(name, "the last of \(names.joined(separator: ", "))")
    return false
  }

  struct Body: CheckBody {
    var hidesMeasures: Bool { measurePrivacy.contains { $0 != .open } }

    let terms: [Term]
    /// The names of the key's parts, without the item.
    let keyNames: [String]
    /// The names of the sums, without the mark of provisional rows.
    let measureNames: [String]
    let zero: Bilingual?

    func summary(_ scratch: Scratch) -> any CheckSummary { SettledSums(measures: measureNames.count) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let sums = summary as? SettledSums else { return Finding(why: Bilingual("", "")) }
      sums.finish()
      let differing = sums.differing
      var finding = Finding(
        why: differing.isEmpty
          ? Bilingual(
            "期待側\(sums.rows[0])行と実際側\(sums.rows[1])行の全キーが一致（確報のある速報\(sums.replaced)行を除く）",
            "all keys of \(sums.rows[0]) expected and \(sums.rows[1]) actual rows agree, \(sums.replaced) settled rows left out"
          )
          : Bilingual("キー単位の不一致あり", "keys differ"))
      finding.expectedRows = sums.rows[0]
      finding.actualRows = sums.rows[1]
      finding.unreadable = sums.unreadable
      finding.differences = differing.count
      finding.tell(zero: zero)
      return finding
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let sums = summary as? SettledSums else { return nil }
      sums.finish()
      if sums.differing.isEmpty { return nil }
      return SettledLocaliser(sums.suspects(without: rejected as? SettledSums), measures: measureNames.count)
    }
  }
}

/// The rows of one key in sequence: the final ones, and those that wait for a final row of their item.
private struct SettledRun {
  let key: UInt128
  var name: [String] = []
  private var sums: [Int128]
  private var finals: [UInt64] = []
  private var open: [(item: UInt64, values: [Int128])] = []

  init(key: UInt128, measures: Int) {
    self.key = key
    sums = Array(repeating: 0, count: measures)
  }

  mutating func add(_ values: [Int128], item: UInt64, provisional: Bool) {
    if provisional {
      open.append((item, values))
    } else {
      finals.append(item)
      for index in sums.indices { sums[index] += values[index] }
    }
  }

  /// Provisional rows that a final row has replaced.
  var replaced: Int { open.filter { finals.contains($0.item) }.count }

  /// The sums of the key.
  var settled: [Int128] {
    open.filter { !finals.contains($0.item) }.reduce(sums) { zip($0, $1.values).map { $0 + $1 } }
  }
}

/// Reads the rows of the actual side key by key and passes on each key's run when the next key begins.
private struct SettledReader: ~Copyable {
  private var run: SettledRun?

  /// - Parameter item: hash of the item.
  /// - Returns: the run that this row's key has ended, if any.
  mutating func add(
    _ row: Int, _ key: UInt128, item: UInt128, _ selection: Selection, _ sign: Int128
  ) -> SettledRun? {
    let (keys, measures) = (selection.keys, selection.measures)
    let ended = run?.key == key ? nil : end()
    if run == nil {
      run = SettledRun(key: key, measures: measures.count - 1)
      run?.name = keys.dropLast().map { $0.describe(row) ?? "–" }
    }
    let values = measures.dropLast().map { sign * Int128($0.integers[row]) }
    run?.add(
      values, item: UInt64(truncatingIfNeeded: item), provisional: measures[measures.count - 1].integers[row] != 0)
    return ended
  }

  mutating func end() -> SettledRun? {
    defer { run = nil }
    return run
  }
}

/// The buckets of a `settled` check.
final class SettledSums: KeyNoting {
  private let buckets: BucketSums
  private(set) var rows = [0, 0]
  private(set) var unreadable = 0
  /// Provisional rows that a final row has replaced.
  private(set) var replaced = 0
  private var reader = SettledReader()
  /// The keys of all rows, when they are noted.
  private var noted: Set<UInt128>?

  init(measures: Int) { buckets = BucketSums(measures: measures) }

  func observe(_ term: Term, _ rows: ObservedRows) {
    unreadable += rows.select(term, sums: true) { selection in
      let keys = selection.shortHashes
      if noted != nil { selection.forEach { noted?.insert(keys[$0]) } }
      if term.side == .expected {
        for (number, column) in selection.measures.dropLast().enumerated() {
          buckets.add(column, number, of: selection, keys, sign: term.sign)
        }
      } else {
        let items = selection.lastHashes
        selection.forEach { row in
          if let run = reader.add(row, keys[row], item: items[row], selection, term.sign) { subtract(run) }
        }
      }
      self.rows[term.side == .expected ? 0 : 1] += selection.taken
    }
  }

  private func subtract(_ run: SettledRun) {
    replaced += run.replaced
    for (number, value) in run.settled.enumerated() { buckets.add(-value, number, run.key) }
  }

  /// Ends the current run.
  func finish() { if let run = reader.end() { subtract(run) } }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? SettledSums else { return }
    finish()
    other.finish()
    buckets.merge(other.buckets)
    if let keys = other.noted { noted?.formUnion(keys) }
    rows = [rows[0] + other.rows[0], rows[1] + other.rows[1]]
    unreadable += other.unreadable
    replaced += other.replaced
  }

  func noteKeys() { noted = [] }

  var differing: Set<Int> { buckets.differing }

  /// - Parameter rejected: a summary of rejected records alone, with their keys.
  func suspects(without rejected: SettledSums?) -> SuspectKeys {
    rejected?.finish()
    return SuspectKeys(buckets: buckets.differing(without: rejected?.buckets), named: rejected?.noted ?? [])
  }
}

/// Names and sums of the suspects. Memory grows with these keys.
final class SettledLocaliser: Localiser {
  private let suspects: SuspectKeys
  private let measures: Int
  private var entries: [UInt128: KeyEntry] = [:]
  private var files = LegacyFiles()
  private var origins = RowOrigins()
  private var reader = SettledReader()

  init(_ suspects: SuspectKeys, measures: Int) {
    self.suspects = suspects
    self.measures = measures
  }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let places = files.places(term, rows)
    _ = rows.select(term) { selection in
      let keys = selection.shortHashes
      let items = selection.lastHashes
      selection.forEach { row in
        if term.side == .actual, let run = reader.add(row, keys[row], item: items[row], selection, term.sign) {
          take(run)
        }
        guard term.side == .expected || places[row] != 0, suspects.contains(keys[row]) else { return }
        let name = { selection.keys.dropLast().map { $0.describe(row) ?? "–" } }
        if term.side == .expected {
          entries[keys[row], default: KeyEntry(name(), measures)]
            .add(term, selection.measures.dropLast(), row, places[row])
        } else {
          entries[keys[row], default: KeyEntry(name(), measures)].note(places[row], .actual)
        }
      }
    }
  }

  func locate(_ origin: Term, _ rows: ObservedRows) {
    let places = files.places(origin, rows)
    _ = rows.select(origin) { selection in
      let keys = selection.shortHashes
      selection.forEach { row in
        guard suspects.contains(keys[row]) else { return }
        origins.note(places[row], keys[row], origin.side)
      }
    }
  }

  private func take(_ run: SettledRun) {
    guard suspects.contains(run.key) else { return }
    entries[run.key, default: KeyEntry(run.name, measures)].add(actual: run.settled)
  }

  func finish() -> [CheckResult.Line] {
    if let run = reader.end() { take(run) }
    return KeyEntry.lines(entries, files, origins)
  }
}
