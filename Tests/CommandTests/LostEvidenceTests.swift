import Base
import Evidence
import Foundation
import Testing

/// Mistakes of real users: a missing ledger, future days, typing errors.
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

  /// A missing ledger is not created again beside the evidence that it recorded.
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

  // MARK: lists of single differences

  /// Two rehearsals with failures, and a clean one between them.
  private static func rehearsed() throws -> (program: Program, list: String) {
    let program = try Program()
    for short in [[1, 2, 3], [], [2, 3]] {
      var file = NoticeFile.clean(5)
      for person in short { file.notices[person - 1].instalments[0] -= 100 }
      try program.write(file.bytes)
      try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    }
    return (program, program.folder + "/ws/runs/0001/differences/NT-C09-02.ndjson")
  }

  enum Harm: CaseIterable {
    case digit, lastLine, twice, gone

    func callAsFunction(_ list: String) throws {
      let text = try String(contentsOfFile: list, encoding: .utf8)
      let lines = text.split(separator: "\n")
      switch self {
      case .digit:
        try text.replacing("00000002", with: "00000004").write(toFile: list, atomically: true, encoding: .utf8)
      case .lastLine:
        try (lines.dropLast().joined(separator: "\n") + "\n").write(toFile: list, atomically: true, encoding: .utf8)
      case .twice: try (text + lines[0] + "\n").write(toFile: list, atomically: true, encoding: .utf8)
      case .gone: try FileManager.default.removeItem(atPath: list)
      }
    }
  }

  @Test(arguments: Harm.allCases) func aListThatIsNotWhatWasWrittenIsFound(_ harm: Harm) throws {
    let (program, list) = try Self.rehearsed()
    defer { program.remove() }
    #expect(try Self.run(program, "ledger", "verify", Program.notices).code == 0)
    #expect(try Self.run(program, "compare", Program.notices).code == 1)
    try harm(list)
    let verify = try Self.run(program, "ledger", "verify", Program.notices)
    #expect(verify.code == 1 && verify.output.contains("0001/differences/NT-C09-02.ndjson"), "\(verify.output)")
    #expect(verify.output.contains("1 findings"), "\(verify.output)")
    #expect(
      verify.output.contains(harm == .gone ? "is gone or cannot be read" : "is not what was recorded"),
      "\(verify.output)")
    // The list is that of an earlier run: returned differences cannot be determined without it.
    let code = harm == .gone ? "[workspace.unreadable]" : "[ledger.tampered]"
    for words in [["compare"], ["report", "--paper", "rehearsals", "--to", "markdown"]] {
      let answer = try program.run(
        all: [words[0], Program.notices] + words.dropFirst() + ["--workspace", "ws", "--language", "en"])
      #expect(answer.code == 2, "\(words): \(answer.output)")
      #expect(
        answer.errors.contains("0001/differences/NT-C09-02.ndjson") && answer.errors.contains(code), "\(answer.errors)")
    }
  }

  /// Evidence of a run before lists had digests is read as before, but not with another number of lines.
  @Test func aListWithoutDigestKeepsItsNumberOfLines() throws {
    let (program, list) = try Self.rehearsed()
    defer { program.remove() }
    let file = program.folder + "/ws/runs/0001/evidence.json"
    let older = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.contains("\"list_digest\"") }.joined(separator: "\n")
    try older.write(toFile: file, atomically: true, encoding: .utf8)
    try program.sql("UPDATE run SET file_digest = '\(SHA256.digest(of: older))' WHERE id = '0001'")
    #expect(try Self.run(program, "compare", Program.notices).code == 1)
    try Harm.digit(list)
    #expect(try Self.run(program, "compare", Program.notices).code == 1)
    try Harm.lastLine(list)
    let compare = try Self.run(program, "compare", Program.notices)
    #expect(
      compare.code == 2 && compare.errors.contains("NT-C09-02.ndjson")
        && compare.errors.contains("[workspace.unreadable]"), "\(compare.errors)")
    let verify = try Self.run(program, "ledger", "verify", Program.notices)
    #expect(verify.code == 1 && verify.output.contains("NT-C09-02.ndjson is not what"), "\(verify.output)")
  }

  /// The digest of a list is part of the evidence, and the same for every place where it was written.
  @Test func theDigestOfAListIsInTheEvidence() throws {
    var digests: Set<String> = []
    for jobs in ["1", "3"] {
      let program = try Program()
      defer { program.remove() }
      var file = NoticeFile.clean(3_000)
      for person in stride(from: 1, to: 3_000, by: 7) { file.notices[person].instalments[0] -= 100 }
      try program.write(file.bytes)
      try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--jobs", jobs, "--quiet")
      let folder = program.folder + "/ws/runs/0001/"
      let list = try Data(contentsOf: URL(fileURLWithPath: folder + "differences/NT-C09-02.ndjson"))
      let evidence = try #require(
        JSONDocument.value(RunEvidence.self, from: try Data(contentsOf: URL(fileURLWithPath: folder + "evidence.json")))
      )
      let check = try #require(evidence.checks.first { $0.id == "NT-C09-02" })
      #expect(check.listDigest == SHA256.digest(of: list))
      #expect(evidence.checks.allSatisfy { ($0.list == nil) == ($0.listDigest == nil) })
      var other = evidence
      other.checks = evidence.checks.map { check in
        var check = check
        check.listDigest = nil
        return check
      }
      #expect(try SealedEvidence(other).evidence.evidence != evidence.evidence)
      digests.insert(evidence.evidence)
    }
    #expect(digests.count == 1)
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

  /// A day on which nothing could be compared does not revoke an earlier day's differences.
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
