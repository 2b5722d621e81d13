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
}
