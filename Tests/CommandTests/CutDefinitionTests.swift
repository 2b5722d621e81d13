import Foundation
import Testing

/// Missing parts never improve a verdict: definitions and lists truncated at every line, rows that are dropped, doubled
/// or emptied, files that are lost, renamed or delivered twice.
@Suite struct CutDefinitionTests {
  /// The result of a project, no part of which may improve.
  private struct Standing {
    let lint: Int32
    let verdict: String
    /// The numbers of failed and undecided checks.
    let bad: Int
    let passed: Int
    let rejected: Int
    let said: String

    /// - Parameter other: the result after a part was removed.
    func isNoBetter(than other: Standing) -> Bool {
      rank(verdict) >= rank(other.verdict) && passed <= other.passed
        && (bad >= other.bad || passed < other.passed) && rejected >= other.rejected
    }

    private func rank(_ verdict: String) -> Int { ["GO", "CONDITIONAL", "NO-GO"].firstIndex(of: verdict) ?? 3 }
  }

  private static func standing(_ program: Program, _ project: String) throws -> Standing {
    let lint = try program.run("lint", project, "--language", "en")
    guard lint.code == 0 else {
      return Standing(
        lint: lint.code, verdict: "refused", bad: .max, passed: 0, rejected: .max, said: lint.output + lint.errors)
    }
    let workspace = program.folder + "/ws-" + UUID().uuidString
    let run = try program.run(
      "run", project, "--data", "data", "--workspace", workspace, "--format", "json", "--language", "en")
    let gate = try program.run("gate", "provisional", project, "--workspace", workspace, "--format", "json")
    let checks = run.json["checks"] as? [String: Int] ?? [:]
    let records = run.json["records"] as? [String: Int] ?? [:]
    return Standing(
      lint: 0, verdict: gate.json["verdict"] as? String ?? "none",
      bad: (checks["failed"] ?? 0) + (checks["not_run"] ?? 0), passed: checks["passed"] ?? 0,
      rejected: records["rejected"] ?? .max, said: run.output + run.errors + gate.output + gate.errors)
  }

  private static func files() -> [String] {
    let root = Program.root + "/Samples/notices"
    return (FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? [])
      // Tests of the mapping are read by `lint --tests` alone: no verdict rests on them.
      .filter { name in
        [".yaml", ".csv", ".cpy"].contains { name.hasSuffix($0) } && !name.hasSuffix("mapping-tests.csv")
      }
      .sorted()
  }

  /// A city with one fault: its verdict is NO-GO, and with the faulty part of the definitions lost it would be GO.
  private static func faulty() -> NoticeFile {
    var file = NoticeFile.clean(6)
    file.notices[2].instalments[0] += 1
    return file
  }

  @Test(arguments: files()) func aCutMakesNothingBetter(file: String) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    try program.write(Self.faulty().bytes)
    let whole = try Self.standing(program, project)
    #expect(whole.lint == 0 && whole.verdict == "NO-GO" && whole.bad > 0, "\(whole)")
    let path = program.folder + "/project/" + file
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var told = 0
    for count in 0..<lines.count - 1 {
      let cut = lines.prefix(count).map { $0 + "\n" }.joined()
      try cut.write(toFile: path, atomically: true, encoding: .utf8)
      let found = try Self.standing(program, project)
      #expect(found.isNoBetter(than: whole), "\(file) cut to \(count) lines: \(found)")
      told +=
        found.lint != 0 || found.verdict != whole.verdict || found.bad > whole.bad || found.rejected > whole.rejected
        ? 1 : 0
    }
    // The few cuts without a message have no effect: a note behind the last entry, spare bytes at the end of a record.
    #expect(told >= lines.count - 2, "\(file): \(told) of \(lines.count) cuts are told")
  }

  /// Rows of lists: dropped, emptied, doubled. Lint reports it; without lint the gate does.
  @Test func listsAreWholeOrRefused() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    try program.write(NoticeFile.clean(6).bytes)
    let path = program.folder + "/project/registers/migration-items.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    let good = try Self.standing(program, project)
    for rows in [
      [], [lines[1]], [lines[1], lines[3]], [lines[1], lines[2], lines[3], lines[3]],
      [lines[1], lines[2], lines[3], "x" + lines[3]],
    ] {
      try ([lines[0]] + rows).map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
      let found = try Self.standing(program, project)
      #expect(found.lint == 1, "\(rows): \(found)")
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(try Self.standing(program, project).lint == 1)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let again = try Self.standing(program, project)
    #expect(again.verdict == good.verdict && again.passed == good.passed)
  }

  /// The list is shortened after a run: the gate counts as before, and reports that the definitions changed. Nothing is
  /// entered.
  @Test func aShortListIsNoWithdrawal() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    try program.write(NoticeFile.clean(6).bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws")
    func gate() throws -> (verdict: String, items: String, definitions: String) {
      let answer = try program.run(
        "gate", "provisional", project, "--workspace", "ws", "--format", "json", "--language", "en")
      let criteria = answer.json["criteria"] as? [[String: Any]] ?? []
      func found(_ id: String, _ key: String) -> String {
        criteria.first { $0["id"] as? String == id }?[key] as? String ?? ""
      }
      return (answer.json["verdict"] as? String ?? answer.errors, found("G-05", "actual"), found("G-06", "verdict"))
    }
    let before = try gate()
    let ledger = FileManager.default.contents(atPath: program.folder + "/ws/ledger.sqlite")
    let path = program.folder + "/project/registers/migration-items.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n")
    try lines.prefix(2).map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    let told = try program.run("gate", "provisional", project, "--workspace", "ws", "--language", "en")
    #expect(
      told.errors.contains("the list migration-items differs") && told.errors.contains("[register.pending]"),
      "\(told.errors)")
    let after = try gate()
    #expect(after.items == before.items && after.definitions == "NO-GO", "\(before) \(after)")
    #expect(
      FileManager.default.contents(atPath: program.folder + "/ws/ledger.sqlite") == ledger, "a gate enters nothing")
    // Commands that enter something do not withdraw a row either; a person does, with another's approval, and the gate
    // reports it.
    try program.run("items", "investigate", project, "NT-003", "--by", "山田", "--workspace", "ws")
    #expect(try gate().items == before.items)
    let alone = try program.run(
      "items", "withdraw", project, "NT-003", "--reason", "対象外", "--approver", "山田", "--by", "山田", "--workspace", "ws")
    #expect(alone.code != 0, "\(alone.output)\(alone.errors)")
    let ids = lines.dropFirst().map { String($0.prefix { $0 != "," }) }
    let withdrawn = try program.run(
      "items", "withdraw", project, ids[2], "--reason", "対象外", "--approver", "鈴木", "--by", "山田", "--workspace", "ws")
    #expect(withdrawn.code == 0, "\(withdrawn.errors)")
    let last = try gate()
    #expect(last.items.contains("1 withdrawn"), "\(last)")
  }

  /// A register that never had all rows of its list cannot be judged.
  @Test func aListThatWasAlwaysShortIsNotJudged() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    try program.write(NoticeFile.clean(6).bytes)
    let path = program.folder + "/project/gates.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try program.run("run", project, "--data", "data", "--workspace", "ws")
    try text.replacing("migration-items: 3", with: "migration-items: 4").write(
      toFile: path, atomically: true, encoding: .utf8)
    let answer = try program.run("gate", "provisional", project, "--workspace", "ws", "--language", "en")
    #expect(answer.code == 1 && answer.output.contains("migration-items 3 / 4"), "\(answer.output)\(answer.errors)")
  }

  struct Delivery: Sendable, CustomTestStringConvertible {
    let what: String
    let files: [String: String]
    var notRead: String?
    let code: Int32
    let says: String
    var testDescription: String { what }
  }

  /// Every file of a delivery exists exactly once.
  @Test(arguments: [
    Delivery(what: "as it should be", files: ["NOTICE.dat": "data"], code: 0, says: "0 failed"),
    Delivery(
      what: "twice", files: ["NOTICE.dat": "data", "NOTICE_2.dat": "data"], code: 1, says: "NOTICE_2.dat (= NOTICE)"),
    Delivery(
      what: "twice, by another ending", files: ["NOTICE.dat": "data", "NOTICE.dat.1": "data"], code: 1,
      says: "NOTICE.dat.1 (= NOTICE)"),
    Delivery(
      what: "with another", files: ["NOTICE.dat": "data", "OTHER.dat": "other"], code: 1,
      says: "files that no definition names: OTHER.dat"),
    Delivery(
      what: "with a hidden one", files: ["NOTICE.dat": "data", ".NOTICE.dat.swp": "other"], code: 1,
      says: ".NOTICE.dat.swp"),
    Delivery(
      what: "with a list of it", files: ["NOTICE.dat": "data", "sent.txt": "other"],
      notRead: "{file: \"*.txt\", reason: 送り状}", code: 0, says: "files not read, with a reason: 1 (sent.txt)"),
    Delivery(
      what: "with a list for all", files: ["NOTICE.dat": "data"], notRead: "{file: \"*\", reason: 何でも}", code: 2,
      says: "the beginning or end of names"),
    Delivery(
      what: "with a list without a reason", files: ["NOTICE.dat": "data"], notRead: "{file: a.txt, reason: \" \"}",
      code: 2, says: "why nobody reads it"),
    Delivery(what: "renamed", files: ["NOTICE.DAT": "data"], code: 2, says: "NOTICE.dat"),
    Delivery(what: "not at all", files: [:], code: 2, says: "NOTICE.dat"),
    Delivery(what: "empty", files: ["NOTICE.dat": ""], code: 2, says: "NOTICE.dat"),
  ])
  func aDeliveryIsWhole(_ delivery: Delivery) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    if let line = delivery.notRead {
      let text = try String(contentsOfFile: project, encoding: .utf8)
      try (text + "\nnot-read:\n  - \(line)\n").write(toFile: project, atomically: true, encoding: .utf8)
    }
    for (name, content) in delivery.files {
      let bytes = content == "data" ? NoticeFile.clean(4).bytes : Array(content.utf8)
      try program.write(bytes, to: "data/" + name)
    }
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--language", "en")
    #expect(
      run.code == delivery.code && (run.output + run.errors).contains(delivery.says), "\(run.output)\(run.errors)")
    guard delivery.code == 1 else { return }
    let page = try String(contentsOfFile: program.folder + "/ws/runs/0001/report.html", encoding: .utf8)
    #expect(page.contains("データのフォルダにあって読まなかったファイル"))
    let gate = try program.run("gate", "provisional", project, "--workspace", "ws")
    #expect(gate.code == 1 && gate.output.contains("NO-GO"))
  }

  /// A class that was given for fewer differences does not cover later ones.
  @Test func aClassCoversWhatItWasGivenFor() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    var file = NoticeFile.clean(6)
    file.notices[2].code = "99"
    try program.write(Self.faulty().bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws")
    func list() throws -> [[String: Any]] {
      let answer = try program.run("differences", "list", project, "--workspace", "ws", "--format", "json")
      return try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]] ?? []
    }
    let groups = try list()
    #expect(!groups.isEmpty)
    for group in groups {
      try program.run(
        "differences", "classify", project, group["signature"] as? String ?? "", "R", "--approver", "課長", "--note",
        "端数", "--by", "山田",
        "--workspace", "ws")
    }
    #expect(try list().allSatisfy { $0["class"] as? String == "R" })
    // The same differences again, with one more record of the same kind.
    var more = Self.faulty()
    more.notices[4].instalments[0] += 1
    try program.write(more.bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws")
    let now = try list()
    #expect(now.contains { $0["class"] as? String == "U" }, "\(now)")
    let gate = try program.run("gate", "provisional", project, "--workspace", "ws", "--language", "ja")
    #expect(gate.output.contains("承認1件に対し2件"), "\(gate.output)")
    // The earlier number of differences is covered again.
    try program.write(Self.faulty().bytes)
    try program.run("run", project, "--data", "data", "--workspace", "ws")
    #expect(try list().allSatisfy { $0["class"] as? String == "R" })
  }
}
