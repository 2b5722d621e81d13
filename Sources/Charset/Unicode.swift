/// The scalar at the front of some UTF-8, with its length in bytes; length 0 when the bytes are not UTF-8 (an
/// overlong form, a surrogate, a value beyond U+10FFFF or a cut character).
@inline(__always)
func scalar(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (value: UInt32, length: Int) {
  let lead = UInt32(bytes[0])
  if lead < 0x80 { return (lead, 1) }
  guard count > 1, bytes[1] & 0xC0 == 0x80 else { return (0, 0) }
  let second = UInt32(bytes[1] & 0x3F)
  if lead < 0xE0 { return lead < 0xC2 ? (0, 0) : ((lead & 0x1F) << 6 | second, 2) }
  guard count > 2, bytes[2] & 0xC0 == 0x80 else { return (0, 0) }
  let third = UInt32(bytes[2] & 0x3F)
  if lead < 0xF0 {
    let value = (lead & 0x0F) << 12 | second << 6 | third
    return value < 0x800 || (0xD800...0xDFFF).contains(value) ? (0, 0) : (value, 3)
  }
  guard count > 3, bytes[3] & 0xC0 == 0x80, lead < 0xF5 else { return (0, 0) }
  let high = (lead & 0x07) << 18 | second << 12
  let value = high | third << 6 | UInt32(bytes[3] & 0x3F)
  return (0x1_0000...0x10_FFFF).contains(value) ? (value, 4) : (0, 0)
}

/// Whether the bytes are the beginning of a UTF-8 character that the end of the value cut off.
private func isCut(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  let needed = bytes[0] < 0xC2 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF5 ? 4 : 1
  guard count < needed else { return false }
  for index in 1..<max(count, 1) where bytes[index] & 0xC0 != 0x80 { return false }
  return true
}

/// Checks and copies UTF-8, only whole characters, up to `capacity` bytes.
func copyUtf8(
  _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>, capacity: Int
) -> TextOutcome {
  var at = 0
  let fitting = min(count, capacity)
  var notes = TextNotes()
  while at < count {
    while at &+ 8 <= fitting {
      let eight = UnsafeRawPointer(source + at).loadUnaligned(as: UInt64.self)
      guard eight & 0x8080_8080_8080_8080 == 0 else { break }
      // Below X'20' a byte borrows from its top bit, and X'7F' carries into it.
      let odd = (eight &- 0x2020_2020_2020_2020) | (eight &+ 0x0101_0101_0101_0101)
      if odd & 0x8080_8080_8080_8080 != 0 { notes.hasControls = true }
      UnsafeMutableRawPointer(target + at).storeBytes(of: eight, as: UInt64.self)
      at &+= 8
    }
    guard at < count else { break }
    let (value, length) = scalar(source + at, count - at)
    guard length > 0 else {
      let fault: TextFault = isCut(source + at, count - at) ? .oddLength : .undefinedCode
      return TextOutcome(written: at, fault: fault, faultOffset: at)
    }
    if value == replacement { return TextOutcome(written: at, fault: .replaced, faultOffset: at) }
    if isControl(scalar: value) { notes.hasControls = true }
    guard at + length <= capacity else { return TextOutcome(written: at, fault: .tooLong, faultOffset: at) }
    for index in at..<at + length { target[index] = source[index] }
    at += length
  }
  return TextOutcome(written: at, notes: notes)
}

/// U+FFFD, which an earlier conversion wrote in place of an unknown character.
private let replacement: UInt32 = 0xFFFD

private func isControl(scalar: UInt32) -> Bool { scalar < 0x20 || scalar >= 0x7F && scalar < 0xA0 }

/// UTF-16 to UTF-8; `high` is the offset of the high byte in a unit: 0 big-endian, 1 little-endian.
func decodeUtf16(
  _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>, high: Int
) -> TextOutcome {
  var at = 0
  var written = 0
  var notes = TextNotes()
  while at + 1 < count {
    var value = UInt32(source[at + high]) << 8 | UInt32(source[at + 1 - high])
    var length = 2
    if value & 0xF800 == 0xD800 {
      guard value < 0xDC00 else { return TextOutcome(written: written, fault: .undefinedCode, faultOffset: at) }
      guard at + 3 < count else { return TextOutcome(written: written, fault: .oddLength, faultOffset: at) }
      let low = UInt32(source[at + 2 + high]) << 8 | UInt32(source[at + 3 - high])
      guard low & 0xFC00 == 0xDC00 else {
        return TextOutcome(written: written, fault: .undefinedCode, faultOffset: at)
      }
      value = 0x1_0000 + ((value & 0x3FF) << 10 | low & 0x3FF)
      length = 4
    }
    if value == replacement { return TextOutcome(written: written, fault: .replaced, faultOffset: at, notes: notes) }
    if isControl(scalar: value) { notes.hasControls = true }
    let (bytes, size) = utf8(value)
    store32(bytes, target + written)
    written += size
    at += length
  }
  guard at == count else { return TextOutcome(written: written, fault: .oddLength, faultOffset: at) }
  return TextOutcome(written: written, notes: notes)
}
