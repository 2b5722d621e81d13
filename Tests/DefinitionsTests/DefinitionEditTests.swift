import Base
import Definitions
import Testing

/// A text of a definition file is replaced where it stands, and nothing else changes.
@Suite struct DefinitionEditTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let before: String
    /// Line, column, the text that is there, and the new one.
    let edits: [(Int, Int, String, String)]
    /// `nil` when the edit is refused.
    let after: String?
    var testDescription: String { what }

    init(_ what: String, _ before: String, _ edits: [(Int, Int, String, String)], _ after: String?) {
      (self.what, self.before, self.edits, self.after) = (what, before, edits, after)
    }
  }

  static let cases: [Case] = [
    Case("a plain text", "a: x\nb: y\n", [(1, 4, "x", "f(x)")], "a: f(x)\nb: y\n"),
    Case("a comment stays", "a: x   # why\n", [(1, 4, "x", "y + 1")], "a: y + 1   # why\n"),
    Case(
      "names in Japanese", "宛名: AT-NO # 注\n氏名: AT-NM\n", [(2, 5, "AT-NM", "trim(AT-NM)")],
      "宛名: AT-NO # 注\n氏名: trim(AT-NM)\n"),
    Case("a flow mapping", "c: {a: x, b: y}\n", [(1, 8, "x", "z"), (1, 14, "y", "w")], "c: {a: z, b: w}\n"),
    Case(
      "commas in a flow mapping are quoted", "c: {a: x}\n", [(1, 8, "x", "code('k', x)")], "c: {a: 'code(''k'', x)'}\n"),
    Case("commas in a block are not", "a: x\n", [(1, 4, "x", "code('k', x)")], "a: code('k', x)\n"),
    Case("single quotes", "a: 'it''s' # c\n", [(1, 4, "it's", "x")], "a: x # c\n"),
    Case("double quotes", "a: \"x\\\"y\"\nb: 1\n", [(1, 4, "x\"y", "z")], "a: z\nb: 1\n"),
    Case("what begins like a list", "a: x\n", [(1, 4, "x", "'10'")], "a: '''10'''\n"),
    Case("a colon and a blank", "a: x\n", [(1, 4, "x", "b: c")], "a: 'b: c'\n"),
    Case("a hash behind a blank", "a: x\n", [(1, 4, "x", "b #c")], "a: 'b #c'\n"),
    Case("a folded text", "a: >-\n  if(x,\n  y)\nb: z\n", [(1, 4, "if(x, y)", "x")], "a: x\nb: z\n"),
    Case(
      "a plain text on two lines", "m:\n  a: if(x,\n    y)\n  # c\n  b: z\n", [(2, 6, "if(x, y)", "x")],
      "m:\n  a: x\n  # c\n  b: z\n"),
    Case("lines that end in CRLF", "a: x\r\nb: y\r\n", [(1, 4, "x", "z")], "a: z\r\nb: y\r\n"),
    Case("without a line's end", "a: x", [(1, 4, "x", "z")], "a: z"),
    Case(
      "two edits, one of which takes lines away", "a: >-\n  x\n  y\nb: z\n", [(1, 4, "x y", "1"), (4, 4, "z", "2")],
      "a: 1\nb: 2\n"),
    Case("a row that is used twice", "a: &r {x: p}\nb: *r\n", [(1, 11, "p", "q")], "a: &r {x: q}\nb: *r\n"),
    Case("another text is there", "a: x\n", [(1, 4, "y", "z")], nil),
    Case("behind the end", "a: x\n", [(9, 4, "x", "z")], nil),
    Case("an alias", "a: &r x\nb: *r\n", [(2, 4, "x", "z")], nil),
  ]

  @Test(arguments: cases) func onlyTheTextChanges(_ row: Case) throws {
    let edits = row.edits.map { DefinitionEdit(line: $0.0, column: $0.1, old: $0.2, new: $0.3) }
    do throws(Diagnostic) {
      let found = try DefinitionEdit.apply(edits, to: row.before, name: "f.yaml")
      #expect(found == row.after)
    } catch {
      #expect(row.after == nil && error.code == .definitionEdit && error.place.file == "f.yaml", "\(error)")
    }
  }
}
