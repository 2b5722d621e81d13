import Base
import Copybook
import Testing

/// The effect of each clause on offsets and lengths, and the refused entries.
@Suite struct ClauseTests {
  static func layout(_ lines: [String], _ dialect: String = "ibm") throws(Diagnostic) -> Layout {
    let text = lines.map { "       " + $0 }.joined(separator: "\n")
    return try CopybookParser.layout(of: text, file: "C.cpy", dialect: try Dialect(text: dialect))
  }

  struct Wrong: Sendable {
    let lines: [String]
    let line: Int
    let column: Int
    var code = DiagnosticCode.copybookSyntax
    let expected: String
  }

  @Test(arguments: [
    Wrong(
      lines: ["01 R.", "05 A PIC X.", "05 B PIC X.", "05 C REDEFINES A PIC X."], line: 4, column: 8,
      code: .copybookRedefines, expected: "C redefines A"),
    Wrong(
      lines: ["01 R.", "05 T OCCURS 1 TO 3 DEPENDING ON N PIC X.", "05 N PIC 9."], line: 2, column: 40,
      code: .copybookReference, expected: "an elementary item that stands before T"),
    Wrong(
      lines: ["01 R.", "05 N.", "10 M PIC 9.", "05 T OCCURS 3 DEPENDING ON N PIC X."], line: 4, column: 35,
      code: .copybookReference, expected: "“N” is not found"),
    Wrong(
      lines: ["01 R.", "05 N PIC 9 OCCURS 2.", "05 T PIC X OCCURS 1 TO 4 DEPENDING ON N."], line: 3, column: 46,
      code: .copybookReference, expected: "in no table (OCCURS) but those around T"),
    Wrong(
      lines: ["01 R.", "05 F.", "10 N PIC 9.", "05 G.", "10 N PIC 9.", "10 T OCCURS 3 DEPENDING ON N PIC X."], line: 6,
      column: 35, code: .nameAmbiguous, expected: "N OF F, N OF G"),
    Wrong(
      lines: ["01 R.", "05 F.", "10 N PIC 9.", "05 G.", "10 N PIC 9.", "66 A RENAMES N."], line: 6, column: 8,
      code: .nameAmbiguous, expected: "N OF F, N OF G"),
    Wrong(lines: ["01 R.", "05 T OCCURS 1 TO 3 PIC X."], line: 2, column: 27, expected: "DEPENDING ON"),
    Wrong(
      lines: ["01 R.", "05 T OCCURS 5 TO 3 DEPENDING ON N PIC X."], line: 2, column: 25, expected: "occurrences from 5"),
    Wrong(lines: ["01 R.", "05 T OCCURS UNBOUNDED PIC X."], line: 2, column: 20, expected: "a number of occurrences"),
    Wrong(lines: ["01 R.", "05 A PIC X(2) COMP-3."], line: 2, column: 8, expected: "a numeric picture"),
    Wrong(lines: ["01 R.", "05 A PIC 9(2) COMP-1."], line: 2, column: 8, expected: "no picture for this usage"),
    Wrong(lines: ["01 R.", "05 A COMP-3 BINARY PIC 9."], line: 2, column: 20, expected: "one usage"),
    Wrong(
      lines: ["01 R COMP-3.", "05 A PIC 9 USAGE COMP."], line: 2, column: 25,
      expected: "COMP-3, the usage of the group R"),
    Wrong(lines: ["01 R.", "05 A PIC X USAGE COMPX."], line: 2, column: 25, expected: "a usage (DISPLAY"),
    Wrong(lines: ["01 R.", "05 A PIC X COLOUR."], line: 2, column: 19, expected: "a clause"),
    Wrong(lines: ["01 R.", "05 A PIC X VALUE 'A."], line: 2, column: 25, expected: "a closing quote"),
    Wrong(lines: ["01 R.", "05 A PIC X BLANK WHEN ONE."], line: 2, column: 30, expected: "ZERO"),
    Wrong(lines: ["01 R.", "05 A PIC X", "05 B PIC X."], line: 3, column: 8, expected: "a full stop"),
    Wrong(lines: ["01 R.", "88 C VALUE."], line: 2, column: 18, expected: "a value"),
    Wrong(lines: ["88 C VALUE 1.", "01 R PIC X."], line: 1, column: 11, expected: "an item before level 88"),
    Wrong(
      lines: ["01 R.", "05 A PIC X.", "66 B RENAMES Z."], line: 3, column: 8, code: .copybookReference,
      expected: "an item of the record before level 66"),
    Wrong(
      lines: ["01 R.", "05 A PIC X.", "05 B PIC X.", "66 C RENAMES B THRU A."], line: 4, column: 8,
      code: .copybookReference, expected: "an item that does not stand before B"),
    Wrong(lines: ["05 A PIC X.", "01 R.", "05 B PIC X."], line: 1, column: 8, expected: "level 1, since R"),
    Wrong(lines: ["01 R.", "50 A PIC X."], line: 2, column: 8, expected: "a level number"),
    Wrong(
      lines: ["77 A PIC 9.", "05 B PIC 9."], line: 1, column: 8, expected: "no picture, since B of level 5 follows"),
    Wrong(
      lines: ["01 R.", "05 T OCCURS 2000000 PIC X(2000000)."], line: 2, column: 8, code: .copybookSize,
      expected: "beyond 2147483647 bytes"),
    Wrong(
      lines: ["01 R.", "05 A PIC 9(39)."], line: 2, column: 17, code: .copybookPicture, expected: "1 to 38 digits"),
    Wrong(lines: ["01 R.", "05 A PIC ZZ9Z."], line: 2, column: 20, code: .copybookPicture, expected: "no Z after 9"),
    Wrong(lines: ["01 R.", "05 A PIC 9PV9."], line: 2, column: 20, code: .copybookPicture, expected: "P at one end"),
    Wrong(
      lines: ["01 R.", "05 A PIC $9$."], line: 2, column: 19, code: .copybookPicture, expected: "one currency sign"),
    Wrong(lines: ["01 R.", "05 A PIC 1(4)."], line: 2, column: 17, code: .copybookPicture, expected: "one of X A 9"),
  ])
  func aWrongEntryIsRefusedWithItsPlace(wrong: Wrong) throws {
    let refusal = #expect(throws: Diagnostic.self) { try Self.layout(wrong.lines) }
    let diagnostic = try #require(refusal)
    let message = diagnostic.message(.english)
    #expect(message.contains(wrong.expected), "\(message)")
    #expect(diagnostic.code == wrong.code, "\(message)")
    #expect([diagnostic.place.line, diagnostic.place.column] == [wrong.line, wrong.column], "\(message)")
  }

  struct Right: Sendable {
    let lines: [String]
    var dialect = "ibm"
    /// Name, offset, length of one occurrence, occurrences.
    let items: String
  }

  @Test(arguments: [
    Right(
      lines: ["01 R.", "05 A PIC X(4).", "05 B REDEFINES A PIC X(6).", "05 C REDEFINES B PIC X.", "05 D PIC X."],
      items: "A 0 4 1, B 0 6 1, C 0 1 1, D 6 1 1"),
    Right(
      lines: ["01 R.", "05 A OCCURS 3 PIC X(2).", "05 B REDEFINES A.", "10 C PIC X(6)."],
      items: "A 0 2 3, B 0 6 1, C 0 6 1"),
    Right(
      lines: [
        "01 R.", "05 N PIC 9.", "05 T OCCURS 0 TO 5 TIMES DEPENDING ON N OF R", "ASCENDING KEY IS K INDEXED BY I, J.",
        "10 K PIC X(2).", "05 Z PIC X.",
      ], items: "N 0 1 1, T 1 2 5, K 1 2 1, Z 11 1 1"),
    Right(lines: ["01 R USAGE IS COMPUTATIONAL-3.", "05 A PIC S9(4).", "05 B PIC 9(5)."], items: "A 0 3 1, B 3 3 1"),
    Right(
      lines: [
        "01 R.", "05 A PIC 9(4) COMP-6.", "05 B PIC X(3) COMP-3U.", "05 C PIC 9(6) COMP-X.", "05 D PIC X(2) COMP-X.",
      ], items: "A 0 2 1, B 2 3 1, C 5 3 1, D 8 2 1"),
    Right(
      lines: [
        "01 R.", "05 A BINARY-CHAR UNSIGNED.", "05 B BINARY-SHORT.", "05 C USAGE BINARY-LONG SIGNED.",
        "05 D BINARY-DOUBLE.",
      ], items: "A 0 1 1, B 1 2 1, C 3 4 1, D 7 8 1"),
    Right(
      lines: ["01 R.", "05 A COMP-1.", "05 B FLOAT-LONG.", "05 C INDEX.", "05 D POINTER."],
      items: "A 0 4 1, B 4 8 1, C 12 4 1, D 16 4 1"),
    Right(
      lines: ["01 R.", "05 A PIC N(3).", "05 B PIC G(2) DISPLAY-1.", "05 C PIC 9(3) NATIONAL.", "05 D PIC NBN."],
      items: "A 0 6 1, B 6 4 1, C 10 6 1, D 16 6 1"),
    Right(
      lines: ["01 R SIGN LEADING SEPARATE CHARACTER.", "05 A PIC S9(3).", "05 B PIC 9(3).", "05 C PIC S9 TRAILING."],
      items: "A 0 4 1, B 4 3 1, C 7 1 1"),
    Right(
      lines: ["01 R.", "05 A PIC 9(2) COMP.", "05 B PIC 9(3) COMP.", "05 C PIC 9(10) COMP."], dialect: "gnucobol",
      items: "A 0 1 1, B 1 2 1, C 3 8 1"),
    Right(
      lines: ["01 R.", "05 A PIC 9(7) COMP.", "05 B PIC S9(7) COMP.", "05 C PIC S9(18) COMP-5."], dialect: "mf",
      items: "A 0 3 1, B 3 4 1, C 7 8 1"),
    // IBM Enterprise COBOL, Language Reference, “Slack bytes within records”, both examples.
    Right(
      lines: ["01 R.", "05 A PIC X(5).", "05 B PIC XX.", "05 C.", "10 D PIC S9(6) COMP SYNC."],
      items: "A 0 5 1, B 5 2 1, C 8 4 1, D 8 4 1"),
    Right(
      lines: [
        "01 R.", "05 A PIC X.", "05 T OCCURS 10 TIMES.", "10 B PIC X.", "10 C PIC S9(4)V99 COMP SYNC.",
        "10 D PIC S9(3) COMP SYNC.", "10 E PIC X(5).",
      ], items: "A 0 1 1, T 1 16 10, B 1 1 1, C 4 4 1, D 8 2 1, E 10 5 1"),
    // GnuCOBOL puts the slack into the group; its LENGTH OF is 5.
    Right(
      lines: ["01 R.", "05 A PIC X(7).", "05 C.", "10 D PIC S9(6) COMP SYNC."], dialect: "gnucobol",
      items: "A 0 7 1, C 7 5 1, D 8 4 1"),
    Right(
      lines: [
        "01 R SYNC.", "05 A PIC X.", "05 B PIC S9(18) COMP.", "05 C PIC X.", "05 D COMP-2.", "05 E PIC 9 COMP-3.",
      ], dialect: "ibm,sync=8", items: "A 0 1 1, B 8 8 1, C 16 1 1, D 24 8 1, E 32 1 1"),
    Right(
      lines: ["01 R.", "05 A PIC X.", "05 B PIC S9(18) COMP SYNC."], dialect: "ibm,sync=no", items: "A 0 1 1, B 1 8 1"),
  ])
  func clausesDecideOffsetsAndLengths(right: Right) throws {
    let layout = try Self.layout(right.lines, right.dialect)
    let items = layout.root.children.flatMap { [$0] + $0.children }
      .map { "\($0.name) \($0.offset) \($0.length) \($0.occurs)" }.joined(separator: ", ")
    #expect(items == right.items)
  }

  @Test func aTableKnowsWhatItDependsOn() throws {
    let layout = try Self.layout([
      "01 R.", "03 F.", "05 N PIC 9.", "03 G OCCURS 2.", "05 N PIC 9.",
      "05 T OCCURS 1 TO 3 DEPENDING ON N OF G PIC X.", "03 U OCCURS 4 DEPENDING ON N IN F OF R PIC X.",
    ])
    let tables = layout.items.filter { $0.dependingOn != nil }
    #expect(tables.map(\.occursMinimum) == [1, 1])
    #expect(tables.map { layout.depends(on: $0)?.offset } == [1, 0])
    #expect(layout.items.map(\.identity) == Array(layout.items.indices))
  }

  @Test func recordsDescribeTheSameAreaUnlessToldOtherwise() throws {
    let text = "       01 A.\n       05 X PIC X(4).\n       01 B.\n       05 Y PIC X(6).\n       77 C PIC X(2)."
    let layout = try CopybookParser.layout(of: text, file: "C.cpy")
    #expect(layout.records.map(\.name) == ["A", "B", "C"])
    #expect(layout.records.map(\.offset) == [0, 0, 0])
    #expect(layout.length == 6)
    #expect(layout.alternatives.map { $0.map(\.name) } == [["A", "B", "C"]])
    #expect(layout.slots(choosing: ["B"]).map(\.name) == ["Y"])
    let sequence = try CopybookParser.layout(of: text, file: "C.cpy", records: .sequence)
    #expect(sequence.records.map(\.offset) == [0, 4, 10])
    #expect(sequence.length == 12)
  }

  @Test func conditionsAndRenamesAreKept() throws {
    let layout = try Self.layout([
      "01 R.", "05 A PIC X VALUE ALL '*'.", "88 YES VALUES ARE 'Y', X'31' THRU '5' ZERO.", "05 B PIC 9(2).",
      "66 AB RENAMES A THRU B.", "66 C RENAMES B OF R.",
    ])
    #expect(layout.items[1].value?.written == "ALL '*'")
    #expect(layout.items[1].conditions.map(\.name) == ["YES"])
    #expect(layout.items[1].conditions[0].values.map(\.written) == ["'Y'", "X'31' THRU '5'", "ZERO"])
    #expect(layout.renames.map { "\($0.name) \($0.offset) \($0.length)" } == ["AB 0 3", "C 1 2"])
  }
}
