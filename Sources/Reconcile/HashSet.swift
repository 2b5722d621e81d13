/// A set of hashes in little memory: a ninth more than the hashes themselves, and as much again for a moment while it
/// grows.
///
/// Hashes are collected and now and then sorted into those already there, so an insertion costs a few comparisons on
/// average. Equal neighbours, the common case in sorted files, cost one.
struct HashSet<Hash: FixedWidthInteger & UnsignedInteger> {
  private var sorted: [Hash] = []
  private var pending: [Hash] = []

  mutating func insert(_ hash: Hash) {
    if hash == pending.last { return }
    pending.append(hash)
    if pending.count >= max(8192, sorted.count / 8) { settle() }
  }

  mutating func formUnion(_ other: HashSet) {
    pending += other.sorted
    pending += other.pending
    settle()
  }

  /// The hashes of this set that are in `other`, or that are not.
  mutating func filtered(by other: inout HashSet, present: Bool) -> Set<Hash> {
    settle()
    other.settle()
    var found: Set<Hash> = []
    var position = 0
    for hash in sorted {
      while position < other.sorted.count, other.sorted[position] < hash { position += 1 }
      let isThere = position < other.sorted.count && other.sorted[position] == hash
      if isThere == present { found.insert(hash) }
    }
    return found
  }

  /// The upper halves that several hashes of the set share.
  mutating func repeatedUpperHalves() -> Set<Hash> {
    settle()
    let half = Hash.bitWidth / 2
    var found: Set<Hash> = []
    for (left, right) in zip(sorted, sorted.dropFirst()) where left >> half == right >> half {
      found.insert(left >> half)
    }
    return found
  }

  private mutating func settle() {
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
    sorted = merged
    pending = []
  }
}
