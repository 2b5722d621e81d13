/// Reproducible random numbers: SplitMix64 from a seed and the name of the decision.
struct Chance: Sendable {
  private var state: UInt64

  init(_ seed: UInt64, _ name: String) {
    state = name.utf8.reduce(seed &* 0x9E37_79B9_7F4A_7C15 | 1) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number in 0..<bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
