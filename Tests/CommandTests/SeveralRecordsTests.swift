import Foundation
import Testing

/// A file whose copybook has a level 01 entry for each kind of record.
@Suite struct SeveralRecordsTests {
  @Test func eachKindChoosesItsLevel01() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.folder + "/project"
    try FileManager.default.createDirectory(atPath: folder + "/sub", withIntermediateDirectories: true)
    let files = [
      "project.yaml": """
      project: p
      title: {ja: 例, en: Example}
      language: en
      as-of: 2024-05-01
      charset: us-ascii
      subsystems: [sub]
      schema: [schema.yaml]

      """,
      "schema.yaml": "tables:\n  T: {key: [no], columns: {no: text(3), tax: integer, name: text(5)}}\n",
      "sub/R.cpy": """
             01  REC-A.
                 05  A-KBN    PIC X.
                 05  A-NO     PIC X(3).
                 05  A-TAX    PIC 9(4).
             01  REC-B.
                 05  B-KBN    PIC X.
                 05  B-NO     PIC X(3).
                 05  B-NAME   PIC X(4).

      """,
      "sub/pipeline.yaml": """
      title: {ja: 例, en: Example}
      files:
        F:
          title: {ja: 例, en: Example}
          data: F.dat
          copybook: R.cpy
          kind: A-KBN
          kinds:
            "1":
              title: {ja: 甲, en: A}
              choose: [REC-A]
              rows: [{table: T, columns: {no: A-NO, tax: A-TAX, name: "''"}}]
            "2":
              title: {ja: 乙, en: B}
              choose: [REC-B]
              rows: [{table: T, columns: {no: B-NO, tax: 0, name: B-NAME}}]
          drop: {A-KBN: {ja: 種別, en: kind}, B-KBN: {ja: 種別, en: kind}}

      """,
      "sub/checks.yaml": """
      checks:
        - id: C-1
          kind: keys
          category: C01
          severity: S1
          title: {ja: 例, en: Example}
          expected:
            - {from: "F[1]", by: {no: A-NO, name: "''"}, sum: {tax: A-TAX, rows: 1}}
            - {from: "F[2]", by: {no: B-NO, name: B-NAME}, sum: {tax: 0, rows: 1}}
          actual: [{from: T, by: {no: no, name: name}, sum: {tax: tax, rows: 1}}]

      """,
    ]
    for (name, text) in files { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    try program.write(Array("10010500200AAbcd2002EFGH".utf8), to: "data/F.dat")
    let run = try program.run(
      "run", folder + "/project.yaml", "--data", "data", "--workspace", "ws", "--format", "json")
    #expect(
      (run.json["records"] as? [String: Int]) == ["read": 3, "migrated": 3, "rejected": 0, "excluded": 0],
      "\(run.output)\(run.errors)")
    #expect(run.code == 0, "\(run.output)")
  }

  /// Without a project, a rule chooses the entry by an item of any entry.
  @Test func aRuleChoosesALevel01() throws {
    let program = try Program()
    defer { program.remove() }
    let copybook = """
             01  REC-A.
                 05  A-KBN    PIC X.
                     88  A-IS-B  VALUE '2'.
                 05  A-NO     PIC X(3).
                 05  A-TAX    PIC 9(4).
             01  REC-B.
                 05  B-KBN    PIC X.
                 05  B-NO     PIC X(3).
                 05  B-NAME   PIC X(4).

      """
    try program.write(Array(copybook.utf8), to: "R.cpy")
    try program.write(Array("10010500200AAbcd2002EFGH".utf8), to: "F.dat")
    let options = ["F.dat", "--copybook", "R.cpy", "--charset", "us-ascii", "--language", "en"]
    let wanted = """
      {"REC-A":{"A-KBN":"1","A-NO":"001","A-TAX":500},"REC-B":null}
      {"REC-A":null,"REC-B":{"B-KBN":"2","B-NO":"00A","B-NAME":"Abcd"}}
      {"REC-A":null,"REC-B":{"B-KBN":"2","B-NO":"002","B-NAME":"EFGH"}}

      """
    for rules in [
      ["--choose", "REC-B=A-KBN = '2'"], ["--choose", "REC-A=B-KBN = '1'", "--choose", "REC-B=A-KBN = '2'"],
      ["--choose", "REC-A=A-KBN <> '2'"], ["--choose", "REC-B=A-IS-B"],
    ] {
      let decode = try program.run(all: ["decode"] + options + rules)
      #expect(decode.code == 0 && decode.output == wanted, "\(rules)\n\(decode.output)\(decode.errors)")
    }
    let rule = ["--choose", "REC-B=A-KBN = '2'"]
    let inspect = try program.run(all: ["inspect"] + options + rule + ["--record", "2"])
    #expect(
      inspect.code == 0 && inspect.output.contains("\"Abcd\"") && !inspect.output.contains("✗"), "\(inspect.output)")
    let profile = try program.run(all: ["profile"] + options + rule + ["--format", "json"])
    #expect(profile.code == 0, "\(profile.output)\(profile.errors)")
    let reference = "legacy:F.dat?copybook=R.cpy&charset=us-ascii&choose=REC-B=A-KBN = '2'"
    let diff = try program.run("diff", reference, reference, "--key", "A-NO,B-NO")
    #expect(diff.code == 0, "\(diff.output)\(diff.errors)")
    // An item that neither all records nor a level 01 entry has at one place.
    let wrong = try program.run(all: ["decode"] + options + ["--choose", "REC-B=C-KBN = '2'"])
    #expect(wrong.code != 0 && wrong.errors.contains("C-KBN"))
  }
}
