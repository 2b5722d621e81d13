import Testing

import Charset

@Suite("Fujitsu JEF")
struct FujitsuTests {
  let jef = CharacterSet.named("fujitsu-jef")!

  /// Each row fixes one fault of the row above.
  static let rows: [(TextForm, String, TextFault?, Int, String)] = [
    (.double, "28 A4 A2 29", .strayShift, 0, ""),
    (.double, "A4 A2 29 A4", .strayShift, 2, "あ"),
    (.double, "A4 A2 00 00", .undefinedCode, 2, "あ"),
    (.double, "A4 A2 80 A1", .gaijiUnmapped, 2, "あ"),
    (.double, "A4 A2 71 F7", .noUnicode, 2, "あ"),
    (.double, "A4 A2 A4", .oddLength, 2, "あ"),
    (.double, "A4 A2 A4 A4", nil, 0, "あい"),
    (.single, "C1 28 A4", .strayShift, 1, "A"),
    (.single, "C1 29", .strayShift, 1, "A"),
    (.single, "C1 E1", .undefinedCode, 1, "A"),
    (.single, "C1 C2", nil, 0, "AB"),
    (.mixed, "29 C1", .strayShift, 0, ""),
    (.mixed, "C1 28 28 A4 A2 29", .strayShift, 2, "A"),
    (.mixed, "C1 28 A4 29 C1", .oddLength, 2, "A"),
    (.mixed, "C1 28 A4 A2 A4", .oddLength, 4, "Aあ"),
    (.mixed, "C1 28 A4 A2 29 29", .strayShift, 5, "Aあ"),
    (.mixed, "C1 28 A4 A2", nil, 0, "Aあ"),
    (.mixed, "C1 28 A4 A2 29", nil, 0, "Aあ"),
    (.mixed, "C1 38 A4 A2 29 30 E2 A4 A4 29 C2", nil, 0, "AあいB"),
    (.mixed, "C1 28 29 C2", nil, 0, "AB"),
  ]

  @Test(arguments: rows)
  func faults(form: TextForm, hex: String, fault: TextFault?, offset: Int, text: String) {
    let outcome = decoded(jef, form, bytes(hex))
    #expect(outcome.outcome.fault == fault)
    #expect(outcome.outcome.faultOffset == offset)
    #expect(outcome.text == text)
  }

  @Test func openShiftIsNotedOnlyWhenOpen() {
    #expect(decoded(jef, .mixed, bytes("28 A4 A2")).outcome.notes.openShift)
    #expect(!decoded(jef, .mixed, bytes("28 A4 A2 29")).outcome.notes.openShift)
  }

  /// The sample record of a resident: name, building and reading.
  @Test(arguments: [
    (TextForm.double, "6E A4 4B D0 40 40 B2 D6 BB D2 40 40", "髙﨑　花子　"),
    (.mixed, "28 A5 B3 A1 BC A5 DD BA F9 29 C1 60 F1 F0 F1 40 40", "コーポ桜A-101  "),
    (.single, "91 86 8C 87 40 9D 96 8A 40 40", "ﾀｶｻｷ ﾊﾅｺ  "),
    (.double, "BA F9 A5 F6 C0 A5 BB D4 CB DC C4 AE", "桜ヶ瀬市本町"),
    (.single, "F2 60 F3 F5 60 F1 40", "2-35-1 "),
    (.double, "6E A4 4B D0 45 FB 57 B8", "髙﨑𠮷濵"),
    (.double, "C4 D4", "辻"),
  ])
  func samples(form: TextForm, hex: String, text: String) {
    #expect(decoded(jef, form, bytes(hex)).text == text)
    let (encoded, fault) = jef.encode(form, text)
    #expect(fault == nil)
    #expect(encoded == bytes(hex))
  }

  @Test func readsTwoCodesOfOneCharacterAndWritesTheStandardOne() {
    let twice = bytes("C4 D4 67 A5")
    let answer = decoded(jef, .double, twice)
    #expect(answer.text == "辻辻")
    #expect(answer.outcome.notes.reductions == 1)
    #expect(jef.encode(.double, "辻").0 == [0xC4, 0xD4])
  }

  @Test func variationsKeepTheGlyphsApart() {
    let text = "辻\u{E0103}辻\u{E0102}"
    let answer = decoded(jef.keepingVariations, .double, bytes("C4 D4 67 A5"))
    #expect(Array(answer.text.unicodeScalars) == Array(text.unicodeScalars))
    #expect(answer.outcome.notes.isEmpty)
    #expect(jef.encode(.double, text).0 == bytes("C4 D4 67 A5"))
    #expect(jef.encode(.double, "辻\u{E01EF}").1 == .noCode)
  }

  @Test func secondSpaceIsAcceptedAndCounted() {
    let answer = decoded(jef, .double, bytes("40 40 A1 A1"))
    #expect(answer.text == "　　")
    #expect(answer.outcome.notes.alternateSpaces == 1)
    #expect(jef.encode(.double, "　").0 == [0x40, 0x40])
  }

  /// The characters whose cells JIS exchanged in 1983: read by the rule of EUC-JP, 藪さん becomes 薮さん.
  static let swaps =
    """
    B0B3鰺F2CD鯵 B2A9鶯F2F4鴬 B3C2蠣E9DA蛎 B3C9攪D9F8撹 B3F6竈E3DE竃 B4C3灌DEF5潅 B4D2諫EBDD諌 B7DB頸F0F4頚 \
    B9DC礦E2E8砿 BCC9蘂E9A2蕊 BFD9靱F0D7靭 C1A8賤ECCD賎 C4DB壺D4E4壷 C5D7礪E2EA砺 C5EE檮DBED梼 C5F3濤DEB9涛 \
    C6F6邇EDEE迩 C7E8蠅EAA4蝿 C9B0檜DBD8桧 CBF9儘D0D6侭 CCF9藪E9AE薮 CFB6籠E4C6篭
    """

  @Test(arguments: swaps.split(separator: " "))
  func swappedPairs(row: Substring) {
    let parts = Array(row)
    let euc = CharacterSet.named("euc-jp")!
    for (code, own, other) in [(parts[0..<4], parts[4], parts[9]), (parts[5..<9], parts[9], parts[4])] {
      let code = bytes(String(code))
      #expect(decoded(jef, .double, code).text == String(own))
      #expect(decoded(euc, .double, code).text == String(other))
      #expect(jef.encode(.double, String(own)).0 == code)
    }
  }

  @Test func allTwentyTwo() { #expect(Self.swaps.split(separator: " ").count == 22) }

  @Test(
    arguments: zip(
      ["fujitsu-jef", "fujitsu-jef-ebcdik", "fujitsu-jef-ebcdic", "fujitsu-jef-ascii"],
      ["ｱあ\\£", "ｱあ\\£", "aあ\\£", "aあ$["]))
  func singleBytesAreASetting(name: String, text: String) {
    let set = CharacterSet.named(name)!
    #expect(decoded(set, .mixed, bytes("81 28 A4 A2 29 5B 4A")).text == text)
  }
}
