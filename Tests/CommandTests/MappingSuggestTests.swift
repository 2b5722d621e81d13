import CSQLite
import Foundation
import Testing

/// What both sides' data say about the mapping, and the confirmation of guesses.
@Suite struct MappingSuggestTests {
  private static func edit(_ program: Program, _ file: String, _ changes: (String, String)...) throws {
    let path = program.folder + "/project/" + file
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private static func change(_ program: Program, _ statement: String) throws {
    var database: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/ws/runs/0001/target.sqlite", &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    try #require(sqlite3_exec(database, statement, nil, nil, nil) == SQLITE_OK)
  }

  private static func suggest(_ program: Program, _ project: String, _ more: String...) throws -> Program.Answer {
    try program.run(
      all: [
        "mapping", "suggest", project, "--target", "sqlite:ws/runs/0001/target.sqlite", "--data", "data", "--language",
        "en",
      ] + more)
  }

  private static func lines(_ program: Program, _ project: String) throws -> [String: [String: Any]] {
    let answer = try suggest(program, project, "--all", "--format", "json")
    let lines = try #require(answer.json["lines"] as? [[String: Any]], "\(answer.errors)")
    return Dictionary(lines.map { ($0["id"] as? String ?? "", $0) }) { first, _ in first }
  }

  private static func first(_ line: [String: Any]?) -> String? {
    (line?["suggestions"] as? [[String: Any]])?.first?["expression"] as? String
  }

  @Test func whatIsNotMappedIsFoundByTheDataAndMistakesAreNamed() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    try program.write(NoticeFile.clean(40).bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    let whole = try Self.suggest(program, project)
    #expect(whole.code == 0 && whole.output.contains("10 of 10 columns agree"), "\(whole.output)\(whole.errors)")
    // Nobody has mapped these.
    try Self.edit(
      program, "notices/pipeline.yaml", ("氏名: NT-NAME", "氏名: null"), ("税額: NT-TAX\n", "税額: 0\n"),
      ("区分: code('区分', NT-CODE)", "区分: null"), ("税額: NT-KI-TAX", "税額: 0"))
    var found = try Self.lines(program, project)
    let notice = "mapping/NOTICE/10/通知書/"
    #expect(Self.first(found[notice + "氏名"]) == "NT-NAME")
    #expect(Self.first(found[notice + "税額"]) == "NT-TAX")
    #expect(Self.first(found["mapping/NOTICE/10/期別/税額"]) == "NT-KI-TAX")
    let kinds = (found[notice + "区分"]?["suggestions"] as? [[String: Any]] ?? []).compactMap {
      $0["expression"] as? String
    }
    #expect(kinds.contains("code('区分', NT-CODE)"), "\(kinds)")
    // A mistake of the load is a record below 100 %, and no personal value is told.
    try Self.change(program, "UPDATE 通知書 SET 税額 = 税額 + 1, 氏名 = 'X' WHERE 宛名番号 = (SELECT MIN(宛名番号) FROM 通知書)")
    found = try Self.lines(program, project)
    let best = try #require((found[notice + "税額"]?["suggestions"] as? [[String: Any]])?.first)
    #expect(best["expression"] as? String == "NT-TAX" && best["agreed"] as? Int == (best["rows"] as? Int ?? 0) - 1)
    #expect((best["exceptions"] as? [Int])?.count == 1)
    let text = try Self.suggest(program, project)
    #expect(text.output.contains("suggested") && text.output.contains("97.5"), "\(text.output)")
    // Where no key agrees nothing can be said.
    try Self.change(program, "UPDATE 通知書 SET 課税年度 = 1")
    #expect(try Self.suggest(program, project).output.contains("no row has the key of a record: NOTICE/10 → 通知書"))
    let wrong = try Self.suggest(program, project, "--table", "通知")
    #expect(wrong.code == 64 && wrong.errors.contains("通知書"), "\(wrong.errors)")
  }

  /// A guess is open until a person confirms it by name as it reads, and no gate is GO meanwhile.
  @Test func guessesAreConfirmedByName() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    try Self.edit(program, "project.yaml", ("gates: gates.yaml", "gates: gates.yaml\ndrafts: drafts.csv"))
    func write(_ guess: String) throws {
      try """
      thing,guess,evidence,counter_examples
      project/charset,\(guess),100 %,
      mapping/NOTICE/10/通知書/税額,NT-TAX,same words,
      mapping/NOTICE/10/通知書/氏名,draft,nothing fits,

      """.write(toFile: program.folder + "/project/drafts.csv", atomically: true, encoding: .utf8)
    }
    try write("fujitsu-jef")
    try Self.edit(program, "notices/pipeline.yaml", ("氏名: NT-NAME", "氏名: draft"))
    try program.write(NoticeFile.clean(4).bytes)
    try program.run("run", "--draft", project, "--data", "data", "--workspace", "ws", "--quiet")
    func gate() throws -> String {
      try program.run("gate", "provisional", project, "--workspace", "ws", "--language", "en").output
    }
    #expect(try gate().contains("DRAFTS") && gate().contains("3 drafts"))
    let missing = try program.run(
      "drafts", "confirm", project, "mapping/NOTICE/10/通知書/氏名", "--by", "佐藤", "--workspace", "ws")
    #expect(missing.code == 2 && missing.errors.contains("[draft.missing]"), "\(missing.errors)")
    let all = try program.run(
      "drafts", "confirm", project, "--under", "mapping", "--by", "佐藤", "--workspace", "ws", "--language", "en")
    #expect(all.code == 0 && all.errors.contains("without an expression: 1"), "\(all.output)\(all.errors)")
    try program.run("drafts", "confirm", project, "project/charset", "--by", "佐藤", "--workspace", "ws")
    #expect(try gate().contains("1 drafts"))
    // Another guess is not what was confirmed.
    try write("ibm-930")
    let list = try program.run("drafts", "list", project, "--open", "--workspace", "ws", "--language", "en")
    #expect(list.output.contains("changed since") && !list.output.contains("税額"), "\(list.output)")
    // When the column has its expression and every guess is confirmed, the run's drafts are none.
    try write("fujitsu-jef")
    try Self.edit(program, "notices/pipeline.yaml", ("氏名: draft", "氏名: NT-NAME"))
    try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    #expect(try gate().contains("1 drafts"))
    try program.run("drafts", "confirm", project, "--under", "mapping", "--by", "佐藤", "--workspace", "ws")
    #expect(try !gate().contains("DRAFTS"))
  }
}
