import Foundation
import Testing

/// `run` and `reconcile` of the built binary with PostgreSQL as target.
@Suite(.enabled(if: PostgresSchema.server != nil, PostgresSchema.absence))
struct PostgresCommandTests {
  private static func evidence(_ answer: Program.Answer) throws -> String {
    try #require(answer.json["evidence"] as? String, "\(answer.errors)")
  }

  @Test func theEvidenceIsThatOfEveryTarget() throws {
    let program = try Program()
    let server = try PostgresSchema()
    defer { program.remove() }
    var file = NoticeFile.clean(3_000)
    file.notices[7].code = "98"
    file.notices[99].tax = 0
    try program.write(file.bytes)
    let base = ["run", Program.notices, "--data", "data", "--format", "json", "--workspace"]
    let sqlite = try program.run(all: base + ["ws1"])
    let postgres = try program.run(all: base + ["ws2", "--target", server.target, "--jobs", "3"])
    #expect(sqlite.code == 1 && postgres.code == 1, "\(postgres.errors)")
    #expect(try Self.evidence(postgres) == Self.evidence(sqlite))
    #expect(postgres.json["rows_written"] as? Int == sqlite.json["rows_written"] as? Int)
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws2/runs/0001/target.sqlite"))
    let reconcile = try program.run(
      "reconcile", Program.notices, "--data", "data", "--format", "json", "--workspace", "ws3", "--target",
      server.target)
    #expect(try Self.evidence(reconcile) == Self.evidence(sqlite))
    let again = try program.run(all: base + ["ws4", "--target", server.target, "--language", "en"])
    #expect(again.code == 2 && again.errors.contains("[target.occupied]"), "\(again.errors)")
    #expect(!again.errors.contains(server.password))
    try Self.expectNoFile(in: program.folder, holds: server.password)
  }

  private static func expectNoFile(in folder: String, holds secret: String) throws {
    let names = try #require(FileManager.default.enumerator(atPath: folder))
    for case let name as String in names {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      #expect(data.firstRange(of: Data(secret.utf8)) == nil, "\(name) holds the password")
    }
  }

  @Test func aChangedRowIsFound() throws {
    let program = try Program()
    let server = try PostgresSchema()
    defer { program.remove() }
    try program.write(NoticeFile.clean(30).bytes)
    let run = try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--target", server.target)
    #expect(run.code == 0, "\(run.errors)")
    func failed() throws -> [String] {
      let answer = try program.run(
        "reconcile", Program.notices, "--data", "data", "--workspace", "ws", "--target", server.target, "--format",
        "json")
      return try #require(answer.json["failed_checks"] as? [String], "\(answer.errors)")
    }
    #expect(try failed() == [])
    try server.execute("UPDATE 通知書 SET 氏名 = '山田次郎' WHERE 宛名番号 = '00000003'")
    #expect(try failed().contains("NT-C02-04"))
    try server.execute("UPDATE 通知書 SET 氏名 = '山田太郎' WHERE 宛名番号 = '00000003'")
    #expect(try failed() == [])
    try server.execute("ALTER TABLE 期別 ALTER 納期限 TYPE date USING 納期限::date")
    #expect(try failed() == [], "a column of another type with the same values")
    try server.execute("INSERT INTO 期別 SELECT * FROM 期別 LIMIT 1")
    #expect(try !failed().isEmpty)
    try server.execute("ALTER TABLE 期別 DROP 税額")
    let broken = try program.run(
      "reconcile", Program.notices, "--data", "data", "--workspace", "ws", "--target", server.target)
    #expect(broken.code == 2 && broken.errors.contains("[target.lacks]") && broken.errors.contains("期別.税額"))
  }

  /// Killed before the first commit and after it, and cut off by the server.
  @Test func aBrokenRunIsResumedWithNothingLostOrDoubled() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(40_000)  // more than one commit holds
    file.notices[36_000].code = "98"
    try program.write(file.bytes)
    let calm = try program.run("run", Program.notices, "--data", "data", "--workspace", "calm", "--format", "json")
    for end in ["prepared", "loading", "cut"] {
      let server = try PostgresSchema()
      let begin = ["run", Program.notices, "--data", "data", "--workspace", end, "--target", server.target]
      let resume = ["run", Program.notices, "--resume", "--workspace", end, "--format", "json", "--language", "en"]
      var isCut = false
      let broken = try program.run(
        all: begin + ["--language", "en"],
        killWhen: {
          switch end {
          case "prepared": return server.has("\(server.name).totsugo_checkpoint", rows: 0)
          case "loading": return server.has("\(server.name).totsugo_checkpoint", rows: 1)
          default:
            if !isCut, server.has("\(server.name).totsugo_checkpoint", rows: 1) { isCut = try server.cut() }
            return false
          }
        })
      if end == "cut" {
        #expect(broken.code == 2, "\(broken.errors)")
        #expect(broken.errors.contains("[target.write]") || broken.errors.contains("[target.read]"), "\(broken.errors)")
      } else {
        #expect(broken.code == -9)
      }
      let other = try program.run(all: resume + ["--target", server.target + "&connect_timeout=9"])
      #expect(other.code == 2 && other.errors.contains("[resume.other]"), "\(other.errors)")
      let resumed = try program.run(all: resume, environment: ["PGPASSWORD": server.password])
      #expect(resumed.code == 1, "\(resumed.errors)")
      #expect(try Self.evidence(resumed) == Self.evidence(calm), "\(end)")
      #expect(resumed.json["rows_written"] as? Int == calm.json["rows_written"] as? Int)
    }
  }

  @Test func aCityIsTheSameInBoth() throws {
    let program = try Program()
    let server = try PostgresSchema()
    defer { program.remove() }
    let city = Program.root + "/Pipelines/city.yaml"
    #expect(try program.run("generate", city, "--residents", "100", "-o", "data", "--quiet").code == 0)
    let base = ["run", city, "--data", "data", "--format", "json", "--workspace"]
    let sqlite = try program.run(all: base + ["ws1"])
    let postgres = try program.run(all: base + ["ws2", "--target", server.target])
    #expect(sqlite.code == 0 && postgres.code == 0, "\(postgres.errors)")
    #expect(try Self.evidence(postgres) == Self.evidence(sqlite))
  }

  @Test func aServerThatIsNotThereIsNamed() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(5).bytes)
    for (target, code) in [
      ("postgres://u:secret@127.0.0.1:1/city", "target.open"), ("postgres://u:sec@ret@db/city", "target.reference"),
      ("postgras://u:secret@db/city", "target.reference"),
    ] {
      let run = try program.run(
        "run", Program.notices, "--data", "data", "--workspace", "ws", "--target", target, "--language", "en")
      #expect(run.code == 2 && run.errors.contains("[\(code)]"), "\(run.errors)")
      #expect(!run.errors.contains("sec"), "\(run.errors)")
    }
  }
}
