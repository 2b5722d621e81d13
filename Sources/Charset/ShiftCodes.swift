/// The shift codes of a maker: kanji in and kanji out.
package struct ShiftCodes {
  /// One or two bytes each; a second byte of 0 means a code of one byte.
  package let kanjiIn: (UInt8, UInt8)
  let kanjiOut: (UInt8, UInt8)

  package init?(_ scheme: Scheme) {
    switch scheme {
    case .ibm: (kanjiIn, kanjiOut) = ((0x0E, 0), (0x0F, 0))
    case .fujitsu: (kanjiIn, kanjiOut) = ((0x28, 0), (0x29, 0))
    case .keis: (kanjiIn, kanjiOut) = ((0x0A, 0x42), (0x0A, 0x41))
    case .jipsJ: (kanjiIn, kanjiOut) = ((0x1A, 0x70), (0x1A, 0x71))
    case .jipsE: (kanjiIn, kanjiOut) = ((0x3F, 0x75), (0x3F, 0x76))
    case .page, .asciiPage, .windows31J, .eucJP, .utf8, .utf16Big, .utf16Little: return nil
    }
  }

  package var inLength: Int { kanjiIn.1 == 0 ? 1 : 2 }
  var outLength: Int { kanjiOut.1 == 0 ? 1 : 2 }
}

extension Scheme {
  /// The bytes with which a shift code begins.
  package var shiftBytes: [UInt8] {
    switch self {
    case .ibm: [0x0E, 0x0F]
    case .fujitsu: [0x28, 0x29, 0x30, 0x38]
    case .keis: [0x0A]
    case .jipsJ: [0x1A]
    case .jipsE: [0x3F]
    case .page, .asciiPage, .windows31J, .eucJP, .utf8, .utf16Big, .utf16Little: []
    }
  }

  /// Length of the kanji-in code at the front of these bytes, or 0. Fujitsu has three: KI for the two sizes of
  /// type (28, 38) and K2 (30E2).
  package func kanjiIn(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard count > 0 else { return 0 }
    let pair = count > 1 ? UInt16(bytes[0]) << 8 | UInt16(bytes[1]) : 0
    switch self {
    case .ibm: return bytes[0] == 0x0E ? 1 : 0
    case .fujitsu: return bytes[0] == 0x28 || bytes[0] == 0x38 ? 1 : pair == 0x30E2 ? 2 : 0
    case .keis: return pair == 0x0A42 ? 2 : 0
    case .jipsJ: return pair == 0x1A70 ? 2 : 0
    case .jipsE: return pair == 0x3F75 ? 2 : 0
    case .page, .asciiPage, .windows31J, .eucJP, .utf8, .utf16Big, .utf16Little: return 0
    }
  }

  /// Length of the kanji-out code at the front of these bytes, or 0.
  func kanjiOut(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard count > 0 else { return 0 }
    let pair = count > 1 ? UInt16(bytes[0]) << 8 | UInt16(bytes[1]) : 0
    switch self {
    case .ibm: return bytes[0] == 0x0F ? 1 : 0
    case .fujitsu: return bytes[0] == 0x29 ? 1 : 0
    case .keis: return pair == 0x0A41 ? 2 : 0
    case .jipsJ: return pair == 0x1A71 ? 2 : 0
    case .jipsE: return pair == 0x3F76 ? 2 : 0
    case .page, .asciiPage, .windows31J, .eucJP, .utf8, .utf16Big, .utf16Little: return 0
    }
  }
}
