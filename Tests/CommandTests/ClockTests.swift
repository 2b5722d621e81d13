import Base
import Evidence
import Foundation
import Ledger
import RegisterFixtures
import Registers
import Testing
import Workspace

/// A clock that was or is wrong.
@Suite struct ClockTests {
  private static func moment(days: Int) -> String {
    Date(timeIntervalSinceNow: Double(days) * 86_400).formatted(.iso8601)
  }

  /// A workspace with a clean run, and an entry dated `days` days from now; an entry before it keeps that from being a
  /// jump.
  private static func program(entryIn days: Int, gates: Bool = false) throws -> (program: Program, project: String) {
    let program = try Program()
    let project = gates ? try RehearsalLifeTests.project(program) : Program.notices
    try program.write(NoticeFile.clean(3).bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    let ledger = try Ledger(Workspace(path: program.folder + "/ws"), RegisterCatalog.schemas)
    let raise = try ItemAct.raise(
      "Q-0001", kind: .question, subsystem: "", severity: .s3, owner: "課", gate: "both", title: "時計", due: "",
      by: "佐藤", at: moment(days: days))
    _ = try ledger.write { try $0.append([raise], by: "佐藤", at: moment(days: days)) }
    return (program, project)
  }

  private static let entering: [[String]] = [
    ["run", "", "--data", "data"],
    ["reconcile", "", "--data", "data", "--target", "sqlite:ws/runs/0001/target.sqlite"],
    ["items", "investigate", "", "Q-0001", "--by", "山田"],
    ["meetings", "record", "", "--kind", "regular", "--held", "2019-10-02", "--by", "山田"],
    ["decisions", "record", "", "provisional", "--decision", "sent-back", "--held", "2019-10-02", "--by", "山田"],
    ["ledger", "withdraw", "", "Q-0001", "--reason", "誤り", "--approver", "次長", "--by", "山田"],
  ]

  /// Refused at once, before any work: no folder of a run, no target, no evidence. The message gives both times and the
  /// remedy.
  @Test(arguments: entering) func nothingBeginsWhileTheLastEntryIsInTheFuture(_ words: [String]) throws {
    let (program, project) = try Self.program(entryIn: 300)
    defer { program.remove() }
    let answer = try program.run(
      all: words.map { $0.isEmpty ? project : $0 } + ["--workspace", "ws", "--language", "en"])
    #expect(answer.code == 2, "\(answer.output)")
    let last = Self.moment(days: 300).prefix(10)
    #expect(
      answer.errors.contains("the clock (\(Day.now().prefix(10))")
        && answer.errors.contains(") stands before the last entry (\(last)") && answer.errors.contains("[ledger.clock]")
        && answer.errors.contains("say so by name and reason with `totsugo ledger clock`"), "\(answer.errors)")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws/runs/0002"))
  }

  @Test func aDayOfTheParallelRunDoesNotBeginEither() throws {
    let (program, _) = try Self.program(entryIn: 300)
    defer { program.remove() }
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/parallel-run", toPath: program.folder + "/sample")
    let answer = try program.run("parallel", "sample/manifest.yaml", "--day", "2019-11-18", "--workspace", "ws")
    #expect(answer.code == 2 && answer.errors.contains("[ledger.clock]"), "\(answer.errors)")
    let files = try FileManager.default.subpathsOfDirectory(atPath: program.folder + "/ws/parallel")
    #expect(files == ["2019-11-18"], "\(files)")
  }

  /// The day is uncertain: lists can be read, and no criterion of a gate can be judged.
  @Test func aGateCannotBeJudgedByAClockThatIsWrong() throws {
    let (program, project) = try Self.program(entryIn: 300, gates: true)
    defer { program.remove() }
    #expect(try program.run("items", "list", project, "--workspace", "ws").code == 0)
    #expect(try program.run("ledger", "verify", project, "--workspace", "ws").code == 0)
    func gate(_ more: String...) throws -> (verdict: String, criteria: Set<String>, whys: Set<String>) {
      let answer = try program.run(
        all: ["gate", "provisional", project, "--workspace", "ws", "--language", "en", "--format", "json"] + more)
      #expect(answer.code == 1 || answer.json["verdict"] as? String == "GO", "\(answer.errors)")
      let criteria = answer.json["criteria"] as? [[String: Any]] ?? []
      return (
        answer.json["verdict"] as? String ?? "–", Set(criteria.compactMap { $0["verdict"] as? String }),
        Set(criteria.compactMap { $0["why"] as? String })
      )
    }
    let judged = try gate()
    #expect(judged.verdict == "NO-GO" && judged.criteria == ["NO-GO"] && judged.whys.count == 1)
    #expect(judged.whys.first?.contains(": nobody knows which day it is (`totsugo ledger clock`)") == true)
    let today = try gate("--as-of", Day.today())
    #expect(today.criteria == ["NO-GO"])
    #expect(
      today.whys.first?.hasSuffix("is dated wrongly: nobody knows whether it was made by the end of \(Day.today())")
        == true)
    // A person confirms the clock. Then all commands work again, and the correction is reported.
    let wrong = try program.run(
      "ledger", "clock", project, "--workspace", "ws", "--by", "山田", "--reason", " ", "--language", "en")
    #expect(wrong.code == 64 && wrong.errors.contains("--reason says why."), "\(wrong.errors)")
    let signed = try program.run(
      "ledger", "clock", project, "--workspace", "ws", "--by", "山田", "--reason", "サーバの電池切れ", "--language", "en")
    #expect(signed.code == 0 && signed.errors.contains("entered that the clock is right: "), "\(signed.errors)")
    let again = try program.run(
      "ledger", "clock", project, "--workspace", "ws", "--by", "山田", "--reason", "もう一度", "--language", "en")
    #expect(again.code == 2 && again.errors.contains("[ledger.clock-right]"), "\(again.errors)")
    #expect(try gate().criteria.count > 1)
    #expect(
      try program.run("items", "investigate", project, "Q-0001", "--by", "山田", "--workspace", "ws").code == 0)
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
    #expect(run.code == 0, "\(run.errors)")
    for words in [["ledger", "verify", project], ["gate", "provisional", project]] {
      let told = try program.run(all: words + ["--workspace", "ws", "--language", "en"])
      #expect(told.output.contains("clock corrected C-0001: 山田, "), "\(told.output)")
      #expect(told.output.contains("): サーバの電池切れ"), "\(told.output)")
    }
    let verify = try program.run("ledger", "verify", project, "--workspace", "ws", "--format", "json")
    #expect(verify.code == 0)
    let correction = (verify.json["corrections"] as? [[String: Any]])?.first
    #expect(correction?["kind"] as? String == "clock" && correction?["by"] as? String == "山田")
    let paper = try program.run(
      "report", project, "--paper", "gate-pack", "--to", "markdown", "--workspace", "ws", "--language", "en")
    #expect(paper.output.contains("clock corrected C-0001: 山田"), "\(paper.output)\(paper.errors)")
  }

  /// A ledger without an entry for more than a year and a month continues after a person confirms the clock. It can be
  /// read and judged before.
  @Test func aClockThatHasJumpedIsAskedFor() throws {
    let program = try Program()
    defer { program.remove() }
    let ledger = try Ledger(Workspace(path: program.folder + "/ws"), RegisterCatalog.schemas)
    let old = Self.moment(days: -402)
    _ = try ledger.write { writing in
      let lists = [
        try ItemAct.raise(
          "Q-0001", kind: .question, subsystem: "", severity: .s3, owner: "課", gate: "both", title: "時計", due: "",
          by: "佐藤", at: old)
      ]
      return try writing.append(lists, by: "佐藤", at: old)
    }
    let words = ["meetings", "record", Program.notices, "--kind", "regular", "--held", "2019-10-02", "--by", "山田"]
    let more = ["--workspace", "ws", "--language", "en"]
    let refused = try program.run(all: words + more)
    #expect(
      refused.code == 2 && refused.errors.contains("stands more than 400 days behind the last entry (\(old))")
        && refused.errors.contains("[ledger.jump]"), "\(refused.errors)")
    #expect(try program.run(all: ["ledger", "verify", Program.notices] + more).code == 0)
    let signed = try program.run(
      all: ["ledger", "clock", Program.notices, "--by", "山田", "--reason", "監査のため再開"] + more)
    #expect(signed.code == 0, "\(signed.errors)")
    let entered = try program.run(all: words + more)
    #expect(entered.code == 0, "\(entered.errors)")
    #expect(try program.run(all: ["ledger", "verify", Program.notices] + more).code == 0)
  }
}
