import Records

/// Decimal digits of 1 to 8 bytes at a time, in registers. Arithmetic on whole words, no branch per digit.

/// The `count` bytes (1...8) from `bytes` on as one number, the first byte highest. Touches no other byte.
@inline(__always)
func loadBytes(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
  let raw = UnsafeRawPointer(bytes)
  if count >= 4 {
    // Two loads that overlap when fewer than 8 bytes are requested: the bytes they share are the same.
    let high = UInt64(UInt32(bigEndian: raw.loadUnaligned(as: UInt32.self)))
    let low = UInt64(UInt32(bigEndian: (raw + (count &- 4)).loadUnaligned(as: UInt32.self)))
    return high &<< UInt64(truncatingIfNeeded: 8 &* (count &- 4)) | low
  }
  if count >= 2 {
    let high = UInt64(UInt16(bigEndian: raw.loadUnaligned(as: UInt16.self)))
    let low = UInt64(UInt16(bigEndian: (raw + (count &- 2)).loadUnaligned(as: UInt16.self)))
    return high &<< UInt64(truncatingIfNeeded: 8 &* (count &- 2)) | low
  }
  return UInt64(bytes[0])
}

/// Not zero when one of the 16 half-bytes is not a digit.
@inline(__always)
func oddHalves(_ halves: UInt64) -> UInt64 { halves & (halves &<< 1 | halves &<< 2) & 0x8888_8888_8888_8888 }

/// The number that 16 half-bytes of digits spell.
@inline(__always)
func number(halves: UInt64) -> UInt64 {
  number(pairs: halves &- 6 &* (halves &>> 4 & 0x0F0F_0F0F_0F0F_0F0F))
}

/// The number of 8 bytes that hold 0...99 each.
@inline(__always)
private func number(pairs: UInt64) -> UInt64 {
  let fours = pairs &- 156 &* (pairs &>> 8 & 0x00FF_00FF_00FF_00FF)
  let eights = fours &- 55_536 &* (fours &>> 16 & 0x0000_FFFF_0000_FFFF)
  return eights &- 4_194_967_296 &* (eights &>> 32)
}

/// Not zero when one of the 8 bytes is above 9.
@inline(__always)
func oddBytes(_ digits: UInt64) -> UInt64 {
  (digits | ((digits & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
}

/// The number that 8 bytes of digits (0...9 each) spell.
@inline(__always)
func number(digits: UInt64) -> UInt64 {
  let pairs = digits &- 246 &* (digits &>> 8 & 0x00FF_00FF_00FF_00FF)
  let fours = pairs &- 65_436 &* (pairs &>> 16 & 0x0000_FFFF_0000_FFFF)
  return fours &- 4_294_957_296 &* (fours &>> 32)
}

/// Up to 16 zoned digits without sign. `zones` is the zone of a digit in all eight bytes.
@inline(__always)
func zonedDigits(_ field: UnsafePointer<UInt8>, _ count: Int, _ zones: UInt64) -> (number: UInt64, odd: UInt64) {
  if count <= 8 {
    let digits = loadBytes(field, count) ^ zones &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    return (number(digits: digits), oddBytes(digits))
  }
  let high = loadBytes(field, count &- 8) ^ zones &>> UInt64(truncatingIfNeeded: 128 &- 8 &* count)
  let low = loadBytes(field + (count &- 8), 8) ^ zones
  return (number(digits: high) &* 100_000_000 &+ number(digits: low), oddBytes(high) | oddBytes(low))
}

/// One item of the records of a block.
struct Fields {
  let base: UnsafePointer<UInt8>
  let starts: UnsafePointer<Int>
  let count: Int

  init(base: UnsafePointer<UInt8>, starts: UnsafeBufferPointer<Int>, count: Int) {
    self.base = base
    self.count = count
    // An empty block has no starts, and they are never used.
    self.starts = starts.baseAddress.unsafelyUnwrapped
  }

  @inline(__always)
  subscript(row: Int) -> UnsafePointer<UInt8> { base + starts[row] }
}

/// The destination of decoded numbers: the storage of one column from a row on, whole numbers or unscaled decimals.
struct NumberStore {
  private let integers: UnsafeMutablePointer<Int64>
  private let wides: UnsafeMutablePointer<Int128>
  private let states: UnsafeMutablePointer<UInt8>
  let isWide: Bool

  init(_ column: Column, rows: Int) {
    let first = column.count
    column.reserve(first + rows)
    integers = column.integers + first
    wides = column.wides + first
    states = column.states + first
    isWide = if case .decimal = column.type { true } else { false }
  }

  /// As below, for a loop that has already determined the column's kind.
  @inline(__always)
  func put(_ value: Int64, _ row: Int, isWide: Bool) {
    if isWide { wides[row] = Int128(value) } else { integers[row] = value }
    states[row] = 0
  }

  @inline(__always)
  func put(_ value: Int64, _ row: Int) { put(value, row, isWide: isWide) }

  /// A value that may need more than 64 bits: `overflow` when the column holds whole numbers of 64.
  @inline(__always)
  func put(wide value: Int128, _ row: Int) {
    if isWide {
      wides[row] = value
      states[row] = 0
    } else if let narrow = Int64(exactly: value) {
      integers[row] = narrow
      states[row] = 0
    } else {
      put(.overflow, row)
    }
  }

  func put(_ fault: Fault, _ row: Int) { put(state: fault.rawValue, row) }

  func putNull(_ row: Int) { put(state: 1, row) }

  private func put(state: UInt8, _ row: Int) {
    if isWide { wides[row] = 0 } else { integers[row] = 0 }
    states[row] = state
  }
}
