import Foundation
import Testing

/// What somebody who tries the program in earnest does to it: a ledger that is gone, days that have not come, slips.
@Suite struct LostEvidenceTests {
  private static func started() throws -> Program {
    let program = try Program()
    try program.write(NoticeFile.clean(3).bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    return program
  }

  private static func run(_ program: Program, _ words: String...) throws -> Program.Answer {
    try program.run(all: words + ["--workspace", "ws", "--language", "en"])
  }

  /// A ledger that is gone is not begun anew beside the evidence that it told of.
  @Test func aLedgerThatIsGoneIsNotReplaced() throws {
    let program = try Self.started()
    defer { program.remove() }
    let path = program.folder + "/ws/ledger.sqlite"
    try FileManager.default.removeItem(atPath: path)
    for words in [["ledger", "verify"], ["items", "list"], ["gate", "provisional"], ["run", "--data", "data"]] {
      let head = words.count > 1 && words[0] != "run" ? words : ["run"]
      let answer = try program.run(
        all: head + [Program.notices] + (words[0] == "run" ? ["--data", "data"] : []) + [
          "--workspace", "ws", "--language", "en",
        ])
      #expect(answer.code == 2 && answer.errors.contains("[ledger.gone]"), "\(words): \(answer.errors)\(answer.output)")
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func evidenceThatNobodyEnteredIsFound() throws {
    let program = try Self.started()
    defer { program.remove() }
    try FileManager.default.copyItem(
      atPath: program.folder + "/ws/runs/0001", toPath: program.folder + "/ws/runs/0002")
    let verify = try Self.run(program, "ledger", "verify", Program.notices)
    #expect(verify.code == 1 && verify.output.contains("0002/evidence.json"), "\(verify.output)")
  }

  @Test func whatHasNotHappenedIsNotEntered() throws {
    let program = try Self.started()
    defer { program.remove() }
    for words in [
      ["decisions", "record", Program.notices, "provisional", "--decision", "sent-back", "--held", "2999-01-01"],
      ["meetings", "record", Program.notices, "--kind", "regular", "--held", "2999-01-01"],
    ] {
      let answer = try program.run(all: words + ["--by", "x", "--workspace", "ws", "--language", "en"])
      #expect(answer.code == 2 && answer.errors.contains("2999-01-01 lies after today"), "\(answer.errors)")
    }
  }

  @Test func aFolderThatIsNotThereIsNoRun() throws {
    let program = try Self.started()
    defer { program.remove() }
    let answer = try Self.run(program, "run", Program.notices, "--data", "nowhere")
    #expect(answer.code == 2 && answer.errors.contains("nowhere"), "\(answer.errors)")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws/runs/0002"))
  }

  @Test func nothingIsBuiltOnChangedEntries() throws {
    let program = try Self.started()
    defer { program.remove() }
    try program.sql("UPDATE entry SET text = replace(text, 'NT-003', 'NT-004') WHERE number = 3")
    for words in [
      ["items", "answer", Program.notices, "NT-003", "--text", "x", "--by", "y"],
      ["ledger", "export", Program.notices, "-o", "copy"],
    ] {
      let answer = try program.run(all: words + ["--workspace", "ws", "--language", "en"])
      #expect(answer.code == 2 && answer.errors.contains("[ledger.chain]"), "\(words): \(answer.errors)")
    }
  }

  @Test func aCriterionThatHoldsIsNotWaived() throws {
    let program = try Self.started()
    defer { program.remove() }
    let words = ["--reason", "r", "--owner", "o", "--approver", "a", "--until", "2999-01-01", "--by", "b"]
    let holds = try program.run(
      all: ["waivers", "grant", Program.notices, "provisional", "G-01"] + words + [
        "--workspace", "ws", "--language", "en",
      ])
    #expect(holds.code == 2 && holds.errors.contains("[waiver.holds]"), "\(holds.errors)")
    let open = try program.run(
      all: ["waivers", "grant", Program.notices, "provisional", "G-05"] + words + [
        "--workspace", "ws", "--language", "en",
      ])
    #expect(open.code == 0, "\(open.errors)")
  }

  /// Japanese messages have no English words for states and acts.
  @Test func refusalsAreInTheReadersLanguage() throws {
    let program = try Self.started()
    defer { program.remove() }
    let japanese = try program.run(
      "items", "close", Program.notices, "NT-003", "--by", "x", "--workspace", "ws", "--language", "ja")
    #expect(japanese.errors.contains("状態「起票」では「完了」はできません。できる状態: 確認済"), "\(japanese.errors)")
    let title = try Self.run(program, "items", "list", Program.notices, "--gate", "nope")
    #expect(title.code == 2 && title.errors.contains("[gate.unknown]"))
  }

  /// A day on which nothing could be compared does not take back what an earlier day showed to be wrong.
  @Test func aSlipDoesNotHideADifference() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/parallel-run", toPath: program.folder + "/sample")
    func day(_ day: String) throws -> Int32 {
      try program.run("parallel", "sample/manifest.yaml", "--day", day, "--workspace", "ws", "--quiet").code
    }
    #expect(try day("2019-11-18") == 1)
    let before = try program.run(
      "ledger", "list", Program.notices, "--workspace", "ws", "--register", "parallel_day", "--format", "json"
    ).output
    #expect(try day("2019-11-23") == 2)
    let after = try program.run(
      "ledger", "list", Program.notices, "--workspace", "ws", "--register", "parallel_day", "--format", "json"
    ).output
    #expect(before == after && before.contains("2019-11-18"))
  }
}
