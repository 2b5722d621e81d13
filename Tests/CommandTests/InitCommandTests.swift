import Foundation
import Testing

/// `init`, from copybook, data and DDL to a draft that `lint` accepts and `run --draft` runs; and what it refuses.
@Suite struct InitCommandTests {
  private static let ddl = """
    CREATE TABLE "通知書" (
      "課税年度" integer NOT NULL, "宛名番号" varchar(15) NOT NULL, "氏名" varchar(20), "税額" bigint, "区分" varchar(2),
      "摘要" varchar(10) NOT NULL,
      PRIMARY KEY ("課税年度", "宛名番号"));
    CREATE TABLE "期別" (
      "課税年度" integer NOT NULL, "宛名番号" varchar(15) NOT NULL, "期別" integer NOT NULL, "納期限" date, "税額" bigint,
      PRIMARY KEY ("課税年度", "宛名番号", "期別"));
    CREATE VIEW v AS SELECT 1;
    """

  private static let copybook = """
          * NOTICE  納税通知書  LRECL=60
           01  NT-REC.
               05  NT-KIND PIC X(2).
               05  NT-ATENA-NO PIC 9(8).
               05  NT-SHIMEI PIC N(5).
               05  NT-NENDO PIC 9(3) COMP-3.
               05  NT-ZEIGAKU PIC S9(9) COMP-3.
               05  NT-KI OCCURS 2 TIMES.
                   10  NT-KI-NOKIGEN PIC 9(7) COMP-3.
                   10  NT-KI-ZEIGAKU PIC S9(7) COMP-3.
               05  NT-KBN PIC X(2).
               05  FILLER PIC X(15).

    """
  private static let control = """
           01  CT-REC.
               05  CT-KIND PIC X(2).
               05  CT-KENSU PIC 9(7) COMP-3.
               05  CT-GOKEI PIC S9(11) COMP-3.
               05  FILLER PIC X(48).

    """

  /// A folder with copybooks, DDL and data.
  private func city(_ change: (Program) throws -> Void = { _ in }) throws -> Program {
    let program = try Program()
    try FileManager.default.createDirectory(atPath: program.folder + "/data", withIntermediateDirectories: true)
    try Data(NoticeFile.clean(40).bytes).write(to: URL(fileURLWithPath: program.folder + "/data/NOTICE.dat"))
    for (name, text) in [("NOTICE.cpy", Self.copybook), ("CONTROL.cpy", Self.control), ("new.sql", Self.ddl)] {
      try text.write(toFile: program.folder + "/" + name, atomically: true, encoding: .utf8)
    }
    try change(program)
    return program
  }

  private func draft(_ program: Program, _ more: [String] = [], ddl: String = "new.sql") throws -> Program.Answer {
    let folder = program.folder
    return try program.run(
      all: [
        "init", "nagi", "--copybook", folder + "/NOTICE.cpy", "--copybook", folder + "/CONTROL.cpy", "--ddl",
        folder + "/" + ddl,
        "--data", folder + "/data", "--as-of", "2019-11-29", "-o", folder + "/nagi", "--language", "en",
      ] + more)
  }

  @Test func aDraftIsLintedRunAndNeverGo() throws {
    let program = try city()
    defer { program.remove() }
    let made = try draft(program)
    #expect(made.code == 0)
    // What is not understood is told by its line.
    #expect(made.output.contains("new.sql:8: “CREATE VIEW v AS SELECT 1” is not understood"))
    let project = program.folder + "/nagi/project.yaml"
    let lint = try program.run(all: ["lint", project, "--language", "en"])
    #expect(lint.code == 0, "\(lint.output)")
    let pipeline = try String(contentsOfFile: program.folder + "/nagi/notice/pipeline.yaml", encoding: .utf8)
    for line in [
      "record-format: F", "kind: NT-KIND", "era-date: [NT-KI-NOKIGEN]", "era-year: [NT-NENDO]",
      "identifier: [NT-ATENA-NO]",
      "role: header", "role: trailer", "copybook: CONTROL.cpy", "each: NT-KI", "課税年度: NT-NENDO", "宛名番号: NT-ATENA-NO",
      "氏名: NT-SHIMEI", "税額: NT-KI-ZEIGAKU", "納期限: NT-KI-NOKIGEN", "期別: occurrence()", "摘要: draft",
    ] { #expect(pipeline.contains(line), "\(line)") }
    let drafts = try String(contentsOfFile: program.folder + "/nagi/drafts.csv", encoding: .utf8)
    #expect(drafts.hasPrefix("thing,guess,evidence,counter_examples\n"))
    #expect(drafts.contains("project/charset,fujitsu-jef,") || drafts.contains("project/charset,hitachi"))
    #expect(drafts.contains("mapping/NOTICE/10/通知書/摘要,draft,"))
    #expect(drafts.contains("files/NOTICE/types/NT-KI-NOKIGEN,era-date,100 % of 80 values are GYYMMDD,"))
    // No personal value is in a draft.
    #expect(!drafts.contains("山田"))

    let data = program.folder + "/data"
    let run = try program.run(all: ["run", "--draft", project, "--data", data, "--format", "json"])
    #expect(run.output.contains("\"to_do\" :"))
    #expect(run.output.contains("\"rejected\" : 0"))
    let gate = try program.run(all: ["gate", "provisional", project, "--language", "en"])
    #expect(gate.code == 1)
    #expect(gate.output.contains("NO-GO"))
    #expect(gate.output.contains("No definition is a draft"))

    // An existing folder is left alone.
    let again = try draft(program)
    #expect(again.code == 2)
    #expect(again.errors.contains("draft.folder"))
  }

  @Test func aRunOfTheFirstRecordsIsNoRehearsal() throws {
    let program = try city()
    defer { program.remove() }
    _ = try draft(program)
    let project = program.folder + "/nagi/project.yaml"
    let run = try program.run(
      all: ["run", "--draft", "--limit", "7", project, "--data", program.folder + "/data", "--format", "json"])
    #expect(run.output.contains("\"read\" : 6"))
    let gate = try program.run(all: ["gate", "provisional", project, "--language", "en"])
    #expect(gate.output.contains("the run read only the first 7 records of each file"))
    #expect(try program.run(all: ["run", "--limit", "7", project]).code == 64)
    #expect(try program.run(all: ["run", "--draft", "--resume", project]).code == 64)
  }

  /// What is wrong concerns a column or a check: the rest runs, and one mistake is one line.
  @Test func faultyDefinitionsAreLeftOutAndListed() throws {
    let program = try city()
    defer { program.remove() }
    _ = try draft(program)
    let file = program.folder + "/nagi/notice/pipeline.yaml"
    var text = try String(contentsOfFile: file, encoding: .utf8)
    text = text.replacingOccurrences(of: "宛名番号: NT-ATENA-NO", with: "宛名番号: NT-ATENA-NOO")
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let project = program.folder + "/nagi/project.yaml"
    #expect(try program.run(all: ["run", project, "--data", program.folder + "/data"]).code == 2)
    let run = try program.run(
      all: ["run", "--draft", project, "--data", program.folder + "/data", "--language", "en"])
    #expect(run.code == 1)
    #expect(run.output.contains("[2] there is no name “NT-ATENA-NOO”") || run.output.contains("NT-ATENA-NOO"))
    let gate = try program.run(all: ["gate", "provisional", project, "--language", "en"])
    #expect(gate.output.contains("faulty definitions out"))
  }

  /// Bad inputs are told by place, and are no crash.
  @Test func badInputsAreTold() throws {
    let cases: [(String, (Program) throws -> Void, String)] = [
      ("a cut file", { try Self.write(Array(NoticeFile.clean(3).bytes.dropLast(7)), $0) }, "draft.format"),
      ("no data", { try FileManager.default.removeItem(atPath: $0.folder + "/data/NOTICE.dat") }, "draft.data"),
      (
        "an unreadable copybook",
        { try "       01  A PIC Q(2).\n".write(toFile: $0.folder + "/NOTICE.cpy", atomically: true, encoding: .utf8) },
        "copybook.picture"
      ),
      (
        "a copybook of other records",
        {
          try Self.copybook.replacingOccurrences(of: "05  NT-SHIMEI PIC N(5).", with: "05  NT-X PIC 9(10).")
            .write(toFile: $0.folder + "/NOTICE.cpy", atomically: true, encoding: .utf8)
        }, "NOTICE.dat, record 2, field NT-X: "
      ),
      ("an empty file", { try Self.write([], $0) }, "[file.empty]"),
    ]
    for (name, change, code) in cases {
      let program = try city(change)
      defer { program.remove() }
      let made = try draft(program)
      #expect((made.output + made.errors).contains(code), "\(name): \(made.output)\(made.errors)")
      #expect([0, 2].contains(made.code), "\(name)")
    }
    let wrong = try city()
    defer { wrong.remove() }
    #expect(try draft(wrong, ["--charset", "windows-31j"]).output.contains("[draft.fit]"))
    let program = try city()
    defer { program.remove() }
    #expect(try draft(program, ["--charset", "nonsense"]).errors.contains("option.value"))
    #expect(try draft(program, ddl: "missing.sql").errors.contains("definition.open"))
    #expect(try draft(program, ["--as-of", "29.11.2019"]).code == 64)
  }

  private static func write(_ bytes: [UInt8], _ program: Program) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: program.folder + "/data/NOTICE.dat"))
  }

  /// A CSV with a line of names has its layout drafted: set, types, and names that expressions can name.
  @Test func delimitedFilesAreDrafted() throws {
    let program = try city()
    defer { program.remove() }
    let lines = (1...30).map { "\($0 + 100000),\"山田, \($0)\",2024/0\($0 % 9 + 1)/15,\($0 * 100),\($0 % 2)" }
    try (["管理番号,氏名,支払日(西暦),金額,区分"] + lines).joined(separator: "\r\n").data(using: .shiftJIS)?
      .write(to: URL(fileURLWithPath: program.folder + "/data/PAY.csv"))
    try """
    CREATE TABLE "収納" ("管理番号" char(6) PRIMARY KEY, "氏名" varchar(20), "支払日" date, "金額" numeric(9), "区分" varchar(1));
    """.write(toFile: program.folder + "/pay.sql", atomically: true, encoding: .utf8)
    let made = try program.run(
      "init", "nagi", "--csv", "PAY.csv", "--ddl", "pay.sql", "--data", "data", "-o", "nagi", "--language", "en")
    #expect(made.code == 0, "\(made.errors)")
    let layout = try String(contentsOfFile: program.folder + "/nagi/pay/PAY.yaml", encoding: .utf8)
    for line in [
      "charset: windows-31j", "{name: 管理番号, type: \"text(6)\"}",
      "{name: 支払日西暦, header: \"支払日(西暦)\", type: date, form: yyyy/mm/dd}", "{name: 金額, type: \"number(4)\"}",
    ] { #expect(layout.contains(line), "\(line)") }
    #expect(try program.run("lint", "nagi/project.yaml").code == 0)
    let run = try program.run("run", "--draft", "nagi/project.yaml", "--data", "data", "--format", "json")
    #expect(run.output.contains("\"migrated\" : 30"))
  }

  /// Records of varying length are told apart by their headers.
  @Test func recordsBehindHeadersAreFound() throws {
    let program = try city { program in
      var bytes: [UInt8] = []
      let file = NoticeFile.clean(20)
      for record in stride(from: 0, to: file.bytes.count, by: 60).map({ Array(file.bytes[$0..<$0 + 60]) }) {
        bytes += [0, 64, 0, 0] + record
      }
      try Self.write(bytes, program)
    }
    defer { program.remove() }
    #expect(try draft(program).code == 0)
    let pipeline = try String(contentsOfFile: program.folder + "/nagi/notice/pipeline.yaml", encoding: .utf8)
    #expect(pipeline.contains("record-format: V\n"))
  }
}
