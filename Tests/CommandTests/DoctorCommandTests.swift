import Foundation
import Testing

/// `doctor`: what would go wrong in a run, told before it.
@Suite struct DoctorCommandTests {
  private struct Line {
    let standing: String
    let found: String
    let act: String?
  }

  private static func doctor(
    _ program: Program, _ arguments: String..., environment: [String: String] = ["LANG": "ja_JP.UTF-8", "LC_ALL": ""]
  ) throws -> (code: Int32, lines: [String: Line], text: String) {
    let answer = try program.run(
      all: ["doctor", Program.notices, "--workspace", "ws", "--language", "en", "--format", "json"] + arguments,
      environment: environment)
    let lines = (answer.json["lines"] as? [[String: Any]] ?? []).map { line in
      (
        line["id"] as? String ?? "",
        Line(
          standing: line["standing"] as? String ?? "", found: line["found"] as? String ?? "",
          act: line["act"] as? String)
      )
    }
    return (answer.code, Dictionary(lines) { first, _ in first }, answer.output + answer.errors)
  }

  private static func notices() throws -> Program {
    let program = try Program()
    try program.write(NoticeFile.clean(6).bytes)
    return program
  }

  @Test func aHealthyRunIsForetold() throws {
    let program = try Self.notices()
    defer { program.remove() }
    let found = try Self.doctor(program, "--data", "data")
    #expect(found.code == 0, "\(found.text)")
    for id in ["program", "charset", "file/NOTICE", "memory", "open-files", "locale", "clock", "target"] {
      #expect(found.lines[id]?.standing == "ok", "\(id): \(found.text)")
    }
    #expect(found.lines["target"]?.found.hasPrefix("SQLite 3.") == true)
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws"), "it makes nothing")
    let text = try program.run(
      "doctor", Program.notices, "--data", "data", "--workspace", "ws", "--language", "ja",
      environment: ["LANG": "ja_JP.UTF-8"])
    #expect(text.output.contains("NOTICE.dat") && text.output.contains("良"), "\(text.output)")
  }

  @Test func whatIsMissingIsTold() throws {
    let program = try Self.notices()
    defer { program.remove() }
    try FileManager.default.removeItem(atPath: program.folder + "/data/NOTICE.dat")
    let missing = try Self.doctor(program, "--data", "data")
    #expect(missing.code == 2 && missing.lines["file/NOTICE"]?.standing == "trouble", "\(missing.text)")
    // A file without its trailer.
    try program.write(Array(NoticeFile.clean(6).bytes.dropLast(60)))
    let cut = try Self.doctor(program, "--data", "data")
    #expect(cut.code == 2 && cut.lines["file/NOTICE"]?.found.contains("[file.trailer]") == true, "\(cut.text)")
    try program.write(NoticeFile.clean(6).bytes)
    let locale = try Self.doctor(program, "--data", "data", environment: ["LANG": "C", "LC_ALL": "", "LC_CTYPE": ""])
    #expect(locale.code == 1 && locale.lines["locale"]?.standing == "warning", "\(locale.text)")
    #expect(locale.lines["locale"]?.act != nil)
  }

  @Test func theTargetIsLookedAt() throws {
    let program = try Self.notices()
    defer { program.remove() }
    func target(_ reference: String, _ more: String...) throws -> (code: Int32, lines: [String: Line], text: String) {
      try more.isEmpty
        ? Self.doctor(program, "--data", "data", "--target", reference)
        : Self.doctor(program, "--data", "data", "--target", reference, more[0])
    }
    // A file that is not there yet can be made, and is not left.
    let new = try target("sqlite:new.sqlite")
    #expect(new.code == 1 && new.lines["target/rights"]?.standing == "ok", "\(new.text)")
    #expect(new.lines["target/tables"]?.found.hasPrefix("2 table(s) are not there") == true, "\(new.text)")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/new.sqlite"))
    #expect(try target("sqlite:new.sqlite", "--read-only").lines["target/rights"] == nil)
    let nowhere = try target("sqlite:none/new.sqlite")
    #expect(nowhere.code == 2 && nowhere.lines["target/rights"]?.standing == "trouble", "\(nowhere.text)")
    let other = try target("oracle:x")
    #expect(other.code == 2 && other.lines["target"]?.found.contains("[target.reference]") == true, "\(other.text)")

    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    let loaded = "sqlite:ws/runs/0001/target.sqlite"
    let good = try target(loaded)
    #expect(good.code == 0 && good.lines["target/tables"]?.standing == "ok", "\(good.text)")
    try program.target(
      "ALTER TABLE \"通知書\" ADD COLUMN \"更新日\" TEXT; CREATE TABLE \"ログ\" (n); ALTER TABLE \"期別\" DROP COLUMN \"税額\"")
    let bad = try target(loaded)
    #expect(bad.code == 2, "\(bad.text)")
    #expect(bad.lines["outside/通知書.更新日"]?.standing == "warning" && bad.lines["outside/ログ"]?.standing == "warning")
    #expect(bad.lines["table/期別"]?.found.contains("税額") == true, "\(bad.text)")
    #expect(bad.lines["table/期別"]?.standing == "trouble")
  }

  /// The ledger's last entry is later than the clock.
  @Test func aClockThatIsSlowIsTrouble() throws {
    let program = try Self.notices()
    defer { program.remove() }
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    try program.sql("UPDATE entry SET text = replace(text, '\"at\":\"20', '\"at\":\"29')")
    let found = try Self.doctor(program, "--data", "data")
    #expect(found.code == 2 && found.lines["clock"]?.standing == "trouble", "\(found.text)")
  }
}
