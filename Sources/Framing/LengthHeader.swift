/// A header that holds the length of the bytes behind it: a record descriptor word (RDW), a block descriptor word
/// (BDW), or a program's own header.
///
/// Source for RDW and BDW: IBM z/OS DFSMS Using Data Sets, “Variable-length record formats”. They are `LL LL 00 00`,
/// big-endian, and count themselves. A BDW whose first bit is set is extended: 31 bits of length. For spanned records
/// the third byte of an RDW holds the segment's place.
package struct LengthHeader: Hashable, Sendable {
  /// Bytes of the whole header.
  package var size = 4
  /// The offset of the length in the header, and its size in bytes (1 to 4).
  package var position = 0
  package var width = 2
  package var isLittleEndian = false
  package var countsItself = true
  /// The number added to the length as written.
  package var adjustment = 0
  /// Set bits are bits of the first four bytes, in their order, that must be zero.
  package var reserved: UInt32 = 0
  /// Whether the bit before the length marks a length of 31 bits (BDW).
  package var isExtendable = false
  /// Whether a first byte of 0 marks a record that is not valid.
  package var startsWithValidity = false

  package init() {}

  /// A record descriptor word. Little-endian, its four bytes are in reverse order.
  package static func rdw(littleEndian: Bool = false, spanned: Bool = false) -> LengthHeader {
    var header = LengthHeader()
    header.isLittleEndian = littleEndian
    header.position = littleEndian ? 2 : 0
    let control: UInt32 = spanned ? 0xFC : 0xFF
    header.reserved = littleEndian ? 0xFF | control << 8 : control << 16 | 0xFF << 24
    return header
  }

  /// A block descriptor word.
  package static func bdw(littleEndian: Bool = false) -> LengthHeader {
    var header = rdw(littleEndian: littleEndian)
    header.isExtendable = true
    return header
  }

  /// The number of bytes behind the header at `bytes`; -1 when it is not a possible header.
  ///
  /// A descriptor word of zeros is treated as padding, not as an empty record.
  @inline(__always)
  func length(at bytes: UnsafePointer<UInt8>) -> Int {
    var length = 0
    if isExtendable, bytes[isLittleEndian ? 3 : 0] & 0x80 != 0 {
      let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)
      length = Int((isLittleEndian ? word : word.byteSwapped) & 0x7FFF_FFFF)
    } else {
      if reserved != 0, UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self) & reserved != 0 { return -1 }
      for index in 0..<width {
        length = length << 8 | Int(bytes[position + (isLittleEndian ? width - 1 - index : index)])
      }
    }
    if length == 0, reserved != 0 { return -1 }
    length += adjustment - (countsItself ? size : 0)
    return length < 0 ? -1 : length
  }

  @inline(__always)
  func isValid(at bytes: UnsafePointer<UInt8>) -> Bool { !startsWithValidity || bytes[0] != 0 }

  /// The place of a spanned record's segment: 0 whole record, 1 first, 2 last, 3 between.
  @inline(__always)
  func segment(at bytes: UnsafePointer<UInt8>) -> UInt8 { bytes[isLittleEndian ? 1 : 2] & 3 }

  /// The required form of a header, for messages.
  var expected: String {
    let least = 1 + (countsItself ? size - 1 : 0)
    var parts = (0..<size).map { (position..<position + width).contains($0) ? "LL" : reserved == 0 ? "xx" : "00" }
    if reserved != 0, reserved.nonzeroBitCount < 16 { parts[isLittleEndian ? 1 : 2] = "00–03" }
    return parts.joined(separator: " ") + ", LL ≥ \(least)"
  }
}
