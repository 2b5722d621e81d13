import Foundation
import Testing

/// `lint --tests`: records written by people beside the mapping, and the rows that must become of them.
@Suite struct MappingTestsTests {
  private static func lint(_ project: String, _ program: Program, _ more: String...) throws -> Program.Answer {
    try program.run(all: ["lint", project, "--tests", "--language", "en"] + more)
  }

  @Test func theTestsOfTheSamplePass() throws {
    let program = try Program()
    defer { program.remove() }
    let answer = try Self.lint(Program.notices, program)
    #expect(answer.code == 0 && answer.output.contains("5 test(s) of the mapping passed"), "\(answer.output)")
    #expect(try Self.lint(Program.notices, program, "--format", "json").json["tests"] as? Int == 5)
  }

  private static let good =
    "NOTICE[10],NT-PERSON-NO=00000001; NT-YEAR=2019; NT-TAX=3000; NT-KI-DUE[1]=2019-07-01; NT-KI-TAX[1]=3000; NT-CODE=01"

  @Test(arguments: [
    (
      "\(good),通知書,税額=3001\n,,期別,期別=1",
      "notices/mapping-tests.csv:2: test of the mapping: found “税額=3000”, expected “税額=3001”"
    ),
    (
      "\(good),通知書,税額=3000; 区分='A1'\n,,期別,期別=1\n,,期別,期別=2",
      ":4: test of the mapping: found “no row of 期別”, expected “期別=2”"
    ),
    (
      "\(good),通知書,税額=3000",
      ":2: test of the mapping: found “期別: 課税年度=2019; 宛名番号=00000001; 期別=1”, expected “a line for each row”"
    ),
    ("\(good),通知書,氏名=NULL\n,,期別,期別=1", "found “氏名=”"), ("\(good),,excluded NT-X01", "found “migrated, 2 row(s)”"),
    ("NOTICE[10],NT-TAX=0,通知書,税額=0", "found “excluded NT-X01”, expected “税額=0”"),
    ("NOTICE[10],NT-TAX=0,,rejected map.missing", "found “excluded NT-X01”, expected “rejected map.missing”"),
    ("\(good),通知書,税学=3000\n,,期別,期別=1", "found “税学”, expected a column: 税額"),
    ("\(good),通知,税額=1", "expected a table: 通知書"),
    ("NOTICE[11],NT-TAX=0,,migrated", "expected NOTICE[00], NOTICE[10], NOTICE[99]"),
    ("NOTIC[10],NT-TAX=0,,migrated", "NOTICE"),
    ("NOTICE[10],NT-TAXX=0,,migrated", "expected an item: NT-TAX"),
    ("NOTICE[10],NT-KI-TAX=0,,migrated", "NT-KI-TAX[1…2]"),
    ("NOTICE[10],NT-KI-TAX[3]=0,,migrated", "NT-KI-TAX[1…2]"), ("NOTICE[10],NT-TAX=x,,migrated", "S9(9) COMP-3"),
    ("NOTICE[10],NT-TAX=1234567890,,migrated", "a value that the item holds"),
    ("NOTICE[10],NT-NAME='山,,migrated", "a quote"),
    ("NOTICE[10],NT-TAX,,migrated", "NAME=value"), ("NOTICE[10],hex:F1,,migrated", "the kind 10"),
    ("NOTICE[10],hex:F1F,,migrated", "two digits a byte"), (",,通知書,税額=0", "FILE[kind]"),
  ]) func whatFailsIsSaidWithItsLine(_ lines: String, _ words: String) throws {
    let program = try Program()
    defer { program.remove() }
    let project = program.folder + "/notices"
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/notices", toPath: project)
    try "file,in,table,out\n\(lines)\n"
      .write(toFile: project + "/notices/mapping-tests.csv", atomically: true, encoding: .utf8)
    let answer = try Self.lint("notices/project.yaml", program)
    #expect(answer.code == 1 && answer.output.contains(words), "\(answer.output)")
    // Without `--tests` the definitions alone are judged.
    #expect(try program.run("lint", "notices/project.yaml").code == 0)
  }

  @Test func withoutTestsThereIsNothingToTry() throws {
    let program = try Program()
    defer { program.remove() }
    let project = program.folder + "/notices"
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/notices", toPath: project)
    try FileManager.default.removeItem(atPath: project + "/notices/mapping-tests.csv")
    let answer = try Self.lint("notices/project.yaml", program)
    #expect(answer.code == 1 && answer.output.contains("mapping-tests.csv"), "\(answer.output)")
  }

  /// Cells are written as they stand in the file.
  @Test func linesOfACSVFile() throws {
    let program = try Program()
    defer { program.remove() }
    let header = "file,in,table,out\n"
    let path = try TextSourceTests().prepare(
      program, layout: TextSourceTests.layout("csv", charset: "windows-31j", header: "header: true"), data: [])
    let tests = program.folder + "/project/pay/mapping-tests.csv"
    try
      (header
      + "PAY[data],\"管理番号=A1; 氏名=山田; 支払日=2024/4/1; 金額=1000.5; 備考='a,\"\"b; it''s'\",収納,"
      + "\"支払日=2024-04-01; 金額=1000.50; 備考='a,\"\"b; it''s'\"\n"
      + "PAY[data],管理番号=A2; 氏名=山田; 支払日=2024/4/1; 金額=1; 備考='',収納,備考=''\n"
      + "PAY[data],管理番号=A3; 氏名=山田; 支払日=2024/4/1; 金額=1; 備考=NULL,収納,備考=NULL\n"
      + "PAY[data],管理番号=A4; 氏名=山田; 支払日=2024/4/31; 金額=1,,rejected decode.date.impossible\n")
      .write(toFile: tests, atomically: true, encoding: .utf8)
    let answer = try Self.lint(path, program)
    #expect(answer.code == 0 && answer.output.contains("4 test(s)"), "\(answer.output)\(answer.errors)")
  }
}
