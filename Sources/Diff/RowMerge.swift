import Base
import Glibc

/// Compares two sides in the order of their keys, in one pass.
///
/// The order is verified: a key that is less than the previous one, or an unchecked row that is not text, ends the
/// comparison with ``Outcome/disordered``, and its counts are then invalid.
package final class RowMerge {
  package enum Outcome: Sendable { case done, disordered }

  private struct Cursor {
    let feed: RowFeed
    var block: RowBlock?
    var index = 0

    /// Ensures that a current row is available; false at the end of the side.
    mutating func fill() throws(Diagnostic) -> Bool {
      while true {
        if let block {
          if index < block.count { return true }
          feed.give(back: block)
          self.block = nil
        }
        guard let next = try feed.take() else { return false }
        (block, index) = (next, 0)
      }
    }
  }

  private let terms: Terms
  private let order: KeyOrder
  private let log: DifferenceLog
  private var left: Cursor
  private var right: Cursor
  /// Whether rows with the same key are in the order of their bytes (``RowSorter``), so that they need not be held.
  private let isSortedWithinKeys: Bool
  /// Whether rows of the right side that equal none of the left must still be checked.
  private let checksRight: Bool
  package private(set) var counts: DifferenceCounts
  package private(set) var leftContent = ContentSum()
  package private(set) var rightContent = ContentSum()
  private let groups = (left: KeyGroup(), right: KeyGroup())
  private var leftOver = (left: Leftover(), right: Leftover())
  private static let groupLimit = 32 << 20
  private let rows = (left: CanonicalRow(), right: CanonicalRow())
  private let tolerances: [ExactNumber?]
  private var differing: [UInt16] = []
  private var isDisordered = false

  package init(
    _ terms: Terms, _ left: RowFeed, _ right: RowFeed, order: KeyOrder, isSortedWithinKeys: Bool,
    checksRight: Bool = false, log: DifferenceLog
  ) {
    self.terms = terms
    self.order = order
    self.log = log
    self.isSortedWithinKeys = isSortedWithinKeys
    self.checksRight = checksRight
    self.left = Cursor(feed: left)
    self.right = Cursor(feed: right)
    counts = DifferenceCounts(columns: terms.columns.count)
    tolerances = terms.columns.map(\.tolerance)
  }

  /// - Throws: the errors of reading; `diff.scratch`.
  package func run() throws(Diagnostic) -> Outcome {
    while true {
      let (hasLeft, hasRight) = (try left.fill(), try right.fill())
      if left.block?.sequence == .disordered || right.block?.sequence == .disordered { return .disordered }
      if !hasLeft, !hasRight { return .done }
      if hasLeft, hasRight, let a = left.block, let b = right.block, a.sequence == .strict, b.sequence == .strict {
        try mergeStrict(a, b)
      } else {
        try mergeGroup(hasLeft, hasRight)
      }
      if isDisordered { return .disordered }
    }
  }

  /// Merges two blocks in which no key occurs twice, until one is used up.
  private func mergeStrict(_ a: RowBlock, _ b: RowBlock) throws(Diagnostic) {
    var (i, j) = (left.index, right.index)
    let (aCount, bCount) = (a.count, b.count)
    var same = ContentSum()
    while i < aCount, j < bCount {
      let (x, y) = (a.row(i), b.row(j))
      // Equal bytes are equal values: an unreadable value carries the mark of its side.
      if x.count == y.count, memcmp(x.baseAddress!, y.baseAddress!, x.count) == 0 {
        same.add(ContentSum.hash(x))
        i += 1
        j += 1
        continue
      }
      let keys = order.compare(a.key(i), b.key(j))
      if keys < 0 {
        leftContent.add(ContentSum.hash(x))
        try only(.leftOnly, a.key(i), x)
        i += 1
      } else if checksRight, WellFormedUTF8.firstMalformed(y.baseAddress!, y.count) != nil {
        // A second reading, with checks, reports the place.
        isDisordered = true
        break
      } else if keys > 0 {
        rightContent.add(ContentSum.hash(y))
        try only(.rightOnly, b.key(j), y)
        j += 1
      } else {
        leftContent.add(ContentSum.hash(x))
        rightContent.add(ContentSum.hash(y))
        try changed(a.key(i), x, y)
        i += 1
        j += 1
      }
    }
    counts.same += same.rows
    leftContent.add(same)
    rightContent.add(same)
    (left.index, right.index) = (i, j)
  }

  private func only(
    _ kind: DifferenceKind, _ key: UnsafeBufferPointer<UInt8>, _ row: UnsafeBufferPointer<UInt8>
  ) throws(Diagnostic) {
    if kind == .leftOnly { counts.leftOnly += 1 } else { counts.rightOnly += 1 }
    try log.add(kind, key, kind == .leftOnly ? row : nil, kind == .rightOnly ? row : nil)
  }

  /// Rows with the same key and other bytes: changed, unless a tolerance covers all differences.
  private func changed(
    _ key: UnsafeBufferPointer<UInt8>, _ x: UnsafeBufferPointer<UInt8>, _ y: UnsafeBufferPointer<UInt8>
  ) throws(Diagnostic) {
    rows.left.read(x)
    rows.right.read(y)
    differing.removeAll(keepingCapacity: true)
    for index in 0..<tolerances.count
    where !CanonicalRow.isSame(rows.left, rows.right, index, tolerance: tolerances[index]) {
      counts.byColumn[index] += 1
      differing.append(UInt16(truncatingIfNeeded: index))
    }
    if !differing.isEmpty {
      counts.changed += 1
      try log.add(.changed, key, x, y, differing)
    } else {
      counts.same += 1
      counts.tolerated += 1
    }
  }

  // MARK: keys that occur several times, and the end of a side

  /// Compares all rows with the smallest current key.
  private func mergeGroup(_ hasLeft: Bool, _ hasRight: Bool) throws(Diagnostic) {
    let keys: Int
    if hasLeft, hasRight, let a = left.block, let b = right.block {
      keys = order.compare(a.key(left.index), b.key(right.index))
    } else {
      keys = hasLeft ? -1 : 1
    }
    leftOver = (Leftover(), Leftover())
    if isSortedWithinKeys, !terms.hasTolerance {
      try matchSorted(takesLeft: keys <= 0, takesRight: keys >= 0)
    } else {
      groups.left.removeAll()
      groups.right.removeAll()
      if keys <= 0 { try collect(&left, groups.left, &leftContent) }
      if keys >= 0 {
        try collect(&right, groups.right, &rightContent)
        for row in 0..<(checksRight ? groups.right.count : 0)
        where WellFormedUTF8.firstMalformed(groups.right.row(row).baseAddress!, groups.right.row(row).count) != nil {
          isDisordered = true
        }
      }
      if isDisordered { return }
      try match()
    }
  }

  /// Takes the rows with the current key from a side.
  private func collect(_ cursor: inout Cursor, _ group: KeyGroup, _ content: inout ContentSum) throws(Diagnostic) {
    guard let first = cursor.block else { return }
    group.begin(first.key(cursor.index))
    while try isNext(&cursor, group), let block = cursor.block {
      let row = block.row(cursor.index)
      content.add(ContentSum.hash(row))
      group.append(row)
      cursor.index += 1
      // Too many rows to hold; sorting also by rows avoids that.
      if group.bytes > Self.groupLimit, !isSortedWithinKeys { isDisordered = true }
      if isDisordered { return }
    }
  }

  /// Whether the next row of a side has the group's key.
  private func isNext(_ cursor: inout Cursor, _ group: KeyGroup) throws(Diagnostic) -> Bool {
    guard try cursor.fill(), let block = cursor.block else { return false }
    if block.sequence == .disordered { isDisordered = true }
    return !isDisordered && order.compare(group.key, block.key(cursor.index)) == 0
  }

  /// Pairs equal rows of the groups.
  private func match() throws(Diagnostic) {
    let (a, b) = (groups.left, groups.right)
    a.sort()
    b.sort()
    var (i, j) = (0, 0)
    var (restLeft, restRight): ([Int], [Int]) = ([], [])
    while i < a.count || j < b.count {
      let rows = i == a.count ? 1 : j == b.count ? -1 : KeyOrder.bytes.compare(a.row(i), b.row(j))
      if rows == 0 { counts.same += 1 }
      if rows < 0 { restLeft.append(i) }
      if rows > 0 { restRight.append(j) }
      if rows <= 0 { i += 1 }
      if rows >= 0 { j += 1 }
    }
    if terms.hasTolerance { try pairWithinTolerance(&restLeft, &restRight) }
    let key = a.count > 0 ? a.key : b.key
    for row in restLeft { try leave(&leftOver.left, .leftOnly, key, a.row(row)) }
    for row in restRight { try leave(&leftOver.right, .rightOnly, key, b.row(row)) }
    try finish(key, a.count > 0 ? a.row(0) : b.row(0), a.count, b.count)
  }

  /// The same for sorted rows: in fixed memory, however many share the key.
  private func matchSorted(takesLeft: Bool, takesRight: Bool) throws(Diagnostic) {
    let a = groups.left
    guard let block = takesLeft ? left.block : right.block else { return }
    let index = takesLeft ? left.index : right.index
    a.begin(block.key(index))
    a.append(block.row(index))
    var (leftCount, rightCount) = (0, 0)
    while true {
      let hasLeft = takesLeft ? try isNext(&left, a) : false
      let hasRight = takesRight ? try isNext(&right, a) : false
      guard hasLeft || hasRight else { break }
      let x = hasLeft ? left.block?.row(left.index) : nil
      let y = hasRight ? right.block?.row(right.index) : nil
      let rows =
        if let x, let y { KeyOrder.bytes.compare(x, y) } else { x == nil ? 1 : -1 }
      if rows == 0 { counts.same += 1 }
      if rows <= 0, let x {
        leftContent.add(ContentSum.hash(x))
        if rows < 0 { try leave(&leftOver.left, .leftOnly, a.key, x) }
        left.index += 1
        leftCount += 1
      }
      if rows >= 0, let y {
        rightContent.add(ContentSum.hash(y))
        if rows > 0 { try leave(&leftOver.right, .rightOnly, a.key, y) }
        right.index += 1
        rightCount += 1
      }
    }
    try finish(a.key, a.row(0), leftCount, rightCount)
  }

  /// Rows of a key without an equal on the other side: the first is held, since one on each side is a change.
  private struct Leftover {
    var count = 0
    var row: [UInt8] = []
  }

  private func leave(
    _ rest: inout Leftover, _ kind: DifferenceKind, _ key: UnsafeBufferPointer<UInt8>, _ row: UnsafeBufferPointer<UInt8>
  ) throws(Diagnostic) {
    rest.count += 1
    if rest.count == 1 {
      rest.row = Array(row)
    } else {
      if rest.count == 2 { try flush(rest, kind, key) }
      try only(kind, key, row)
    }
  }

  private func flush(_ rest: Leftover, _ kind: DifferenceKind, _ key: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    nonisolated(unsafe) var failure: Diagnostic?
    rest.row.withUnsafeBufferPointer { row in
      do throws(Diagnostic) { try only(kind, key, row) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Ends a key: counts it, and handles the held rows.
  private func finish(
    _ key: UnsafeBufferPointer<UInt8>, _ sample: UnsafeBufferPointer<UInt8>, _ inLeft: Int, _ inRight: Int
  ) throws(Diagnostic) {
    if inLeft > 1 { counts.leftDuplicates += 1 }
    if inRight > 1 { counts.rightDuplicates += 1 }
    if inLeft > 1 || inRight > 1 { try log.addDuplicate(key, sample, inLeft, inRight) }
    let (restLeft, restRight) = leftOver
    if restLeft.count == 1, restRight.count == 1 {
      nonisolated(unsafe) var failure: Diagnostic?
      restLeft.row.withUnsafeBufferPointer { x in
        restRight.row.withUnsafeBufferPointer { y in
          do throws(Diagnostic) { try changed(key, x, y) } catch { failure = error }
        }
      }
      if let failure { throw failure }
    } else {
      if restLeft.count == 1 { try flush(restLeft, .leftOnly, key) }
      if restRight.count == 1 { try flush(restRight, .rightOnly, key) }
    }
  }

  /// Pairs rows that are the same within the tolerances: each with the first remaining one, which costs their product.
  private func pairWithinTolerance(_ restLeft: inout [Int], _ restRight: inout [Int]) throws(Diagnostic) {
    guard groups.left.count > 1 || groups.right.count > 1 else { return }
    var unpaired: [Int] = []
    for one in restLeft {
      try Interruption.check()
      rows.left.read(groups.left.row(one))
      let partner = restRight.firstIndex { other in
        rows.right.read(groups.right.row(other))
        return tolerances.indices.allSatisfy {
          CanonicalRow.isSame(rows.left, rows.right, $0, tolerance: tolerances[$0])
        }
      }
      if let partner {
        restRight.remove(at: partner)
        counts.same += 1
        counts.tolerated += 1
      } else {
        unpaired.append(one)
      }
    }
    restLeft = unpaired
  }
}

/// The rows of one side that share a key.
final class KeyGroup {
  private var buffer = ByteBuffer(capacity: 4096)
  private var keyCount = 0
  private var spans: [(start: Int, end: Int)] = []

  var count: Int { spans.count }
  /// The bytes of the key and of all rows.
  var bytes: Int { buffer.count }

  func removeAll() {
    buffer.removeAll()
    keyCount = 0
    spans.removeAll(keepingCapacity: true)
  }

  func begin(_ key: UnsafeBufferPointer<UInt8>) {
    removeAll()
    buffer.append(key)
    keyCount = key.count
  }

  func append(_ row: UnsafeBufferPointer<UInt8>) {
    let start = bytes
    buffer.append(row)
    spans.append((start, bytes))
  }

  /// Valid until the group changes.
  var key: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: buffer.base, count: keyCount) }

  func row(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: buffer.base + spans[index].start, count: spans[index].end - spans[index].start)
  }

  func sort() {
    guard spans.count > 1 else { return }
    let base = buffer.base
    spans.sort {
      KeyOrder.bytes.compare(
        UnsafeBufferPointer(start: base + $0.start, count: $0.end - $0.start),
        UnsafeBufferPointer(start: base + $1.start, count: $1.end - $1.start)) < 0
    }
  }
}
