import Testing

import Charset

@Suite("Gaiji")
struct GaijiTests {
  static let table = """
    code,unicode,class,remark
    80A1,U+9089,一致,渡邉
    80A2,U+8FBB U+E0102,字形差,"辻, with two dots"
    80A3,U+8FBA,縮退,
    80A4,,未同定,
    80A5,2A700,same,beyond the BMP
    71F7,U+3042,differs,a code without Unicode
    C4D4,U+8FBB U+E0101,一致,the city's own glyph
    """

  let jef: CharacterSet

  init() throws { jef = CharacterSet.named("fujitsu-jef")!.with(gaiji: try GaijiTable(csv: Self.table)) }

  static let decoding: [(String, TextFault?, [UInt32], TextNotes)] = [
    ("80A6", .gaijiUnmapped, [], TextNotes()),
    ("80A4", .gaijiUnidentified, [], TextNotes()),
    ("80A3", nil, [0x8FBA], notes(reductions: 1)),
    ("80A2", nil, [0x8FBB, 0xE0102], notes(differences: 1)),
    ("80A1", nil, [0x9089], notes(matches: 1)),
    ("80A5", nil, [0x2A700], notes(matches: 1)),
    ("71F7", nil, [0x3042], notes(differences: 1)),
    ("C4D4", nil, [0x8FBB, 0xE0101], notes(matches: 1)),
    ("A4A2", nil, [0x3042], TextNotes()),
  ]

  static func notes(matches: UInt16 = 0, differences: UInt16 = 0, reductions: UInt16 = 0) -> TextNotes {
    var notes = TextNotes()
    notes.gaijiMatches = matches
    notes.glyphDifferences = differences
    notes.reductions = reductions
    return notes
  }

  @Test(arguments: decoding)
  func decode(code: String, fault: TextFault?, scalars: [UInt32], notes: TextNotes) {
    for (set, form, source) in [(jef, TextForm.double, code), (jef, .mixed, "28" + code + "29")] {
      let (text, outcome) = decoded(set, form, bytes(source))
      #expect(outcome.fault == fault)
      #expect(text.unicodeScalars.map(\.value) == scalars)
      #expect(outcome.notes == notes)
    }
  }

  @Test(arguments: [
    ("邉", "EEB5"),  // a standard code exists: the standard comes first
    ("辺", "CAD5"),  // 縮退 never goes back
    ("\u{2A700}", "80A5"),
    ("あ", "A4A2"),
    ("辻\u{E0101}", "C4D4"),
    ("辻\u{E0102}", "67A5"),
  ])
  func encode(text: String, code: String) {
    let (bytes, fault) = jef.encode(.double, text)
    #expect(fault == nil)
    #expect(hex(bytes) == code)
  }

  @Test func theSetWithoutTheTableIsUntouched() {
    #expect(CharacterSet.named("fujitsu-jef")!.decode(.double, bytes: bytes("80A1")).1 == .gaijiUnmapped)
  }

  /// Every user-defined code of a set, in the order of the private-use characters.
  @Test(arguments: [
    ("fujitsu-jef", 3102, "80A1", "A0FE"), ("hitachi-keis83", 3008, "81A1", "A0FE"),
    ("nec-jips-j", 3948, "7421", "FEFE"), ("ibm-930", 4370, "6941", "7FFE"), ("ibm-1390", 6205, "6941", "89BD"),
    ("windows-31j", 1880, "F040", "F9FC"),
  ])
  func privateUse(name: String, count: Int, first: String, last: String) {
    let plain = CharacterSet.named(name)!
    let set = plain.keepingPrivateUse
    var codes: [String] = []
    for value in UInt32(0xE000)...0xF8FF {
      let text = String(Unicode.Scalar(value)!)
      let (bytes, fault) = set.encode(plain.scheme == .windows31J ? .mixed : .double, text)
      guard fault == nil else { continue }
      codes.append(hex(bytes))
      #expect(set.decode(.double, bytes: bytes).0 == text)
      #expect(plain.decode(.double, bytes: bytes).1 == .gaijiUnmapped)
    }
    #expect(codes.count == count)
    #expect(codes.first == first && codes.last == last)
    #expect(codes == codes.sorted())
  }

  static let broken: [(String, [GaijiTable.Problem])] = [
    ("", [.missingColumn("code"), .missingColumn("unicode"), .missingColumn("class")]),
    ("code,unicode\n80A1,3042", [.missingColumn("class")]),
    ("code,unicode,class\nXYZ,3042,一致", [.badCode(line: 2)]),
    ("code,unicode,class\n80A1,D800,一致", [.badUnicode(line: 2)]),
    ("code,unicode,class\n80A1,,一致", [.badUnicode(line: 2)]),
    ("code,unicode,class\n80A1,3042,未同定", [.badUnicode(line: 2)]),
    ("code,unicode,class\n80A1,3042,同じ", [.badClass(line: 2)]),
    ("code,unicode,class\n80A1,3042,一致\n80a1,3044,一致", [.codeTwice(line: 3)]),
    ("code,unicode,class\n80A1,3042,\"一致", [.unclosedQuote(line: 2)]),
    ("code,unicode,class\n1,3042,一致\n80A1,,\n", [.badCode(line: 2), .badClass(line: 3)]),
  ]

  @Test(arguments: broken)
  func brokenTables(csv: String, problems: [GaijiTable.Problem]) {
    do {
      _ = try GaijiTable(csv: csv)
      Issue.record("accepted")
    } catch {
      for problem in problems { #expect(error.all.contains(problem)) }
    }
  }

  @Test func orderOfColumnsMarksAndLineEndsDoNotMatter() throws {
    let table = try GaijiTable(csv: "\u{FEFF}class, Unicode ,CODE\r\n\"一致\",u+3042,80a1\r\n\r\n")
    let entry = try #require(table.entries.first)
    #expect(table.entries.count == 1 && entry.code == 0x80A1 && entry.scalar == 0x3042 && entry.second == 0)
    #expect(entry.standing == .same && entry.replaces == 0 && entry.line == 2)
  }
}
