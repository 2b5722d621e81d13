/// Functions over many bytes at once.
enum Bytes {
  /// The number of occurrences of `needle`, and whether `other` occurs.
  @inline(__always)
  static func count(
    _ needle: UInt8, noting other: UInt8, in base: UnsafePointer<UInt8>, _ count: Int
  ) -> (count: Int, hasOther: Bool) {
    let raw = UnsafeRawPointer(base)
    let (one, two) = (SIMD16<UInt8>(repeating: needle), SIMD16<UInt8>(repeating: other))
    let unit = SIMD16<UInt8>(repeating: 1)
    var seen = SIMD16<UInt8>()
    var (total, index) = (0, 0)
    while index + 16 <= count {
      var sums = SIMD16<UInt8>()
      // A lane holds at most 255.
      let end = min(count - 15, index + 16 * 255)
      while index < end {
        let bytes = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
        sums &+= SIMD16<UInt8>().replacing(with: unit, where: bytes .== one)
        seen |= SIMD16<UInt8>().replacing(with: unit, where: bytes .== two)
        index += 16
      }
      total += sum(sums)
    }
    var hasOther = unsafeBitCast(seen, to: SIMD2<UInt64>.self) != SIMD2<UInt64>()
    while index < count {
      if base[index] == needle { total += 1 }
      if base[index] == other { hasOther = true }
      index += 1
    }
    return (total, hasOther)
  }

  /// The sum of all lanes.
  @inline(__always)
  private static func sum(_ lanes: SIMD16<UInt8>) -> Int {
    let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    let mask: UInt64 = 0x00FF_00FF_00FF_00FF
    let pairs = (words[0] & mask) &+ (words[0] >> 8 & mask) &+ (words[1] & mask) &+ (words[1] >> 8 & mask)
    return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
  }

  /// Whether all bytes are at most 7F.
  @inline(__always)
  static func isASCII(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var (bits, index) = (0 as UInt64, 0)
    while index + 8 <= count {
      bits |= UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    while index < count {
      bits |= UInt64(base[index])
      index += 1
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }

  /// The number of occurrences of a byte.
  static func count(_ byte: UInt8, in base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    self.count(byte, noting: byte, in: base, count).count
  }
}
