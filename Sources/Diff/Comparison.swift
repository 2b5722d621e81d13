import Base
import Dispatch
import Synchronization

/// One side of a comparison, which gives its rows as often as needed, always the same.
package protocol ComparedSide: Sendable {
  /// All rows in the cheapest order.
  ///
  /// - Parameter again: whether all of them were read before: then their values are not checked again.
  func rows(_ terms: Terms, _ side: Side, again: Bool) throws(Diagnostic) -> any RowSource

  /// The orders of keys in which ``orderedRows(_:_:checked:)`` would probably give the rows; empty when only sorting
  /// would.
  func orders(_ terms: Terms, _ side: Side) throws(Diagnostic) -> [KeyOrder]

  /// Whether reading the rows again costs more than putting them on disk, or might give other rows: databases.
  var keepsRows: Bool { get }

  /// All rows, in one of the orders that ``orders(_:_:)`` named.
  ///
  /// - Parameter checked: whether bytes must be checked; bytes that equal checked ones need no check.
  func orderedRows(_ terms: Terms, _ side: Side, checked: Bool) throws(Diagnostic) -> any RowSource
}

extension ComparedSide {
  package var keepsRows: Bool { false }
}

/// The method of a comparison.
package enum ComparisonWay: Hashable, Sendable {
  /// Both sides were in key order and were read once, side by side.
  case merged(KeyOrder)
  /// Both sides were read once into bucket digests; the rows of `buckets` that differed or held a key twice were read
  /// again.
  case digests(buckets: Int, leftAgain: Int, rightAgain: Int)
}

/// The result of a comparison.
package struct ComparisonOutcome {
  package let counts: DifferenceCounts
  package let left: ContentSum
  package let right: ContentSum
  package let way: ComparisonWay
  package let log: DifferenceLog
  /// Values that could not be read, by column.
  package let unreadable: (left: [Int], right: [Int])
  package let remarks: [Diagnostic]
}

/// Compares two sides: by a merge when both are in key order, otherwise by bucket digests.
///
/// Memory is bounded, whatever the size of the sides or the number of differences; the rest goes to the scratch file.
/// The result does not depend on the method.
package struct Comparison {
  package let terms: Terms
  package let scratch: Scratch
  /// The number of threads; with one, the sides are read in sequence when possible.
  package let jobs: Int

  package init(_ terms: Terms, scratch: Scratch, jobs: Int = 2) {
    self.terms = terms
    self.scratch = scratch
    self.jobs = jobs
  }

  /// - Throws: the errors of reading; `diff.scratch`; `diff.unsteady` when a second reading of a side gives other rows.
  package func run(_ left: any ComparedSide, _ right: any ComparedSide) throws(Diagnostic) -> ComparisonOutcome {
    let theirs = try right.orders(terms, .right)
    if let order = try left.orders(terms, .left).first(where: { theirs.contains($0) }),
      let outcome = try merge(left, right, order)
    {
      return outcome
    }
    return try digest(left, right)
  }

  private func merge(
    _ left: any ComparedSide, _ right: any ComparedSide, _ order: KeyOrder
  ) throws(Diagnostic) -> ComparisonOutcome? {
    let a = try left.orderedRows(terms, .left, checked: true)
    let b = try right.orderedRows(terms, .right, checked: false)
    let log = DifferenceLog(scratch)
    let merge = try merged(a, b, order, isSortedWithinKeys: false, log)
    guard let merge else { return nil }
    return ComparisonOutcome(
      counts: merge.counts, left: merge.leftContent, right: merge.rightContent, way: .merged(order), log: log,
      unreadable: (a.unreadable, b.unreadable), remarks: a.remarks + b.remarks)
  }

  /// - Returns: `nil` when a side was not in order.
  private func merged(
    _ a: any RowSource, _ b: any RowSource, _ order: KeyOrder, isSortedWithinKeys: Bool, _ log: DifferenceLog
  ) throws(Diagnostic) -> RowMerge? {
    let (left, right) = (RowFeed(a, order: order), RowFeed(b, order: order))
    defer {
      left.stop()
      right.stop()
    }
    let merge = RowMerge(
      terms, left, right, order: order, isSortedWithinKeys: isSortedWithinKeys, checksRight: !b.isChecked, log: log)
    return try merge.run() == .done ? merge : nil
  }

  // MARK: digests

  private func digest(_ left: any ComparedSide, _ right: any ComparedSide) throws(Diagnostic) -> ComparisonOutcome {
    let digests = (left: BucketDigests(), right: BucketDigests())
    let keys = (left: KeyTally(scratch), right: KeyTally(scratch))
    let (a, b) = (try left.rows(terms, .left, again: false), try right.rows(terms, .right, again: false))
    let spools = (left: left.keepsRows ? RowSpool(scratch) : nil, right: right.keepsRows ? RowSpool(scratch) : nil)
    try both { side throws(Diagnostic) in
      let block = RowBlock()
      let (source, sums, tally) = side == .left ? (a, digests.left, keys.left) : (b, digests.right, keys.right)
      let spool = side == .left ? spools.left : spools.right
      while try source.next(block) {
        try spool?.append(block)
        try sums.add(block, tally)
      }
    }
    let marks = BucketMarks()
    BucketDigests.differing(digests.left, digests.right, into: marks)
    keys.left.markRepeated(marks)
    keys.right.markRepeated(marks)
    let (x, y) = (digests.left.content, digests.right.content)
    let log = DifferenceLog(scratch)
    var counts = DifferenceCounts(columns: terms.columns.count)
    var again = (left: 0, right: 0)
    if marks.count > 0 {
      let sorters = (left: RowSorter(scratch), right: RowSorter(scratch))
      let c: any RowSource = if let kept = spools.left { kept } else { try left.rows(terms, .left, again: true) }
      let d: any RowSource = if let kept = spools.right { kept } else { try right.rows(terms, .right, again: true) }
      try both { side throws(Diagnostic) in
        try Self.pick(
          side == .left ? c : d, marks, side == .left ? sorters.left : sorters.right,
          expecting: side == .left ? (x.rows, digests.left.sum(of: marks)) : (y.rows, digests.right.sum(of: marks)))
      }
      again = (sorters.left.count, sorters.right.count)
      guard let merge = try merged(sorters.left, sorters.right, .bytes, isSortedWithinKeys: true, log) else {
        preconditionFailure("sorted rows are not in order")
      }
      counts = merge.counts
    }
    counts.same += x.rows - again.left
    guard x.rows - again.left == y.rows - again.right else { throw Diagnostic(.diffUnsteady) }
    return ComparisonOutcome(
      counts: counts, left: x, right: y,
      way: .digests(buckets: marks.count, leftAgain: again.left, rightAgain: again.right), log: log,
      unreadable: (a.unreadable, b.unreadable), remarks: a.remarks + b.remarks)
  }

  /// Adds the rows of marked buckets to `sorter`.
  private static func pick(
    _ source: any RowSource, _ marks: BucketMarks, _ sorter: RowSorter,
    expecting content: (rows: Int, sum: UInt128)
  ) throws(Diagnostic) {
    let block = RowBlock()
    var (seen, sum) = (0, 0 as UInt128)
    while try source.next(block) {
      seen += block.count
      for index in 0..<block.count {
        let key = block.key(index)
        guard marks.contains(BucketDigests.bucket(ContentSum.keyHash(key))) else { continue }
        let row = block.row(index)
        sum &+= ContentSum.hash(row)
        try sorter.add(key: key, row: row)
      }
    }
    guard seen == content.rows, sum == content.sum else { throw Diagnostic(.diffUnsteady) }
  }

  /// Does the same for both sides at once.
  private func both(_ body: (Side) throws(Diagnostic) -> Void) throws(Diagnostic) {
    if jobs == 1 {
      for side in Side.allCases { try body(side) }
      return
    }
    let failures = Mutex<[Side: Diagnostic]>([:])
    nonisolated(unsafe) let body = body
    withoutActuallyEscaping(body) { escaping in
      nonisolated(unsafe) let work = escaping
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        let side = Side.allCases[index]
        do throws(Diagnostic) { try work(side) } catch { failures.withLock { $0[side] = error } }
      }
    }
    let failed = failures.withLock { $0 }
    if let failure = failed[.left] ?? failed[.right] { throw failure }
  }
}
