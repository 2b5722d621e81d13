import Foundation
import Testing

/// The whole life of a rehearsal, with the built program: from the first run to the production decision, including the
/// detection of every later change to its ledger.
@Suite(.serialized) struct RehearsalLifeTests {
  /// The sample of notices with gates of every criterion, a schedule, trainings, and an evening of the parallel run.
  static func project(_ program: Program) throws -> String {
    let project = try program.copyProject()
    let folder = program.folder + "/project/"
    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: folder + name, atomically: true, encoding: .utf8)
    }
    try write(
      """
      id,job,category,severity,owner,gate,title_ja,title_en,evidence,confirmed_by
      NT-T001,KE-CHOTEI,V2,S1,市民税課,production,旧新の調定表は一致するか,Do the lists of claims agree?,,市民税課 係長（調定表を突合）
      NT-T002,KE-CHOTEI,V3,S2,市民税課,both,通知書の宛名に敬称があるか,Is there an honorific in the address?,,市民税課 係長（10件を見る）

      """, "registers/test-items.csv")
    try write(
      "id,owner,subsystem,title_ja,title_en\nKE-CHOTEI,市民税課,notices,軽自動車税 調定処理,Light vehicle tax\n",
      "registers/test-jobs.csv")
    try write(
      """
      id,course,session,owner,planned,severity,gate,title_ja,title_en,confirmed_by
      TR-001,KE,1,市民税課,2019-10-01,S3,both,調定の操作,Claims,市民税課 庶務担当（出席簿）

      """, "registers/trainings.csv")
    try write(
      """
      id,kind,title_ja,title_en,owner,planned_start,planned_end
      return-point,document,最終復帰点,Last point of return,情報管理課,2019-11-20,2019-11-20
      service-start,phase,サービス開始,Start of service,情報管理課,2019-12-01,2019-12-01

      """, "registers/master-schedule.csv")
    try write(
      "id,owner,title_ja,title_en,frequency,items\nEX-001,政策企画課,市民意識調査,Survey,yearly,\n",
      "registers/extract-requests.csv")
    try write(
      """
      gates:
        provisional:
          title: {ja: 仮稼働判定, en: Provisional go-live decision}
          criteria:
            - {id: G-01, kind: complete, title: {ja: 全ファイル, en: All files}, otherwise: no-go}
            - {id: G-02, kind: checks, severities: [S1], max-failed: 0, explained-by: [O], title: {ja: S1, en: S1 checks}, otherwise: no-go}
            - {id: G-03, kind: items, kinds: [migration, test, question], min-executed-percent: 100, min-closed-percent: 50, rest: approved, title: {ja: 確認事項, en: Items}, otherwise: conditional}
            - {id: G-04, kind: issues, severities: [S1], max-open: 0, title: {ja: 重大課題, en: Grave issues}, otherwise: no-go}
            - {id: G-05, kind: rehearsals, min: 2, title: {ja: 回数, en: Rehearsals}, otherwise: no-go}
            - {id: G-06, kind: classified, max-unclassified: 0, title: {ja: 未分類, en: Unclassified}, otherwise: no-go}
            - {id: G-07, kind: definitions, title: {ja: 定義, en: Definitions}, otherwise: no-go}
        production:
          title: {ja: 本稼働判定, en: Production go-live decision}
          criteria:
            - {id: H-01, kind: complete, stage: production, title: {ja: 本番移行, en: Production run}, otherwise: no-go}
            - {id: H-02, kind: items, min-closed-percent: 100, title: {ja: 確認事項, en: Items}, otherwise: no-go}
            - {id: H-03, kind: parallel, min-days: 1, title: {ja: 並行稼働, en: Parallel run}, otherwise: no-go}
            - {id: H-04, kind: trainings, min-held-percent: 100, min-attendance-percent: 95, title: {ja: 研修, en: Trainings}, otherwise: conditional}
            - {id: H-05, kind: milestones, milestones: [return-point], need: stated, title: {ja: 復帰点, en: Return point}, otherwise: no-go}
            - {id: H-06, kind: requests, max-unsettled: 0, title: {ja: 電算処理依頼, en: Extract requests}, otherwise: conditional}
            - {id: H-07, kind: decision, gate: provisional, conditions: met, title: {ja: 仮稼働の決定, en: Provisional decision}, otherwise: no-go}
      expected:
        files: 1
        tables: 2
        checks: 13
        severities: {S1: 10, S2: 2, S3: 1}
        warns: 0
        may-be-empty: 0
        criteria: {provisional: 7, production: 7}
        lists: {migration-items: 3, test-items: 2, test-jobs: 1, trainings: 1, master-schedule: 2, extract-requests: 1}

      """, "gates.yaml")
    try write(
      """
      title: {ja: 並行稼働, en: Parallel run}
      jobs:
        KE-CHOTEI:
          title: {ja: 調定処理, en: Claims}
          section: 市民税課
          items: [NT-T001]
          old: old-{day}.csv
          new: new-{day}.csv
          key: [id]
          totals: [yen]

      """, "parallel.yaml")
    return project
  }

  /// One file of notices, with instalments of person 1 that do not add up when `isBroken`.
  static func bytes(isBroken: Bool) -> [UInt8] {
    var file = NoticeFile.clean(20)
    if isBroken { file.notices[0].instalments[0] -= 100 }
    return file.bytes
  }

  /// Edits a workbook with openpyxl, as a person would in Excel: rows by item, columns by heading.
  private static func edit(_ program: Program, _ edits: [String: [String: String]], _ file: String) throws {
    let script = """
      import json, sys
      from openpyxl import load_workbook
      edits = json.loads(sys.argv[2])
      book = load_workbook(sys.argv[1])
      sheet = book.worksheets[0]
      heads = {cell.value: cell.column for cell in sheet[1]}
      for row in range(2, sheet.max_row + 1):
          for head, value in edits.get(sheet.cell(row, 1).value, {}).items():
              sheet.cell(row, heads[head]).value = value
      book.save(sys.argv[1])
      """
    let process = Process()
    // Debian's, for which Scripts/test installs openpyxl.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let words = String(decoding: try JSONSerialization.data(withJSONObject: edits), as: UTF8.self)
    process.arguments = ["-c", script, program.folder + "/" + file, words]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "openpyxl")
  }

  private struct Life {
    let program: Program
    let project: String

    @discardableResult
    func run(_ words: String..., expecting code: Int32 = 0, at line: Int = #line) throws -> Program.Answer {
      let answer = try program.run(all: words + ["--workspace", "ws", "--language", "en"])
      #expect(answer.code == code, "line \(line): \(words.joined(separator: " ")): \(answer.output)\(answer.errors)")
      return answer
    }

    func state(_ item: String) throws -> String {
      let show = try run("items", "show", project, item, "--format", "json")
      return (show.json["item"] as? [String: Any])?["state"] as? String ?? "–"
    }

    func verdicts(_ gate: String, expecting code: Int32) throws -> [String: String] {
      let answer = try run("gate", gate, project, "--format", "json", expecting: code)
      var found = ["": answer.json["verdict"] as? String ?? "–"]
      for criterion in answer.json["criteria"] as? [[String: Any]] ?? [] {
        found[criterion["id"] as? String ?? ""] = criterion["verdict"] as? String
      }
      return found
    }
  }

  @Test func fromTheFirstRunToTheProductionDecision() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try Self.project(program)
    let life = Life(program: program, project: project)

    // The first rehearsal fails; the check's item is sent back, an issue is opened.
    try program.write(Self.bytes(isBroken: true))
    try life.run("run", project, "--data", "data", "--quiet", expecting: 1)
    #expect(try life.verdicts("provisional", expecting: 1)[""] == "NO-GO")
    try life.run(
      "issues", "open", project, "--title", "instalments do not add up", "--severity", "S1", "--section", "市民税課",
      "--owner", "田中", "--due", "2019-11-10", "--link", "NT-C09-02", "--by", "佐藤")
    try life.run(
      "items", "raise", project, "--title", "端数はどちらに寄せるか", "--owner", "市民税課", "--severity", "S2", "--by", "佐藤")

    // People fill in the workbook; a forbidden change is refused with its cell, and nothing is entered.
    try life.run("items", "export", project, "-o", "items.xlsx")
    try Self.edit(
      program,
      [
        "NT-003": ["Answer": "looked at ten", "State": "answered", "Filled in by": "佐藤"],
        "NT-T001": ["Answer": "=lists", "State": "confirmed", "Filled in by": "佐藤"],
        "NT-T002": ["Answer": "ten looked at", "Filled in by": "佐藤", "Due": "someday"],
      ], "items.xlsx")
    let refused = try life.run("items", "import", project, "items.xlsx", "--by", "鈴木", expecting: 2)
    #expect(refused.errors.contains("someday") && refused.errors.contains("[item.import]"), "\(refused.errors)")
    #expect(try life.state("NT-003") == "raised")
    try life.run("items", "export", project, "-o", "items.xlsx")
    try Self.edit(
      program,
      [
        "NT-003": ["Answer": "looked at ten", "State": "answered", "Filled in by": "佐藤"],
        "NT-T002": ["Answer": "ten looked at", "Filled in by": "佐藤", "Due": "2019-11-12"],
        "Q-0001": ["Answer": "into the first instalment", "Filled in by": "ベンダ"],
      ], "items.xlsx")
    let preview = try life.run("items", "import", project, "items.xlsx", "--by", "鈴木", "--dry-run", "--format", "json")
    #expect((preview.json["changes"] as? [Any])?.count == 4 && preview.json["applied"] as? Bool == false)
    #expect(try life.state("NT-003") == "raised")
    try life.run("items", "import", project, "items.xlsx", "--by", "鈴木")
    #expect(try life.state("NT-003") == "answered")
    // The person who answered does not confirm.
    let own = try life.run("items", "confirm", project, "NT-003", "--by", "佐　藤", expecting: 2)
    #expect(own.errors.contains("[ledger.foureyes]"), "\(own.errors)")
    try life.run("items", "confirm", project, "NT-003", "NT-T002", "Q-0001", "--by", "鈴木")
    #expect(try life.state("NT-003") == "confirmed")

    // The second rehearsal is clean. Confirmations of the first must be renewed.
    try program.write(Self.bytes(isBroken: false))
    try life.run("run", project, "--data", "data", "--quiet")
    let stale = try life.run("items", "list", project, "--stale", "--format", "json")
    #expect(stale.output.contains("NT-003") && stale.output.contains("the evidence changed after 鈴木 confirmed"))
    try life.run(
      "items", "hold", project, "NT-T001", "--reason", "comes with the parallel run", "--approver", "部長", "--until",
      "2099-12-31", "--by", "佐藤")
    var found = try life.verdicts("provisional", expecting: 1)
    #expect(found["G-04"] == "NO-GO" && found["G-03"] == "CONDITIONAL", "\(found)")
    // The issue is resolved, and closed by another person.
    try life.run("issues", "resolve", project, "I-0001", "--resolution", "rounding mended", "--by", "田中")
    #expect(
      try life.run("issues", "close", project, "I-0001", "--by", "田中", expecting: 2).errors.contains(
        "[ledger.foureyes]"))
    try life.run("issues", "close", project, "I-0001", "--by", "佐藤")
    // Only the items are left: a conditional decision, with a condition. The verdict permits no better one.
    found = try life.verdicts("provisional", expecting: 1)
    #expect(found[""] == "CONDITIONAL", "\(found)")
    let early = try life.run(
      "decisions", "record", project, "provisional", "--decision", "approved", "--held", "2019-11-18", "--by", "情報管理課",
      expecting: 2)
    #expect(early.errors.contains("[decision.refused]"), "\(early.errors)")
    try life.run(
      "decisions", "record", project, "provisional", "--decision", "conditional", "--held", "2019-11-18", "--condition",
      "2019-11-25:市民税課:look at the notices again", "--by", "情報管理課")
    try life.run("items", "confirm", project, "NT-003", "--by", "鈴木")
    found = try life.verdicts("provisional", expecting: 0)
    #expect(found[""] == "GO", "\(found)")
    try life.run("decisions", "met", project, "D-0001", "1", "--on", "2019-11-19", "--by", "情報管理課")
    try life.run(
      "decisions", "record", project, "provisional", "--decision", "approved", "--held", "2019-11-20", "--by", "情報管理課")

    // Parallel run, training, return point, extract requests, production.
    try "id,yen\n1,100\n".write(
      toFile: program.folder + "/project/old-2019-11-21.csv", atomically: true, encoding: .utf8)
    try "id,yen\n1,101\n".write(
      toFile: program.folder + "/project/new-2019-11-21.csv", atomically: true, encoding: .utf8)
    try life.run("items", "reopen", project, "NT-T001", "--reason", "it begins", "--by", "佐藤")
    // An item that a person sent back stays so until a person takes it on.
    try life.run("items", "investigate", project, "NT-T001", "--by", "佐藤")
    try life.run("parallel", "project/parallel.yaml", "--day", "2019-11-21", expecting: 1)
    #expect(try life.state("NT-T001") == "returned")
    try "id,yen\n1,100\n".write(
      toFile: program.folder + "/project/new-2019-11-21.csv", atomically: true, encoding: .utf8)
    try life.run("parallel", "project/parallel.yaml", "--day", "2019-11-21")
    #expect(try life.state("NT-T001") == "answered", "the comparison answers, a person confirms")
    try life.run("items", "confirm", project, "NT-T001", "--by", "鈴木")
    #expect(try life.state("NT-T001") == "confirmed")
    try life.run(
      "items", "attend", project, "TR-001", "--held", "2019-10-01", "--invited", "20", "--attended", "19", "--by", "庶務")
    try life.run("items", "confirm", project, "TR-001", "--by", "課長")
    try life.run(
      "schedule", "done", project, "return-point", "--end", "2019-11-20", "--note", "12月1日 4時まで", "--by", "佐藤")
    try life.run("schedule", "approve", project, "return-point", "--by", "課長")
    try life.run("requests", "settle", project, "EX-001", "rehomed", "--destination", "住基システム", "--by", "佐藤")
    try life.run("requests", "approve", project, "EX-001", "--by", "政策企画課 主任")
    #expect(try life.verdicts("production", expecting: 1)["H-01"] == "NO-GO", "no production run yet")
    try life.run("run", project, "--data", "data", "--stage", "production", "--quiet")
    // The same data: earlier confirmations still hold.
    found = try life.verdicts("production", expecting: 0)
    #expect(found[""] == "GO", "\(found)")
    try life.run(
      "decisions", "record", project, "production", "--decision", "approved", "--held", "2019-11-30", "--by", "情報管理課")

    // Evidence that can be proven.
    try life.run("ledger", "key", "key.pem", expecting: 64)
    #expect(try program.run("ledger", "key", "key.pem").code == 0)
    try life.run("ledger", "anchor", project, "--key", "key.pem", "-o", "anchor.json")
    try life.run("ledger", "verify", project, "--anchor", "anchor.json", "--key", "key.pem.pub")
    try life.run("ledger", "export", project, "-o", "bundle")
    try Self.tamper(life)
  }

  /// Every kind of tampering is found and named.
  private static func tamper(_ life: Life) throws {
    let path = life.program.folder + "/ws/ledger.sqlite"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    func finding(_ what: String, _ kind: String, anchored: Bool = false, _ change: () throws -> Void) throws {
      try change()
      var words = ["ledger", "verify", life.project, "--workspace", "ws", "--format", "json"]
      if anchored { words += ["--anchor", "anchor.json"] }
      let answer = try life.program.run(all: words)
      #expect(answer.code == 1, "\(what): \(answer.output)\(answer.errors)")
      let kinds = (answer.json["findings"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
      #expect(kinds.contains(kind), "\(what): \(kinds)")
      try whole.write(to: URL(fileURLWithPath: path))
    }
    let last = try #require(
      try life.program.run("ledger", "verify", life.project, "--workspace", "ws", "--format", "json").json["entries"]
        as? Int)
    try finding("a decision changed", "changed") {
      try life.program.sql(
        "UPDATE entry SET text = replace(text, 'conditional', 'unconditional') WHERE register = 'decision'")
    }
    try finding("an entry removed", "removed") { try life.program.sql("DELETE FROM entry WHERE number = 7") }
    try finding("two entries swapped", "reordered") {
      try life.program.sql(
        "UPDATE entry SET number = -1 WHERE number = 5; UPDATE entry SET number = 5 WHERE number = 6; UPDATE entry SET number = 6 WHERE number = -1"
      )
    }
    try finding("the tail cut off", "register") { try life.program.sql("DELETE FROM entry WHERE number = \(last)") }
    try finding("the tail cut off with its register", "anchor", anchored: true) {
      try life.program.sql("DELETE FROM entry WHERE number = \(last); DELETE FROM decision WHERE id = 'D-0003'")
    }
    try finding("a register changed", "register") {
      try life.program.sql("UPDATE item SET confirmed_by = '市長' WHERE id = 'NT-003'")
    }
    try finding("a trigger added", "structure") {
      try life.program.sql("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM item; END")
    }
    let evidence = life.program.folder + "/ws/runs/0001/evidence.json"
    let text = try String(contentsOfFile: evidence, encoding: .utf8)
    try finding("evidence changed", "evidence") {
      try text.replacing("\"failed\"", with: "\"passed\"").write(toFile: evidence, atomically: true, encoding: .utf8)
    }
    try text.write(toFile: evidence, atomically: true, encoding: .utf8)
    #expect(try life.program.run("ledger", "verify", life.project, "--workspace", "ws").code == 0)
  }
}
