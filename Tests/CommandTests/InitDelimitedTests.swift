import Foundation
import Testing

/// `init` with lines of cells (CSV, TSV): their own character set, their types, and where the cells go.
@Suite struct InitDelimitedTests {
  private static func write(_ text: String, _ name: String, _ encoding: String.Encoding, _ program: Program) throws {
    let folder = program.folder + "/data"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  private static func read(_ name: String, _ program: Program) throws -> String {
    try String(contentsOfFile: program.folder + "/" + name, encoding: .utf8)
  }

  private static func payments(_ ddl: String, _ encoding: String.Encoding = .shiftJIS) throws -> Program {
    let program = try Program()
    let lines = (1...30).map { "\($0 + 100000),ｶﾞｷﾞｸﾞ ﾊﾟﾋﾟﾌﾟ,\($0 * 100)" }
    try write((["管理番号,払込人,金額"] + lines).joined(separator: "\r\n"), "PAY.csv", encoding, program)
    try ddl.write(toFile: program.folder + "/pay.sql", atomically: true, encoding: .utf8)
    return program
  }

  private static let ddl = """
    CREATE TABLE "収納" ("管理番号" char(6) PRIMARY KEY, "払込人" varchar(20), "金額" numeric(9));
    """

  private static func draft(_ program: Program, _ more: String...) throws -> Program.Answer {
    try program.run(
      all: [
        "init", "nagi", "--csv", program.folder + "/data/PAY.csv", "--ddl", program.folder + "/pay.sql", "--data",
        program.folder + "/data", "--as-of", "2024-04-01", "-o", program.folder + "/nagi", "--language", "en",
      ] + more)
  }

  /// The set of the project's records is not that of its CSV, which is told by its bytes.
  @Test(arguments: ["hitachi-keis83", "utf-8", "euc-jp", "utf-16be"])
  func theGivenSetCountsOnlyWhereItReadsMore(_ charset: String) throws {
    let program = try Self.payments(Self.ddl)
    defer { program.remove() }
    let made = try Self.draft(program, "--charset", charset)
    #expect(made.code == 0, "\(made.errors)")
    #expect(!made.output.contains("draft.charset"))
    #expect(try Self.read("nagi/pay/PAY.yaml", program).contains("charset: windows-31j\n"))
    let drafts = try Self.read("nagi/drafts.csv", program)
    #expect(drafts.contains("files/PAY/charset,windows-31j,\"lines that can be read: windows-31j 100 %, "))
  }

  /// What no set reads is told.
  @Test func anUnreadableSetIsAWarning() throws {
    let program = try Self.payments(Self.ddl, .utf16LittleEndian)
    defer { program.remove() }
    let made = try Self.draft(program)
    #expect((made.output + made.errors).contains("[draft.charset]"), "\(made.output)\(made.errors)")
  }

  /// ｶﾞ is two characters, as a run counts them.
  @Test func lengthsAreThoseThatARunCounts() throws {
    let program = try Self.payments(Self.ddl)
    defer { program.remove() }
    #expect(try Self.draft(program).code == 0)
    #expect(try Self.read("nagi/pay/PAY.yaml", program).contains("{name: 払込人, type: \"text(13)\"}"))
    let run = try program.run("run", "--draft", "nagi/project.yaml", "--data", "data", "--format", "json")
    #expect(run.output.contains("\"migrated\" : 30"))
  }

  /// Digits that are a name in a CSV are a number where their column is one; who pays is a person.
  @Test func digitsFillColumnsOfNumbers() throws {
    let program = try Self.payments(
      #"CREATE TABLE "収納" ("管理番号" bigint PRIMARY KEY, "払込人" varchar(20), "金額" numeric(9,2));"#)
    defer { program.remove() }
    #expect(try Self.draft(program).code == 0)
    let pipeline = try Self.read("nagi/pay/pipeline.yaml", program)
    for line in ["管理番号: number(管理番号)", "金額: 金額", "personal: [払込人]"] {
      #expect(pipeline.contains(line), "\(line): \(pipeline)")
    }
    let lint = try program.run("lint", "nagi/project.yaml", "--language", "en")
    #expect(lint.code == 0, "\(lint.output)")
    let run = try program.run("run", "--draft", "nagi/project.yaml", "--data", "data", "--format", "json")
    #expect(run.output.contains("\"migrated\" : 30"))
  }
}
