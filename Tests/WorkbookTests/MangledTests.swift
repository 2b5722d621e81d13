import Base
import Testing
import Workbook

/// Parts changed at random, in intact zip files: read or refused, without any other outcome.
@Suite struct MangledTests {
  /// Numbers that are the same in every run (SplitMix64).
  struct Draw: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let row = """
    <row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'><f>1</f><v>1.5E3</v></c><c t='inlineStr'><is><r><t>a_x0041_</t></r></is></c>\
    <c t='str'><v>x</v></c><c t='d'><v>2026-04-01</v></c><c t='b'><v>1</v></c></row><row r='9'><c r='A9'><v>3</v></c></row>
    """

  static var parts: [WritableKeyPath<HandMade, String>] {
    [\.sheet, \.strings, \.workbook, \.workbookTargets, \.targets]
  }

  @Test(arguments: parts.indices) func aMangledPartIsReadOrRefused(_ index: Int) throws {
    let part = Self.parts[index]
    var whole = HandMade(data: Self.row)
    whole.strings = "<sst xmlns='\(HandMade.main)'><si><t>一</t><rPh sb='0' eb='1'><t>イチ</t></rPh></si></sst>"
    #expect(try read(whole.bytes).count == 7)
    var draw = Draw(state: 1)
    let pieces = [
      "<", ">", "/>", "'", "<c>", "</c>", "<v>", "</row>", "<row>", "</is>", "<t>", "&#0;", "&a;", "\0", "9", "-", "é",
    ]
    for _ in 0..<800 {
      var text = Array(whole[keyPath: part].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &draw) {
        let start = Int.random(in: 0..<text.count, using: &draw)
        let end = min(text.count, start + Int.random(in: 0...6, using: &draw))
        text.replaceSubrange(start..<end, with: Array(pieces.randomElement(using: &draw)!.utf8))
      }
      var mangled = whole
      mangled[keyPath: part] = String(decoding: text, as: UTF8.self)
      do { _ = try read(mangled.bytes) } catch is Diagnostic {}
    }
  }
}
