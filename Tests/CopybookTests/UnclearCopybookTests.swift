import Base
import Copybook
import Testing

/// Text that a parser could read past: a lost full stop, a doubled or misplaced clause, text behind column 72. Each is
/// refused at its place. `cobc` of GnuCOBOL refuses the same (`-std=default`), except for a choice between lines, which
/// it executes, text behind column 72, which it drops, and SIGN on an edited number (the standard allows it only with
/// S).
@Suite struct UnclearCopybookTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let lines: [String]
    let line: Int
    let column: Int
    let found: String
    var expected = ""
    var code = DiagnosticCode.copybookSyntax
    var testDescription: String { what }
  }

  static let lostStops = [
    Case(
      what: "an option that changes sizes", lines: ["CBL XREF,LP(64)", "01 R.", "05 A POINTER."], line: 1, column: 12,
      found: "XREF,LP(64)", expected: "leave the sizes"),
    Case(
      what: "a directive that changes sizes", lines: ["$SET IBMCOMP", "01 R.", "05 A PIC 9(5) COMP SYNC."], line: 1,
      column: 8, found: "$SET", expected: "leave sizes and places"),
    Case(
      what: "values, then an entry", lines: ["01 R.", "05 A PIC X(2).", "88 C VALUE '01' '02'", "05 B PIC 9."], line: 4,
      column: 8, found: "05", expected: "a value or a full stop"),
    Case(
      what: "THRU, then an entry", lines: ["01 R.", "05 A PIC X(2).", "88 C VALUE 1 THRU", "05 B PIC 9."], line: 4,
      column: 8, found: "05", expected: "a value"),
    Case(
      what: "FALSE, then an entry", lines: ["01 R.", "05 A PIC X.", "88 C VALUE 1 FALSE IS", "05 B PIC 9."], line: 4,
      column: 8, found: "05", expected: "a value"),
    Case(
      what: "an entry on the line of values", lines: ["01 R.", "05 A PIC X.", "88 C VALUE 1 05 B PIC 9."], line: 3,
      column: 24, found: "B", expected: "a value or a full stop"),
    Case(
      what: "a value that is a name", lines: ["01 R.", "05 A PIC X VALUE UNKNOWN."], line: 2, column: 25,
      found: "UNKNOWN", expected: "a value"),
    Case(
      what: "INDEXED BY, then an entry", lines: ["01 R.", "05 T PIC X OCCURS 3 INDEXED BY IX", "05 B PIC 9."], line: 3,
      column: 8, found: "05", expected: "a full stop"),
    Case(
      what: "INDEXED BY without a name", lines: ["01 R.", "05 T PIC X OCCURS 3 INDEXED BY", "05 B PIC 9."], line: 3,
      column: 8, found: "05", expected: "a name"),
    Case(
      what: "KEY, then an entry", lines: ["01 R.", "05 T PIC X OCCURS 3 ASCENDING KEY IS T", "05 B PIC 9."], line: 3,
      column: 8, found: "05", expected: "a full stop"),
    Case(
      what: "OCCURS, then an entry", lines: ["01 R.", "05 T PIC X OCCURS", "05 B PIC 9."], line: 3, column: 8,
      found: "05", expected: "a number of occurrences"),
    Case(
      what: "DEPENDING ON, then an entry",
      lines: ["01 R.", "05 N PIC 9.", "05 T PIC X OCCURS 1 TO 3 DEPENDING ON", "05 B PIC 9."], line: 4, column: 8,
      found: "05", expected: "a data-name"),
    Case(
      what: "REDEFINES, then a clause", lines: ["01 R.", "05 A PIC X.", "05 B REDEFINES PIC X."], line: 3, column: 23,
      found: "PIC", expected: "a data-name"),
    Case(
      what: "PIC, then an entry", lines: ["01 R.", "05 A PIC", "10 B PIC 9."], line: 3, column: 8, found: "10",
      expected: "a picture"),
    Case(
      what: "a level as name", lines: ["01 R.", "05 05 A PIC X."], line: 2, column: 11, found: "05",
      expected: "a data-name"),
    Case(what: "a level, then an entry", lines: ["01 R.", "05", "10 B PIC 9."], line: 3, column: 8, found: "10"),
    Case(
      what: "FD, then an entry", lines: ["FD F RECORDING MODE F", "01 R PIC X(9).", "01 S PIC X."], line: 2, column: 8,
      found: "01", expected: "a full stop"),
    Case(
      what: "RENAMES, then an entry", lines: ["01 R.", "05 A PIC X.", "66 B RENAMES A THRU", "01 S PIC X."], line: 4,
      column: 8, found: "01", expected: "a data-name"),
    Case(
      what: "an item named SECTION", lines: ["01 R.", "05 A PIC X.", "05 SECTION PIC X."], line: 3, column: 11,
      found: "SECTION", expected: "a data-name"),
    Case(
      what: "a header with more behind it", lines: ["WORKING-STORAGE SECTION", "01 R PIC X.", "01 S PIC X."], line: 2,
      column: 8, found: "01", expected: "a full stop"),
    Case(
      what: "EXEC without END-EXEC", lines: ["01 R.", "05 A PIC X.", "EXEC SQL DECLARE T", "05 B PIC 9."], line: 4,
      column: 8, found: "05", expected: "END-EXEC"),
    Case(
      what: "EXEC up to the END-EXEC of another",
      lines: ["01 R.", "05 A PIC X.", "EXEC SQL X", "EXEC SQL Y END-EXEC.", "05 B PIC 9."], line: 4, column: 8,
      found: "EXEC", expected: "END-EXEC"),
    Case(
      what: "EXEC SQL INCLUDE without END-EXEC", lines: ["01 R.", "EXEC SQL INCLUDE M", "05 B PIC 9."], line: 3,
      column: 8, found: "05", expected: "END-EXEC"),
    Case(
      what: "COPY without a full stop", lines: ["01 R.", "COPY M", "05 B PIC 9."], line: 3, column: 8, found: "05",
      expected: "a full stop"),
    Case(
      what: "REPLACE without a full stop", lines: ["REPLACE ==X== BY ==Y==", "01 R.", "05 B PIC 9."], line: 2,
      column: 8,
      found: "01", expected: "text to be replaced"),
    Case(
      what: "pseudo-text without an end", lines: ["REPLACE ==X== BY ==Y.", "01 R PIC X."], line: 2, column: 18,
      found: "end",
      expected: "=="),
  ]

  static let doubled = [
    Case(
      what: "PIC twice", lines: ["01 R.", "05 A PIC X PICTURE 9."], line: 2, column: 19, found: "PICTURE",
      expected: "one PIC"),
    Case(
      what: "OCCURS twice", lines: ["01 R.", "05 A PIC X OCCURS 3 OCCURS 5."], line: 2, column: 28, found: "OCCURS"),
    Case(
      what: "VALUE twice", lines: ["01 R.", "05 A PIC X VALUE 'A' VALUE 'B'."], line: 2, column: 29, found: "VALUE"),
    Case(
      what: "REDEFINES twice", lines: ["01 R.", "05 A PIC X.", "05 B REDEFINES A REDEFINES A PIC X."], line: 3,
      column: 25,
      found: "REDEFINES"),
    Case(
      what: "SIGN twice", lines: ["01 R.", "05 A PIC S9 SIGN LEADING TRAILING."], line: 2, column: 33,
      found: "TRAILING",
      expected: "one SIGN clause"),
    Case(what: "SYNC twice", lines: ["01 R.", "05 A PIC 9 COMP SYNC SYNC."], line: 2, column: 29, found: "SYNC"),
    Case(
      what: "JUST twice", lines: ["01 R.", "05 A PIC X JUST JUSTIFIED RIGHT."], line: 2, column: 24, found: "JUSTIFIED"),
    Case(
      what: "BLANK twice", lines: ["01 R.", "05 A PIC 9 BLANK ZERO BLANK ZERO."], line: 2, column: 30, found: "BLANK"),
    Case(what: "USAGE twice", lines: ["01 R.", "05 A PIC 9 COMP COMP."], line: 2, column: 24, found: "COMP"),
    Case(
      what: "DEPENDING ON twice",
      lines: ["01 R.", "05 N PIC 9.", "05 T PIC X OCCURS 1 TO 3 DEPENDING ON N DEPENDING ON N."], line: 3, column: 48,
      found: "DEPENDING"),
    Case(
      what: "INDEXED BY twice", lines: ["01 R.", "05 T PIC X OCCURS 3 INDEXED BY I INDEXED BY J."], line: 2, column: 41,
      found: "INDEXED"),
    Case(
      what: "TIMES twice", lines: ["01 R.", "05 T PIC X OCCURS 3 TIMES TIMES."], line: 2, column: 34, found: "TIMES"),
    Case(
      what: "IS twice", lines: ["01 R.", "05 A PIC IS IS X."], line: 2, column: 20, found: "IS", expected: "one of X",
      code: .copybookPicture),
    Case(
      what: "a constant twice", lines: ["78 L VALUE 1.", "78 L VALUE 2.", "01 R PIC X."], line: 2, column: 11,
      found: "L"),
  ]

  static let misplaced = [
    Case(
      what: "SIGN on COMP-3", lines: ["01 R.", "05 A PIC S9(9) COMP-3 SIGN LEADING SEPARATE."], line: 2, column: 30,
      found: "COMP-3 SIGN", expected: "SIGN only with S9"),
    Case(
      what: "SIGN on X", lines: ["01 R.", "05 A PIC X(5) SIGN TRAILING SEPARATE."], line: 2, column: 22, found: "SIGN"),
    Case(
      what: "SIGN on COMP", lines: ["01 R.", "05 A PIC S9(5) COMP SIGN TRAILING."], line: 2, column: 28, found: "SIGN"),
    Case(
      what: "SIGN on 9", lines: ["01 R.", "05 A PIC 9(5) SIGN LEADING SEPARATE."], line: 2, column: 22, found: "SIGN"),
    Case(
      what: "SIGN on an edited number", lines: ["01 R.", "05 A PIC -(5)9 TRAILING."], line: 2, column: 23, found: "SIGN"
    ),
    Case(
      what: "SIGN on BINARY-LONG", lines: ["01 R.", "05 A BINARY-LONG SIGN LEADING."], line: 2, column: 25,
      found: "SIGN"),
    Case(what: "SIGN on COMP-1", lines: ["01 R.", "05 A COMP-1 SIGN LEADING."], line: 2, column: 20, found: "SIGN"),
    Case(
      what: "BLANK WHEN ZERO on X", lines: ["01 R.", "05 A PIC X(5) BLANK WHEN ZERO."], line: 2, column: 22,
      found: "BLANK WHEN ZERO"),
    Case(
      what: "BLANK WHEN ZERO on S9", lines: ["01 R.", "05 A PIC S9 BLANK ZERO."], line: 2, column: 20, found: "BLANK"),
    Case(
      what: "BLANK WHEN ZERO on *", lines: ["01 R.", "05 A PIC **9 BLANK ZERO."], line: 2, column: 21, found: "BLANK"),
    Case(
      what: "BLANK WHEN ZERO on COMP-3", lines: ["01 R.", "05 A PIC 9 COMP-3 BLANK ZERO."], line: 2, column: 26,
      found: "BLANK"),
    Case(
      what: "BLANK WHEN ZERO on a group", lines: ["01 R BLANK ZERO.", "05 A PIC 9."], line: 1, column: 13,
      found: "BLANK"),
    Case(what: "JUSTIFIED on 9", lines: ["01 R.", "05 A PIC 9(5) JUST."], line: 2, column: 22, found: "JUSTIFIED"),
    Case(
      what: "JUSTIFIED on an edited text", lines: ["01 R.", "05 A PIC XBX JUST."], line: 2, column: 21,
      found: "JUSTIFIED"),
    Case(what: "JUSTIFIED on a group", lines: ["01 R JUST.", "05 A PIC X."], line: 1, column: 13, found: "JUSTIFIED"),
    Case(
      what: "IS without a word", lines: ["01 R IS.", "05 A PIC X."], line: 1, column: 15, found: ".", expected: "GLOBAL"
    ),
    Case(
      what: "SEPARATE alone", lines: ["01 R.", "05 A PIC S9 SIGN IS SEPARATE."], line: 2, column: 28, found: "SEPARATE"),
  ]

  static let quoted = [
    Case(
      what: "an open literal", lines: ["01 R.", "05 A PIC X VALUE 'A.", "05 B PIC X."], line: 2, column: 25,
      found: "'A.",
      expected: "a closing quote"),
    Case(
      what: "text behind a literal", lines: ["01 R.", "05 A PIC X.", "88 C VALUE 'A B 'C'."], line: 3, column: 19,
      found: "'A B '", expected: "a closing quote"),
    Case(
      what: "an open literal in embedded SQL", lines: ["01 R.", "EXEC SQL X 'A", "END-EXEC.", "05 B PIC X."], line: 2,
      column: 19, found: "'A", expected: "a closing quote"),
    Case(
      what: "an open literal in pseudo-text", lines: ["REPLACE ==A 'B== BY ==C==.", "01 R PIC X."], line: 1, column: 20,
      found: "'B", expected: "a closing quote"),
    Case(
      what: "a choice between lines",
      lines: ["01 R.", ">>IF A = 1", "05 A PIC X.", ">>ELSE", "05 A PIC X(2).", ">>END-IF"],
      line: 2, column: 8, found: ">>IF", expected: "conditional compilation"),
    Case(
      what: "a choice of Micro Focus", lines: ["01 R.", "$IF A = 1", "05 A PIC X.", "$END"], line: 2, column: 8,
      found: "$IF",
      expected: "conditional compilation"),
    Case(
      what: "a constant of a name that is none", lines: ["01 N CONSTANT FROM OTHER.", "01 R PIC X."], line: 1,
      column: 27,
      found: "OTHER", expected: "a value"),
  ]

  @Test(arguments: lostStops + doubled + misplaced + quoted)
  func whatIsNotUnderstoodIsRefusedWhereItStands(unclear: Case) throws {
    let text = unclear.lines.map { "       " + $0 }.joined(separator: "\n")
    let refusal = #expect(throws: Diagnostic.self) {
      try CopybookParser.layout(of: text, file: "U.cpy") { name in name == "M" ? ("       05 M PIC X.", "M.cpy") : nil }
    }
    let diagnostic = try #require(refusal)
    let message = diagnostic.message(.english)
    #expect(diagnostic.code == unclear.code, "\(message)")
    #expect([diagnostic.place.line, diagnostic.place.column] == [unclear.line, unclear.column], "\(message)")
    #expect(message.contains("“\(unclear.found)") || message.contains(unclear.found), "\(message)")
    #expect(message.contains(unclear.expected), "\(message)")
  }

  // MARK: column 72

  /// `text` from column 8, `tail` from `column`.
  static func line(_ text: String, _ tail: String = "", from column: Int = 73) -> String {
    let first = "       " + text
    return first + String(repeating: " ", count: max(0, column - 1 - first.count)) + tail
  }

  static let reaching = String(repeating: " ", count: 54) + "PIC X(10) VALUE SPACES."

  @Test(arguments: [
    ("text over column 72", line("05 A" + reaching), "0) VALUE SPACES."),
    ("a full stop in column 73", line("05 A PIC X(3)" + String(repeating: " ", count: 49) + "JUST."), "T."),
    ("a full stop apart", line("05 A PIC X(3)", ".", from: 73), "."),
    ("a clause apart", line("05 A PIC 9(3)", "COMP-3", from: 74), "COMP-3"),
    ("another entry", line("05 A PIC X(3).", "05 B PIC X.", from: 74), "05 B PIC X."),
    ("a literal", line("05 A PIC X(3) VALUE", "'A'.", from: 74), "'A'."),
    ("text behind column 80", line("05 A PIC X(3).", "RECDEF01 more"), "RECDEF01 more"),
  ])
  func whatColumn72CutsIsTold(what: String, line: String, lost: String) throws {
    let refusal = #expect(throws: Diagnostic.self) {
      try CopybookParser.layout(of: "       01 R.\n\(line)\n       05 C PIC X.", file: "L.cpy", form: .fixed)
    }
    let diagnostic = try #require(refusal)
    #expect(diagnostic.code == .copybookCut)
    #expect(diagnostic.place.line == 2)
    let message = diagnostic.message(.english)
    #expect(
      message.contains("after column 72") && message.contains("“\(lost)") && message.contains("--form free"),
      "\(message)")
    let japanese = diagnostic.message(.japanese)
    #expect(japanese.contains("72桁") && japanese.contains("--form free"))
  }

  @Test(arguments: [
    ("an identification", line("05 A PIC X(3).", "RECDEF01")),
    (
      "an identification behind a full stop in column 72",
      line(String(repeating: " ", count: 48) + "05 A PIC X(3).", "R0000010")
    ),
    ("a comment", line("05 A PIC X(3). *> " + String(repeating: "comment ", count: 12))),
    ("a comment line", "      * " + String(repeating: "comment ", count: 12) + "\n       05 A PIC X(3)."),
    (
      "a literal that goes on",
      line("05 A PIC X(3) VALUE '" + String(repeating: "A", count: 44), "R0000010") + "\n"
        + "      -    'B'."
    ),
    ("blanks", line("05 A PIC X(3).", String(repeating: " ", count: 60))),
  ])
  func whatTheFixedFormKeepsBehindColumn72IsNoText(what: String, line: String) throws {
    let layout = try CopybookParser.layout(of: "       01 R.\n\(line)\n       05 C PIC X.", file: "L.cpy", form: .fixed)
    #expect(layout.length == 4)
  }

  @Test func theFreeFormReadsTheWholeLine() throws {
    let text = "       01 R.\n\(Self.line("05 A" + Self.reaching))\n       05 C PIC X."
    #expect(try CopybookParser.layout(of: text, file: "L.cpy", form: .free).length == 11)
    let directive = "       >>SOURCE FORMAT IS FREE\n" + text
    #expect(try CopybookParser.layout(of: directive, file: "L.cpy", form: .fixed).length == 11)
  }

  // MARK: legal cases stay legal

  struct Legal: Sendable, CustomTestStringConvertible {
    let what: String
    let lines: [String]
    /// Name, offset, length of one occurrence, occurrences.
    let items: String
    var testDescription: String { what }
  }

  @Test(arguments: [
    Legal(
      what: "values of several lines",
      lines: ["01 R.", "05 A PIC 99.", "88 C VALUES 01 02", "03 04", "05.", "05 B PIC X."],
      items: "A 0 2 1, B 2 1 1"),
    Legal(
      what: "a number of occurrences on a line of its own",
      lines: ["01 R.", "05 A PIC X OCCURS", "10 TIMES.", "05 N PIC 9.", "05 B PIC X OCCURS 1 TO", "3 DEPENDING ON N."],
      items: "A 0 1 10, N 10 1 1, B 11 1 3"),
    Legal(
      what: "SIGN on a group",
      lines: ["01 R SIGN LEADING SEPARATE.", "05 A PIC S9(3).", "05 B PIC X.", "05 C PIC S9 COMP."],
      items: "A 0 4 1, B 4 1 1, C 5 2 1"),
    Legal(
      what: "clauses where they may stand",
      lines: [
        "01 R.", "05 A PIC 9(3) BLANK WHEN ZERO.", "05 B PIC ZZ9 BLANK ZERO.", "05 C PIC X(3) JUST RIGHT.",
        "05 D PIC N(3) JUSTIFIED.",
      ], items: "A 0 3 1, B 3 3 1, C 6 3 1, D 9 6 1"),
    Legal(
      what: "a constant of level 78",
      lines: [
        "78 KI VALUE 4.", "78 LEN VALUE IS 3.", "01 R.", "05 A PIC 9(LEN)V9(len) OCCURS KI TIMES.",
        "05 B PIC X(LEN) VALUE KI.",
      ], items: "A 0 6 4, B 24 3 1"),
    Legal(
      what: "constants of COBOL 2002",
      lines: [
        "01 KI CONSTANT AS 4.", "01 MORE CONSTANT IS GLOBAL FROM KI.", "01 C CONSTANT 'AB'.", "01 R.", "05 N PIC 9.",
        "05 A PIC X OCCURS 1 TO MORE DEPENDING ON N.", "05 B PIC X(2) VALUE C.", "88 D VALUE C.",
      ], items: "N 0 1 1, A 1 1 4, B 5 2 1"),
    Legal(
      what: "directives of listing and compiler",
      lines: [
        "CBL TRUNC(BIN),XREF", "PROCESS LIB", "01 R.", "*CONTROL NOLIST", "05 A PIC X.", "*CBL LIST", "05 B PIC X.",
      ],
      items: "A 0 1 1, B 1 1 1"),
    Legal(
      what: "embedded SQL",
      lines: [
        "EXEC SQL DECLARE T TABLE (A CHAR(4), B DECIMAL(7, 2)) END-EXEC.", "EXEC SQL INCLUDE SQLCA END-EXEC.", "01 R.",
        "EXEC SQL INCLUDE M END-EXEC.", "05 B PIC X.",
      ], items: "M 0 1 1, B 1 1 1"),
    Legal(
      what: "WHEN SET TO FALSE",
      lines: ["01 R.", "05 A PIC X.", "88 C VALUE 'Y' WHEN SET TO FALSE IS 'N'.", "05 B PIC X."],
      items: "A 0 1 1, B 1 1 1"),
  ])
  func whatIsLegalIsRead(legal: Legal) throws {
    let text = legal.lines.map { "       " + $0 }.joined(separator: "\n")
    let layout = try CopybookParser.layout(of: text, file: "L.cpy") { name in
      name == "M" ? ("       05 M PIC X.", "M.cpy") : nil
    }
    let items = layout.root.children.map { "\($0.name) \($0.offset) \($0.length) \($0.occurs)" }
    #expect(items.joined(separator: ", ") == legal.items)
  }
}
