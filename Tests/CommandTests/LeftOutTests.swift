import CSQLite
import Foundation
import Testing

/// Values that are easily left out in silence: each is reported, refused, or read correctly.
@Suite struct LeftOutTests {
  // MARK: a project of one file and one table

  private static let project: [String: String] = [
    "p.yaml": """
    project: p
    title: {ja: p, en: p}
    language: en
    as-of: 2019-11-29
    charset: us-ascii
    subsystems: [sub]
    schema: [schema.yaml]
    codes: codes
    """,
    "codes/flag.csv": "legacy,standard,name_ja,name_en,valid_from,valid_to,note\n1,01,a,a,2019-01-01,2019-12-31,\n",
    "schema.yaml": "tables:\n  T: {key: [no], columns: {no: integer, name: text(4), amount: integer}}\n",
    "sub/C.cpy": """
           01 R.
              05 KD PIC X(2).
              05 NO PIC 9(2).
              05 G.
                 10 NAME PIC X(4).
                 10 AMOUNT PIC 9(3).
              05 H REDEFINES G.
                 10 SHORT PIC X(3).

    """,
    "sub/pipeline.yaml": """
    title: {ja: s, en: s}
    files:
      F:
        title: {ja: f, en: f}
        data: a.dat
        copybook: C.cpy
        record-format: F
        kind: KD
        kinds:
          "10":
            title: {ja: k, en: k}
            choose: [G]
            rows: [{table: T, columns: {no: NO, name: NAME, amount: AMOUNT}}]
        drop: {KD: {ja: x, en: x}}
    """,
    "sub/checks.yaml": """
    checks:
      - id: C1
        kind: keys
        category: C01
        severity: S1
        title: {ja: n, en: n}
        expected: [{from: "F[10]", by: {no: NO, name: NAME}, sum: {n: 1, amount: AMOUNT}}]
        actual: [{from: T, by: {no: no, name: name}, sum: {n: 1, amount: amount}}]
    """,
    "data/a.dat": "1001ab  0101002cd  020",
  ]

  private func written(_ changes: [String: (String) -> String] = [:]) throws -> Program {
    let program = try Program()
    for folder in ["sub", "codes"] {
      try FileManager.default.createDirectory(atPath: program.folder + "/" + folder, withIntermediateDirectories: true)
    }
    for (name, text) in Self.project { try program.write(Array((changes[name]?(text) ?? text).utf8), to: name) }
    return program
  }

  @Test func theProjectAsItIsPasses() throws {
    let program = try written()
    defer { program.remove() }
    let run = try program.run("run", "p.yaml", "--data", "data", "--workspace", "ws", "--language", "en")
    #expect(run.code == 0 && run.output.contains("1 passed"), "\(run.output)\(run.errors)")
    #expect(!run.output.contains("map.row.none") && !run.output.contains("unheld"), "\(run.output)")
  }

  /// The refused input, and the words of the reason.
  @Test(arguments: [
    (
      "sub/pipeline.yaml", "choose: [G]", "choose: [H]", "name: NAME, amount: AMOUNT",
      "name: SHORT, amount: \"NO * 1\"", "FILLER"
    ),
    (
      "sub/pipeline.yaml", "rows: [{table: T, columns: {no: NO, name: NAME, amount: AMOUNT}}]", "rows: []", "", "",
      "no row for 10"
    ),
    (
      "sub/pipeline.yaml", "        rows:",
      "        exclude: [{id: a, when: NO = 1, reason: {ja: r, en: r}}, {id: a, when: NO = 2, reason: {ja: r, en: r}}]\n        rows:",
      "", "", "each id once"
    ),
    (
      "sub/checks.yaml", "by: {no: NO, name: NAME}", "where: \"NAME <> 'ab  '\", by: {no: NO, name: NAME}", "", "",
      "without blanks at its end"
    ),
    (
      "sub/checks.yaml", "by: {no: NO, name: NAME}", "where: \"NAME in ('ab ', 'cd')\", by: {no: NO, name: NAME}", "",
      "",
      "without blanks at its end"
    ),
    ("codes/flag.csv", "1,01,a", "1,,a", "", "", "standard “”"),
    ("codes/flag.csv", "1,01,a", "1, 01,a", "", "", "standard “ 01”"),
    ("codes/flag.csv", "2019-12-31", "2018-12-31", "", "", "a date not before 2019-01-01"),
  ])
  func whatWouldBeLeftOutIsRefused(
    file: String, from: String, to: String, from2: String, to2: String, words: String
  ) throws {
    let program = try written([
      file: { text in
        let changed = text.replacing(from, with: to)
        return from2.isEmpty ? changed : changed.replacing(from2, with: to2)
      }
    ])
    defer { program.remove() }
    let lint = try program.run("lint", "p.yaml", "--language", "en")
    #expect(lint.code == 1 && (lint.output + lint.errors).contains(words), "\(lint.output)\(lint.errors)")
  }

  /// A kind that chooses a shorter redefinition, and records without a row: both are counted.
  @Test func whatMakesNoRowIsTold() throws {
    let chosen = try written([
      "sub/pipeline.yaml": {
        $0.replacing("choose: [G]", with: "choose: [H]").replacing(
          "name: NAME, amount: AMOUNT", with: "name: SHORT, amount: \"NO * 1\""
        )
        .replacing("drop: {", with: "drop: {FILLER: {ja: 予備, en: spare}, ")
      },
      "sub/checks.yaml": {
        $0.replacing("name: NAME", with: "name: SHORT").replacing("amount: AMOUNT", with: "amount: NO")
      },
    ])
    defer { chosen.remove() }
    let run = try chosen.run("run", "p.yaml", "--data", "data", "--workspace", "ws", "--language", "en")
    #expect(run.code == 0 && run.output.contains("F: 2 records with values behind"), "\(run.output)\(run.errors)")
    let rowless = try written([
      "sub/pipeline.yaml": { $0.replacing("{table: T, columns:", with: "{table: T, when: AMOUNT > 10, columns:") },
      "sub/checks.yaml": { $0.replacing("by: {no: NO", with: "where: AMOUNT > 10, by: {no: NO") },
    ])
    defer { rowless.remove() }
    let other = try rowless.run("run", "p.yaml", "--data", "data", "--workspace", "ws", "--language", "ja")
    #expect(other.code == 0 && other.output.contains("どの行も作らずに移行としたレコード 1件 [map.row.none]"), "\(other.output)")
    let page = try String(contentsOfFile: rowless.folder + "/ws/runs/0001/report.html", encoding: .utf8)
    #expect(page.contains("map.row.none") && page.contains("どの行も作らずに移行としたレコード"))
  }

  /// Kinds that are defined twice, with another mistake, do not end the program.
  @Test func aKindTwiceIsToldWithOtherSlips() throws {
    let program = try written([
      "sub/pipeline.yaml": {
        $0.replacing("        drop:", with: "          10: {title: {ja: q, en: q}, rows: []}\n        drop:")
      },
      "sub/checks.yaml": { $0.replacing("name: NAME}", with: "name: NAMEX}") },
    ])
    defer { program.remove() }
    let lint = try program.run("lint", "p.yaml", "--language", "en")
    #expect(lint.code == 1 && (lint.output + lint.errors).contains("NAMEX"), "\(lint.output)\(lint.errors)")
  }

  // MARK: files

  /// Files are compared without the parts that `start`, `end` and lengths leave out: this is reported.
  @Test(arguments: [
    ("record-format=F,start=5", "01abc01a02b", "99zzz01a02b", "dataset.edges", "5 bytes"),
    ("record-format=F,end=4", "01a02bEND.", "01a02bXXX.", "dataset.edges", "4 bytes"),
    ("length-of=V=K", "00a01b", "00z01b", "dataset.unheld", "1 records"),
  ])
  func bytesThatAreNotComparedAreTold(terms: String, left: String, right: String, code: String, words: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("       01 R.\n           05 K PIC 9(2).\n           05 V PIC X(1).\n".utf8), to: "c.cpy")
    try program.write(Array(left.utf8), to: "l.dat")
    try program.write(Array(right.utf8), to: "r.dat")
    let reference = "?copybook=c.cpy&charset=us-ascii&\(terms)"
    let answer = try program.run(
      "diff", "legacy:l.dat\(reference)", "legacy:r.dat\(reference)", "--key", "K", "--language", "en")
    #expect(
      answer.code == 0 && answer.output.contains("[\(code)]") && answer.output.contains(words),
      "\(answer.output)\(answer.errors)")
  }

  /// COMP-1 and COMP-2 are numbers in comparisons and for the largest value.
  @Test func floatingPointIsNumbers() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("       01 R.\n           05 K PIC X.\n           05 C COMP-2.\n".utf8), to: "c.cpy")
    let values: [Double] = [9, 10, -5, -10, 100, 0.0000001]
    let bytes = values.enumerated().flatMap { index, value in
      [UInt8(0x31 + index)] + withUnsafeBytes(of: value.bitPattern.bigEndian, Array.init)
    }
    try program.write(bytes, to: "d.dat")
    try program.write(Array("K,C\n1,9\n2,10\n3,-5\n4,-10\n5,100\n6,0.0000001\n".utf8), to: "n.csv")
    let options = ["--copybook", "c.cpy", "--charset", "us-ascii", "--dialect", "ibm,float=ieee", "--language", "en"]
    let profile = try program.run(all: ["profile", "d.dat", "--format", "json"] + options)
    let field = (profile.json["fields"] as? [[String: Any]])?.last
    #expect(field?["minimum"] as? String == "-10.0" && field?["maximum"] as? String == "100.0", "\(profile.output)")
    let reference = "legacy:d.dat?copybook=c.cpy&charset=us-ascii&dialect=ibm,float=ieee"
    let same = try program.run("diff", reference, "n.csv", "--key", "K", "--language", "en")
    #expect(same.code == 0, "\(same.output)\(same.errors)")
    try program.write(Array("K,C\n1,9\n2,10\n3,-5\n4,-10\n5,101\n6,0.0000001\n".utf8), to: "n.csv")
    #expect(try program.run("diff", reference, "n.csv", "--key", "K", "--language", "en").code == 1)
    let order = try program.run(all: ["decode", "d.dat", "--where", "C > '9'"] + options)
    #expect(order.code == 64 && order.errors.contains("without an order"), "\(order.errors)")
  }

  /// An output that is an input, by whatever path, is refused before anything is written.
  @Test(arguments: ["d.dat", "./d.dat", "link", "c.cpy", "g.csv"]) func nothingThatIsReadIsWrittenOver(output: String)
    throws
  {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("       01 R.\n           05 K PIC X(3).\n".utf8), to: "c.cpy")
    try program.write(Array("code,unicode,class\nF040,U+9089,一致\n".utf8), to: "g.csv")
    try program.write(Array("123".utf8), to: "d.dat")
    try FileManager.default.createSymbolicLink(atPath: program.folder + "/link", withDestinationPath: "d.dat")
    let before = try ["d.dat", "c.cpy", "g.csv"].map(program.file)
    let answer = try program.run(
      "profile", "d.dat", "--copybook", "c.cpy", "--charset", "windows-31j", "--gaiji", "g.csv", "-o", output,
      "--language", "en")
    #expect(answer.code == 64 && answer.errors.contains("no input and no other output"), "\(answer.errors)")
    #expect(try ["d.dat", "c.cpy", "g.csv"].map(program.file) == before)
  }

  /// A name in double quotes that is not a column is not a text either.
  @Test func anUnknownColumnInQuotesIsNoText() throws {
    let program = try Program()
    defer { program.remove() }
    for (name, amount) in [("a.db", 100), ("b.db", 999)] {
      var database: OpaquePointer?
      #expect(sqlite3_open(program.folder + "/" + name, &database) == SQLITE_OK)
      #expect(
        sqlite3_exec(
          database, "create table t(id integer, amount integer); insert into t values(1,\(amount))", nil, nil, nil)
          == SQLITE_OK)
      sqlite3_close(database)
    }
    let query = "?query=select id, \"amont\" as amount from t"
    let answer = try program.run(
      "diff", "sqlite:a.db" + query, "sqlite:b.db" + query, "--key", "id", "--language", "en")
    #expect(answer.code == 2 && answer.errors.contains("no such column: amont"), "\(answer.output)\(answer.errors)")
  }

  /// The byte order mark is not part of the first value, whether or not the columns are named; a text and a truth are
  /// not called letters.
  @Test func marksAndTypesAreTold() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Array("\u{FEFF}1,a\n2,b\n".utf8), to: "l.csv")
    try program.write(Array("1,a\n2,b\n".utf8), to: "r.csv")
    let same = try program.run("diff", "l.csv?header=id,v", "r.csv?header=id,v", "--key", "id", "--language", "en")
    #expect(same.code == 0, "\(same.output)")
    try program.write(Array("{\"id\":1,\"v\":5}\n".utf8), to: "l.ndjson")
    try program.write(Array("{\"id\":1,\"v\":\"5\"}\n".utf8), to: "r.ndjson")
    let other = try program.run("diff", "l.ndjson", "r.ndjson", "--key", "id", "--language", "en")
    #expect(other.code == 1 && other.output.contains("of another type"), "\(other.output)")
  }

  /// A table with its own collation is read in the byte order of its keys, where equal keys are neighbours.
  @Test func equalKeysAreNeighbours() throws {
    let program = try written([
      "sub/checks.yaml": {
        $0 + "\n  - {id: U, kind: unique, category: C01, severity: S1, title: {ja: u, en: u}, table: T, key: [name]}\n"
      },
      "schema.yaml": { $0.replacing("key: [no]", with: "key: [name]") },
      "data/a.dat": { _ in "1001ab  0101002AB  0201003ab  030" },
    ])
    defer { program.remove() }
    var database: OpaquePointer?
    #expect(sqlite3_open(program.folder + "/t.db", &database) == SQLITE_OK)
    let sql =
      "create table T(no integer, name text collate nocase, amount integer); insert into T values(1,'ab',10),(2,'AB',20),(3,'ab',30)"
    #expect(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(database)
    let answer = try program.run(
      "reconcile", "p.yaml", "--data", "data", "--workspace", "ws", "--target", "sqlite:t.db", "--language", "en")
    #expect(answer.code == 1 && answer.output.contains("checks (U)"), "\(answer.output)\(answer.errors)")
  }

  // MARK: copybooks

  @Test func aMemberIsOneFile() throws {
    let program = try Program()
    defer { program.remove() }
    func layout(_ more: String...) throws -> Program.Answer {
      try program.run(all: ["decode", "none", "--copybook", "c.cpy", "--layout", "--language", "en"] + more)
    }
    try program.write(Array("       01 R.\n           COPY M.\n".utf8), to: "c.cpy")
    try program.write(Array("           05 A PIC X(2).\n".utf8), to: "M.cpy")
    #expect(try layout().code == 0)
    try program.write(Array("           05 A PIC X(5).\n".utf8), to: "m.CPY")
    let answer = try layout()
    #expect(answer.code == 2 && answer.errors.contains("COPY M fits several files"), "\(answer.errors)")
    #expect(answer.errors.contains("m.CPY"), "\(answer.errors)")
    try FileManager.default.createDirectory(atPath: program.folder + "/first", withIntermediateDirectories: true)
    try program.write(Array("           05 A PIC X(9).\n".utf8), to: "first/M.cpy")
    let first = try layout("--copy-path", "first")
    #expect(first.code == 0 && first.output.contains("X(9)"), "\(first.output)\(first.errors)")
  }
}
