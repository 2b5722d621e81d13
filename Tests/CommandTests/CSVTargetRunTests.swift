import CSQLite
import Foundation
import Testing

/// `reconcile` against exports: the evidence is that of the same rows in SQLite, whatever is wrong in them.
@Suite struct CSVTargetRunTests {
  /// Writes the tables of `new.sqlite` as CSV: NULL as nothing, texts in quotes.
  private func export(_ program: Program, to folder: String, _ encoding: String.Encoding = .utf8) throws {
    let path = program.folder + "/" + folder
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var handle: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/new.sqlite", &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    for table in ["通知書", "期別"] {
      var statement: OpaquePointer?
      try #require(
        sqlite3_prepare_v2(handle, "SELECT * FROM \(table) ORDER BY rowid % 7", -1, &statement, nil) == SQLITE_OK)
      defer { sqlite3_finalize(statement) }
      let columns = sqlite3_column_count(statement)
      var text =
        (0..<columns).map { String(cString: sqlite3_column_name(statement, $0)) }.joined(separator: ",") + "\r\n"
      while sqlite3_step(statement) == SQLITE_ROW {
        text +=
          (0..<columns).map { column in
            guard let value = sqlite3_column_text(statement, column).map({ String(cString: $0) }) else { return "" }
            let isText = sqlite3_column_type(statement, column) == SQLITE_TEXT
            return isText ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
          }.joined(separator: ",") + "\r\n"
      }
      try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: "\(path)/\(table).csv"))
    }
  }

  private func loaded(_ file: NoticeFile = .clean(40)) throws -> (Program, String) {
    let program = try Program()
    let project = try DefinitionFileTests.sample(program)
    try program.write(file.bytes)
    _ = try program.run("run", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:new.sqlite")
    return (program, project)
  }

  private func reconcile(_ program: Program, _ project: String, _ target: String) throws -> Program.Answer {
    try program.run(
      "reconcile", project, "--data", "data", "--workspace", "ws-\(UUID().uuidString)", "--target", target, "--format",
      "json", "--language", "en")
  }

  @Test(arguments: [
    "", "UPDATE 通知書 SET 税額 = 税額 + 1 WHERE 宛名番号 = '00000003'", "DELETE FROM 期別 WHERE 宛名番号 = '00000005' AND 期別 = 2",
    "UPDATE 通知書 SET 氏名 = '別人' WHERE 宛名番号 = '00000004'", "UPDATE 期別 SET 納期限 = '2020-01-01' WHERE 宛名番号 = '00000006'",
    "INSERT INTO 通知書 SELECT * FROM 通知書 WHERE 宛名番号 = '00000007'", "UPDATE 通知書 SET 税額 = 'x' WHERE 宛名番号 = '00000008'",
    "UPDATE 期別 SET 納期限 = '2019-02-30' WHERE 宛名番号 = '00000009'", "UPDATE 通知書 SET 区分 = '' WHERE 宛名番号 = '00000001'",
    "DELETE FROM 期別",
  ]) func theEvidenceIsThatOfSQLite(_ sabotage: String) throws {
    let (program, project) = try loaded()
    defer { program.remove() }
    if !sabotage.isEmpty { try program.sqlite(sabotage, in: "new.sqlite") }
    try export(program, to: "load")
    try export(program, to: "load-sjis", .shiftJIS)
    let twin = try reconcile(program, project, "sqlite:new.sqlite")
    #expect(twin.code == (sabotage.isEmpty ? 0 : 1), "\(twin.output)\(twin.errors)")
    for target in ["csv:load", "csv:load-sjis?charset=windows-31j"] {
      let found = try reconcile(program, project, target)
      #expect(found.code == twin.code, "\(found.output)\(found.errors)")
      #expect(found.json["failed_checks"] as? [String] == twin.json["failed_checks"] as? [String])
      #expect(found.json["evidence"] as? String == twin.json["evidence"] as? String)
    }
  }

  @Test func partsOfTheLoadAreToldAllAtOnce() throws {
    let (program, project) = try loaded(.clean(5))
    defer { program.remove() }
    try export(program, to: "load")
    let notices = program.folder + "/load/通知書.csv"
    let text = try String(contentsOfFile: notices, encoding: .utf8)
    // Columns and files that nobody names prevent GO.
    let lines = text.split(separator: "\r\n")
    try lines.enumerated().map { "\($1),\($0 == 0 ? "更新者" : "x")\r\n" }.joined()
      .write(toFile: notices, atomically: true, encoding: .utf8)
    try "…".write(toFile: program.folder + "/load/送付状.txt", atomically: true, encoding: .utf8)
    let more = try reconcile(program, project, "csv:load")
    #expect(
      more.code == 1 && more.json["failed_checks"] as? [String] == ["NOT-VERIFIED"], "\(more.output)\(more.errors)")
    #expect(more.output.contains("更新者") && more.output.contains("送付状.txt"))
    // What lacks, is there twice, or is in no definition.
    try FileManager.default.copyItem(
      atPath: program.folder + "/load/期別.csv", toPath: program.folder + "/load/期別.tsv")
    try text.replacing("氏名", with: "名前").replacing("区分", with: "税額")
      .write(toFile: notices, atomically: true, encoding: .utf8)
    let less = try reconcile(program, project, "csv:load")
    #expect(less.code == 2)
    #expect(
      less.errors.contains("通知書.氏名, 通知書.税額 ×2, 通知書.区分, 期別 ×2 (×2 is there twice). In no definition: 送付状.txt, 通知書.名前."),
      "\(less.errors)")
  }

  @Test func otherCommandsReadItToo() throws {
    let (program, project) = try loaded(.clean(5))
    defer { program.remove() }
    try export(program, to: "load")
    let run = try program.run(
      "run", project, "--data", "data", "--workspace", "new", "--target", "csv:load", "--language", "en")
    #expect(run.code == 2 && run.errors.contains("can only be read"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/new/runs/0001"))
    let doctor = try program.run(
      "doctor", project, "--data", "data", "--workspace", "ws", "--target", "csv:load", "--language", "en")
    #expect(doctor.output.contains("2 CSV or TSV files (utf-8), only read"), "\(doctor.output)\(doctor.errors)")
    #expect(doctor.output.contains("those of the definitions"), "\(doctor.output)")
    let same = try program.run("trace", project, "NOTICE", "2", "--data", "data", "--target", "sqlite:new.sqlite")
    let trace = try program.run("trace", project, "NOTICE", "2", "--data", "data", "--target", "csv:load")
    #expect(trace.code == 0 && trace.output == same.output, "\(trace.output)\(trace.errors)")
    let suggest = try program.run("mapping", "suggest", project, "--data", "data", "--target", "csv:load")
    let twin = try program.run("mapping", "suggest", project, "--data", "data", "--target", "sqlite:new.sqlite")
    #expect(suggest.code == 0 && suggest.output == twin.output, "\(suggest.output)\(suggest.errors)")
  }
}
