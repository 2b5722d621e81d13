import Foundation
import Testing

/// The list of items in Excel: people's changes to it, and their effect.
@Suite struct ItemImportTests {
  /// The change of the sheet, in Python: `put(item, heading, value)`, `sheet`, `heads` (column by heading),
  /// `row(item)`.
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let edit: String
    /// The exit code, and the texts of the messages.
    let code: Int32
    let says: [String]
    var testDescription: String { what }

    init(_ what: String, _ edit: String, _ code: Int32 = 2, _ says: String...) {
      (self.what, self.edit, self.code, self.says) = (what, edit, code, says)
    }
  }

  private static let refused: [Case] = [
    Case(
      "the wording was changed", "put('NT-001', 'Item', 'something else')", 2, "items.xlsx", "D2", "[item.read-only]"),
    Case("the section was changed", "put('NT-003', 'Section', '納税課')", 2, "B4", "市民税課", "[item.read-only]"),
    Case("a number that is not there", "put('NT-003', 'No.', 'NT-999')", 2, "A4", "NT-999", "[item.import]"),
    Case("a number twice", "put('NT-003', 'No.', 'NT-001')", 2, "A4", "each number once", "[item.import]"),
    Case("a state that there is not", "put('NT-003', 'State', 'done')", 2, "F4", "done", "confirmed", "[item.import]"),
    Case("a state with a blank behind it", "put('NT-003', 'State', 'answered ')", 2, "F4", "[item.import]"),
    Case("back to raised", "put('NT-002', 'State', 'raised')", 2, "F3", "[item.import]"),
    Case("answered without an answer", "put('NT-003', 'State', 'answered')", 2, "H4", "answer", "[register.missing]"),
    Case(
      "answered and confirmed by one person",
      "put('NT-003', 'Answer', 'ten seen'); put('NT-003', 'State', 'confirmed')", 2, "F4", "取込", "[ledger.foureyes]"),
    Case(
      "confirmed before it is answered", "put('NT-003', 'State', 'confirmed')", 2, "F4", "answered",
      "[register.transition]"),
    Case(
      "proven by checks", "put('NT-001', 'State', 'closed'); put('NT-001', 'Answer', 'x')", 2, "H2",
      "[register.transition]"),
    Case(
      "on hold without an approver",
      "put('NT-003', 'State', 'on hold'); put('NT-003', 'Reason (sent back, on hold)', 'later')", 2, "F4", "approver",
      "[register.missing]"),
    Case("a reason without a state", "put('NT-003', 'Reason (sent back, on hold)', 'why')", 2, "K4", "[item.import]"),
    Case("a date that is none", "put('NT-003', 'Due', '2019-02-30')", 2, "I4", "2019-02-30", "[item.import]"),
    Case("a date out of its era", "put('NT-003', 'Due', 'S64.1.8')", 2, "I4", "S64.1.8", "[item.import]"),
    Case("a date with a time", "put('NT-003', 'Due', 43789.5)", 2, "I4", "43789.5", "[item.import]"),
    Case("a formula without its result", "put('NT-003', 'Answer', '=A1')", 2, "H4", "[item.import]"),
    Case("a training's day alone", "put('TR-001', 'Held on', '2019-10-01')", 2, "Q5", "[item.import]"),
    Case(
      "more came than were invited",
      "put('TR-001', 'Held on', '2019-10-01'); put('TR-001', 'Invited', 3); put('TR-001', 'Came', 4)", 2,
      "[register.missing]"),
    Case("half a person", "put('TR-001', 'Invited', 2.5)", 2, "2.5", "[item.import]"),
    Case("a column is gone", "sheet.delete_cols(heads['Note'])", 2, "Note", "[item.import-column]"),
    Case("a column twice", "sheet.cell(1, sheet.max_column + 1).value = 'Answer'", 2, "Answer", "[item.import]"),
    Case("a revision that never was", "put('NT-003', 'Revision', 99999)", 2, "99999", "[item.import]"),
    Case(
      "a new row that is no question",
      "sheet.cell(9, heads['Item']).value = 'new'; sheet.cell(9, heads['Kind']).value = 'test'", 2, "test",
      "[item.import]"),
    Case(
      "a question without a section",
      "sheet.cell(9, heads['Item']).value = 'new'; sheet.cell(9, heads['Kind']).value = 'question'; sheet.cell(9, heads['Severity']).value = 'S2'",
      2, "B9", "[item.import]"),
    Case("no workbook at all", "open(path, 'w').write('not a zip'); sys.exit()", 2, "items.xlsx", "[workbook.format]"),
  ]

  private static let taken: [Case] = [
    Case("nothing", "pass", 0, "0 changes entered; 4 unchanged"),
    Case("an answer", "put('NT-003', 'Answer', 'ten seen\\nall right')", 0, "1 changes entered"),
    Case("a number as an answer", "put('NT-003', 'Answer', 10)", 0, "answer: 10"),
    Case(
      "an answer and its state", "put('NT-003', 'Answer', 'ten'); put('NT-003', 'State', 'answered')", 0, "1 changes"),
    Case("in Japanese words", "put('NT-003', 'State', '調査中')", 0, "taken on"),
    Case("a date of Excel", "import datetime; put('NT-003', 'Due', datetime.date(2019, 11, 12))", 0, "due: 2019-11-12"),
    Case("a date of an era", "put('NT-003', 'Due', '令和元年11月29日')", 0, "due: 2019-11-29"),
    Case("a date as papers print it", "put('NT-003', 'Due', 'R1.11.29')", 0, "due: 2019-11-29"),
    Case("a date with slashes", "put('NT-003', 'Due', '2019/1/5')", 0, "due: 2019-01-05"),
    Case("another fills it in", "put('NT-003', 'Answer', 'ten'); put('NT-003', 'Filled in by', '佐藤')", 0, "佐藤"),
    Case(
      "a training", "put('TR-001', 'Held on', '2019-10-01'); put('TR-001', 'Invited', 20); put('TR-001', 'Came', 19)",
      0, "training held"),
    Case(
      "a hold",
      "put('NT-003', 'State', 'on hold'); put('NT-003', 'Reason (sent back, on hold)', 'later'); put('NT-003', 'Hold approved by', '部長'); put('NT-003', 'Hold until', '2099-01-01')",
      0, "hold"),
    Case("links", "put('NT-003', 'Links', 'I-0001;  I-0002')", 0, "links"),
    Case(
      "rows in another order",
      "rows = [[c.value for c in r] for r in sheet.iter_rows(min_row=2)]; rows.reverse()\nfor i, r in enumerate(rows):\n    for j, v in enumerate(r): sheet.cell(i + 2, j + 1).value = v",
      0, "0 changes entered; 4 unchanged"),
    Case(
      "columns moved, one added",
      "sheet.insert_cols(3); sheet.cell(1, 3).value = 'my own'; sheet.cell(4, 3).value = 'x'; sheet.move_range('H1:H9', cols=40)",
      0, "0 changes", "my own"),
    Case("a row taken away", "sheet.delete_rows(row('NT-002'))", 0, "1 not on the sheet"),
    Case(
      "a question",
      "sheet.cell(9, heads['Item']).value = 'how is it rounded?'; sheet.cell(9, heads['Kind']).value = '質問'; sheet.cell(9, heads['Severity']).value = 'S2'; sheet.cell(9, heads['Section']).value = '市民税課'",
      0, "Q-0001"),
  ]

  private static func program() throws -> (Program, String) {
    let program = try Program()
    let project = try program.copyProject()
    try
      "id,course,session,owner,planned,severity,gate,title_ja,title_en,confirmed_by\nTR-001,KE,1,市民税課,2019-10-01,S3,both,調定の操作,Claims,庶務\n"
      .write(toFile: program.folder + "/project/registers/trainings.csv", atomically: true, encoding: .utf8)
    try program.expect(lists: "migration-items: 3, trainings: 1")
    try program.write(NoticeFile.clean(4).bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    try export(program, project)
    return (program, project)
  }

  private static func export(_ program: Program, _ project: String) throws {
    let answer = try program.run(
      "items", "export", project, "--workspace", "ws", "--language", "en", "-o", "items.xlsx")
    #expect(answer.code == 0, "\(answer.errors)")
  }

  private static func edit(_ program: Program, _ edit: String) throws {
    let script = """
      import sys
      from openpyxl import load_workbook
      path = sys.argv[1]
      book = load_workbook(path)
      sheet = book.worksheets[0]
      heads = {cell.value: cell.column for cell in sheet[1]}
      def row(item): return next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == item)
      def put(item, head, value): sheet.cell(row(item), heads[head]).value = value
      \(edit)
      book.save(path)
      """
    let process = Process()
    // Debian's, for which Scripts/test installs openpyxl.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", script, program.folder + "/items.xlsx"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(edit)")
  }

  private static func importing(_ program: Program, _ project: String, _ more: String...) throws -> Program.Answer {
    try program.run(
      all: ["items", "import", project, "items.xlsx", "--by", "取込", "--workspace", "ws", "--language", "en"] + more)
  }

  private static func end(_ program: Program, _ project: String) throws -> String {
    try program.run("ledger", "verify", project, "--workspace", "ws", "--language", "en").output
  }

  @Test(arguments: refused) func whatIsNotAllowedIsNamedAndNothingIsEntered(_ row: Case) throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    let before = try Self.end(program, project)
    // A valid change is beside it.
    try Self.edit(program, (row.what == "no workbook at all" ? "" : "put('NT-002', 'Note', 'seen')\n") + row.edit)
    let answer = try Self.importing(program, project)
    #expect(answer.code == row.code, "\(answer.output)\(answer.errors)")
    for words in row.says { #expect(answer.errors.contains(words), "\(words): \(answer.errors)") }
    #expect(try Self.end(program, project) == before)
  }

  @Test(arguments: taken) func whatPeopleDoIsTaken(_ row: Case) throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    try Self.edit(program, row.edit)
    let before = try Self.end(program, project)
    let preview = try Self.importing(program, project, "--dry-run")
    #expect(preview.code == 0, "\(preview.errors)")
    #expect(try Self.end(program, project) == before, "a preview enters nothing")
    let answer = try Self.importing(program, project)
    #expect(answer.code == row.code, "\(answer.output)\(answer.errors)")
    for words in row.says { #expect(answer.output.contains(words), "\(words): \(answer.output)") }
    #expect(try Self.end(program, project).hasPrefix("the ledger is whole"))
    // Once is enough, and the next export shows what was entered.
    try Self.export(program, project)
    #expect(try Self.importing(program, project).output.contains("0 changes entered"))
  }

  @Test func whatOthersChangedSinceIsAConflictAndNeverOverwritten() throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    try program.run("items", "answer", project, "NT-003", "--text", "by another", "--by", "鈴木", "--workspace", "ws")
    // Untouched in the workbook: no change, no conflict.
    #expect(try Self.importing(program, project).output.contains("0 changes entered"))
    try Self.edit(program, "put('NT-003', 'Answer', 'mine')")
    let answer = try Self.importing(program, project)
    #expect(
      answer.code == 2 && answer.errors.contains("[item.conflict]") && answer.errors.contains("鈴木"), "\(answer.errors)")
    // A change of another field of the same item is not a conflict.
    try Self.export(program, project)
    try program.run("items", "amend", project, "NT-003", "--note", "n", "--by", "鈴木", "--workspace", "ws")
    try Self.edit(program, "put('NT-003', 'Due', '2019-11-12')")
    #expect(try Self.importing(program, project).code == 0)
    let show = try program.run("items", "show", project, "NT-003", "--workspace", "ws", "--format", "json")
    let item = try #require(show.json["item"] as? [String: Any])
    #expect(
      item["note"] as? String == "n" && item["due"] as? String == "2019-11-12"
        && item["answer"] as? String == "by another")
  }

  /// A state that changed by itself after the export is not a change by the person.
  @Test func aStateThatChecksChangedIsNotTakenForAnEdit() throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    var file = NoticeFile.clean(4)
    file.sum = 1
    try program.write(file.bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    let list = try program.run("items", "list", project, "--state", "returned", "--workspace", "ws", "--format", "json")
    #expect(list.output.contains("NT-001"))
    #expect(try Self.importing(program, project).output.contains("0 changes entered"))
  }
}
