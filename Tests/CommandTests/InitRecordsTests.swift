import Foundation
import Testing

/// `init` with copybooks of several level 01 entries, dates without a telling name, and columns of other types.
@Suite struct InitRecordsTests {
  private static let copybook = """
          *    霞浦市 調定明細 (固定長 36)
           01  HD-REC.
               05  HD-KBN       PIC X(1).
               05  HD-SAKUSEI   PIC 9(8).
               05  FILLER       PIC X(27).
           01  DT-REC.
               05  DT-KBN       PIC X(1).
               05  DT-CHOTEI-NO PIC 9(6).
               05  DT-SEIBETSU  PIC X(1).
               05  DT-SEINEN    PIC 9(7).
               05  DT-KANJI     PIC N(5).
               05  DT-KINGAKU   PIC 9(5).
               05  FILLER       PIC X(6).
           01  TR-REC.
               05  TR-KBN       PIC X(1).
               05  TR-KENSU     PIC 9(8).
               05  FILLER       PIC X(27).

    """
  private static let ddl = """
    CREATE TABLE t ("債権" bigint PRIMARY KEY, sex smallint, "金額" numeric(9,2), meisho varchar(10),
      "消込済" boolean NOT NULL);
    COMMENT ON COLUMN t."債権" IS '調定番号';
    COMMENT ON COLUMN t.sex IS '性別';
    """

  private static func city(_ ddl: String) throws -> Program {
    let program = try Program()
    let folder = program.folder
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    func digits(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: width - String(number).count) + String(number)
    }
    var text = "H20240401" + String(repeating: " ", count: 27)
    for number in 1...30 {
      let seinen = "3" + digits(30 + number, 2) + digits(number % 12 + 1, 2) + digits(number % 28 + 1, 2)
      text += "D" + digits(number, 6) + "\(number % 2 + 1)" + seinen + "山田太郎　" + digits(number * 100, 5) + "      "
    }
    text += "T" + digits(30, 8) + String(repeating: " ", count: 27)
    try #require(text.data(using: .shiftJIS)).write(to: URL(fileURLWithPath: folder + "/data/CLM.dat"))
    try Self.copybook.write(toFile: folder + "/CLM.cpy", atomically: true, encoding: .utf8)
    try ddl.write(toFile: folder + "/new.sql", atomically: true, encoding: .utf8)
    let made = try program.run(
      "init", "nagi", "--copybook", "CLM.cpy", "--ddl", "new.sql", "--data", "data", "--charset", "windows-31j",
      "--as-of", "2024-04-01", "-o", "nagi", "--language", "en")
    #expect(made.code == 0, "\(made.output)\(made.errors)")
    #expect(!made.output.contains("draft.kind"), "\(made.output)")
    return program
  }

  private static func read(_ name: String, _ program: Program) throws -> String {
    try String(contentsOfFile: program.folder + "/nagi/" + name, encoding: .utf8)
  }

  /// Header, data and trailer each by their own level 01; digits, codes and amounts into the types of their columns.
  @Test func severalRecordsOfOneCopybookAreDrafted() throws {
    let program = try Self.city(Self.ddl)
    defer { program.remove() }
    let pipeline = try Self.read("clm/pipeline.yaml", program)
    for line in [
      "霞浦市 調定明細 (固定長 36)", "kind: HD-KBN", "choose: [HD-REC]", "choose: [DT-REC]", "choose: [TR-REC]", "role: header",
      "role: trailer", "era-date: [DT-SEINEN]", "債権: DT-CHOTEI-NO", "sex: number(DT-SEIBETSU)", "金額: DT-KINGAKU",
      "personal: [DT-KANJI, DT-SEIBETSU, DT-SEINEN]",
    ] { #expect(pipeline.contains(line), "\(line): \(pipeline)") }
    #expect(try Self.read("schema.yaml", program).contains("meisho: text(10) optional personal"))
    #expect(
      try Self.read("drafts.csv", program).contains(
        "files/CLM/types/DT-SEINEN,era-date,100 % of 30 values are GYYMMDD,"))
    let lint = try program.run("lint", "nagi/project.yaml", "--language", "en")
    #expect(lint.code == 0, "\(lint.output)")
    let run = try program.run("run", "--draft", "nagi/project.yaml", "--data", "data", "--format", "json")
    #expect(run.output.contains("\"migrated\" : 30"))
    #expect(run.output.contains("\"rejected\" : 0"))
  }

  /// Records that no table takes are left out by a condition that `lint` accepts.
  @Test func recordsWithoutATableAreLeftOut() throws {
    let program = try Self.city("CREATE TABLE zzz (qqq bytea, www bytea, vvv bytea);")
    defer { program.remove() }
    #expect(try Self.read("clm/pipeline.yaml", program).contains("when: is_null(DT-KBN) or not is_null(DT-KBN)"))
    let lint = try program.run("lint", "nagi/project.yaml", "--language", "en")
    #expect(lint.code == 0, "\(lint.output)")
  }

  /// A guess about what is no longer in the definitions is told by its line.
  @Test(
    arguments: [
      "files/CLM/types/GONE", "files/CLM/kinds/X", "files/CLM/drop/DT-CHOTEI-NO", "mapping/CLM/D/t/gone", "schema/gone",
      "codes/gone", "data/gone",
    ])
  func guessesAboutNothingAreTold(_ thing: String) throws {
    let program = try Self.city(Self.ddl)
    defer { program.remove() }
    let drafts = try Self.read("drafts.csv", program)
    try (drafts + thing + ",number,names,\n").write(
      toFile: program.folder + "/nagi/drafts.csv", atomically: true, encoding: .utf8)
    let lint = try program.run("lint", "nagi/project.yaml", "--language", "en")
    #expect(lint.code == 1)
    let line = drafts.split(separator: "\n").count + 1
    #expect(
      lint.output.contains("drafts.csv:\(line): “\(thing)” of the list of drafts is no longer in the definitions."),
      "\(lint.output)")
    #expect(lint.output.contains("1 problem(s)"))
  }
}
