import CSQLite
import Foundation
import Testing

/// Whole runs into tables of another program, with types beyond integer, text, date and decimal.
@Suite struct ColumnTypeRunTests {
  private static let files = [
    "project.yaml": """
    project: pay
    title: {ja: 収納, en: Payments}
    language: en
    as-of: 2024-05-01
    charset: utf-8
    subsystems: [pay]
    schema: [schema.yaml]

    """,
    "schema.yaml": """
    tables:
      収納:
        key: [番号]
        columns:
          番号: char(5)
          完納: boolean
          税率: numeric(7,2) optional
          回数: numeric(3)
          更新: timestamp
          受付: time optional
          終了: date optional

    """,
    "pay/PAY.yaml": """
    format: csv
    charset: utf-8
    header: true
    items:
      - {name: 番号, type: text(5)}
      - {name: 区分, type: text(1)}
      - {name: 税率, type: "number(7,2)"}
      - {name: 回数, type: number(4)}
      - {name: 更新, type: text(26)}
      - {name: 受付, type: text(15)}
      - {name: 終了, type: date, form: yyyymmdd}

    """,
    "pay/pipeline.yaml": """
    title: {ja: 収納, en: Payments}
    files:
      PAY:
        title: {ja: 収納, en: Payments}
        data: PAY.csv
        layout: PAY.yaml
        kinds:
          data:
            title: {ja: 収納, en: Payment}
            rows:
              - table: 収納
                columns: {番号: 番号, 完納: 区分 = '1', 税率: 税率, 回数: 回数, 更新: 更新, 受付: 受付, 終了: 終了}

    """,
    "pay/checks.yaml": """
    checks:
      - id: P-1
        kind: keys
        category: C01
        severity: S1
        title: {ja: 全項目, en: All items}
        expected: [{from: "PAY[*]", by: {番号: 番号, 完納: 区分 = '1', 税率: 税率, 更新: 更新, 受付: 受付, 終了: 終了}, sum: {回数: 回数, 行数: 1}}]
        actual: [{from: 収納, by: {番号: 番号, 完納: 完納, 税率: 税率, 更新: 更新, 受付: 受付, 終了: 終了}, sum: {回数: 回数, 行数: 1}}]
      - id: P-2
        kind: totals
        category: C01
        severity: S1
        title: {ja: 完納の件数, en: Paid}
        expected: [{from: "PAY[*]", where: 区分 = '1', sum: {件数: 1}}]
        actual: [{from: 収納, where: 完納, sum: {件数: 1}}]
      - {id: P-3, kind: readable, category: C04, severity: S1, title: {ja: 読める, en: Readable}, table: 収納}
      - {id: P-4, kind: unique, category: C04, severity: S1, title: {ja: 重複なし, en: None twice}, table: 収納, key: [番号]}

    """,
  ]

  private func prepare(_ program: Program, _ rows: [String]) throws -> String {
    let folder = program.folder + "/project"
    try FileManager.default.createDirectory(atPath: folder + "/pay", withIntermediateDirectories: true)
    for (name, text) in Self.files { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    try (["番号,区分,税率,回数,更新,受付,終了"] + rows).map { $0 + "\n" }.joined()
      .write(toFile: program.folder + "/data/PAY.csv", atomically: true, encoding: .utf8)
    return folder + "/project.yaml"
  }

  private static func execute(_ path: String, _ sql: String) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(sql)")
  }

  private static let good = [
    "A01,1,12.5,3,2024-04-01 09:30:00,09:30:00,20240401", "A02,0,,0,2024-04-01 09:30:00.5,,",
    "A03,1,-0.05,999,2024-04-01 00:00:00,,",
  ]
  private static let ddl =
    "CREATE TABLE 収納 (番号 CHAR(5) NOT NULL, 完納 BOOLEAN NOT NULL, 税率 NUMERIC(7,2), 回数 NUMERIC(3) NOT NULL,"
    + " 更新 TIMESTAMP NOT NULL, 受付 TIME, 終了 DATE)"

  /// The same rows, as another program keeps them: padded, numbers as REAL, no date as NULL.
  private static let stored =
    "INSERT INTO 収納 VALUES ('A01  ', 1, 12.5, 3, '2024-04-01 09:30:00', '09:30:00', '2024-04-01'),"
    + " ('A02', 0, NULL, 0, '2024-04-01 09:30:00.5', NULL, NULL), ('A03', 1, -0.05, 999, '2024-04-01 00:00:00', NULL, NULL)"

  @Test func everyTypeIsLoadedReadAndCompared() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(program, Self.good)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    try Self.execute(program.folder + "/own.sqlite", Self.ddl + ";" + Self.stored)
    let other = try program.run(
      "reconcile", project, "--data", "data", "--target", "sqlite:own.sqlite", "--workspace", "ws2")
    #expect(other.code == 0, "\(other.output)\(other.errors)")
    let diff = try program.run(
      "diff", "project/project.yaml:pay.収納?data=data", "sqlite:own.sqlite?table=収納", "--key", "番号")
    #expect(diff.code == 0, "\(diff.output)\(diff.errors)")
  }

  @Test func runIntoTheTablesOfAnotherProgram() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(program, Self.good)
    try Self.execute(program.folder + "/own.sqlite", Self.ddl)
    let run = try program.run("run", project, "--data", "data", "--target", "sqlite:own.sqlite", "--workspace", "ws")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    try Self.execute(program.folder + "/strict.sqlite", Self.ddl.replacing("終了 DATE", with: "終了 DATE NOT NULL"))
    let refused = try program.run(
      "run", project, "--data", "data", "--target", "sqlite:strict.sqlite", "--workspace", "ws2")
    #expect(refused.code == 2)
    #expect(
      refused.errors.contains("収納") && refused.errors.contains("番号=A02. Column 終了: NOT NULL"), "\(refused.errors)")
  }

  @Test func aValueThatAColumnCannotHoldRejectsItsRecord() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(
      program,
      Self.good + [
        "B01,1,1,1000,2024-04-01 09:30:00,,", "B02,1,1,1,2024-04-01,,", "B03,1,1,1,2024-04-01 09:30:00,24:00:00,",
        "B04,1,1,,2024-04-01 09:30:00,,",
      ])
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect((run.json["records"] as? [String: Int]) == ["read": 7, "migrated": 3, "rejected": 4, "excluded": 0])
    let reasons = try String(contentsOfFile: program.folder + "/ws/runs/0001/quarantine/PAY.ndjson", encoding: .utf8)
    let found = reasons.split(separator: "\n").map { line in
      line.split(separator: ",").prefix(2).map { $0.split(separator: "\"").last ?? "" }.joined(separator: " ")
    }
    #expect(found == ["map.length 収納.回数", "target.value 収納.更新", "target.value 収納.受付", "map.missing 収納.回数"])
  }

  @Test(arguments: [
    "numeric(39)", "numeric(3,4)", "numeric", "boolean(1)", "char", "char(0)", "text(3,4)", "timestamp(6)", "float",
  ])
  func aTypeThatIsNoneIsRefused(_ type: String) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try prepare(program, [])
    let path = program.folder + "/project/schema.yaml"
    try String(contentsOfFile: path, encoding: .utf8).replacing("numeric(3)", with: type)
      .write(toFile: path, atomically: true, encoding: .utf8)
    let lint = try program.run("lint", project)
    #expect(
      lint.errors.contains("schema.yaml:8") || lint.output.contains("schema.yaml:8"), "\(lint.output)\(lint.errors)")
    #expect((lint.output + lint.errors).contains("numeric(n,n)"))
  }
}
