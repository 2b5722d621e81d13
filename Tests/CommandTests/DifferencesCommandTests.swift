import Foundation
import Testing

/// Differences by cause, across rehearsals, over the sample of notices.
@Suite struct DifferencesCommandTests {
  /// Instalments of the persons `short` that do not add up, and a wrong due date of the persons `late`.
  private static func file(short: [Int], late: [Int] = []) -> [UInt8] {
    var file = NoticeFile.clean(60)
    for person in short { file.notices[person - 1].instalments[0] -= 100 }
    for person in late { file.notices[person - 1].tax += 7 }
    file.sum = file.notices.reduce(0) { $0 + $1.tax }
    return file.bytes
  }

  private static func rehearse(_ program: Program, _ bytes: [UInt8]) throws {
    try program.write(bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
  }

  private static func groups(_ program: Program) throws -> [[String: Any]] {
    let answer = try program.run(
      "differences", "list", Program.notices, "--workspace", "ws", "--format", "json", "--language", "en")
    return try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
  }

  private static func criterion(_ program: Program) throws -> [String: Any] {
    let gate = try program.run(
      "gate", "provisional", Program.notices, "--workspace", "ws", "--format", "json", "--language", "en")
    let criteria = try #require(gate.json["criteria"] as? [[String: Any]])
    return try #require(criteria.first { $0["id"] as? String == "G-09" })
  }

  @Test func aCauseIsNamedOnceAndKept() throws {
    let program = try Program()
    defer { program.remove() }
    try Self.rehearse(program, Self.file(short: Array(1...40)))
    var groups = try Self.groups(program)
    #expect(groups.map { $0["lines"] as? Int } == [40])
    #expect(groups[0]["check"] as? String == "NT-C09-02")
    #expect(groups[0]["class"] as? String == "U")
    #expect((groups[0]["samples"] as? [[String]])?.count == 5)
    var criterion = try Self.criterion(program)
    #expect(criterion["verdict"] as? String == "NO-GO")
    #expect(criterion["actual"] as? String == "40")
    let signature = try #require(groups[0]["signature"] as? String)
    #expect(criterion["why"] as? String == "1 group without a class: “Instalments add up” (NT-C09-02)")
    #expect(criterion["blockers"] as? [String] == ["group:\(signature)"])

    let classify = try program.run(
      "differences", "classify", Program.notices, signature, "O", "--by", "市民税課 係長", "--approver", "課長", "--note",
      "旧システムの端数処理",
      "--workspace",
      "ws", "--language", "ja")
    #expect(classify.code == 0 && classify.errors.contains("旧システムの潜在誤り"), "\(classify.errors)")
    criterion = try Self.criterion(program)
    #expect(criterion["verdict"] as? String == "GO")
    #expect(criterion["blockers"] as? [String] == [])
    // The next rehearsal knows the cause; another one is new.
    try Self.rehearse(program, Self.file(short: [3, 4, 50]))
    groups = try Self.groups(program)
    #expect(groups.map { $0["class"] as? String } == ["O"])
    #expect(groups.map { $0["signature"] as? String } == [signature])
    #expect(try Self.criterion(program)["verdict"] as? String == "GO")
    let html = try program.run("report", Program.notices, "--workspace", "ws", "--language", "ja").output
    #expect(html.contains("不一致の要因分類") && html.contains(signature) && html.contains("O 旧システムの潜在誤り"))
    #expect(html.contains("バイト勘定") && html.contains("往復検証") && html.contains("工程（秒）"))
  }

  /// One by one, with both sides and the records; personal values only for who asks for them.
  @Test func everyDifferenceIsListedWithBothSides() throws {
    let program = try Program()
    defer { program.remove() }
    try Self.rehearse(program, Self.file(short: [3, 4]))
    func list(_ check: String, _ form: String) throws -> Program.Answer {
      try program.run(
        "differences", "list", Program.notices, "--workspace", "ws", "--language", "en", "--check", check, "--format",
        form)
    }
    let answer = try list("NT-C09-02", "json")
    let lines = try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
    #expect(lines.map { $0["line"] as? Int } == [1, 2])
    for line in lines {
      let (expected, actual) = (line["expected"] as? [String: Any], line["actual"] as? [String: Any])
      #expect((expected?["rule"] as? String)?.isEmpty == false && actual?.isEmpty == false, "\(line)")
      #expect((line["records"] as? [Any])?.isEmpty == false && line["group"] as? String != nil)
      #expect((line["causes"] as? [String])?.count == 1)
    }
    #expect(try list("NT-C09-99", "text").errors.contains("[option.value]"))
  }

  @Test func rehearsalsAreComparedDifferenceByDifference() throws {
    let program = try Program()
    defer { program.remove() }
    try Self.rehearse(program, Self.file(short: [1, 2, 3, 4]))
    try Self.rehearse(program, Self.file(short: [3, 4]))
    try Self.rehearse(program, Self.file(short: [1, 4, 5]))
    let answer = try program.run("compare", Program.notices, "--workspace", "ws", "--format", "json")
    #expect(answer.json["still_there"] as? [String] == ["NT-C09-02"])
    #expect(
      answer.json["differences"] as? [String: Int] == ["new": 1, "fixed": 1, "still_there": 1, "returned": 1])
    let steps = try #require(answer.json["steps"] as? [[String: Any]])
    #expect(steps.compactMap { $0["step"] as? String } == ["file NOTICE", "index", "read-back", "differences"])
    #expect(steps.allSatisfy { $0["seconds"] is Double && $0["before"] is Double })
    let text = try program.run("compare", Program.notices, "--workspace", "ws", "--language", "en").output
    #expect(text.contains("single differences: fixed 1  still there 1  returned 1  new 1"))
  }

  /// A run that cannot be read is never replaced by an older one: the gate would judge outdated results.
  @Test func damagedEvidenceStopsEveryAnswer() throws {
    let program = try Program()
    defer { program.remove() }
    try Self.rehearse(program, NoticeFile.clean(6).bytes)
    try Self.rehearse(program, Self.file(short: [1, 2]))
    let file = program.folder + "/ws/runs/0002/evidence.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try String(text.dropLast(text.count / 2)).write(toFile: file, atomically: true, encoding: .utf8)
    for command in [
      ["gate", "provisional"], ["report"], ["differences", "list"], ["compare"],
      ["run", "--data", "data"],
    ] {
      let words = command.count > 1 && command[0] != "run" ? command : [command[0]]
      let rest = command[0] == "run" ? Array(command.dropFirst()) : []
      let answer = try program.run(
        all: words + [Program.notices] + rest + ["--workspace", "ws", "--language", "en"])
      #expect(answer.code == 2, "\(command): \(answer.output)")
      #expect(answer.errors.contains("0002/evidence.json"), "\(answer.errors)")
      #expect(answer.errors.contains("[ledger.tampered]"), "\(answer.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws/runs/0003"))
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let lists = program.folder + "/ws/runs/0002/differences"
    try FileManager.default.removeItem(atPath: lists)
    let compare = try program.run("compare", Program.notices, "--workspace", "ws", "--language", "en")
    #expect(compare.code == 2 && compare.errors.contains("NT-C09-02"), "\(compare.errors)")
  }

  @Test func aWrongSignatureOrClassIsRefused() throws {
    let program = try Program()
    defer { program.remove() }
    try Self.rehearse(program, Self.file(short: [1]))
    let unknown = try program.run(
      "differences", "classify", Program.notices, "NT-C09-02/zzz", "O", "--by", "x", "--approver", "課長", "--note", "y",
      "--workspace", "ws",
      "--language", "en")
    #expect(unknown.code == 2 && unknown.errors.contains("no differences of the signature NT-C09-02/zzz"))
    let kind = try program.run(
      "differences", "classify", Program.notices, "NT-C09-02/zzz", "X", "--by", "x", "--approver", "課長", "--note", "y",
      "--workspace", "ws")
    #expect(kind.code == 64)
  }

  @Test func aClassificationThatWasChangedAfterwardsIsFound() throws {
    let program = try Program()
    defer { program.remove() }
    try Self.rehearse(program, Self.file(short: [1]))
    let signature = try #require(try Self.groups(program)[0]["signature"] as? String)
    for note in ["a", "b"] {
      try program.run(
        "differences", "classify", Program.notices, signature, "R", "--by", "x", "--approver", "課長", "--note", note,
        "--workspace", "ws")
    }
    try program.sql("UPDATE entry SET text = replace(text, '\"note\":\"a\"', '\"note\":\"c\"')")
    let gate = try program.run("gate", "provisional", Program.notices, "--workspace", "ws")
    #expect(gate.code == 2 && gate.errors.contains("[ledger.chain]"))
  }
}
