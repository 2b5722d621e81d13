import Charset
import Copybook
import Decode
import Foundation
import Testing

/// Records of the layout's published samples, encoded again value by value: the same bytes.
@Suite struct EncodeSampleTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static func encoder(_ path: String, _ chosen: Set<String>) throws -> RecordEncoder {
    let text = try String(contentsOfFile: "\(root)/Pipelines/\(path)", encoding: .utf8)
    let jef = try #require(Charset.CharacterSet.named("fujitsu-jef"))
    return try RecordEncoder(layout: CopybookParser.layout(of: text, file: path), choosing: chosen, characters: jef)
  }

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter { !$0.isWhitespace }
    return stride(from: 0, to: digits.count, by: 2).map { offset in
      let start = digits.index(digits.startIndex, offsetBy: offset)
      return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16) ?? 0
    }
  }

  /// 宛名 kind 10, the whole record of 480 bytes: two extension kanji, a mixed 方書, era dates.
  @Test func aResident() throws {
    let encoder = try Self.encoder("address-master/ATMAST.cpy", ["AT-KOBETSU-10-20"])
    encoder.begin()
    for (name, value) in [
      ("AT-KIND", "10"), ("AT-SAISHIN-KBN", "1"), ("AT-JUMIN-SHUBETSU", "1"), ("AT-JUMIN-JOTAI", "1"),
      ("AT-KANA-SHIMEI", "ﾀｶｻｷ ﾊﾅｺ"), ("AT-KANJI-SHIMEI", "髙﨑　花子"), ("AT-SEIBETSU", "2"), ("AT-YUBIN-NO", "1990001"),
      ("AT-JUSHO-KANJI", "桜ヶ瀬市本町"), ("AT-BANCHI", "2-35-1"), ("AT-KATAGAKI", "コーポ桜A-101"), ("AT-IDO-JIYU", "30"),
      ("AT-ZOKUGARA-CD", "02"), ("AT-MYNO-UMU", "1"), ("AT-SHIEN-KBN", "1"), ("AT-SOFU-UMU", "1"),
      ("AT-KOSHIN-ID", "SHM021"),
      ("AT-SAKUJO-KBN", "0"),
    ] {
      try encoder.set(encoder.slot(name), value)
    }
    for (name, value) in [
      ("AT-ATENA-NO", 12_345), ("AT-RIREKI-NO", 3), ("AT-SETAI-NO", 9_876), ("AT-JUSHO-CD", 13_999_000_001),
      ("AT-SETAINUSHI-NO", 12_345), ("AT-TOGO-NO", 900_000_000_012_345), ("AT-KOSHIN-JIKAN", 181_502),
    ] as [(String, Int64)] {
      try encoder.set(encoder.slot(name), value)
    }
    for (name, date) in [
      ("AT-SEINEN-YMD", 1987_02_28), ("AT-IDO-YMD", 2019_05_01), ("AT-TODOKE-YMD", 2019_05_07),
      ("AT-JUTEI-YMD", 2019_05_01),
      ("AT-SHIEN-KAISHI", 2019_04_01), ("AT-SHIEN-SHURYO", 2020_03_31), ("AT-KOSHIN-YMD", 2019_11_29),
    ] as [(String, Int64)] {
      try encoder.set(encoder.slot(name), date: date)
    }
    let expected = Self.bytes(
      """
      F1F0F0F0F0F0F0F1F2F3F4F500003FF1F0F0F0F0F0F0F9F8F7F6F1F191868C87409D968A4040404040404040404040404040404040404040
      4040404040404040404040406EA44BD04040B2D6BBD240404040404040404040404040404040404040404040404040404040404040404040
      404040404040404040404040404040404040404040404040404040404040404040404040F23620228FF1F9F9F0F0F0F1F1F3F9F9F9F0F0F0
      F0F0F1BAF9A5F6C0A5BBD4CBDCC4AE4040404040404040404040404040404040404040404040404040404040404040404040404040F260F3
      F560F1404040404040404040404040404028A5B3A1BCA5DDBAF929C160F1F0F1404040404040404040404040404040404040404040404040
      4040404040404040404040404040404040404040404040F3F05010501F5010507FF0F2404040404040F0F0F0F0F0F1F2F3F4F54040400000
      000F5010501F404040404040404040404040404040404040404040404040404040404040F140404040404040404040404040404040404040
      4040404040404040404040F14310401F5020331FF1F0F0F0F0F0F0F0F0F0F0F9F0F0F0F0F0F0F0F0F0F1F2F3F4F55011129FF1F8F1F5F0F2
      E2C8D4F0F2F1F040404040404040404040404040404040404040404040404040
      """)
    #expect(Array(encoder.bytes) == expected)
  }

  /// 収納 kind 10, the first 160 bytes of the sample record.
  @Test func aClaim() throws {
    let encoder = try Self.encoder("collection/SNCHOTEI.cpy", ["SN-BODY-10"])
    encoder.begin()
    for (name, value) in [
      ("SN-KIND", "10"), ("SN-ZEIMOKU", "01"), ("SN-KI-CD", "03"), ("SN-KANNO-KBN", "1"), ("SN-ENTAI-KAKUTEI", "0"),
    ] {
      try encoder.set(encoder.slot(name), value)
    }
    for name in ["SN-FUKA-NENDO", "SN-SOTO-NENDO", "SN-CHOTEI-NENDO"] {
      try encoder.set(encoder.slot(name), fiscalYear: 2019)
    }
    for (name, value) in [
      ("SN-ATENA-NO", 12_345), ("SN-TSUCHI-NO", 1_000_777), ("SN-CHOTEI", 59_000), ("SN-SHUNO", 10_000),
      ("SN-MINO", 49_000),
    ] as [(String, Int64)] {
      try encoder.set(encoder.slot(name), value)
    }
    for (name, date) in [("SN-NOKIGEN", 2019_10_31), ("SN-HOTEI-NOKI", 2019_10_31), ("SN-TOKUSOKU-YMD", 2019_11_20)] {
      try encoder.set(encoder.slot(name), date: Int64(date))
    }
    let expected = Self.bytes(
      """
      F1F0431F431F431FF0F1F0F0F0F0F0F1F2F3F4F5F0F0F0F1F0F0F0F7F7F7F0F3F0F0F0F0F0F0F0F0F0F0F0F0000F00000F
      5011031F5011031F00000059000C00000000000C00000000000C00000000000C00000000000C00000000000C
      0000000C00000000000CF000000010000C0000000C00000000000C00000000000C00000000000C00000000000C00000049000C
      5011120F0000000F0000000FF1000000
      """)
    #expect(expected.count == 160)
    #expect(Array(encoder.bytes[0..<160]) == expected)
  }

  /// The sample's trailer, 91 bytes; the bytes outside the control record are the file's padding.
  @Test func aTrailer() throws {
    let encoder = try Self.encoder("control/CT.cpy", ["CT-TRAILER"])
    encoder.begin()
    try encoder.set(encoder.slot("CT-KIND"), "99")
    try encoder.set(encoder.slot("CT-SYS-ID"), "SN")
    try encoder.set(encoder.slot("CT-FILE-ID"), "SNCHOTEI")
    try encoder.set(encoder.slot("CT-KENSU"), 1)
    let kind = try encoder.slot("CT-KIND-KENSU-KIND")
    encoder.set(kind, 0, byte: 0xF1)
    encoder.set(kind, 0, byte: 0xF0, at: 1)
    try encoder.set(encoder.slot("CT-KIND-KENSU-KENSU"), 0, 1)
    for (name, value) in [("CT-KINGAKU-1", 59_000), ("CT-KINGAKU-3", 49_000), ("CT-KEY-HASH", 12_345)]
      as [(String, Int64)]
    {
      try encoder.set(encoder.slot(name), value)
    }
    let expected = Self.bytes(
      """
      F9F9E2D5E2D5C3C8D6E3C5C9000000001FF1F0000000001F4040000000000F4040000000000F4040000000000F
      4040000000000F4040000000000F000000000059000C000000000000000C000000000049000C000000000012345F
      """)
    #expect(Array(encoder.bytes) == expected)
  }
}
