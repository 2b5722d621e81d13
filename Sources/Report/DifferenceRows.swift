import Base
import Evidence
import Workspace

/// Every difference of a run as the rows of a table: those of the groups of each cause, the gravest first, each once;
/// then those that belong to no cause.
///
/// Memory: a number for each difference; the lines are read when they are asked for.
package struct DifferenceRows: Sendable {
  /// The largest number of rows below the header of a sheet.
  static let sheetLimit = 1_048_575
  /// The number of rows that a page shows.
  static let shown = 50

  /// Differences of one check that stand together: those of one group, or of no group.
  private struct Run: Sendable {
    let check: CheckResult
    let numbers: [Int]
    /// The place of the first among all rows.
    let start: Int
  }

  private var runs: [Run] = []
  package private(set) var count = 0
  /// The first row of each cause, by its id.
  private(set) var first: [String: Int] = [:]
  /// The first rows, for a page.
  private(set) var head: [SingleEntry] = []
  private let singles: SingleDifferences

  /// - Throws: the errors of reading the lists.
  package init(_ evidence: RunEvidence, _ singles: SingleDifferences) throws(Diagnostic) {
    self.singles = singles
    let differing = evidence.checks.filter { $0.differences > 0 }
    let checks = Dictionary(differing.map { ($0.id, $0) }) { first, _ in first }
    var starts: [String: Int] = [:]
    var taken: [String: Set<String>] = [:]
    for cause in evidence.causes ?? [] {
      for part in cause.checks {
        guard let check = checks[part.check] else { continue }
        // A check without a list does not say which of its lines are of which group.
        let groups = check.list == nil ? [check.id] : check.groups.map(\.signature).filter(cause.groups.contains)
        for group in groups {
          if starts[group] == nil {
            let numbers = try singles.numbers(of: check, group: check.list == nil ? nil : group)
            guard !numbers.isEmpty else { continue }
            starts[group] = count
            taken[check.id, default: []].insert(group)
            add(check, numbers)
          }
          if first[cause.id] == nil { first[cause.id] = starts[group] }
        }
      }
    }
    for check in differing {
      let groups = taken[check.id] ?? []
      if check.list == nil, !groups.isEmpty { continue }
      let all = try singles.numbers(of: check)
      var isTaken = Array(repeating: false, count: all.count)
      for group in groups { for number in try singles.numbers(of: check, group: group) { isTaken[number] = true } }
      let rest = all.filter { !isTaken[$0] }
      if !rest.isEmpty { add(check, rest) }
    }
    head = try entries(0..<min(Self.shown, count))
  }

  private mutating func add(_ check: CheckResult, _ numbers: [Int]) {
    runs.append(Run(check: check, numbers: numbers, start: count))
    count += numbers.count
  }

  /// The differences on some rows.
  ///
  /// - Throws: the errors of reading the lists.
  package func entries(_ range: Range<Int>) throws(Diagnostic) -> [SingleEntry] {
    var found: [SingleEntry] = []
    found.reserveCapacity(range.count)
    var run = runs.partitionPoint { $0.start + $0.numbers.count <= range.lowerBound }
    while run < runs.count, runs[run].start < range.upperBound {
      let own = runs[run]
      let from = max(0, range.lowerBound - own.start)
      let to = min(own.numbers.count, range.upperBound - own.start)
      found += try singles.read(own.numbers[from..<to], of: own.check)
      run += 1
    }
    return found
  }
}

extension Array {
  /// The index of the first element for which `isBefore` does not hold; it holds for all before it.
  fileprivate func partitionPoint(_ isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
