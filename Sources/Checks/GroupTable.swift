import Evidence
import Records

/// Exact sums by group, for both sides of a check. Memory grows with the number of groups.
final class GroupTable: CheckSummary {
  private let measures: Int
  private var index = GroupIndex()
  private var names: [[String]] = []
  /// For each group the expected sums, then the actual ones.
  private var sums: [Int128] = []
  /// The groups of the rows at work.
  private var groups: [Int] = []
  /// Rows seen on the expected and the actual side.
  private(set) var rows = [0, 0]
  private(set) var unreadable = 0
  /// The number of rows read, regardless of the conditions.
  private(set) var seen = 0

  init(measures: Int) { self.measures = measures }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let side = term.side == .expected ? 0 : 1
    seen += rows.count
    unreadable += rows.select(term, sums: true) { selection in
      if selection.taken == 0 { return }
      group(selection)
      let width = 2 * measures
      sums.withUnsafeMutableBufferPointer { sums in
        groups.withUnsafeBufferPointer { groups in
          for (number, column) in selection.measures.enumerated() {
            let values = column.integers
            let place = side * measures + number
            var next = 0
            selection.forEach { row in
              let index = groups[next] &* width &+ place
              sums[index] = sums[index] + term.sign * Int128(values[row])
              next &+= 1
            }
          }
        }
      }
      self.rows[side] += selection.taken
    }
  }

  /// Finds the groups of the rows that are taken.
  private func group(_ selection: Selection) {
    let keys = selection.hashes
    if groups.count < selection.taken { groups = Array(repeating: 0, count: selection.count) }
    groups.withUnsafeMutableBufferPointer { groups in
      var next = 0
      var (last, group) = (UInt128(0), -1)
      // Not held while a group is added, so that nothing is copied.
      var known = Optional(index)
      selection.forEach { row in
        if group < 0 || keys[row] != last {
          last = keys[row]
          if let found = known?.group(last) {
            group = found
          } else {
            known = nil
            group = add(last, selection.keys.map { $0.describe(row) ?? "–" })
            known = index
          }
        }
        groups[next] = group
        next &+= 1
      }
    }
  }

  private func add(_ hash: UInt128, _ name: [String]) -> Int {
    index.add(hash)
    names.append(name)
    sums.append(contentsOf: repeatElement(0, count: 2 * measures))
    return names.count - 1
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? GroupTable else { return }
    for group in other.names.indices {
      let hash = other.index.hashes[group]
      let mine = index.group(hash) ?? add(hash, other.names[group])
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

/// The numbers of groups by the hash of their key, which is well mixed already: a table with open places, at most half
/// full.
struct GroupIndex {
  /// The hash of each group.
  private(set) var hashes: [UInt128] = []
  /// For each place the number of a group; -1 for none.
  private var places = [Int32](repeating: -1, count: 64)

  func group(_ hash: UInt128) -> Int? {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] >= 0 {
      let group = Int(places[place])
      if hashes[group] == hash { return group }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Adds a group, which must be new.
  mutating func add(_ hash: UInt128) {
    hashes.append(hash)
    if 2 * hashes.count > places.count {
      places = Array(repeating: -1, count: 2 * places.count)
      for group in hashes.indices { put(group) }
    } else {
      put(hashes.count - 1)
    }
  }

  private mutating func put(_ group: Int) {
    var place = Int(truncatingIfNeeded: hashes[group]) & (places.count - 1)
    while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
    places[place] = Int32(group)
  }
}
