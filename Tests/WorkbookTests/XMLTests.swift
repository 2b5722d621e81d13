import Base
import Testing
import Workbook

/// The reader's events for documents: elements as `<name attribute=value>`, ends as `</>`, texts unchanged; namespaces
/// of elements and attributes as `{number}`, if any. For ill-formed documents, the line and the reason.
@Suite struct XMLTests {
  /// Records its events.
  struct Recorder: XMLReceiver {
    var events = ""

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
      func shown(_ namespace: Int, _ local: UnsafeBufferPointer<UInt8>) -> String {
        (namespace == XMLNamespaces.none ? "" : "{\(namespace)}") + String(decoding: local, as: UTF8.self)
      }
      events += "<" + shown(name.namespace, name.local)
      for attribute in attributes.list {
        events += " " + shown(attribute.namespace, attribute.local)
        events += "=" + String(decoding: attribute.value, as: UTF8.self)
      }
      events += ">"
    }

    mutating func end() { events += "</>" }
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { events += String(decoding: bytes, as: UTF8.self) }
  }

  /// The events of a document in chunks of `count` bytes, or the reason for its refusal.
  static func read(_ bytes: [UInt8], by count: Int = .max) -> String {
    var reader = XMLReader(Recorder())
    var offset = 0
    do throws(Diagnostic) {
      while true {
        let room = reader.room()
        let piece = bytes[offset...].prefix(min(count, room.count))
        for (index, byte) in piece.enumerated() { room[index] = byte }
        offset += piece.count
        try reader.take(piece.count, isLast: piece.isEmpty, file: Place(), part: "")
        if piece.isEmpty { return reader.receiver.events }
      }
    } catch {
      let words = error.message(.english)
      let start = words.firstRange(of: "line ")?.lowerBound ?? words.startIndex
      let end = words.firstRange(of: ". Open it in Excel")?.lowerBound ?? words.endIndex
      return String(words[start..<end])
    }
  }

  static let invalid = "not well-formed (invalid token)"
  static let bytes = "bytes that are no UTF-8, or a character that XML does not have"
  static let entity = "undefined entity, or a reference to a character that XML does not have"

  static let wellFormed: [(String, String)] = [
    ("<a/>", "<a></>"), ("<a></a>", "<a></>"), ("<a ></a\n>", "<a></>"), ("<a\n\tb = '1'  c=\"2\"/>", "<a b=1 c=2></>"),
    ("<?xml version='1.0'?><a/>", "<a></>"),
    ("<?xml version=\"1.1\" encoding='utf-8' standalone='no' ?>\n<a/>", "<a></>"),
    ("<?xml\tversion = '1.0'\r\nencoding='UTF-8'\r\n?><a/>", "<a></>"), ("\u{FEFF}<a/>", "<a></>"),
    ("\u{FEFF}<?xml version='1.0' encoding='US-ASCII'?><a/>", "<a></>"),
    (" \r\n<!-- - -> --><?x ? > y?><a/><!---->\t<?y?>", "<a></>"), ("<?xmlx y?><a/>", "<a></>"),
    ("<a>x<b>y</b>z</a>", "<a>x<b>y</>z</>"), ("<表 列='値'>字𠮷</表>", "<表 列=値>字𠮷</>"),
    ("<a-b._1:c xmlns:a-b._1='u'/>", "<{8}c {2}a-b._1=u></>"),
    // References, and text in CDATA that only looks like one.
    ("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#x1F600;&#0000000065;</a>", "<a><>&\"'AA😀A</>"),
    ("<a b='&lt;&#10;&#x9;&amp;amp;\"'/>", "<a b=<\n\t&amp;\"></>"), ("<a b=\">'&#13;&#10;\"/>", "<a b=>'\r\n></>"),
    ("<a><![CDATA[<b>&lt;]]]]><![CDATA[>]]></a>", "<a><b>&lt;]]></>"), ("<a>]]&gt; ]] ]</a>", "<a>]]> ]] ]</>"),
    ("<a>x<![CDATA[]]>y<!-- <b> -->z<?p <c>?>]</a>", "<a>xyz]</>"),
    // Line ends are \n in texts, and white space a space in attributes.
    ("<a>1\r\n2\r3\n4\r\r5\r</a>", "<a>1\n2\n3\n4\n\n5\n</>"), ("<a><![CDATA[1\r\n2\r]]></a>", "<a>1\n2\n</>"),
    ("<a b='1\r\n2\r3\n4\t5\r\r6'/>", "<a b=1 2 3 4 5  6></>"),
    // Namespaces.
    ("<a xmlns='u'><b/><c xmlns=''/><b/></a>", "<{8}a xmlns=u><{8}b></><c xmlns=></><{8}b></></>"),
    (
      "<p:a xmlns:p='u' p:b='1' b='2'><p:c xmlns:p='v'/><p:d/></p:a>",
      "<{8}a {2}p=u {8}b=1 b=2><{9}c {2}p=v></><{8}d></></>"
    ),
    ("<a xml:space='preserve'/>", "<a {1}space=preserve></>"),
    ("<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "<a {2}xml=http://www.w3.org/XML/1998/namespace></>"),
    (
      "<a xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>",
      "<{3}a xmlns=http://schemas.openxmlformats.org/spreadsheetml/2006/main></>"
    ),
    ("<a><b xmlns='u'/><b/></a>", "<a><{8}b xmlns=u></><b></></>"),
  ]

  static let illFormed: [(String, String)] = [
    ("", "line 1: no element found"), (" \n ", "line 2: no element found"), ("<!-- -->", "line 1: no element found"),
    ("<a>", "line 1: no element found"), ("<a>\n<b></b>\n", "line 3: no element found"),
    ("x<a/>", "line 1: text before its root"), ("<a/>\nx", "line 2: junk after document element"),
    ("<a/><b/>", "line 1: junk after document element"), ("<a/>&lt;", "line 1: junk after document element"),
    ("<a/><![CDATA[x]]>", "line 1: text outside its root"), ("<a></b>", "line 1: mismatched tag"),
    ("<a>\n\n<b></a>", "line 3: mismatched tag"), ("<a></aa>", "line 1: mismatched tag"),
    ("<aa></a>", "line 1: mismatched tag"), ("</a>", "line 1: mismatched tag"), ("<a/></a>", "line 1: mismatched tag"),
    ("<a", "line 1: unclosed token"), ("<a b='", "line 1: unclosed token"), ("<a></a", "line 1: unclosed token"),
    ("<a/", "line 1: unclosed token"), ("<", "line 1: unclosed token"), ("<a>&lt", "line 1: unclosed token"),
    ("<a/><!-- -", "line 1: unclosed token"), ("<a><![CDATA[x]]", "line 1: unclosed token"),
    ("<?xml version='1.0'", "line 1: unclosed token"), ("<a/><?x", "line 1: unclosed token"),
    ("< a/>", "line 1: \(invalid)"), ("<a / >", "line 1: \(invalid)"), ("<a></ a>", "line 1: \(invalid)"),
    ("<1a/>", "line 1: \(invalid)"), ("<-a/>", "line 1: \(invalid)"), ("<a b/>", "line 1: \(invalid)"),
    ("<a b=1/>", "line 1: \(invalid)"), ("<a b='1'c='2'/>", "line 1: \(invalid)"), ("<a b='<'/>", "line 1: \(invalid)"),
    ("<a></a b='1'>", "line 1: \(invalid)"), ("<a,b/>", "line 1: \(invalid)"), ("<:a/>", "line 1: \(invalid)"),
    ("<a:/>", "line 1: \(invalid)"), ("<a:b:c xmlns:a='u'/>", "line 1: \(invalid)"),
    ("<a><!x></a>", "line 1: \(invalid)"),
    ("<a><!-x></a>", "line 1: \(invalid)"), ("<!ELEMENT a>", "line 1: \(invalid)"),
    ("<a:1 xmlns:a='u'/>", "line 1: \(invalid)"),
    ("<a b='1' b='2'/>", "line 1: duplicate attribute"),
    ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "line 1: duplicate attribute"),
    ("<a>]]></a>", "line 1: “]]>” stands in a text"), ("<a><!-- -- --></a>", "line 1: “--” stands in a comment"),
    ("<a><!-- ---></a>", "line 1: “--” stands in a comment"), ("<a>\n&nbsp;</a>", "line 2: \(entity)"),
    ("<a>&#0;</a>", "line 1: \(entity)"), ("<a>&#xD800;</a>", "line 1: \(entity)"),
    ("<a>&#xFFFF;</a>", "line 1: \(entity)"),
    ("<a>&#x110000;</a>", "line 1: \(entity)"), ("<a>&#4294967361;</a>", "line 1: \(entity)"),
    ("<a>&;</a>", "line 1: \(entity)"),
    ("<a>&#;</a>", "line 1: \(entity)"), ("<a>&#x;</a>", "line 1: \(entity)"), ("<a>&#xG;</a>", "line 1: \(entity)"),
    ("<a>&#X41;</a>", "line 1: \(entity)"), ("<a>& lt;</a>", "line 1: a reference has no end"),
    ("<a>&lt</a>", "line 1: a reference has no end"), ("<a b='&'/>", "line 1: a reference has no end"),
    ("<a>&\(String(repeating: "x", count: 40));</a>", "line 1: a reference has no end"),
    ("<p:a/>", "line 1: unbound prefix"), ("<a p:b='1'/>", "line 1: unbound prefix"),
    ("<xmlns:a/>", "line 1: unbound prefix"), ("<a><b xmlns:p='u'/><p:b/></a>", "line 1: unbound prefix"),
    ("<a xmlns:p=''/>", "line 1: a prefix is taken back"),
    ("<a xmlns:xmlns='u'/>", "line 1: a reserved prefix or namespace is declared"),
    ("<a xmlns:xml='u'/>", "line 1: a reserved prefix or namespace is declared"),
    ("<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "line 1: a reserved prefix or namespace is declared"),
    ("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "line 1: a reserved prefix or namespace is declared"),
    ("<!DOCTYPE a><a/>", "line 1: it has a document type"),
    ("\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "line 2: it has a document type"),
    (" <?xml version='1.0'?><a/>", "line 1: an XML declaration stands not at the beginning"),
    ("<a/><?XML x?>", "line 1: an XML declaration stands not at the beginning"),
    ("<?xml encoding='UTF-8'?><a/>", "line 1: the XML declaration is none"),
    ("<?xml version='1.0\"?><a/>", "line 1: the XML declaration is none"),
    ("<?xml version='1.0' standalone='maybe'?><a/>", "line 1: the XML declaration is none"),
    ("<?xml version='1.0'encoding='UTF-8'?><a/>", "line 1: the XML declaration is none"),
    ("<?xml version='2.0'?><a/>", "line 1: the XML declaration is none"),
    ("<?xml version='1.0' encoding='UTF-16'?><a/>", "line 1: unknown encoding"),
    ("<a/><? x?>", "line 1: \(invalid)"), ("<a/><?x,?>", "line 1: \(invalid)"),
    ("<a>\u{0}</a>", "line 1: \(bytes)"), ("<a>\n\u{B}</a>", "line 2: \(bytes)"),
    ("<a b='\u{1F}'/>", "line 1: \(bytes)"),
    ("<a>\u{FFFE}</a>", "line 1: \(bytes)"), ("<!-- \u{FFFF} --><a/>", "line 1: \(bytes)"),
    ("<a \(String(repeating: "b", count: 1001))=''/>", "line 1: a name has more than 1000 bytes"),
    ("<a \((0...256).map { "b\($0)=''" }.joined(separator: " "))/>", "line 1: an element has too many attributes"),
    (String(repeating: "<a>", count: 101), "line 1: it has more than 100 elements in each other"),
  ]

  @Test(arguments: wellFormed + illFormed) func documents(_ document: String, _ outcome: String) {
    let bytes = Array(document.utf8)
    #expect(Self.read(bytes) == outcome, "\(document)")
    for count in [1, 2, 3, 7] { #expect(Self.read(bytes, by: count) == outcome, "\(document), by \(count)") }
  }

  /// Two chunks, divided at each byte.
  @Test(arguments: wellFormed + illFormed) func whereItIsDividedMeansNothing(_ document: String, _ outcome: String) {
    let bytes = Array(document.utf8)
    for count in bytes.indices.dropFirst() { #expect(Self.read(bytes, by: count) == outcome, "by \(count)") }
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE3, 0x81], [0xE3, 0x81, 0x41],
      [0xF0, 0x9F, 0x98, 0x41],
      [0xC3, 0x41],
    ] as [[UInt8]])
  func bytesThatAreNoTextAreRefused(_ wrong: [UInt8]) {
    for (head, tail) in [("<a>\n", "</a>"), ("<a b='\n", "'/>"), ("\n<!--", "--><a/>"), ("<a>\n", "")] {
      let document = Array(head.utf8) + wrong + Array(tail.utf8)
      for count in [1, 2, 5, .max] {
        #expect(Self.read(document, by: count) == "line 2: \(Self.bytes)", "\(head)\(wrong)")
      }
    }
  }

  @Test func everyCharacterOfXMLIsTakenAndNoOther() {
    for value in UInt32(0)...0x10FFFF where value < 0x3000 || value % 251 == 0 || value & 0xFFFF >= 0xFFF0 {
      guard let scalar = Unicode.Scalar(value), ![0x26, 0x3C, 0x0D].contains(value) else { continue }
      let isAllowed = value == 9 || value == 10 || value >= 0x20 && value != 0xFFFE && value != 0xFFFF
      let events = Self.read(Array("<a>\(Character(scalar))</a>".utf8))
      #expect((events == "<a>\(Character(scalar))</>") == isAllowed, "\(value)")
    }
  }

  @Test func largeTagsAndTextsPass() {
    let text = String(repeating: "長い&amp;文\r\n", count: 30_000)
    let shown = String(repeating: "長い&文\n", count: 30_000)
    #expect(Self.read(Array("<a>\(text)</a>".utf8)) == "<a>\(shown)</>")
    #expect(Self.read(Array("<a b='\(text)'/>".utf8), by: 50_000) == "<a b=\(shown.replacing("\n", with: " "))></>")
    let tooLarge = "<a b='" + String(repeating: "x", count: 2 << 20) + "'/>"
    #expect(Self.read(Array(tooLarge.utf8), by: 1 << 16) == "line 1: a tag has more than 1048576 bytes")
  }
}
