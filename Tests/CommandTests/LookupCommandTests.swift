import Foundation
import Testing

/// Tables of other columns beside the code tables: through a run, and what `lint` tells of them.
@Suite struct LookupCommandTests {
  private static let good = "区分:text:key,年度:integer:key,名称:text,額:integer\n01,2019,普通,5\n02,2019,特別,\n01,2018,旧,1\n"

  private func prepare(_ program: Program, _ table: String, name: String = "lookup('区分表', NT-CODE, year, '名称')") throws
    -> String
  {
    let project = try program.copyProject()
    try program.write(NoticeFile.clean(6).bytes)
    let folder = program.folder + "/project"
    try table.write(toFile: folder + "/codes/区分表.csv", atomically: true, encoding: .utf8)
    let schema = folder + "/schema.yaml"
    try String(contentsOfFile: schema, encoding: .utf8)
      .replacing("      区分: text(2)\n", with: "      区分: text(2)\n      名称: text(4)\n")
      .write(toFile: schema, atomically: true, encoding: .utf8)
    let pipeline = folder + "/notices/pipeline.yaml"
    let text = try String(contentsOfFile: pipeline, encoding: .utf8)
    let line = try #require(
      text.split(separator: "\n").first { $0.contains("区分: code(") || $0.contains("区分: \"code(") })
    let indent = line.prefix { $0 == " " }
    try text.replacing(line, with: line + "\n" + indent + "名称: \"\(name.replacing("year", with: "NT-YEAR"))\"")
      .write(toFile: pipeline, atomically: true, encoding: .utf8)
    let checks = folder + "/notices/checks.yaml"
    let own = name.replacing("year", with: "NT-YEAR")
    let check = """

        - id: NT-C02-30
          kind: keys
          category: C02
          severity: S1
          title: {ja: 名称, en: names}
          expected: [{from: "NOTICE[10]", where: NT-TAX <> 0, by: {番号: NT-PERSON-NO, 名称: "\(own)"}, sum: {行: 1}}]
          actual: [{from: 通知書, by: {番号: 宛名番号, 名称: 名称}, sum: {行: 1}}]

      """
    try (String(contentsOfFile: checks, encoding: .utf8) + check).write(
      toFile: checks, atomically: true, encoding: .utf8)
    let gates = folder + "/gates.yaml"
    try String(contentsOfFile: gates, encoding: .utf8).replacing("checks: 13", with: "checks: 14")
      .replacing("S1: 10", with: "S1: 11").write(toFile: gates, atomically: true, encoding: .utf8)
    return project
  }

  @Test func theColumnIsMigrated() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(program, Self.good)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect((run.json["records"] as? [String: Int])?["rejected"] == 0, "\(run.output)\(run.errors)")
    let trace = try program.run("trace", project, "NOTICE", "4", "--data", "data", "--language", "en")
    #expect(trace.output.contains("特別"), "\(trace.output)\(trace.errors)")
    // A key that the table has not rejects the record, as a code does.
    try Self.good.replacing("02,2019,特別,\n", with: "")
      .write(toFile: program.folder + "/project/codes/区分表.csv", atomically: true, encoding: .utf8)
    let less = try program.run("run", project, "--data", "data", "--workspace", "ws2", "--format", "json")
    #expect((less.json["records"] as? [String: Int])?["rejected"] == 2, "\(less.output)\(less.errors)")
    #expect(
      try program.file("ws2/runs/0001/quarantine/NOTICE.ndjson").contains("map.code.unmapped"))
  }

  @Test func otherColumnsOfCodeTablesAreRead() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(program, Self.good, name: "lookup('区分', NT-CODE, 'name_ja')")
    let lint = try program.run("lint", project)
    #expect(!(lint.output + lint.errors).contains("lookup"), "\(lint.output)\(lint.errors)")
  }

  @Test(arguments: [
    ("区分:text:key,名称:text\n01,a\n01,b\n", "区分表.csv:3", "each key once"),
    ("a:text:key,b:integer:key,c:date\nx,1,2019-02-29\n", "区分表.csv:2", "c “2019-02-29”"),
    ("a:text:key,c:integer\nx,1.5\n", "区分表.csv:2", "c “1.5”"),
    ("a:text:key,c:decimal(1)\nx,1.25\n", "区分表.csv:2", "c “1.25”"),
    ("a:text:key,c:boolean\nx,1\n", "区分表.csv:2", "c “1”"),
    ("a:text:key,c:text\n,x\n", "区分表.csv:2", "a key without blanks"),
    ("a:text:key,c:text\n x,x\n", "区分表.csv:2", "a key without blanks"),
    ("a:text:key,c:varchar\nx,x\n", "区分表.csv:1", "NAME:TYPE"), ("a:text:key,c\nx,x\n", "区分表.csv:1", "NAME:TYPE"),
    ("a:text,c:text\nx,x\n", "区分表.csv:1", "a column of the key"),
    ("a:text:key\nx\n", "区分表.csv:1", "a column of the key"),
    ("a:text:key,a:integer\nx,1\n", "区分表.csv:1", "each column once"),
    ("a:text:key,c:text\nx\n", "区分表.csv:2", "2 columns"),
  ]) func aTableIsProved(_ table: String, _ place: String, _ message: String) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(program, table)
    let lint = try program.run("lint", project, "--language", "en")
    let told = (lint.output + lint.errors).split(separator: "\n")
    #expect(
      lint.code != 0 && told.contains { $0.contains(place) && $0.contains(message) }, "\(lint.output)\(lint.errors)")
  }
}
