import Foundation
import Testing

/// A card on which two groups have an item of the same name, as COBOL allows: in every place where an item is named,
/// the bare name is refused and the qualified one is accepted.
@Suite struct QualifiedNameTests {
  static let copybook = """
           01  CARD.
               05  KD              PIC X(2).
               05  NO              PIC 9(3).
               05  FROM-DATE.
                   10  MMDD        PIC X(4).
               05  TO-DATE.
                   10  MMDD        PIC X(4).

    """

  private func write(_ program: Program) throws {
    try program.write(Array(Self.copybook.utf8), to: "CARD.cpy")
    try program.write(Array("1000105010630\n1000207010731\n".utf8), to: "a.txt")
    try program.write(Array("1000105010630\n1000207010831\n".utf8), to: "b.txt")
  }

  static let reading = ["--copybook", "CARD.cpy", "--charset", "us-ascii", "--record-format", "text"]

  struct Use: Sendable, CustomTestStringConvertible {
    let command: String
    /// The option, in which `@` is replaced by the name.
    let option: [String]
    var code: Int32 = 0
    let says: String
    var testDescription: String { option.joined(separator: " ") }
  }

  @Test(arguments: [
    Use(command: "decode", option: ["--where", "@ = '0731'"], says: #""NO":2"#),
    Use(command: "decode", option: ["--personal", "@"], says: #""TO-DATE":{"MMDD":"●●●"}"#),
    Use(command: "decode", option: ["--type", "@=mixed"], says: #""MMDD":"0731""#),
    Use(command: "decode", option: ["--charset-of", "@=ibm-037"], says: #""FROM-DATE":{"MMDD":"0501"}"#),
    Use(command: "decode", option: ["--record-length", "length(@) + 9"], says: #""MMDD":"0731""#),
    Use(command: "inspect", option: ["--record", "1", "--personal", "@"], says: "MMDD OF TO-DATE"),
    Use(command: "profile", option: ["--where", "@ = '0731'"], says: "MMDD OF TO-DATE"),
  ])
  func aNameIsQualifiedWhereItIsAmbiguous(use: Use) throws {
    func answer(_ name: String) throws -> Program.Answer {
      let program = try Program()
      defer { program.remove() }
      try write(program)
      let option = use.option.map { $0.replacingOccurrences(of: "@", with: name) }
      return try program.run(all: [use.command, "a.txt", "--language", "en"] + Self.reading + option)
    }
    let bare = try answer("MMDD")
    #expect(bare.code >= 2, "\(bare.output)")
    for words in ["“MMDD” stands in several places", "MMDD OF FROM-DATE, MMDD OF TO-DATE", "[name.ambiguous]"] {
      #expect(bare.errors.contains(words), "\(bare.errors)")
    }
    let qualified = try answer("MMDD OF TO-DATE")
    #expect(qualified.code == use.code, "\(qualified.errors)")
    #expect(qualified.output.contains(use.says), "\(qualified.output)")
    #expect(try answer("TO-DATE.MMDD").code >= 2)
  }

  @Test func decodesOwnTableIsIdenticalToTheFile() throws {
    let program = try Program()
    defer { program.remove() }
    try write(program)
    let table = try program.run(all: ["decode", "a.txt", "--to", "csv"] + Self.reading)
    #expect(table.output.hasPrefix("KD,NO,MMDD OF FROM-DATE,MMDD OF TO-DATE\n"))
    try program.write(Array(table.output.utf8), to: "a.csv")
    let terms = "copybook=CARD.cpy&charset=us-ascii&record-format=text"
    func diff(_ left: String, _ right: String, _ more: String...) throws -> Program.Answer {
      try program.run(all: ["diff", left, right, "--key", "NO", "--language", "en"] + more)
    }
    for right in ["a.csv", "legacy:a.txt?\(terms)"] {
      let same = try diff("legacy:a.txt?\(terms)", right)
      #expect(
        same.code == 0 && same.output.contains("identical") && !same.output.contains("not compared"), "\(same.errors)")
    }
    let other = try diff("legacy:a.txt?\(terms)", "legacy:b.txt?\(terms)")
    #expect(other.code == 1 && other.output.contains("MMDD OF TO-DATE"), "\(other.output)")
    let ignoring = try diff("legacy:a.txt?\(terms)", "legacy:b.txt?\(terms)", "--ignore", "MMDD")
    #expect(ignoring.code != 0 && !ignoring.output.contains("identical"), "\(ignoring.output)")
    let one = try diff("legacy:a.txt?\(terms)", "legacy:b.txt?\(terms)", "--ignore", "MMDD OF TO-DATE")
    #expect(one.code == 0 && one.output.contains("not compared (1): MMDD OF TO-DATE"), "\(one.output)")
    let filtered = try diff("legacy:a.txt?\(terms)&where=MMDD = '0731'", "a.csv")
    #expect(filtered.code == 2 && filtered.errors.contains("[name.ambiguous]"), "\(filtered.errors)")
  }

  // MARK: a project

  static let project = [
    "p.yaml": """
    project: p
    title: {ja: p, en: p}
    language: en
    as-of: 2019-11-29
    charset: us-ascii
    subsystems: [sub]
    schema: [schema.yaml]

    """,
    "schema.yaml": """
    tables:
      T:
        key: [no]
        columns: {no: integer, from_md: text(4), to_md: text(4)}

    """,
    "sub/pipeline.yaml": """
    title: {ja: s, en: s}
    files:
      F:
        title: {ja: f, en: f}
        data: a.txt
        copybook: C.cpy
        record-format: text
        kind: KD
        kinds:
          "10":
            title: {ja: k, en: k}
            rows: [{table: T, columns: {no: NO, from_md: MMDD OF FROM-DATE, to_md: MMDD OF TO-DATE}}]
        drop: {KD: {ja: x, en: x}}

    """,
    "sub/checks.yaml": """
    checks:
      - id: C1
        kind: keys
        category: C01
        severity: S1
        title: {ja: n, en: n}
        formula: {ja: n, en: n}
        expected: [{from: "F[10]", by: {no: NO, f: MMDD OF FROM-DATE, t: MMDD IN TO-DATE}, sum: {n: 1}}]
        actual: [{from: T, by: {no: no, f: from_md, t: to_md}, sum: {n: 1}}]

    """,
  ]

  private func lint(_ file: String, _ from: String, _ to: String) throws -> Program.Answer {
    let program = try Program()
    defer { program.remove() }
    try writeProject(program)
    let text = try #require(Self.project[file])
    #expect(text.contains(from))
    try program.write(Array(text.replacingOccurrences(of: from, with: to).utf8), to: file)
    return try program.run("lint", "p.yaml", "--language", "en")
  }

  private func writeProject(_ program: Program) throws {
    try FileManager.default.createDirectory(atPath: program.folder + "/sub", withIntermediateDirectories: true)
    for (name, text) in Self.project { try program.write(Array(text.utf8), to: name) }
    try program.write(Array(Self.copybook.utf8), to: "sub/C.cpy")
    try program.write(Array("1000105010630\n1000207010731\n".utf8), to: "data/a.txt")
  }

  @Test func bothItemsReachTheTarget() throws {
    let program = try Program()
    defer { program.remove() }
    try writeProject(program)
    let run = try program.run("run", "p.yaml", "--data", "data", "--workspace", "ws", "--language", "en")
    #expect(run.code == 0 && run.output.contains("1 passed"), "\(run.output)\(run.errors)")
    let rows = try program.run(
      "diff", "sqlite:ws/runs/0001/target.sqlite?table=T", "rows.csv", "--key", "no", "--language", "en")
    #expect(rows.code == 2)
    try program.write(Array("no,from_md,to_md\n1,0501,0630\n2,0701,0731\n".utf8), to: "rows.csv")
    let same = try program.run(
      "diff", "sqlite:ws/runs/0001/target.sqlite?table=T", "rows.csv", "--key", "no", "--language", "en")
    #expect(same.code == 0, "\(same.output)\(same.errors)")
  }

  @Test(arguments: [
    ("sub/pipeline.yaml", "from_md: MMDD OF FROM-DATE", "from_md: MMDD", "sub/pipeline.yaml:12:"),
    ("sub/checks.yaml", "f: MMDD OF FROM-DATE", "f: MMDD", "sub/checks.yaml:8:"),
    ("sub/pipeline.yaml", "drop: {KD:", "drop: {MMDD: {ja: x, en: x}, KD:", "sub/pipeline.yaml:13:"),
    ("sub/pipeline.yaml", "kind: KD", "kind: MMDD", "sub/pipeline.yaml:8:"),
    ("sub/pipeline.yaml", "kind: KD", "kind: KD\n    personal: [MMDD]", "sub/pipeline.yaml:"),
    ("sub/pipeline.yaml", "kind: KD", "kind: KD\n    types: {mixed: [MMDD]}", "sub/pipeline.yaml:"),
    ("sub/pipeline.yaml", "kind: KD", "kind: KD\n    charset-of: {MMDD: ibm-037}", "sub/pipeline.yaml:"),
  ])
  func anAmbiguousNameIsAProblemOfTheDefinitions(file: String, from: String, to: String, place: String) throws {
    let answer = try lint(file, from, to)
    #expect(answer.code == 1)
    let line = answer.output.split(separator: "\n").first { $0.contains("[name.ambiguous]") }
    #expect(line?.contains(place) == true && line?.contains("MMDD OF FROM-DATE") == true, "\(answer.output)")
  }

  @Test func eachItemNeedsItsOwnDisposition() throws {
    #expect(try lint("p.yaml", "project: p", "project: q").code == 0)
    let one = try lint("sub/pipeline.yaml", "to_md: MMDD OF TO-DATE", "to_md: MMDD OF FROM-DATE")
    #expect(one.code == 0, "the check reads the other: \(one.output)")
    let program = try Program()
    defer { program.remove() }
    try writeProject(program)
    for file in ["sub/pipeline.yaml", "sub/checks.yaml"] {
      let text = try #require(Self.project[file]).replacingOccurrences(of: "MMDD OF TO-DATE", with: "MMDD OF FROM-DATE")
        .replacingOccurrences(of: "MMDD IN TO-DATE", with: "MMDD OF FROM-DATE")
      try program.write(Array(text.utf8), to: file)
    }
    let answer = try program.run("lint", "p.yaml", "--language", "en")
    #expect(answer.code == 1)
    #expect(answer.output.contains("field MMDD OF TO-DATE of kind F[10] has no disposition"), "\(answer.output)")
  }

  // MARK: messages

  @Test(arguments: [
    (
      "sub/checks.yaml", "f: MMDD OF FROM-DATE, t: MMDD IN TO-DATE", "f: MDMD, t: MDMD",
      ["there is no “MDMD” in F[10]", "(and 1 more places) [expression.name]"]
    ),
    (
      "sub/checks.yaml", "by: {no: no, f: from_md", "by: {no: NO, f: from_md",
      ["there is no “NO” in T; F[10] has it", "[expression.elsewhere]"]
    ),
    (
      "sub/checks.yaml", "f: MMDD OF FROM-DATE", "f: 'slice(MMDD OF FROM-DATE, 0, 2)'",
      ["found slice(text, 0, 2), expected slice(text, from, count) (", "from ≥ 1"]
    ),
    (
      "sub/checks.yaml", "f: MMDD OF FROM-DATE", "f: FROM-DATE",
      ["there is no “FROM-DATE” in F[10]", "[expression.name]"]
    ),
    (
      "sub/pipeline.yaml", "kind: KD", "kind: KD\n    personal: [FROM-DATE]",
      ["FROM-DATE stands in copybook sub/C.cpy", "[lint.hidden]"]
    ),
    (
      "sub/pipeline.yaml", "kind: KD", "kind: KD\n    personal: [MMDD OF FORM-DATE]",
      ["Did you mean “MMDD OF FROM-DATE”", "[lint.field]"]
    ),
    (
      "sub/pipeline.yaml", "rows: [{table", "choose: [NOTHING]\n        rows: [{table",
      ["there is no field NOTHING in copybook", "[lint.field]"]
    ),
  ])
  func oneSlipIsOneMessageThatHelps(file: String, from: String, to: String, says: [String]) throws {
    let answer = try lint(file, from, to)
    #expect(answer.code == 1)
    for words in says { #expect(answer.output.contains(words), "\(answer.output)") }
    #expect(!answer.output.contains("Did you mean “FROM-DATE”"), "\(answer.output)")
  }

  @Test func aMistakeInTheSecondCopybookIsToldThere() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("       01  A.\n           05  X PIC X.\n".utf8), to: "A.cpy")
    try program.write(Array("       01  B.\n           05  Y PIC X\n".utf8), to: "B.cpy")
    try program.write([0x41], to: "a.dat")
    let answer = try program.run(
      "decode", "a.dat", "--copybook", "A.cpy", "--copybook", "B.cpy", "--charset", "us-ascii", "--language", "en")
    #expect(answer.code == 2 && answer.errors.contains("B.cpy:2:22:"), "\(answer.errors)")
  }
}
