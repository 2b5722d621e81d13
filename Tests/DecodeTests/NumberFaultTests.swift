import Base
import Charset
import Copybook
import Decode
import Records
import Testing

/// Every way in which a number can be none, beside its valid neighbours: from the clause of a copybook and the bytes of an item
/// to its value or fault.
@Suite struct NumberFaultTests {
  /// `clause | dialect | set | bytes → value, fault or null; what is counted`. An empty dialect is IBM, an empty set EBCDIC.
  struct Case: CustomTestStringConvertible, Sendable {
    let clause: String
    let dialect: String
    let charset: String
    let bytes: [UInt8]
    let answer: String
    let oddities: [String]
    var testDescription: String { "\(clause) \(dialect) \(bytes.map { String($0, radix: 16) }) \(answer)" }

    init(_ line: String) {
      let sides = line.split(separator: "→", maxSplits: 1).map { $0.trimmingSpaces }
      let parts = sides[0].split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingSpaces }
      clause = parts[0]
      dialect = parts[1].isEmpty ? "ibm" : parts[1]
      charset = parts[2].isEmpty ? "fujitsu-jef" : parts[2]
      bytes = parts[3].split(separator: " ").compactMap { UInt8($0, radix: 16) }
      let answers = sides[1].split(separator: ";").map { $0.trimmingSpaces }
      answer = answers[0]
      oddities = answers.dropFirst().map { String($0) }
    }
  }

  private static func cases(_ text: String) -> [Case] {
    text.split(separator: "\n").filter { !$0.trimmingSpaces.isEmpty && !$0.trimmingSpaces.hasPrefix("#") }.map {
      Case(String($0))
    }
  }

  static let packed = cases(
    """
    S9(3) COMP-3   | | | 12 3C → 123
    S9(3) COMP-3   | | | 12 3D → -123
    S9(3) COMP-3   | | | 12 3F → 123
    S9(3) COMP-3   | | | 00 0D → 0
    # A and E are plus, B is minus: read, and counted.
    S9(3) COMP-3   | | | 12 3A → 123; decode.number.alternate-sign
    S9(3) COMP-3   | | | 12 3E → 123; decode.number.alternate-sign
    S9(3) COMP-3   | | | 12 3B → -123; decode.number.alternate-sign
    # No sign: a digit stands in its place. The sign is looked at before the digits.
    S9(3) COMP-3   | | | 01 23 → decode.number.sign
    S9(3) COMP-3   | | | 12 30 → decode.number.sign
    S9(3) COMP-3   | | | A2 39 → decode.number.sign
    S9(3) COMP-3   | | | 00 00 → decode.number.sign
    S9(3) COMP-3   | | | 1A 3C → decode.number.digit
    S9(3) COMP-3   | | | A2 3C → decode.number.digit
    S9(3) COMP-3   | | | 12 FC → decode.number.digit
    S9(3) COMP-3   | | | 12 CD → decode.number.digit
    S9(3) COMP-3   | | | 40 40 → decode.number.blank
    # Half of the spaces is none.
    S9(3) COMP-3   | | | 40 4C → 404
    S9(3) COMP-3   | | us-ascii | 20 20 → decode.number.blank
    S9(3) COMP-3   | | us-ascii | 40 40 → decode.number.sign
    # Without a sign in the picture minus is a fault, and C is counted.
    9(3) COMP-3    | | | 12 3F → 123
    9(3) COMP-3    | | | 12 3C → 123; decode.number.alternate-sign
    9(3) COMP-3    | | | 12 3A → 123; decode.number.alternate-sign
    9(3) COMP-3    | | | 12 3D → decode.number.unsigned
    9(3) COMP-3    | | | 12 3B → decode.number.unsigned
    9(3) COMP-3    | | | 00 0D → decode.number.unsigned
    # An even number of digits leaves a half-byte, which is 0.
    S9(4) COMP-3   | | | 01 23 4C → 1234
    S9(4) COMP-3   | | | 11 23 4C → decode.number.overflow
    S9(4) COMP-3   | | | F1 23 4C → decode.number.digit
    S9(1)V9 COMP-3 | | | 01 2D → -1.2
    S9(16) COMP-3  | | | 01 23 45 67 89 01 23 45 6D → -1234567890123456
    S9(16) COMP-3  | | | 11 23 45 67 89 01 23 45 6D → decode.number.overflow
    S9(15) COMP-3  | | | 12 34 56 78 90 12 34 5C → 123456789012345
    S9(15) COMP-3  | | | 12 34 56 78 90 12 3B 5C → decode.number.digit
    S9(20) COMP-3  | | | 01 23 45 67 89 01 23 45 67 89 0C → 12345678901234567890
    S9(20) COMP-3  | | | 01 23 45 67 89 01 23 45 67 89 00 → decode.number.sign
    # COMP-6 has digits alone: blank or not, each byte is two of them.
    9(4) COMP-6    | gnucobol | us-ascii | 12 34 → 1234
    9(3) COMP-6    | gnucobol | us-ascii | 01 23 → 123
    9(3) COMP-6    | gnucobol | us-ascii | 11 23 → decode.number.overflow
    9(4) COMP-6    | gnucobol | us-ascii | 12 3F → decode.number.digit
    9(4) COMP-6    | gnucobol | us-ascii | 20 20 → 2020
    9(4) COMP-6    | gnucobol | us-ascii | 00 00 → 0
    """)

  static let zoned = cases(
    """
    9(3)           | | | F1 F2 F3 → 123
    9(3)           | | | F1 F2 C3 → decode.number.zone
    9(3)           | | | F1 F2 D3 → decode.number.zone
    9(3)           | | | F1 F2 FA → decode.number.zone
    9(3)           | | | F1 40 F3 → decode.number.zone
    9(3)           | | | 40 F2 F3 → decode.number.zone
    9(3)           | | | 31 32 33 → decode.number.zone
    9(3)           | | | 40 40 40 → decode.number.blank
    9(3)           | | | 00 00 00 → decode.number.blank
    # In EBCDIC the zone of the last digit is the sign.
    S9(3)          | | | F1 F2 C3 → 123
    S9(3)          | | | F1 F2 D3 → -123
    S9(3)          | | | F1 F2 F3 → 123
    S9(3)          | | | F1 F2 D0 → -120
    S9(3)          | | | F1 F2 A3 → 123; decode.number.alternate-sign
    S9(3)          | | | F1 F2 E3 → 123; decode.number.alternate-sign
    S9(3)          | | | F1 F2 B3 → -123; decode.number.alternate-sign
    S9(3)          | | | F1 F2 93 → decode.number.zone
    S9(3)          | | | F1 F2 CA → decode.number.zone
    S9(3)          | | | F1 C2 F3 → decode.number.zone
    S9(3)          | | | C1 F2 F3 → decode.number.zone
    S9(1)          | | | D5 → -5
    S9(1)          | | | 40 → decode.number.blank
    S9(1)V99       | | | F1 F2 D3 → -1.23
    S9(3) SIGN LEADING | | | D1 F2 F3 → -123
    S9(3) SIGN LEADING | | | C1 F2 F3 → 123
    S9(3) SIGN LEADING | | | F1 F2 D3 → decode.number.zone
    S9(3) SIGN TRAILING SEPARATE | | | F1 F2 F3 4E → 123
    S9(3) SIGN TRAILING SEPARATE | | | F1 F2 F3 60 → -123
    S9(3) SIGN TRAILING SEPARATE | | | F1 F2 F3 40 → decode.number.sign
    S9(3) SIGN TRAILING SEPARATE | | | F1 F2 F3 F4 → decode.number.sign
    S9(3) SIGN TRAILING SEPARATE | | | F1 F2 D3 4E → decode.number.zone
    S9(3) SIGN TRAILING SEPARATE | | | 40 40 40 40 → decode.number.blank
    S9(3) SIGN LEADING SEPARATE  | | | 60 F1 F2 F3 → -123
    S9(3) SIGN LEADING SEPARATE  | | | 4E F1 F2 F3 → 123
    S9(3) SIGN LEADING SEPARATE  | | | F0 F1 F2 F3 → decode.number.sign
    S9(3) SIGN LEADING SEPARATE  | | | 60 F1 40 F3 → decode.number.zone
    S9(20)         | | | F1 F2 F3 F4 F5 F6 F7 F8 F9 F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 D0 → -12345678901234567890
    S9(20)         | | | F1 F2 F3 F4 F5 F6 F7 F8 F9 C0 F1 F2 F3 F4 F5 F6 F7 F8 F9 D0 → decode.number.zone
    # In ASCII digits are 30–39. Micro Focus and GnuCOBOL write minus as 70–79, and read what IBM's became.
    9(3)           | mf | us-ascii | 31 32 33 → 123
    9(3)           | mf | us-ascii | 31 32 73 → decode.number.zone
    9(3)           | mf | us-ascii | F1 F2 F3 → decode.number.zone
    9(3)           | mf | us-ascii | 20 20 20 → decode.number.blank
    9(3)           | mf | us-ascii | 31 32 3A → decode.number.zone
    S9(3)          | mf | us-ascii | 31 32 33 → 123
    S9(3)          | mf | us-ascii | 31 32 73 → -123
    S9(3)          | mf | us-ascii | 31 32 79 → -129
    S9(3)          | mf | us-ascii | 31 32 7A → decode.number.zone
    S9(3)          | mf | us-ascii | 31 72 33 → decode.number.zone
    S9(3)          | mf | us-ascii | 31 32 7B → 120
    S9(3)          | mf | us-ascii | 31 32 7D → -120
    S9(3)          | mf | us-ascii | 31 32 41 → 121
    S9(3)          | mf | us-ascii | 31 32 49 → 129
    S9(3)          | mf | us-ascii | 31 32 4A → -121
    S9(3)          | mf | us-ascii | 31 32 52 → -129
    S9(3)          | mf | us-ascii | 31 32 53 → decode.number.zone
    S9(3)          | mf | us-ascii | 31 32 40 → decode.number.zone
    S9(3)          | gnucobol | us-ascii | 31 32 73 → -123
    S9(3)          | gnucobol | us-ascii | 31 32 7D → -120
    S9(3)          | ibm | us-ascii | 31 32 4C → -123
    S9(3)          | ibm | us-ascii | 31 32 43 → 123
    S9(3)          | ibm | us-ascii | 31 32 33 → 123
    S9(3)          | ibm | us-ascii | 31 32 73 → -123
    S9(3)          | ibm | us-ascii | 31 32 53 → decode.number.zone
    S9(3)          | nec | us-ascii | 31 32 4C → -123
    S9(3)          | hitachi | us-ascii | 31 32 4C → -123
    # Fujitsu's 40–49 are plus and 50–59 minus: J is 4A, which the others read as −1.
    S9(3)          | fujitsu | us-ascii | 31 32 43 → 123
    S9(3)          | fujitsu | us-ascii | 31 32 40 → 120
    S9(3)          | fujitsu | us-ascii | 31 32 53 → -123
    S9(3)          | fujitsu | us-ascii | 31 32 50 → -120
    S9(3)          | fujitsu | us-ascii | 31 32 33 → 123
    S9(3)          | fujitsu | us-ascii | 31 32 4A → decode.number.zone
    S9(3)          | fujitsu | us-ascii | 31 32 73 → decode.number.zone
    S9(3)          | fujitsu | us-ascii | 31 32 7D → decode.number.zone
    S9(3)          | fujitsu,sign=mf | us-ascii | 31 32 73 → -123
    S9(3) SIGN LEADING  | mf | us-ascii | 71 32 33 → -123
    S9(3) SIGN LEADING  | fujitsu | us-ascii | 51 32 33 → -123
    S9(3) SIGN TRAILING SEPARATE | mf | us-ascii | 31 32 33 2D → -123
    S9(3) SIGN TRAILING SEPARATE | mf | us-ascii | 31 32 33 2B → 123
    S9(3) SIGN TRAILING SEPARATE | mf | us-ascii | 31 32 33 20 → decode.number.sign
    S9(3) SIGN TRAILING SEPARATE | mf | us-ascii | 31 32 73 2B → decode.number.zone
    # The dialect does not matter in EBCDIC.
    S9(3)          | fujitsu | | F1 F2 D3 → -123
    S9(3)          | mf | fujitsu-jef | F1 F2 D3 → -123
    """)

  static let binary = cases(
    """
    S9(4) COMP     | | | 04 D2 → 1234
    S9(4) COMP     | | | FB 2E → -1234
    S9(4) COMP     | | | 27 0F → 9999
    S9(4) COMP     | | | 27 10 → decode.number.overflow
    S9(4) COMP     | | | D8 F1 → -9999
    S9(4) COMP     | | | D8 F0 → decode.number.overflow
    S9(4) COMP     | | | 80 00 → decode.number.overflow
    9(4) COMP      | | | FF FF → decode.number.overflow
    9(4) COMP      | | | 27 0F → 9999
    9(4) COMP      | | | 00 00 → 0
    # Spaces are a number, where the picture has room for it.
    9(4) COMP      | | | 40 40 → decode.number.blank
    9(4) COMP      | | us-ascii | 20 20 → 8224
    9(9) COMP      | | | 40 40 40 40 → decode.number.blank
    9(18) COMP     | | | 40 40 40 40 40 40 40 40 → decode.number.blank
    S9(2)V99 COMP  | | | FF 85 → -1.23
    # Without truncation every number of the bytes is one.
    S9(4) COMP     | ibm,truncate=no | | 27 10 → 10000
    S9(4) COMP     | ibm,truncate=no | | 80 00 → -32768
    9(4) COMP      | ibm,truncate=no | | FF FF → 65535
    9(4) COMP      | ibm,truncate=no | | 40 40 → 16448
    S9(4) COMP-5   | | | 27 10 → 10000
    S9(4) COMP-5   | gnucobol | us-ascii | 10 27 → 10000
    S9(4) COMP     | gnucobol | us-ascii | 27 0F → 9999
    S9(4) COMP     | ibm,binary-order=little | | 0F 27 → 9999
    S9(4) COMP     | ibm,binary-order=little | | 10 27 → decode.number.overflow
    S9(18) COMP    | | | 0D E0 B6 B3 A7 63 FF FF → 999999999999999999
    S9(18) COMP    | | | 0D E0 B6 B3 A7 64 00 00 → decode.number.overflow
    9(18) COMP-5   | | | FF FF FF FF FF FF FF FF → 18446744073709551615
    9(4) COMP-X    | mf | us-ascii | FF FF → 65535
    """)

  static let float = cases(
    """
    COMP-1         | | | 41 10 00 00 → 1.0
    COMP-1         | | | C1 18 00 00 → -1.5
    COMP-1         | | | 00 00 00 00 → 0.0
    # The largest: beyond what 32 bits of IEEE hold.
    COMP-1         | | | 7F FF FF FF → 7.2370051459731155e+75
    COMP-2         | | | 41 10 00 00 00 00 00 00 → 1.0
    COMP-2         | | | C2 64 80 00 00 00 00 00 → -100.5
    # 56 binary digits are 3 more than are shown.
    COMP-2         | | | 40 FF FF FF FF FF FF FF → 1.0; decode.number.rounded
    COMP-2         | | | 40 FF FF FF FF FF FF F8 → 0.9999999999999999
    COMP-1         | ibm,float=ieee | | 3F 80 00 00 → 1.0
    COMP-1         | ibm,float=ieee | | BF C0 00 00 → -1.5
    COMP-1         | ibm,float=ieee | | 7F 7F FF FF → 3.4028235e+38
    COMP-1         | ibm,float=ieee | | 7F 80 00 00 → decode.number.not-finite
    COMP-1         | ibm,float=ieee | | FF 80 00 00 → decode.number.not-finite
    COMP-1         | ibm,float=ieee | | 7F C0 00 00 → decode.number.not-finite
    COMP-2         | ibm,float=ieee | | 3F F0 00 00 00 00 00 00 → 1.0
    COMP-2         | ibm,float=ieee | | 7F F0 00 00 00 00 00 00 → decode.number.not-finite
    COMP-2         | ibm,float=ieee | | 7F F8 00 00 00 00 00 01 → decode.number.not-finite
    COMP-1         | gnucobol | us-ascii | 00 00 80 3F → 1.0
    COMP-1         | gnucobol | us-ascii | 00 00 80 7F → decode.number.not-finite
    COMP-2         | mf | us-ascii | 00 00 00 00 00 00 F0 3F → 1.0
    COMP-2         | mf | us-ascii | 00 00 00 00 00 00 F0 FF → decode.number.not-finite
    """)

  /// What a city says of blank fields: spaces, then low-values.
  static let blanks: [(rule: BlankRule, cases: [Case])] = [
    (
      BlankRule(spaces: .null, lowValues: .null),
      cases(
        """
        9(3)         | | | 40 40 40 → null; decode.number.blank-rule
        9(3)         | | | 00 00 00 → null; decode.number.blank-rule
        9(3)         | | | 40 40 F3 → 3; decode.number.blank-rule
        9(3)         | | | F1 40 F3 → decode.number.zone
        9(3)         | | | 40 00 00 → decode.number.zone
        S9(3) COMP-3 | | | 40 40 → null; decode.number.blank-rule
        S9(3) COMP-3 | | | 00 00 → null; decode.number.blank-rule
        9(4) COMP    | | | 40 40 → null; decode.number.blank-rule
        9(4) COMP    | | | 00 00 → 0
        9(4) COMP-6  | gnucobol | us-ascii | 20 20 → 2020
        """)
    ),
    (
      BlankRule(spaces: .zero, lowValues: .zero),
      cases(
        """
        S9(3)        | | | 40 40 40 → 0; decode.number.blank-rule
        S9(3)        | | | 00 00 00 → 0; decode.number.blank-rule
        S9(3) COMP-3 | | | 40 40 → 0; decode.number.blank-rule
        S9(3) COMP-3 | | | 00 00 → 0; decode.number.blank-rule
        S9(3) COMP-3 | | | 00 40 → decode.number.sign
        9(4) COMP    | | | 40 40 → 0; decode.number.blank-rule
        """)
    ),
  ]

  private struct Answer {
    let text: String
    let oddities: [String]
  }

  /// Decodes the item alone, and as the second of three records, between others.
  private func decode(_ row: Case, _ rule: BlankRule, around: [UInt8]? = nil) throws -> Answer {
    let dialect = try Dialect(text: row.dialect)
    let picture = row.clause.hasPrefix("COMP") ? row.clause : "PIC \(row.clause)"
    let copybook = "       01 R.\n          05 A \(picture).\n"
    let layout = try CopybookParser.layout(of: copybook, file: "R.cpy", dialect: dialect)
    var reading = Interpretation(try #require(Charset.CharacterSet.named(row.charset)))
    reading.dialect = dialect
    reading.blanks = rule
    let decoder = KindDecoder(try KindPlan.compile(title: "R", layout: layout, choosing: [], reading: reading))
    try #require(decoder.plan.length == row.bytes.count, "\(row.clause) has \(decoder.plan.length) bytes")
    let records = around.map { [$0, row.bytes, $0] } ?? [row.bytes]
    let starts = records.indices.map { $0 * row.bytes.count }
    try records.flatMap(\.self).withUnsafeBufferPointer { bytes in
      try starts.withUnsafeBufferPointer {
        decoder.decode(RecordBlock(base: try #require(bytes.baseAddress), starts: $0))
      }
    }
    let place = around == nil ? 0 : 1
    let column = decoder.columns[0]
    let found = decoder.faults().filter { $0.record == place }.map(\.fault.code)
    #expect(found == (column.fault(place).map { [$0.code] } ?? []))
    return Answer(
      text: column.fault(place)?.code ?? column.describe(place) ?? "null",
      oddities: Oddity.allCases.filter { decoder.oddities[$0] > 0 }.map(\.code))
  }

  private func hold(_ row: Case, _ rule: BlankRule = BlankRule()) throws {
    let answer = try decode(row, rule)
    #expect(answer.text == row.answer)
    #expect(answer.oddities == row.oddities)
    // A record says the same whatever stands before and behind it.
    #expect(try decode(row, rule, around: Array(repeating: 0x5A, count: row.bytes.count)).text == row.answer)
  }

  @Test(arguments: packed) func packedNumbers(_ row: Case) throws { try hold(row) }
  @Test(arguments: zoned) func zonedNumbers(_ row: Case) throws { try hold(row) }
  @Test(arguments: binary) func binaryNumbers(_ row: Case) throws { try hold(row) }
  @Test(arguments: float) func floatingPointNumbers(_ row: Case) throws { try hold(row) }

  @Test(arguments: blanks.indices) func blankFields(_ index: Int) throws {
    let (rule, cases) = Self.blanks[index]
    for row in cases { try hold(row, rule) }
  }

  /// The tables have every fault that a number can have.
  @Test func everyFaultOfNumbersHasACase() {
    let told = Set((Self.packed + Self.zoned + Self.binary + Self.float).map(\.answer))
    for fault in Fault.allCases where fault.code.hasPrefix("decode.number.") {
      #expect(told.contains(fault.code), "\(fault.code)")
    }
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
