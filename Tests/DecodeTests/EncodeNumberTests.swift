import Base
import Charset
import Copybook
import Decode
import Testing

@Suite struct EncodeNumberTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let picture: String
    let value: Int64
    /// Hexadecimal bytes, or nil when the value does not fit.
    let bytes: String?
    var testDescription: String { "\(picture) ← \(value)" }
  }

  static func encoder(_ picture: String) throws -> RecordEncoder {
    let text = "       01  R.\n           05  F PIC \(picture).\n"
    let jef = try #require(CharacterSet.named("fujitsu-jef"))
    return try RecordEncoder(layout: CopybookParser.layout(of: text, file: "R.cpy"), choosing: [], characters: jef)
  }

  static func hex(_ encoder: RecordEncoder) -> String {
    encoder.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }

  @Test(arguments: [
    // Values that do not fit come first.
    Case(picture: "9(3) COMP-3", value: 1_000, bytes: nil), Case(picture: "9(3) COMP-3", value: -1, bytes: nil),
    Case(picture: "9(4) COMP-3", value: 10_000, bytes: nil), Case(picture: "S9(2)", value: 100, bytes: nil),
    Case(picture: "S9(2)", value: -100, bytes: nil), Case(picture: "9(2)", value: -1, bytes: nil),
    Case(picture: "9(4) COMP", value: -1, bytes: nil), Case(picture: "S9(18) COMP-3", value: .min, bytes: nil),
    Case(picture: "X(3)", value: 1, bytes: nil),
    Case(picture: "9(3) COMP-3", value: 431, bytes: "431F"),
    Case(picture: "9(4) COMP-3", value: 9_999, bytes: "09999F"),
    Case(picture: "S9(5) COMP-3", value: 12_345, bytes: "12345C"),
    Case(picture: "S9(5) COMP-3", value: -12_345, bytes: "12345D"),
    Case(picture: "S9(5) COMP-3", value: 0, bytes: "00000C"), Case(picture: "S9(1) COMP-3", value: -7, bytes: "7D"),
    Case(picture: "S9(18) COMP-3", value: 999_999_999_999_999_999, bytes: "0999999999999999999C"),
    Case(picture: "9(5)V9(2) COMP-3", value: 65_800, bytes: "0065800F"),
    Case(picture: "9(4)", value: 12, bytes: "F0F0F1F2"), Case(picture: "S9(3)", value: 120, bytes: "F1F2C0"),
    Case(picture: "S9(3)", value: -123, bytes: "F1F2D3"), Case(picture: "9(4) COMP", value: 258, bytes: "0102"),
    Case(picture: "S9(9) COMP", value: -2, bytes: "FFFFFFFE"),
  ])
  func aNumberInItsBytes(_ item: Case) throws {
    let encoder = try Self.encoder(item.picture)
    encoder.begin()
    let empty = Self.hex(encoder)
    guard let expected = item.bytes else {
      let thrown = #expect(throws: Diagnostic.self) { try encoder.set(0, item.value) }
      #expect(thrown?.code == .encodeOverflow)
      #expect(Self.hex(encoder) == empty)
      return
    }
    try encoder.set(0, item.value)
    #expect(Self.hex(encoder) == expected)
  }

  @Test func whatTheCharacterSetLacksIsRefused() throws {
    let encoder = try Self.encoder("N(4)")
    encoder.begin()
    for (text, code) in [("あいうえお", DiagnosticCode.encodeOverflow), ("😀", .encodeCharacter)] {
      let thrown = #expect(throws: Diagnostic.self) { try encoder.set(0, text) }
      #expect(thrown?.code == code)
      #expect(Self.hex(encoder) == "4040404040404040")
    }
    #expect(throws: Diagnostic.self) { try encoder.slot("G") }
  }

  @Test func monthsAndYearsOfTheEras() throws {
    let month = try Self.encoder("9(5) COMP-3")
    for (value, expected) in [(2019_04, "43104F"), (2019_05, "50105F"), (1989_01, "40101F"), (0, "00000F")] {
      try month.set(0, month: Int64(value))
      #expect(Self.hex(month) == expected)
    }
    let year = try Self.encoder("9(3) COMP-3")
    for (value, expected) in [(2014, "426F"), (2019, "431F"), (2020, "502F"), (0, "000F")] {
      try year.set(0, fiscalYear: Int64(value))
      #expect(Self.hex(year) == expected)
    }
  }

  /// Twin: every written value is read back by a reader that works digit by digit.
  @Test func aSlowReaderReadsEveryNumberBack() throws {
    var state: UInt64 = 20_191_201
    func random() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11
    }
    for digits in 1...18 {
      let packed = try Self.encoder("S9(\(digits)) COMP-3")
      let zoned = try Self.encoder("S9(\(digits))")
      var bound: UInt64 = 1
      for _ in 0..<digits { bound *= 10 }
      for _ in 0..<200 {
        let magnitude = Int64(random() % bound)
        let value = random() % 2 == 0 ? magnitude : -magnitude
        try packed.set(0, value)
        try zoned.set(0, value)
        #expect(Self.readPacked(Array(packed.bytes)) == value, "seed 20191201, \(digits) digits")
        #expect(Self.readZoned(Array(zoned.bytes)) == value, "seed 20191201, \(digits) digits")
      }
    }
  }

  private static func readPacked(_ bytes: [UInt8]) -> Int64? {
    var digits = bytes.flatMap { [$0 >> 4, $0 & 15] }
    let sign = digits.removeLast()
    let value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1) }
    return sign == 0xC ? value : sign == 0xD ? -value : nil
  }

  private static func readZoned(_ bytes: [UInt8]) -> Int64? {
    let value = bytes.reduce(Int64(0)) { $0 * 10 + Int64($1 & 15) }
    return bytes[bytes.count - 1] >> 4 == 0xD ? -value : value
  }
}
