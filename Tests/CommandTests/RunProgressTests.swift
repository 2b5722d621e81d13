import Base
import Evidence
import Foundation
import Ledger
import Testing
import Workspace

/// `runs/NNNN/progress.json`: another process's view of a run of the built binary.
@Suite struct RunProgressTests {
  private static func workspace(_ program: Program) -> Workspace { Workspace(path: program.folder + "/ws") }

  private static func run(
    _ program: Program, _ more: [String] = [], with signal: Int32 = SIGKILL, when: (() throws -> Bool)? = nil
  ) throws -> Program.Answer {
    try program.run(
      all: ["run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet", "--format", "json"] + more,
      killWhen: when, with: signal)
  }

  @Test func theLastWordIsThatOfTheEvidence() throws {
    let program = try Program()
    defer { program.remove() }
    var file = NoticeFile.clean(3_000)
    file.notices[1_200].code = "98"
    try program.write(file.bytes)
    let answer = try Self.run(program)
    #expect(answer.code == 1)
    let workspace = Self.workspace(program)
    let progress = try #require(workspace.progress(of: "0001"))
    // A rejected record is not a failure of the run.
    #expect(progress.state == .finished && progress.command == "run" && !progress.resumed)
    let data = try #require(FileManager.default.contents(atPath: workspace.folder(of: "0001") + "/evidence.json"))
    let evidence = try #require(JSONDocument.value(RunEvidence.self, from: data))
    let steps = progress.steps.map(\.step)
    #expect(steps == ["open"] + evidence.steps.map(\.step) + ["report"])
    #expect(progress.steps.dropFirst().dropLast().map(\.seconds) == evidence.steps.map(\.seconds))
    #expect(progress.step == "report" && progress.ahead.isEmpty && progress.file == nil)
    #expect(progress.files == 1 && progress.filesDone == 1)
    #expect(progress.allBytes == file.bytes.count && progress.allBytesTotal == file.bytes.count)
    #expect(progress.allRecords == file.bytes.count / 60)
    #expect(progress.tables == evidence.tables.count && progress.tablesDone == evidence.tables.count)
    #expect(progress.rows == evidence.tables.reduce(0) { $0 + $1.rows })
    #expect(progress.seconds > 0 && progress.secondsLeftReading == nil && progress.secondsBehindPlan == nil)
    #expect(try program.mode("ws/runs/0001/progress.json") == 0o600)
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws/runs/0001/progress.json.partial"))
    let keys = try #require(
      try JSONSerialization.jsonObject(with: Data(program.file("ws/runs/0001/progress.json").utf8)) as? [String: Any])
    for key in ["run", "state", "step", "step_seconds", "steps", "files_done", "all_bytes_total", "started", "at"] {
      #expect(keys[key] != nil, "\(key)")
    }
    #expect(!workspace.isAtWork(on: "0001"))
  }

  @Test func aVerificationMakesNoIndexes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(5).bytes)
    #expect(try Self.run(program).code == 0)
    let answer = try program.run(
      "reconcile", Program.notices, "--data", "data", "--workspace", "ws", "--target",
      "sqlite:ws/runs/0001/target.sqlite")
    #expect(answer.code == 0)
    let progress = try #require(Self.workspace(program).progress(of: "0002"))
    #expect(progress.state == .finished && progress.command == "reconcile")
    #expect(progress.steps.map(\.step) == ["open", "file NOTICE", "read-back", "differences", "report"])
  }

  @Test func aKilledRunLooksAsIfItRanButNobodyIsAtWork() throws {
    let program = try Program()
    defer { program.remove() }
    let file = NoticeFile.clean(60_000)
    try program.write(file.bytes)
    let workspace = Self.workspace(program)
    var seen: RunProgress?
    let killed = try Self.run(program) {
      seen = workspace.progress(of: "0001")
      guard seen?.step == "file NOTICE" else { return false }
      #expect(workspace.isAtWork(on: "0001"))
      return true
    }
    if killed.code == 0 { return }  // it had ended before
    #expect(killed.code == -SIGKILL)
    let during = try #require(seen)
    #expect(during.state == .running && during.file == "NOTICE" && during.fileTitle?.ja.isEmpty == false)
    #expect(during.bytesTotal == file.bytes.count && during.allBytesTotal == file.bytes.count)
    #expect(during.steps.map(\.step) == ["open"] && during.filesDone == 0)
    #expect(during.ahead.map(\.step) == ["index", "read-back", "differences"])
    #expect(workspace.progress(of: "0001")?.state == .running)
    #expect(!workspace.isAtWork(on: "0001"))

    let resumed = try Self.run(program, ["--resume"])
    #expect(resumed.code == 0, "\(resumed.errors)")
    let after = try #require(workspace.progress(of: "0001"))
    #expect(after.state == .finished && after.resumed && after.allBytes == file.bytes.count)
  }

  @Test func anInterruptedRunSaysSo() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(60_000).bytes)
    let workspace = Self.workspace(program)
    let stopped = try Self.run(program, with: SIGINT) { workspace.progress(of: "0001")?.step == "file NOTICE" }
    if stopped.code == 0 { return }  // it had ended before
    #expect(stopped.code == 130, "\(stopped.errors)")
    let progress = try #require(workspace.progress(of: "0001"))
    #expect(progress.state == .interrupted && progress.step == "file NOTICE")
  }

  @Test func aRunThatCannotGoOnSaysWhere() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(5).bytes)
    #expect(try Self.run(program, ["--target", "sqlite:nowhere/t.sqlite"]).code == 2)
    let workspace = Self.workspace(program)
    #expect(workspace.progress(of: "0001")?.state == .failed)
    #expect(workspace.progress(of: "0001")?.step == "open")
    #expect(!workspace.isAtWork(on: "0001"))
  }
}
