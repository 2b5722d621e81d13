import CSQLite
import Foundation
import Testing

/// `init` from a database itself: the draft is that of its DDL; and a role that may see nothing is told so.
@Suite struct InitDatabaseTests {
  private static func draft(_ program: Program, _ ddl: String, _ folder: String) throws -> Program.Answer {
    try program.run(
      "init", "shiomi", "--copybook", "Samples/another-city/KOKUHO.cpy", "--csv", "SHUNO.csv", "--ddl", ddl, "--data",
      "Samples/another-city/data", "--charset", "hitachi-keis83", "--dialect", "hitachi", "--as-of", "2024-10-01", "-o",
      folder, "--language", "en")
  }

  /// The tables as the vendor's DDL has them, but for what a server needs more for.
  private static func statements(_ schema: String) throws -> String {
    let text = try String(contentsOfFile: Program.root + "/Samples/another-city/new.sql", encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("CREATE EXTENSION") && !$0.hasPrefix("CREATE TRIGGER") }
      .joined(separator: "\n").replacing("kokuho.", with: schema + ".")
  }

  @Test(.enabled(if: PostgresSchema.server != nil, PostgresSchema.absence))
  func aServerIsReadAsItsStatements() throws {
    let program = try Program.beside("Samples")
    defer { program.remove() }
    let schema = try PostgresSchema()
    try schema.execute("CREATE SCHEMA \(schema.name)")
    try schema.execute(try Self.statements(schema.name))
    let made = try Self.draft(program, schema.target, "live")
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.contains("sodan.basho point") && !made.output.contains(schema.password), "\(made.output)")
    #expect(try Self.draft(program, "Samples/another-city/new.sql", "text").code == 0)
    for file in ["schema.yaml", "kokuho/pipeline.yaml", "kokuho/checks.yaml", "shuno/pipeline.yaml"] {
      let (live, text) = try (
        String(contentsOfFile: "\(program.folder)/live/\(file)", encoding: .utf8),
        String(contentsOfFile: "\(program.folder)/text/\(file)", encoding: .utf8)
      )
      // A comment beside a statement is not in the server.
      let known = text.replacing("    #   # 窓口で新しく入力する。旧システムにはない。\n", with: "")
      #expect(live == known, "\(file)")
    }
    let doctor = try program.run(
      "doctor", "live/project.yaml", "--data", "Samples/another-city/data", "--target", schema.target, "--language",
      "en")
    #expect(doctor.output.contains("target/rights"), "\(doctor.output)\(doctor.errors)")

    // A role without rights sees no table, and one that may only read cannot be loaded into.
    let role = "r_" + schema.name
    try schema.execute("CREATE ROLE \(role) LOGIN PASSWORD 'abc'")
    defer { try? schema.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
    let other = schema.target.replacing(/\/\/[^@]*@/, with: "//\(role):abc@")
    let blind = try Self.draft(program, other, "blind")
    #expect(blind.code == 2 && blind.errors.contains("[draft.tables]"), "\(blind.output)\(blind.errors)")
    #expect(!blind.errors.contains("abc@"))
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/blind"))
    try schema.execute("GRANT USAGE ON SCHEMA \(schema.name) TO \(role)")
    try schema.execute("GRANT SELECT ON ALL TABLES IN SCHEMA \(schema.name) TO \(role)")
    #expect(try Self.draft(program, other, "reader").code == 0)
    for (more, code) in [([], 2), (["--read-only"], 1)] as [([String], Int32)] {
      let answer = try program.run(
        all: [
          "doctor", "reader/project.yaml", "--data", "Samples/another-city/data", "--target", other, "--language", "en",
        ] + more, environment: ["LANG": "C"])
      #expect(answer.code == code, "\(answer.output)")
      #expect(answer.output.contains("permission denied") == (code == 2), "\(answer.output)")
    }
  }

  @Test func aFileIsReadAsItsStatements() throws {
    let program = try Program.beside("Samples")
    defer { program.remove() }
    var handle: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/new.sqlite", &handle) == SQLITE_OK)
    let text = try String(contentsOfFile: Program.root + "/Samples/another-city/load/right.sql", encoding: .utf8)
    try #require(sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    let made = try Self.draft(program, "sqlite:new.sqlite", "live")
    #expect(made.code == 0 && made.output.contains("draft live/project.yaml"), "\(made.output)\(made.errors)")
    let schema = try String(contentsOfFile: program.folder + "/live/schema.yaml", encoding: .utf8)
    #expect(schema.contains("hihokensha_su: integer"))
    // No statement makes a table.
    try "SELECT 1;\n".write(toFile: program.folder + "/empty.sql", atomically: true, encoding: .utf8)
    let none = try Self.draft(program, "empty.sql", "none")
    #expect(none.code == 2 && none.errors.contains("[draft.tables]"), "\(none.errors)")
  }
}
