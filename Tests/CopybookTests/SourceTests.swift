import Base
import Copybook
import Testing

/// Source forms, continuation, comments, COPY and REPLACE.
@Suite struct SourceTests {
  struct Source: Sendable {
    let what: String
    let text: String
    var form = SourceForm.auto
    /// Names and pictures of the items below the record.
    let items: [String]
  }

  /// Fixed-form lines: number area, indicator and text.
  static func fixed(_ lines: String...) -> String { lines.map { "       " + $0 }.joined(separator: "\n") }

  static let sources = [
    Source(what: "fixed form", text: fixed("01 R.", "  05 A PIC X(3)."), items: ["A X(3)"]),
    Source(
      what: "free form", text: "01 R.\n  05 A PIC X(3).\n  05 DATE-B PIC 9(8).", items: ["A X(3)", "DATE-B 9(8)"]),
    Source(what: "lower case", text: "01 r.\n05 a pic x(3).", items: ["A x(3)"]),
    Source(what: "byte order mark", text: "\u{FEFF}01 R.\n05 A PIC X(3).", items: ["A X(3)"]),
    Source(what: "CR LF", text: "       01 R.\r\n       05 A PIC X(3).\r\n", items: ["A X(3)"]),
    Source(what: "tabs", text: "\t01 R.\n\t   05 A\tPIC X(3).", items: ["A X(3)"]),
    Source(
      what: "form feeds and blank lines", text: "\u{0C}       01 R.\n\n\u{0C}\n       05 A PIC X(3).\u{1A}",
      items: ["A X(3)"]),
    Source(
      what: "numbers in 1–6, text in 73–80",
      text: "000100 01 R.                                                            RECDEF01\n"
        + "000200    05 A PIC X(3).                                                RECDEF01",
      items: ["A X(3)"]),
    Source(
      what: "change marks in 1–6",
      text: "R05A   01 R.\n12.34#*   05 Z PIC X.\nR05B      05 A PIC X(3).\n変更１    05 B PIC X.",
      items: ["A X(3)", "B X"]),
    Source(what: "text from column 7", text: "      01 R.\n000010  05 A PIC X(3).", items: ["A X(3)"]),
    Source(
      what: "comments",
      text:
        "*> head\n      * O'Brien\n      / page\n       01 R. *> it's R\n      D  05 D PIC X.\n         05 A PIC X(3).",
      items: ["A X(3)"]),
    Source(
      what: "directives",
      text: fixed("EJECT", "01 R.", "SKIP2.", "TITLE 'PART 2'.", "  05 A PIC X(3).") + "\n      $SET MF\n      >>PAGE",
      items: ["A X(3)"]),
    Source(
      what: "a directive changes the form", text: "       01 R.\n      >>SOURCE FORMAT IS FREE\n  05 A PIC X(3).",
      form: .fixed, items: ["A X(3)"]),
    Source(
      what: "separators", text: fixed("01 R.", "05 A, PIC X(3); VALUE 'A,B;C'.", "05 B PIC ZZ,ZZ9.99, VALUE ZERO."),
      items: ["A X(3)", "B ZZ,ZZ9.99"]),
    Source(
      what: "a word goes on",
      text: fixed("01 R.", "  05 AB") + "\n      -    CD PIC X\n      * between\n      -    (3).",
      items: ["ABCD X(3)"]),
    Source(
      what: "Japanese names",
      text: fixed("01 住民記録.", "  05 氏名カナ PIC X(3).", "  05 ＡＢＣ－１ PIC N(2). *> 全角の注記、七十二桁を越えるほど長い全角の注記をここに置く"),
      items: ["氏名カナ X(3)", "ＡＢＣ－１ N(2)"]),
    Source(
      what: "full-width characters take two columns",
      text: fixed("01 R.", "  05 A PIC X(3). " + String(repeating: "　", count: 23) + "  RECDEF01"), form: .fixed,
      items: ["A X(3)"]),
    Source(
      what: "a program",
      text: fixed(
        "IDENTIFICATION DIVISION.", "PROGRAM-ID. P.", "AUTHOR. O'BRIEN.", "ENVIRONMENT DIVISION.", "SPECIAL-NAMES.",
        "    DECIMAL-POINT IS COMMA.", "DATA DIVISION.", "FILE SECTION.", "FD  F BLOCK CONTAINS 0 RECORDS",
        "    RECORDING MODE IS F.", "01 R.", "  05 A PIC ZZ9,99.", "PROCEDURE DIVISION.", "    DISPLAY 'X'."),
      items: ["A ZZ9,99"]),
  ]

  @Test(arguments: sources)
  func aSourceIsReadInItsForm(source: Source) throws {
    let layout = try CopybookParser.layout(of: source.text, file: "S.cpy", form: source.form)
    let items = layout.root.children.map { "\($0.name) \($0.picture?.text ?? "")" }
    #expect(items == source.items, "\(source.what)")
  }

  @Test func aLiteralGoesOnInColumn12AndKeepsItsBlanks() throws {
    let first = "       01 A PIC X(60) VALUE 'it''s "
    let layout = try CopybookParser.layout(of: first + "\n      -    'long'.", file: "S.cpy")
    let blanks = String(repeating: " ", count: 72 - first.count)
    #expect(layout.items[1].value?.text == "it's " + blanks + "long")
  }

  // MARK: COPY

  static let members = [
    "BODY": "           05 :P:-NO PIC 9(:N:).\n           05 OLD-NAME PIC X.\n",
    "OUTER": "       01 R.\n           COPY BODY REPLACING ==:P:== BY ==KJ== ==:N:== BY ==7==.\n",
    "LOOP": "           COPY LOOP2.\n", "LOOP2": "           COPY LOOP.\n",
    "LIB/BODY": "           05 L PIC X.\n",
  ]

  static func layout(_ text: String) throws(Diagnostic) -> Layout {
    try CopybookParser.layout(of: text, file: "S.cpy") { name in members[name].map { ($0, name + ".cpy") } }
  }

  @Test(arguments: [
    (fixed("COPY OUTER."), ["KJ-NO 9(7)", "OLD-NAME X"]),
    (fixed("01 R.", "COPY BODY OF LIB SUPPRESS."), ["L X"]),
    (
      fixed("01 R.", "COPY BODY REPLACING LEADING ==OLD== BY ==NEW==", "==:P:== BY ==A-B== ==:N:== BY 3."),
      ["A-B-NO 9(3)", "NEW-NAME X"]
    ),
    (
      fixed("01 R.", "COPY BODY REPLACING TRAILING ==-NAME== BY ====", "==:P:-NO PIC 9(:N:)== BY ==N PIC X(2)==."),
      ["N X(2)", "OLD X"]
    ),
    (
      fixed("REPLACE ==TAG== BY ==KJ== .", "01 R.", "05 TAG PIC X.", "REPLACE OFF.", "05 TAG PIC 9."),
      ["KJ X", "TAG 9"]
    ),
  ])
  func copyAndReplaceAreCarriedOut(text: String, items: [String]) throws {
    let layout = try Self.layout(text)
    #expect(layout.root.children.map { "\($0.name) \($0.picture?.text ?? "")" } == items)
  }

  @Test(arguments: [
    (fixed("01 R.", "COPY NONE."), 2, 13, "a member of this name"),
    (fixed("COPY LOOP."), 1, 17, "a member that does not copy itself (S.cpy → LOOP.cpy → LOOP2.cpy → LOOP.cpy)"),
    (fixed("COPY BODY"), 1, 13, "a full stop"),
    (fixed("COPY BODY REPLACING ==A."), 1, 31, "== at the end of the pseudo-text"),
    (fixed("COPY BODY REPLACING ==A== ==B==."), 1, 34, "BY"),
    (fixed("COPY BODY REPLACING ==== BY ==B==."), 1, 28, "text to be replaced"),
  ])
  func aCopyThatCannotBeCarriedOutIsRefused(text: String, line: Int, column: Int, expected: String) throws {
    let refusal = #expect(throws: Diagnostic.self) { try Self.layout(text) }
    let message = try #require(refusal).message(.english)
    #expect(message.contains(expected), "\(message)")
    #expect(refusal?.place.line == (text.contains("LOOP") ? 1 : line), "\(message)")
    #expect(refusal?.place.column == column, "\(message)")
  }

  @Test func withoutFoldersNothingIsCopied() throws {
    let refusal = #expect(throws: Diagnostic.self) {
      try CopybookParser.layout(of: Self.fixed("COPY BODY."), file: "S.cpy")
    }
    #expect(refusal?.code == .copybookCopy)
    #expect(try CopybookFolders(["/nowhere"]).search("BODY") == nil)
    #expect(try CopybookFolders(["/"]).search("../etc/passwd") == nil)
  }
}
