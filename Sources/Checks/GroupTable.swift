import Evidence
import Records

/// Exact sums by group, for both sides of a check. Memory grows with the number of groups.
final class GroupTable: CheckSummary {
  private let measures: Int
  private var index: [UInt128: Int] = [:]
  private var names: [[String]] = []
  private var hashes: [UInt128] = []
  /// For each group the expected sums, then the actual ones.
  private var sums: [Int128] = []
  /// Rows seen on the expected and the actual side.
  private(set) var rows = [0, 0]
  private(set) var unreadable = 0
  /// The number of rows read, regardless of the conditions.
  private(set) var seen = 0
  private var last: (hash: UInt128, group: Int)?

  init(measures: Int) { self.measures = measures }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let side = term.side == .expected ? 0 : 1
    seen += rows.count
    unreadable += rows.select(term, sums: true) { selection in
      if selection.taken == 0 { return }
      let keys = selection.hashes
      let values = selection.measures.map(\.integers)
      selection.forEach { row in
        let start = group(keys[row], selection, row) &* 2 &* measures &+ side &* measures
        for number in 0..<measures { sums[start + number] += term.sign * Int128(values[number][row]) }
      }
      self.rows[side] += selection.taken
    }
  }

  private func group(_ hash: UInt128, _ selection: Selection, _ row: Int) -> Int {
    if let last, last.hash == hash { return last.group }
    let group = index[hash] ?? add(hash, selection.keys.map { $0.describe(row) ?? "–" })
    last = (hash, group)
    return group
  }

  private func add(_ hash: UInt128, _ name: [String]) -> Int {
    index[hash] = names.count
    names.append(name)
    hashes.append(hash)
    sums.append(contentsOf: repeatElement(0, count: 2 * measures))
    return names.count - 1
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? GroupTable else { return }
    for group in other.names.indices {
      let hash = other.hashes[group]
      let mine = index[hash] ?? add(hash, other.names[group])
      for number in 0..<(2 * measures) {
        sums[mine * 2 * measures + number] += other.sums[group * 2 * measures + number]
      }
    }
    rows = [rows[0] + other.rows[0], rows[1] + other.rows[1]]
    unreadable += other.unreadable
    seen += other.seen
  }

  /// All groups, ordered by their key's text.
  func lines() -> [CheckResult.Line] {
    names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }.map { group in
      let start = group * 2 * measures
      return CheckResult.Line(
        key: names[group], expected: Array(sums[start..<(start + measures)]),
        actual: Array(sums[(start + measures)..<(start + 2 * measures)]))
    }
  }
}
