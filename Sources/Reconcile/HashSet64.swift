/// A set of 64-bit hashes in little memory: 9 bytes for each, and as much again for a moment while it grows.
///
/// Hashes are collected and now and then sorted into those already there, so an insertion costs a few comparisons on
/// average. Equal neighbours, the common case in sorted files, cost one.
struct HashSet64 {
  private var sorted: [UInt64] = []
  private var pending: [UInt64] = []

  mutating func insert(_ hash: UInt64) {
    if hash == pending.last { return }
    pending.append(hash)
    if pending.count >= max(8192, sorted.count / 8) { settle() }
  }

  mutating func formUnion(_ other: HashSet64) {
    pending += other.sorted
    pending += other.pending
    settle()
  }

  /// The hashes of this set that are not in `other`.
  mutating func subtracting(_ other: inout HashSet64) -> Set<UInt64> {
    settle()
    other.settle()
    var missing: Set<UInt64> = []
    var position = 0
    for hash in sorted {
      while position < other.sorted.count, other.sorted[position] < hash { position += 1 }
      if position == other.sorted.count || other.sorted[position] != hash { missing.insert(hash) }
    }
    return missing
  }

  private mutating func settle() {
    guard !pending.isEmpty else { return }
    pending.sort()
    var merged: [UInt64] = []
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
