import Base
import CSQLite
import Foundation
import Ledger
import RegisterFixtures
import Registers
import Testing
import Workspace

/// The traces of a process killed between an evidence file and its entry: unfinished, never a finding, never judged.
/// And states that look like it but are findings.
@Suite struct UnfinishedRunTests {
  private static func start(_ count: Int = 3) throws -> Program {
    let program = try Program()
    try program.write(NoticeFile.clean(count).bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    return program
  }

  private static func read(_ program: Program, _ words: String..., json: Bool = true) throws -> Program.Answer {
    try program.run(all: words + ["--workspace", "ws", "--language", "en"] + (json ? ["--format", "json"] : []))
  }

  /// Runs, and kills the process when it has written its evidence and waits to enter it: this process holds the ledger
  /// from the moment at which the run has begun.
  private static func killBeforeEntry(_ program: Program, run: String, _ more: String...) throws {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    let evidence = program.folder + "/ws/runs/\(run)/evidence.json"
    let old = FileManager.default.contents(atPath: evidence)
    let before = try Self.entries(program)
    let answer = try program.run(
      all: ["run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet"] + more,
      killWhen: {
        if handle == nil, try Self.entries(program) > before {
          try #require(sqlite3_open(program.folder + "/ws/ledger.sqlite", &handle) == SQLITE_OK)
          sqlite3_busy_timeout(handle, 5_000)
          try #require(sqlite3_exec(handle, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
        }
        guard let data = FileManager.default.contents(atPath: evidence) else { return false }
        return data != old
      })
    try #require(answer.code == -SIGKILL, "\(answer.code) \(answer.errors)")
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  private static func entries(_ program: Program) throws -> Int {
    guard
      let ledger = try Ledger(reading: Workspace(path: program.folder + "/ws"), RegisterCatalog.schemas)
    else { return 0 }
    return try ledger.read { try $0.head().number }
  }

  private static func enter(_ program: Program, _ amendment: Amendment) throws {
    let ledger = try Ledger(Workspace(path: program.folder + "/ws"), RegisterCatalog.schemas)
    _ = try ledger.write { try $0.append([amendment], by: "totsugo", at: Day.now()) }
  }

  /// The evidence of run 0002 was written and never entered; a fresh run follows. All three report the same.
  @Test func aRunThatWasKilledBeforeItsEntryIsUnfinished() throws {
    let program = try Self.start(20_000)
    defer { program.remove() }
    try Self.killBeforeEntry(program, run: "0002")
    #expect(FileManager.default.fileExists(atPath: program.folder + "/ws/runs/0002/evidence.json"))
    func check() throws {
      let verify = try Self.read(program, "ledger", "verify", Program.notices)
      #expect(verify.code == 0 && verify.json["holds"] as? Bool == true, "\(verify.output)\(verify.errors)")
      #expect(verify.json["unfinished"] as? [String] == ["0002"])
      let told = try Self.read(program, "ledger", "verify", Program.notices, json: false)
      #expect(told.output.contains("the ledger is whole"), "\(told.output)")
      #expect(told.output.contains("unfinished: run 0002 (began "), "\(told.output)")
      #expect(told.output.contains("no entry of its end: no gate judges it)"), "\(told.output)")
      let gate = try Self.read(program, "gate", "provisional", Program.notices)
      #expect(gate.json["unfinished"] as? [String] == ["0002"] && gate.json["run"] as? String != "0002")
      let text = try Self.read(program, "gate", "provisional", Program.notices, json: false)
      #expect(text.output.contains("unfinished: run 0002 (began "), "\(text.output)")
      let decided = try program.run(
        "decisions", "record", Program.notices, "provisional", "--decision", "sent-back", "--held", "2019-11-20",
        "--by", "課長", "--workspace", "ws", "--language", "en")
      #expect(decided.code == 0 && decided.errors.contains("unfinished: run 0002 (began "), "\(decided.errors)")
    }
    try check()
    // A fresh run takes another number and leaves it unchanged.
    let fresh = try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    #expect(fresh.code == 0, "\(fresh.errors)")
    #expect(try Self.read(program, "gate", "provisional", Program.notices).json["run"] as? String == "0003")
    try check()
    // No command reads the folder of the unfinished run.
    try Data("{}".utf8).write(to: URL(fileURLWithPath: program.folder + "/ws/runs/0002/evidence.json"))
    try check()
    let export = try Self.read(program, "ledger", "export", Program.notices, "-o", "copy", json: false)
    #expect(export.code == 0, "\(export.errors)")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/copy/evidence/run-0002.json"))
  }

  /// It can be resumed, also when it is killed at the same place again; then it is a run like any other.
  @Test func anUnfinishedRunCanBeResumed() throws {
    let program = try Self.start(20_000)
    defer { program.remove() }
    try Self.killBeforeEntry(program, run: "0002")
    try Self.killBeforeEntry(program, run: "0002", "--resume")
    #expect(try Self.read(program, "ledger", "verify", Program.notices).json["unfinished"] as? [String] == ["0002"])
    let resumed = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet", "--resume")
    #expect(resumed.code == 0, "\(resumed.errors)")
    let verify = try Self.read(program, "ledger", "verify", Program.notices)
    #expect(verify.code == 0 && verify.json["unfinished"] as? [String] == [], "\(verify.output)")
    #expect(try Self.read(program, "gate", "provisional", Program.notices).json["run"] as? String == "0002")
  }

  enum Attack: CaseIterable {
    case changed, gone, movedAway, copiedRun, begunAgain, beginForged

    /// Changes the complete run 0001; returns the message.
    func callAsFunction(_ program: Program) throws -> String {
      let folder = program.folder + "/ws/runs/"
      let evidence = folder + "0001/evidence.json"
      func change() throws {
        let text = try String(contentsOfFile: evidence, encoding: .utf8)
        try text.replacing("\"passed\"", with: "\"failed\"").write(toFile: evidence, atomically: true, encoding: .utf8)
      }
      switch self {
      case .changed:
        try change()
        return "0001/evidence.json is not what was recorded"
      case .gone:
        try FileManager.default.removeItem(atPath: evidence)
        return "0001/evidence.json is gone or cannot be read"
      case .movedAway:
        try FileManager.default.moveItem(atPath: folder + "0001", toPath: folder + "0002")
        return "0001/evidence.json is gone or cannot be read"
      case .copiedRun:
        try FileManager.default.copyItem(atPath: folder + "0001", toPath: folder + "0002")
        return "no entry of the ledger tells of the evidence in"
      case .begunAgain:
        // As if the program had entered the resumption of a run that had ended.
        try UnfinishedRunTests.enter(program, Self.begin("resume"))
        try change()
        return "run 0001 had come to its end, and was entered as begun behind that"
      case .beginForged:
        try UnfinishedRunTests.enter(program, Self.begin("begin"))
        try FileManager.default.removeItem(atPath: evidence)
        return "run 0001 had come to its end, and was entered as begun behind that"
      }
    }

    private static func begin(_ act: String) -> Amendment {
      Change<RunRecord>("0001", act).clear(.fileDigest, .isComplete).amendment
    }
  }

  /// Entered evidence never becomes an unfinished run, whatever is done to it; verify reports it, and no decision is
  /// entered.
  @Test(arguments: Attack.allCases) func evidenceThatWasEnteredCannotBePassedOff(_ attack: Attack) throws {
    let program = try Self.start()
    defer { program.remove() }
    let told = try attack(program)
    let verify = try Self.read(program, "ledger", "verify", Program.notices, json: false)
    #expect(verify.code == 1 && verify.output.contains(told), "\(verify.output)")
    #expect(verify.output.contains("[evidence]") && verify.output.contains("the ledger is not whole"))
    let decided = try program.run(
      "decisions", "record", Program.notices, "provisional", "--decision", "sent-back", "--held", "2019-11-20", "--by",
      "課長", "--workspace", "ws", "--language", "en")
    #expect(decided.code == 2, "\(decided.output)")
    #expect(
      decided.errors.contains("[ledger.tampered]") || decided.errors.contains("[workspace.unreadable]"),
      "\(decided.errors)")
  }

  /// A day of the parallel run that is compared again and killed: not a finding, and not compared.
  @Test func aDayThatWasKilledBeforeItsEntryIsUnfinished() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try RehearsalLifeTests.project(program)
    for side in ["old", "new"] {
      try program.write(Array("id,yen\n1,100\n".utf8), to: "project/\(side)-2019-11-21.csv")
    }
    func compare() throws -> Int32 {
      try program.run("parallel", "project/parallel.yaml", "--day", "2019-11-21", "--workspace", "ws", "--quiet").code
    }
    #expect(try compare() == 0)
    #expect(try Self.read(program, "ledger", "verify", project).json["unfinished"] as? [String] == [])
    try Self.enter(program, ParallelDay.began("2019-11-21", title: "並行稼働"))
    try Data("{}".utf8).write(to: URL(fileURLWithPath: program.folder + "/ws/parallel/2019-11-21/evidence.json"))
    let verify = try Self.read(program, "ledger", "verify", project)
    #expect(verify.code == 0 && verify.json["unfinished"] as? [String] == ["2019-11-21"], "\(verify.output)")
    let text = try Self.read(program, "ledger", "verify", project, json: false)
    #expect(text.output.contains("unfinished: parallel run, 2019-11-21 (no entry of its end)"), "\(text.output)")
    let gate = try Self.read(program, "gate", "production", project, json: false)
    #expect(gate.output.contains("NO-GO       H-03"), "\(gate.output)")
    let paper = try program.run(
      "report", project, "--paper", "parallel", "--to", "markdown", "--workspace", "ws", "--language", "en")
    #expect(
      paper.code == 2
        && paper.errors.contains(
          "2019-11-21 is unfinished: the ledger has the entry of its beginning, and none of its end. Go on with the run by --resume, or run again; compare the day of the parallel run again. [workspace.unfinished]"
        ), "\(paper.errors)")
    // Compared again, it counts.
    #expect(try compare() == 0)
    #expect(try Self.read(program, "ledger", "verify", project).json["unfinished"] as? [String] == [])
    try Data("{}".utf8).write(to: URL(fileURLWithPath: program.folder + "/ws/parallel/2019-11-21/evidence.json"))
    #expect(try Self.read(program, "ledger", "verify", project).code == 1)
  }
}
