import Definitions
import Evidence
import Expressions
import Records

/// `settled`: as `keys`, but of a thing that has provisional and final rows only the final ones count (速報 and 確報 of one
/// payment slip). Provisional rows of a thing without a final row count.
///
/// `item` names the last part of `by`, which says what thing a row is about; it is left out when keys are compared.
/// `provisional` names the last sum, which is not zero for provisional rows. Memory grows with the distinct items and keys.
struct SettledCheck: CheckKind {
  static let name = "settled"
  static let purpose = Bilingual(
    "確報のあるものは確報だけを数え、キーごとの金額が両側で一致する",
    "amounts by key are the same on both sides, a provisional row counting only while no final one exists")
  static let keys = ["expected", "actual", "item", "provisional"]

  static func compile(_ map: DefinitionMap, _ sources: SourceBuilders) -> (any CheckBody)? {
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
    return Body(terms: reader.terms, keyNames: keyNames.dropLast(), measureNames: measureNames.dropLast())
  }

  private static func last(_ node: DefinitionNode?, _ names: [String]) -> Bool {
    guard let node, let name = node.text else { return false }
    if names.last == name { return true }
    node.wrong(name, "the last of \(names.joined(separator: ", "))")
    return false
  }

  struct Body: CheckBody {
    let terms: [Term]
    /// Without the item.
    let keyNames: [String]
    /// Without the mark of provisional rows.
    let measureNames: [String]

    func summary() -> any CheckSummary { SettledSums() }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let sums = summary as? SettledSums else { return Finding(why: Bilingual("", "")) }
      let differing = sums.differing
      var finding = Finding(
        why: differing.isEmpty
          ? Bilingual(
            "期待側\(sums.rows[0])行と実際側\(sums.rows[1])行の全キーが一致（確報のある速報\(sums.settled)行を除く）",
            "all keys of \(sums.rows[0]) expected and \(sums.rows[1]) actual rows agree, \(sums.settled) settled rows left out")
          : Bilingual("キー単位の不一致あり", "keys differ"))
      finding.expectedRows = sums.rows[0]
      finding.actualRows = sums.rows[1]
      finding.unreadable = sums.unreadable
      finding.differences = differing.count
      return finding
    }

    func localiser(_ summary: any CheckSummary) -> (any Localiser)? {
      guard let sums = summary as? SettledSums else { return nil }
      let differing = sums.differing
      return differing.isEmpty ? nil : SettledLocaliser(differing)
    }
  }
}

/// The sums of final rows by key, the items that have a final row, and the provisional rows by item.
final class SettledSums: CheckSummary {
  /// Expected − actual by key, without the provisional rows.
  private var sums: [UInt128: [Int128]] = [:]
  private var finals: Set<UInt64> = []
  private var open: [UInt64: [(key: UInt128, values: [Int128])]] = [:]
  private(set) var rows = [0, 0]
  private(set) var unreadable = 0
  private var encoder = RowEncoder()

  func observe(_ term: Term, _ rows: ObservedRows) {
    let sign = term.side == .expected ? term.sign : -term.sign
    var seen = 0
    unreadable += rows.forEach(term) { row, keys, measures in
      seen += 1
      let key = Self.hash(keys.dropLast(), row, &encoder)
      let values = measures.dropLast().map { sign * Int128($0.integers[row]) }
      if term.side == .expected {
        add(values, to: key)
        return
      }
      let item = UInt64(truncatingIfNeeded: Self.hash(keys.suffix(1), row, &encoder))
      if measures[measures.count - 1].integers[row] != 0 {
        open[item, default: []].append((key, values))
      } else {
        finals.insert(item)
        add(values, to: key)
      }
    }
    self.rows[term.side == .expected ? 0 : 1] += seen
  }

  static func hash(_ columns: ArraySlice<Column>, _ row: Int, _ encoder: inout RowEncoder) -> UInt128 {
    encoder.removeAll()
    for (number, column) in columns.enumerated() { encoder.append(column, row: row, number: number) }
    return encoder.hash
  }

  private func add(_ values: [Int128], to key: UInt128) { Self.add(values, to: key, in: &sums) }

  private static func add(_ values: [Int128], to key: UInt128, in sums: inout [UInt128: [Int128]]) {
    guard let known = sums[key] else { return sums[key] = values }
    sums[key] = zip(known, values).map { $0 + $1 }
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? SettledSums else { return }
    for (key, values) in other.sums { add(values, to: key) }
    finals.formUnion(other.finals)
    open.merge(other.open) { $0 + $1 }
    rows = [rows[0] + other.rows[0], rows[1] + other.rows[1]]
    unreadable += other.unreadable
  }

  /// Provisional rows that a final one has replaced.
  var settled: Int { open.reduce(0) { $0 + (finals.contains($1.key) ? $1.value.count : 0) } }

  /// The keys whose sums differ, and the items that count by their final row.
  var differing: Set<UInt128> {
    var sums = sums
    for (item, rows) in open where !finals.contains(item) {
      for row in rows { Self.add(row.values, to: row.key, in: &sums) }
    }
    return Set(sums.filter { $0.value.contains { $0 != 0 } }.keys)
  }
}

/// Names and sums of the differing keys.
final class SettledLocaliser: Localiser {
  private struct Entry {
    var name: [String]
    var expected: [Int128]
    var finals: [Int128]
    var open: [(item: UInt64, values: [Int128])] = []
  }

  private let wanted: Set<UInt128>
  private var entries: [UInt128: Entry] = [:]
  private var settled: Set<UInt64> = []
  private var encoder = RowEncoder()

  init(_ wanted: Set<UInt128>) { self.wanted = wanted }

  func observe(_ term: Term, _ rows: ObservedRows) {
    _ = rows.forEach(term) { row, keys, measures in
      let provisional = term.side == .actual && measures[measures.count - 1].integers[row] != 0
      let item = UInt64(truncatingIfNeeded: SettledSums.hash(keys.suffix(1), row, &encoder))
      if term.side == .actual, !provisional { settled.insert(item) }
      let key = SettledSums.hash(keys.dropLast(), row, &encoder)
      guard wanted.contains(key) else { return }
      let values = measures.dropLast().map { term.sign * Int128($0.integers[row]) }
      let zeros = values.map { _ in Int128(0) }
      var entry = entries[key] ?? Entry(name: keys.dropLast().map { $0.describe(row) ?? "–" }, expected: zeros, finals: zeros)
      if term.side == .expected {
        entry.expected = zip(entry.expected, values).map { $0 + $1 }
      } else if provisional {
        entry.open.append((item, values))
      } else {
        entry.finals = zip(entry.finals, values).map { $0 + $1 }
      }
      entries[key] = entry
    }
  }

  func finish() -> [CheckResult.Line] {
    entries.values.map { entry in
      let actual = entry.open.reduce(entry.finals) { sums, row in
        settled.contains(row.item) ? sums : zip(sums, row.values).map { $0 + $1 }
      }
      return CheckResult.Line(key: entry.name, expected: entry.expected, actual: actual)
    }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }
}
