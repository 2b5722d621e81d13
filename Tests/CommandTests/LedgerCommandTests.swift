import CSQLite
import Foundation
import Testing

/// The ledger with the built binary: many processes at once, and changes behind its back.
@Suite struct LedgerCommandTests {
  /// A started process, whose end is awaited later.
  private struct Started {
    let process = Process()
    let file: String

    init(_ program: Program, _ arguments: [String], named name: String) throws {
      file = program.folder + "/" + name
      process.executableURL = URL(fileURLWithPath: Program.binary)
      process.arguments = arguments
      process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
      _ = FileManager.default.createFile(atPath: file, contents: nil)
      let handle = FileHandle(forWritingAtPath: file)
      process.standardOutput = handle
      process.standardError = handle
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }

    func answer() throws -> (code: Int32, text: String) {
      process.waitUntilExit()
      return (process.terminationStatus, try String(contentsOfFile: file, encoding: .utf8))
    }
  }

  private static func raise(_ number: Int) -> [String] {
    [
      "items", "raise", Program.notices, "--workspace", "ws", "--title", "質問\(number)", "--owner", "納税課", "--severity",
      "S2",
      "--by", "担当\(number)",
    ]
  }

  private static func questions(_ program: Program) throws -> [[String: Any]] {
    let answer = try program.run(
      "ledger", "list", Program.notices, "--workspace", "ws", "--register", "item", "--format", "json")
    let rows = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]] ?? []
    return rows.filter { $0["act"] as? String == "raise" }
  }

  /// None of the processes creates the ledger twice or reads it half created, and each gets its own number.
  @Test func manyProcessesAtOnceLoseNothing() throws {
    for _ in 0..<5 {
      let program = try Program()
      defer { program.remove() }
      var started: [Started] = []
      for number in 0..<5 {
        started.append(try Started(program, Self.raise(number), named: "raise-\(number)"))
        started.append(
          try Started(program, ["items", "list", Program.notices, "--workspace", "ws"], named: "list-\(number)"))
      }
      for one in started {
        let (code, text) = try one.answer()
        #expect(code == 0, "\(text)")
      }
      let rows = try Self.questions(program)
      #expect(Set(rows.compactMap { $0["id"] as? String }).count == 5)
      #expect(Set(rows.compactMap { $0["by"] as? String }).count == 5)
      #expect(try program.run("ledger", "verify", Program.notices, "--workspace", "ws").code == 0)
    }
  }

  /// A process that waited enters with the time of its turn; the clock does not run backwards.
  @Test func whoWaitsEntersWhenItIsTheirTurn() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run(all: Self.raise(0))
    var handle: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/ws/ledger.sqlite", &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    try #require(sqlite3_exec(handle, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
    var started: [Started] = []
    for number in 1...6 {
      started.append(try Started(program, Self.raise(number), named: "raise-\(number)"))
      usleep(200_000)
    }
    try #require(sqlite3_exec(handle, "COMMIT", nil, nil, nil) == SQLITE_OK)
    for one in started {
      let (code, text) = try one.answer()
      #expect(code == 0, "\(text)")
    }
    #expect(try Self.questions(program).count == 7)
    #expect(try program.run("ledger", "verify", Program.notices, "--workspace", "ws").code == 0)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let sql: String
    let kind: String
    let ja: String
    var testDescription: String { sql }
  }

  @Test(arguments: [
    Case(sql: "DELETE FROM entry WHERE number = 2", kind: "removed", ja: "記載 2 が無い。"),
    Case(
      sql: "UPDATE entry SET text = replace(text, '質問0', '質問9') WHERE record = 'Q-0001'", kind: "changed",
      ja: "が書き換えられている。"),
    Case(
      sql: "UPDATE item SET state = 'closed' WHERE id = 'Q-0001'", kind: "register",
      ja: "登録簿 item の Q-0001 の state が台帳と違う。"),
    Case(
      sql: "UPDATE item SET state = x'ff' WHERE id = 'Q-0001'", kind: "register",
      ja: "登録簿 item の Q-0001 の state が台帳と違う。"),
    Case(sql: "DROP TABLE item", kind: "structure", ja: "データベースに部品「item」が無い。"),
    Case(
      sql: "CREATE TRIGGER item AFTER INSERT ON entry BEGIN DELETE FROM issue; END", kind: "structure",
      ja: "台帳に無い部品「item」がデータベースにある。"),
  ])
  func verifyNamesWhatWasDone(_ row: Case) throws {
    let program = try Program()
    defer { program.remove() }
    try program.run(all: Self.raise(0))
    try program.sql(row.sql)
    let answer = try program.run("ledger", "verify", Program.notices, "--workspace", "ws", "--language", "ja")
    #expect(answer.code == 1, "\(answer.output)\(answer.errors)")
    #expect(answer.output.contains(row.ja), "\(answer.output)")
    #expect(answer.output.contains("[\(row.kind)]"))
  }

  /// A ledger that cannot be read is refused with the place, and never ends the program by a trap.
  @Test func aCellThatCannotBeReadIsRefusedByEveryReader() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run(all: Self.raise(0))
    try program.sql("UPDATE item SET owner = x'ff' WHERE id = 'Q-0001'")
    for arguments in [["items", "list"], ["gate", "provisional"], ["issues", "list"]] {
      let answer = try program.run(all: arguments + [Program.notices, "--workspace", "ws"])
      #expect(answer.code == 2, "\(arguments): \(answer.output)")
      #expect(answer.errors.contains("item Q-0001") && answer.errors.contains("[ledger.tampered]"), "\(answer.errors)")
    }
  }

  /// The anchor that was printed before the tail was cut, together with the registers, detects that the tail is gone.
  @Test func aTailThatWasCutIsFoundByAnAnchor() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run(all: Self.raise(0))
    try FileManager.default.copyItem(atPath: program.folder + "/ws", toPath: program.folder + "/before")
    try program.run(all: Self.raise(1))
    #expect(try program.run("ledger", "key", "k").code == 0)
    #expect(
      try program.run("ledger", "anchor", Program.notices, "--workspace", "ws", "--key", "k", "-o", "a.json").code == 0)
    for (workspace, code) in [("ws", Int32(0)), ("before", 1)] {
      let answer = try program.run(
        "ledger", "verify", Program.notices, "--workspace", workspace, "--anchor", "a.json", "--key", "k.pub",
        "--language", "en")
      #expect(answer.code == code, "\(answer.output)\(answer.errors)")
      #expect(answer.output.contains("the tail was cut off") == (code == 1))
      #expect(try program.run("ledger", "verify", Program.notices, "--workspace", workspace).code == 0)
    }
    for file in ["k", "k.pub", "a.json"] {
      let mode =
        try FileManager.default.attributesOfItem(atPath: program.folder + "/" + file)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(file)")
    }
  }

  /// A project's wrong holidays are a wrong definition, not a damaged ledger.
  @Test func aWrongListIsToldAsSuch() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    let text = try String(contentsOfFile: project, encoding: .utf8) + "holidays: holidays.csv\n"
    try text.write(toFile: project, atomically: true, encoding: .utf8)
    try program.write(Array("day\n2019-11-04\n".utf8), to: "project/holidays.csv")
    let answer = try program.run("gate", "provisional", project, "--workspace", "ws")
    #expect(answer.code == 2)
    #expect(
      answer.errors.contains("holidays.csv:1") && answer.errors.contains("[definition.missing]"), "\(answer.errors)")
  }
}
