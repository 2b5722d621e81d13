import Base
import Framing
import Testing

@Suite struct FormatTests {
  /// Refused formats, and the names in the message.
  @Test(arguments: [
    ("", "F, FB, V, VB, VS, VBS, text"),
    ("U", "F, FB, V, VB, VS, VBS, text"),
    ("F,rdw=big", "length, start, end, minimum"),
    ("F,length", "length=N, N ≥ 1"),
    ("F,length=0", "length=N, N ≥ 1"),
    ("F,length=80,length=90", "length ×1"),
    ("F,", "length, start, end, minimum"),
    ("FB,block=10,bdw", "block | bdw"),
    ("FB,bdw-add=1", "bdw"),
    ("V,rdw=middle", "rdw=big, rdw=little"),
    ("V,rdw-counts-itself=maybe", "rdw-counts-itself=yes, rdw-counts-itself=no"),
    ("V,start=-1", "start=N, N ≥ 0"),
    ("V,add=1", "field=…,add"),
    ("V,validity", "header=…,validity"),
    ("V,header=4,length-at=3,length-size=2", "length-size=1…4, length-at + length-size ≤ 4"),
    ("V,header=4,little=yes", "little"),
    ("V,field=0:2", "field=OFFSET:SIZE:binary|binary-little|packed|zoned-ebcdic|zoned-ascii"),
    ("V,field=0:9:binary", "field=OFFSET:SIZE:binary|binary-little|packed|zoned-ebcdic|zoned-ascii"),
    ("V,field=0:2:binary,rdw=big", "header | field | map | rdw"),
    ("V,map=0:1", "map=OFFSET:SIZE:VALUE=LENGTH/…"),
    ("V,map=0:1:A", "VALUE=LENGTH"),
    ("V,map=0:1:AB=4", "VALUE: 1 bytes, as text or X'…'"),
    ("V,map=0:1:X'C'=4", "VALUE: 1 bytes, as text or X'…'"),
    ("text,empty=drop", "empty=skip, empty=keep"),
  ])
  func refused(text: String, allowed: String) {
    let found = #expect(throws: Diagnostic.self) { try RecordFormat(text) }
    #expect(found?.code == .frameFormat)
    #expect(found?.facts.last == allowed, "\(text)")
  }

  @Test func theMessageSaysWhatIsAllowed() {
    let found = #expect(throws: Diagnostic.self) { try RecordFormat("V,rdw=middle") }
    #expect(
      found?.message(.english)
        == "the record format cannot have “rdw=middle”; allowed: rdw=big, rdw=little. Correct --record-format or the definition. [frame.format]"
    )
  }

  @Test func formsComeWithWhatIsStandard() throws {
    #expect(try RecordFormat("vb").blocks == .header(.bdw()))
    #expect(try RecordFormat("V").header == .rdw())
    #expect(try RecordFormat("VBS").header == .rdw(spanned: true))
    #expect(try RecordFormat("F").blocks == .none)
    #expect(try RecordFormat("F,length=80").length == 80)
    #expect(try RecordFormat("FB,bdw=little").blocks == .header(.bdw(littleEndian: true)))
    #expect(try RecordFormat("FB,block=400").blocks == .size(400))
  }

  @Test func settingsReachTheHeaders() throws {
    let format = try RecordFormat("VB,rdw=little,rdw-counts-itself=no,rdw-add=-1,bdw-add=1,start=10,end=12,minimum=3")
    #expect(format.header.isLittleEndian && !format.header.countsItself && format.header.adjustment == -1)
    guard case .header(let bdw) = format.blocks else { throw Diagnostic(.frameFormat) }
    #expect(!bdw.isLittleEndian && bdw.countsItself && bdw.adjustment == 1)
    #expect([format.start, format.end, format.minimum] == [10, 12, 3])
  }

  @Test func valuesOfAMapAreEncoded() throws {
    let format = try RecordFormat("V,map=2:1:A=4/X'C3'=8/*=9") { text in text == "A" ? [0xC1] : nil }
    guard case .kinds(2, 1, let lengths, let others) = format.rule else { throw Diagnostic(.frameFormat) }
    #expect(lengths == [[0xC1]: 4, [0xC3]: 8] && others == 9)
  }

  @Test func theGuideNamesEverySetting() throws {
    for word in [
      "F", "FB", "V", "VB", "VS", "VBS", "text", "length=", "block=", "bdw", "rdw=", "rdw-counts-itself=",
      "bdw-counts-itself=", "rdw-add=", "bdw-add=", "header=", "length-at=", "length-size=", "little", "validity",
      "field=", "add=", "map=", "start=", "end=", "minimum=", "empty=",
    ] {
      #expect(RecordFormat.guide.contains { $0.text.contains(word) }, "\(word)")
    }
  }
}
