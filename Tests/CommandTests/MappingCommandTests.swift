import Foundation
import Testing

/// 移行項目マッピング表: out to Excel, changed by people, and back; confirmed by name, and reopened by a change.
@Suite struct MappingCommandTests {
  /// The change of the workbook, in Python: `put(column, heading, value)` on the sheet 通知書, `sheet`, `heads`, `book`.
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let edit: String
    let says: [String]
    var testDescription: String { what }

    init(_ what: String, _ edit: String, _ says: String...) { (self.what, self.edit, self.says) = (what, edit, says) }
  }

  private static let refused: [Case] = [
    Case("an item that there is not", "put('税額', 'Expression', 'NT-TAXX')", "通知書", "M5", "NT-TAX", "[expression.name]"),
    Case("a type that does not fit", "put('税額', 'Expression', 'NT-NAME')", "M5", "[expression.type]"),
    Case("no expression", "put('税額', 'Expression', None)", "M5", "[item.import]"),
    Case("half an expression", "put('税額', 'Expression', 'NT-TAX +')", "M5", "[expression.syntax]"),
    Case("another column", "put('税額', 'Target column', '金額')", "J5", "税額", "[item.read-only]"),
    Case("another type", "put('税額', 'Type', 'text(9)')", "K5", "[item.read-only]"),
    Case("another condition", "put('税額', 'Row made when', 'NT-TAX > 0')", "N5", "[item.read-only]"),
    Case("another item", "put('税額', 'Source items', 'NT-CODE')", "D5", "[item.read-only]"),
    Case("a state that there is not", "put('税額', 'State', 'done')", "R5", "[item.import]"),
    Case("changed since, by hand", "put('税額', 'State', 'changed since')", "R5", "[item.import]"),
    Case("a name without the state", "put('税額', 'Confirmed by', '佐藤')", "S5", "[item.import]"),
    Case(
      "the program in place of a person", "put('税額', 'State', 'confirmed'); put('税額', 'Confirmed by', 'totsugo')", "S5",
      "[register.missing]"),
    Case(
      "who changed it confirms it", "put('税額', 'Expression', 'NT-TAX + 0'); put('税額', 'State', 'confirmed')", "S5",
      "[ledger.foureyes]"),
    Case("a formula without its result", "put('税額', 'Note', '=A1')", "Q5", "[item.import]"),
    Case("a line twice", "put('税額', 'Line', sheet.cell(2, heads['Line']).value)", "each line once"),
    Case("a line of no project", "put('税額', 'Line', 'mapping/X/10/通知書/税額')", "[item.import]"),
    Case("a row of their own", "sheet.cell(9, heads['Target column']).value = '追加'", "追加", "[item.import]"),
    Case("a column is gone", "sheet.delete_cols(heads['Note'])", "Note", "[item.import-column]"),
    Case("a column twice", "sheet.cell(1, sheet.max_column + 1).value = 'Note'", "Note", "[item.import]"),
    Case(
      "headings in other words", "for c in list(sheet[1]) : c.value = 'x' + str(c.column)\nbook.remove(book['期別'])",
      "変換式", "[item.import-column]"),
    Case(
      "merged cells", "sheet.merge_cells(start_row=4, end_row=5, start_column=heads['Line'], end_column=heads['Line'])",
      "[item.import]"),
  ]

  private static let taken: [Case] = [
    Case("nothing", "pass", "0 changes taken over; 10 unchanged, 0 not on the sheets"),
    Case("an expression", "put('税額', 'Expression', 'NT-TAX + 0')", "1 changes", "notices/pipeline.yaml"),
    Case("blanks around it", "put('税額', 'Expression', '  NT-TAX + 0 ')", "1 changes"),
    Case("a note", "put('税額', 'Note', '要確認: #1')", "1 changes", "要確認: #1"),
    Case("a confirmation", "put('税額', 'State', 'confirmed'); put('税額', 'Confirmed by', '佐藤 花子')", "佐藤 花子"),
    Case("the importer confirms", "put('税額', 'State', '確認済')", "山田 太郎"),
    Case(
      "an expression that another confirms",
      "put('税額', 'Expression', 'NT-TAX + 0'); put('税額', 'State', 'confirmed'); put('税額', 'Confirmed by', '佐藤 花子')",
      "2 changes"),
    Case(
      "rows above the head", "sheet.insert_rows(1, 3); sheet.cell(1, 1).value = '打合せ版'", "0 changes", "10 unchanged"),
    Case("rows between", "sheet.insert_rows(4)", "0 changes", "10 unchanged"),
    Case("rows taken away", "sheet.delete_rows(3, 2)", "2 not on the sheets"),
    Case(
      "a sheet taken away, another added", "book.remove(book['期別']); book.create_sheet('memo')", "5 not on the sheets",
      "memo"),
    Case(
      "a column of their own", "sheet.insert_cols(3); sheet.cell(1, 3).value = 'B社'; sheet.cell(4, 3).value = 'x'",
      "0 changes", "B社"),
  ]

  private static func program() throws -> (Program, String) {
    let program = try Program()
    let project = try program.copyProject()
    try program.write(NoticeFile.clean(4).bytes)
    try export(program, project)
    return (program, project)
  }

  private static func export(_ program: Program, _ project: String) throws {
    let answer = try program.run(
      "mapping", "export", project, "--data", "data", "--workspace", "ws", "--language", "en", "-o", "map.xlsx")
    #expect(answer.code == 0, "\(answer.errors)")
  }

  private static func edit(_ program: Program, _ edit: String) throws {
    let script = """
      import sys
      from openpyxl import load_workbook
      path = sys.argv[1]
      book = load_workbook(path)
      sheet = book['通知書']
      heads = {cell.value: cell.column for cell in sheet[1]}
      def row(column): return next(r for r in range(2, 20) if sheet.cell(r, heads['Target column']).value == column)
      def put(column, head, value): sheet.cell(row(column), heads[head]).value = value
      \(edit)
      book.save(path)
      """
    let process = Process()
    // Debian's, for which Scripts/test installs openpyxl.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", script, program.folder + "/map.xlsx"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(edit)")
  }

  private static func importing(_ program: Program, _ project: String, _ more: String...) throws -> Program.Answer {
    try program.run(
      all: ["mapping", "import", project, "map.xlsx", "--by", "山田 太郎", "--workspace", "ws", "--language", "en"] + more)
  }

  private static func definitions(_ program: Program) throws -> String {
    try String(contentsOfFile: program.folder + "/project/notices/pipeline.yaml", encoding: .utf8)
  }

  private static func end(_ program: Program, _ project: String) throws -> String {
    try program.run("ledger", "verify", project, "--workspace", "ws", "--language", "en").output
  }

  @Test(arguments: refused) func whatCannotBeTakenIsNamedAndNothingIsWritten(_ row: Case) throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    // Begins the ledger.
    try program.run("mapping", "confirm", project, "--table", "期別", "--by", "鈴木", "--workspace", "ws")
    let before = (try Self.definitions(program), try Self.end(program, project))
    // A valid change is beside it.
    try Self.edit(program, "put('氏名', 'Note', 'seen')\nput('氏名', 'Expression', 'trim(NT-NAME)')\n" + row.edit)
    let answer = try Self.importing(program, project)
    #expect(answer.code == 2, "\(answer.output)\(answer.errors)")
    for words in row.says { #expect(answer.errors.contains(words), "\(words): \(answer.errors)") }
    #expect(try Self.definitions(program) == before.0)
    #expect(try Self.end(program, project) == before.1)
  }

  @Test(arguments: taken) func whatPeopleDoIsTaken(_ row: Case) throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    try Self.edit(program, row.edit)
    let before = try Self.definitions(program)
    let preview = try Self.importing(program, project, "--dry-run")
    #expect(preview.code == 0, "\(preview.errors)")
    #expect(try Self.definitions(program) == before, "a preview writes nothing")
    let answer = try Self.importing(program, project)
    #expect(answer.code == 0, "\(answer.errors)")
    for words in row.says { #expect(answer.output.contains(words), "\(words): \(answer.output)") }
    let after = try Self.definitions(program)
    #expect(
      after == (row.edit.contains("NT-TAX + 0") ? before.replacing("税額: NT-TAX\n", with: "税額: NT-TAX + 0\n") : before))
    #expect(try program.run("lint", project).code == 0)
    // The same workbook again changes nothing more.
    #expect(try Self.importing(program, project).output.contains("0 changes taken over"))
  }

  @Test func whatTheDefinitionsSayNowIsAConflict() throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    let path = program.folder + "/project/notices/pipeline.yaml"
    try Self.definitions(program).replacing("氏名: NT-NAME", with: "氏名: trim(NT-NAME)")
      .write(toFile: path, atomically: true, encoding: .utf8)
    // Untouched in the workbook: no change, no conflict.
    #expect(try Self.importing(program, project).output.contains("0 changes taken over"))
    try Self.edit(program, "put('氏名', 'State', 'confirmed')")
    let confirming = try Self.importing(program, project)
    #expect(
      confirming.code == 2 && confirming.errors.contains("[mapping.conflict]"), "nobody confirms what he has not seen")
    try Self.edit(program, "put('氏名', 'State', 'open'); put('氏名', 'Expression', 'concat(NT-NAME, NT-NAME)')")
    let answer = try Self.importing(program, project)
    #expect(
      answer.code == 2 && answer.errors.contains("[mapping.conflict]") && answer.errors.contains("trim(NT-NAME)"),
      "\(answer.errors)")
  }

  /// A sheet from before does not take back what was confirmed since.
  @Test func whatWasConfirmedSinceIsNotTakenBack() throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    func confirm(_ name: String) throws {
      try program.run("mapping", "confirm", project, "--table", "通知書", "--by", name, "--workspace", "ws")
    }
    try confirm("鈴木")
    try Self.export(program, project)
    let path = program.folder + "/project/notices/pipeline.yaml"
    try Self.definitions(program).replacing("氏名: NT-NAME", with: "氏名: trim(NT-NAME)")
      .write(toFile: path, atomically: true, encoding: .utf8)
    try confirm("佐藤")
    try Self.edit(program, "put('氏名', 'State', 'open')")
    let answer = try Self.importing(program, project)
    #expect(answer.code == 2 && answer.errors.contains("[mapping.conflict]"), "\(answer.output)\(answer.errors)")
    // What it has seen, it may.
    try Self.export(program, project)
    try Self.edit(program, "put('氏名', 'State', 'open')")
    #expect(try Self.importing(program, project).output.contains("1 changes"))
  }

  /// A gate that asks for it is GO only while every line is confirmed as it reads.
  @Test func aGateAsksForTheConfirmedMapping() throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    let gates = program.folder + "/project/gates.yaml"
    try String(contentsOfFile: gates, encoding: .utf8)
      .replacing("expected:", with: "      - {id: G-10, kind: mapping, title: {ja: 項目変換の確認, en: Mapping}}\nexpected:")
      .replacing("provisional: 9", with: "provisional: 10").write(toFile: gates, atomically: true, encoding: .utf8)
    try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    func criterion() throws -> (verdict: String, actual: String) {
      let gate = try program.run(
        "gate", "provisional", project, "--workspace", "ws", "--format", "json", "--language", "en")
      let all = try #require(gate.json["criteria"] as? [[String: Any]])
      let found = try #require(all.first { $0["id"] as? String == "G-10" })
      return (found["verdict"] as? String ?? "", found["actual"] as? String ?? "")
    }
    #expect(try criterion() == ("NO-GO", "0 of 10 lines confirmed"))
    for table in ["通知書", "期別"] {
      try program.run("mapping", "confirm", project, "--table", table, "--by", "鈴木", "--workspace", "ws")
    }
    #expect(try criterion() == ("GO", "10 of 10 lines confirmed"))
    let path = program.folder + "/project/notices/pipeline.yaml"
    try Self.definitions(program).replacing("when: NT-KI-TAX <> 0", with: "when: NT-KI-TAX > 0")
      .write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try criterion() == ("NO-GO", "5 of 10 lines confirmed, 5 changed since"))
    let open = try program.run("mapping", "list", project, "--open", "--workspace", "ws", "--language", "ja")
    #expect(open.output.contains("要再確認") && !open.output.contains("通知書/氏名"))
    // The export tells what the data hold, and no personal value.
    try Self.export(program, project)
    try Self.edit(
      program,
      "assert sheet.cell(row('税額'), heads['Filled (%)']).value == '100.0'; assert sheet.cell(row('氏名'), heads['Sample values']).value is None; assert sheet.cell(row('税額'), heads['PICTURE']).value.endswith('COMP-3')"
    )
  }

  @Test func whoEditedItByTheTableCannotConfirmIt() throws {
    let (program, project) = try Self.program()
    defer { program.remove() }
    try Self.edit(program, "put('税額', 'Expression', 'NT-TAX + 0')")
    #expect(try Self.importing(program, project).code == 0)
    let line = "mapping/NOTICE/10/通知書/税額"
    let own = try program.run("mapping", "confirm", project, line, "--by", "山田太郎", "--workspace", "ws")
    #expect(own.code == 2 && own.errors.contains("[ledger.foureyes]"), "\(own.errors)")
    #expect(try program.run("mapping", "confirm", project, line, "--by", "佐藤", "--workspace", "ws").code == 0)
    let none = try program.run(
      "mapping", "confirm", project, "mapping/NOTICE/10/通知書/税学", "--by", "佐藤", "--workspace", "ws")
    #expect(none.code == 64 && none.errors.contains("税額"), "\(none.errors)")
  }
}
