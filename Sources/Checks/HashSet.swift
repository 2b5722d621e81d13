import Base

/// A set of any number of hashes in little memory.
///
/// Hashes are collected, merged from time to time into the sorted ones, and written to disk as a sorted run when all
/// sets together hold too much. Queries read the merged runs, in order. Equal neighbours, the common case in sorted
/// files, cost one comparison.
final class HashSet<Hash: FixedWidthInteger & UnsignedInteger> {
  private static var settlesAt: Int { 4096 }

  private struct Run {
    let start: Int
    let count: Int
  }

  private let scratch: Scratch
  private var sorted: [Hash] = []
  private var pending: [Hash] = []
  private var runs: [Run] = []

  init(_ scratch: Scratch) { self.scratch = scratch }

  deinit { _ = scratch.hold(-sorted.count * MemoryLayout<Hash>.stride) }

  @inline(__always)
  func insert(_ hash: Hash) {
    if hash == pending.last { return }
    pending.append(hash)
    if pending.count >= max(Self.settlesAt, sorted.count / 8) { settle() }
  }

  /// Adds the hashes of another set with the same scratch.
  func formUnion(_ other: HashSet) {
    runs += other.runs
    pending += other.sorted
    pending += other.pending
    settle()
  }

  /// The hashes of this set that are in `other`, or those that are not.
  func filtered(by other: HashSet, present: Bool) -> Set<Hash> {
    var found: Set<Hash> = []
    var (mine, theirs) = (merged(), other.merged())
    var that = theirs.next()
    while let hash = mine.next() {
      while let candidate = that, candidate < hash { that = theirs.next() }
      if (that == hash) == present { found.insert(hash) }
    }
    return found
  }

  /// The upper halves that several hashes of the set share.
  func repeatedUpperHalves() -> Set<Hash> {
    let half = Hash.bitWidth / 2
    var found: Set<Hash> = []
    var hashes = merged()
    var last: Hash?
    while let hash = hashes.next() {
      if let last, last >> half == hash >> half { found.insert(hash >> half) }
      last = hash
    }
    return found
  }

  private func settle() {
    guard !pending.isEmpty else { return }
    pending.sort()
    var merged: [Hash] = []
    merged.reserveCapacity(sorted.count + pending.count)
    var (left, right) = (0, 0)
    while left < sorted.count || right < pending.count {
      let takesLeft = right == pending.count || (left < sorted.count && sorted[left] <= pending[right])
      let next = takesLeft ? sorted[left] : pending[right]
      if takesLeft { left += 1 } else { right += 1 }
      if merged.last != next { merged.append(next) }
    }
    let size = MemoryLayout<Hash>.stride
    let isTooMuch = scratch.hold((merged.count - sorted.count) * size)
    sorted = merged
    pending.removeAll(keepingCapacity: pending.count <= 2 * Self.settlesAt)
    if isTooMuch, sorted.count >= Self.settlesAt { spill() }
  }

  /// Writes the sorted hashes to disk.
  private func spill() {
    guard let start = sorted.withUnsafeBytes({ scratch.append($0) }) else { return }
    runs.append(Run(start: start, count: sorted.count))
    _ = scratch.hold(-sorted.count * MemoryLayout<Hash>.stride)
    sorted = []
  }

  // MARK: reading

  /// All hashes in order, without repetition.
  private func merged() -> Merge {
    settle()
    return Merge(runs.map { RunReader(scratch, $0.start, $0.count) } + [RunReader(sorted)])
  }

  /// Hashes of one run in order, a part at a time.
  private final class RunReader {
    private let scratch: Scratch?
    private var start: Int
    private var rest: Int
    private var buffer: [Hash]
    private var position = 0

    init(_ hashes: [Hash]) {
      (scratch, start, rest, buffer) = (nil, 0, 0, hashes)
    }

    init(_ scratch: Scratch, _ start: Int, _ count: Int) {
      (self.scratch, self.start, rest, buffer) = (scratch, start, count, [])
    }

    func next() -> Hash? {
      if position == buffer.count, rest > 0, let scratch {
        buffer = Array(repeating: 0, count: min(rest, 1024))
        let start = start
        buffer.withUnsafeMutableBytes { scratch.read(into: $0, at: start) }
        self.start += buffer.count * MemoryLayout<Hash>.stride
        rest -= buffer.count
        position = 0
      }
      guard position < buffer.count else { return nil }
      position += 1
      return buffer[position - 1]
    }
  }

  /// Runs merged by a heap of their next hashes.
  private struct Merge {
    private let runs: [RunReader]
    /// The next hash of each run that has one, and the run's number; the smallest first.
    private var heap: [(hash: Hash, run: Int)] = []
    private var last: Hash?

    init(_ runs: [RunReader]) {
      self.runs = runs
      for (number, run) in runs.enumerated() { if let hash = run.next() { heap.append((hash, number)) } }
      for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    mutating func next() -> Hash? {
      while let (hash, run) = heap.first {
        if let following = runs[run].next() {
          heap[0].hash = following
        } else {
          heap[0] = heap[heap.count - 1]
          heap.removeLast()
        }
        sink(0)
        if hash != last {
          last = hash
          return hash
        }
      }
      return nil
    }

    private mutating func sink(_ start: Int) {
      guard start < heap.count else { return }
      let moved = heap[start]
      var index = start
      while true {
        let left = 2 * index + 1
        guard left < heap.count else { break }
        let right = left + 1
        let least = right < heap.count && heap[right].hash < heap[left].hash ? right : left
        guard heap[least].hash < moved.hash else { break }
        heap[index] = heap[least]
        index = least
      }
      heap[index] = moved
    }
  }
}
