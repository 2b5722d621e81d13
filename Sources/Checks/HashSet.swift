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
  /// Hashes that are not yet sorted, with room for a few more.
  private var pending: UnsafeMutablePointer<Hash>
  private var count = 0
  private var room: Int
  /// The hash that was inserted last.
  private var last: Hash?
  private var runs: [Run] = []

  init(_ scratch: Scratch) {
    self.scratch = scratch
    room = 64
    pending = .allocate(capacity: room)
  }

  deinit {
    _ = scratch.hold(-sorted.count * MemoryLayout<Hash>.stride)
    pending.deallocate()
  }

  @inline(__always)
  func insert(_ hash: Hash) {
    if hash == last { return }
    last = hash
    pending[count] = hash
    count &+= 1
    if count == room { settle() }
  }

  /// Changes the room for pending hashes, of which there are none.
  private func resize(_ size: Int) {
    guard size != room else { return }
    pending.deallocate()
    (pending, room) = (.allocate(capacity: size), size)
  }

  /// Adds the hashes of another set with the same scratch.
  func formUnion(_ other: HashSet) {
    settle()
    other.settle()
    runs += other.runs
    merge(other.sorted)
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

  /// Takes the pending hashes among the sorted ones.
  private func settle() {
    last = nil
    guard count > 0 else { return }
    let new = sortedPending()
    count = 0
    merge(new)
    // Room for a part of what is there, so that each hash is merged a few times only.
    if sorted.isEmpty {
      resize(Self.settlesAt)
    } else {
      resize(max(min(4 * room, Self.settlesAt), sorted.count / 4))
    }
  }

  /// The pending hashes in order. Hashes are spread evenly, so most find their place by their highest bits.
  private func sortedPending() -> [Hash] {
    let number = count
    let bits = max(1, Int.bitWidth - 1 - number.leadingZeroBitCount)
    let shift = Hash.bitWidth - bits
    var starts = [Int32](repeating: 0, count: 1 << bits + 1)
    for index in 0..<number { starts[Int(truncatingIfNeeded: pending[index] >> Hash(shift)) + 1] += 1 }
    let fullest = starts.max() ?? 0
    guard fullest <= 32 else {
      return Array(UnsafeBufferPointer(start: pending, count: number)).sorted()
    }
    for place in 1..<starts.count { starts[place] += starts[place - 1] }
    return [Hash](unsafeUninitializedCapacity: number) { buffer, initialized in
      for index in 0..<number {
        let hash = pending[index]
        let part = Int(truncatingIfNeeded: hash >> Hash(shift))
        buffer[Int(starts[part])] = hash
        starts[part] += 1
      }
      for index in 1..<max(1, number) {
        let hash = buffer[index]
        var place = index
        while place > 0, buffer[place - 1] > hash {
          buffer[place] = buffer[place - 1]
          place -= 1
        }
        buffer[place] = hash
      }
      initialized = number
    }
  }

  /// Merges hashes in order with the sorted ones, each once, and writes all to disk where there are too many.
  private func merge(_ others: [Hash]) {
    let own = sorted
    let merged = [Hash](unsafeUninitializedCapacity: own.count + others.count) { buffer, initialized in
      var (left, right, end) = (0, 0, 0)
      while left < own.count || right < others.count {
        let takesLeft = right == others.count || (left < own.count && own[left] <= others[right])
        let next = takesLeft ? own[left] : others[right]
        if takesLeft { left += 1 } else { right += 1 }
        if end == 0 || buffer[end - 1] != next {
          buffer[end] = next
          end += 1
        }
      }
      initialized = end
    }
    let isTooMuch = scratch.hold((merged.count - own.count) * MemoryLayout<Hash>.stride)
    sorted = merged
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
