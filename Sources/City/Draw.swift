/// Pseudo-random numbers that depend only on their key: SplitMix64 started at (seed, stream, index).
///
/// The order of requests does not matter, so any part of the city can be generated at any time.
struct Draw {
  private var state: UInt64

  /// The purpose of a number; numbers of different streams are independent.
  enum Stream: UInt64 {
    case households = 1, person, address, support, mailing, corporation, income, notice, payment, stamp, account, defect
    case report, returns, vehicle, property, insurance, annuity, link
  }

  init(_ seed: UInt64, _ stream: Stream, _ index: Int, _ part: Int = 0) {
    var mixed = seed &+ stream.rawValue &* 0x9E37_79B9_7F4A_7C15
    mixed = Self.mix(mixed) ^ UInt64(truncatingIfNeeded: index)
    mixed = Self.mix(mixed &+ 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: part) &* 0xD6E8_FEB8_6659_FD93
    state = mixed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number in 0..<bound; `bound` in 1..<2^32.
  mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(bound)) >> 32) }

  /// A number in `range`.
  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True in `share` of 1,000 cases.
  mutating func chance(_ share: Int) -> Bool { below(1_000) < share }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
