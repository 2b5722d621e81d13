import Foundation
import Testing

/// Cases that would make a gate wrongly green: other runs, other definitions, other ledgers, other folders.
@Suite struct FalseGoTests {
  /// A project at GO except for people's entries: its definitions in `p`, its workspace in `ws`.
  private static func ready() throws -> (Program, String) {
    let program = try Program()
    let project = try DefinitionFileTests.sample(program)
    try program.write(NoticeFile.clean(12).bytes)
    // One criterion that a clean run meets.
    try program.write(
      """
      gates:
        provisional:
          title: {ja: 判定, en: Decision}
          criteria:
            - {id: G-01, kind: complete, title: {ja: 完了, en: Complete}}
            - {id: G-02, kind: checks, title: {ja: 検査, en: Checks}, max-failed: 0}
      expected: {files: 1, tables: 2, checks: 13, severities: {S1: 10, S2: 2, S3: 1}, warns: 0, may-be-empty: 0, criteria: {provisional: 2}, lists: {migration-items: 3}}

      """, to: "p/gates.yaml")
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws")
    #expect(run.code == 0, "\(run.output)\(run.errors)")
    let gate = try Self.gate(program, project)
    #expect(gate.code == 0, "\(gate.output)\(gate.errors)")
    return (program, project)
  }

  private static func gate(_ program: Program, _ project: String) throws -> Program.Answer {
    try program.run("gate", "provisional", project, "--workspace", "ws", "--language", "ja")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// Returns the project to judge afterwards.
    let change: @Sendable (Program, String) throws -> String
    let says: String
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "a later run failed",
      change: { program, project in
        let run = try program.run(
          "run", project, "--data", "data", "--workspace", "ws", "--target", "sqlite:/nowhere/at/all.sqlite")
        #expect(run.code == 2)
        return project
      }, says: "終わりまで行っていない"),
    Case(
      name: "a later run was killed",
      change: { program, project in
        try program.write(NoticeFile.clean(20_000).bytes)
        let run = try program.run(
          all: ["run", project, "--data", "data", "--workspace", "ws"],
          killWhen: { FileManager.default.fileExists(atPath: program.folder + "/ws/runs/0002/progress.json") })
        #expect(run.code != 0, "it was to be killed")
        return project
      }, says: "終わりまで行っていない"),
    Case(
      name: "gates of another file",
      change: { program, project in
        let text = try program.file("p/project.yaml")
        try program.write(text.replacing("gates.yaml", with: "easy.yaml"), to: "p/project2.yaml")
        let gates = try program.file("p/gates.yaml").split(separator: "\n").filter { !$0.contains("G-02") }
        try program.write(
          gates.joined(separator: "\n").replacing("provisional: 2", with: "provisional: 1") + "\n", to: "p/easy.yaml")
        return project.replacing("project.yaml", with: "project2.yaml")
      }, says: "実行後に定義が変わった"),
    Case(
      name: "a criterion less",
      change: { program, project in
        let gates = try program.file("p/gates.yaml").split(separator: "\n").filter { !$0.contains("G-02") }
        try program.write(
          gates.joined(separator: "\n").replacing("provisional: 2", with: "provisional: 1") + "\n", to: "p/gates.yaml")
        return project
      }, says: "NO-GO       DEFINITIONS"),
    Case(
      name: "a project of another name",
      change: { program, project in
        let text = try program.file("p/project.yaml")
        try program.write(text.replacing("project: notices", with: "project: others"), to: "p/project.yaml")
        return project
      }, says: "ほかのプロジェクト「notices」"),
    Case(
      name: "a list that has changed",
      change: { program, project in
        let list = "p/registers/migration-items.csv"
        let entered = try program.run(
          "items", "raise", project, "--title", "確認", "--owner", "課", "--severity", "S3", "--by", "佐藤", "--workspace",
          "ws")
        #expect(entered.code == 0, "\(entered.errors)")
        try program.write(try program.file(list).replacing("S1", with: "S2"), to: list)
        return project
      }, says: "一覧が記載の後に変わった: migration-items"),
    Case(
      name: "an older ledger",
      change: { program, project in
        let copy = program.folder + "/old.sqlite"
        try FileManager.default.copyItem(atPath: program.folder + "/ws/ledger.sqlite", toPath: copy)
        try program.write(NoticeFile.clean(13).bytes)
        #expect(try program.run("run", project, "--data", "data", "--workspace", "ws").code == 0)
        try FileManager.default.removeItem(atPath: program.folder + "/ws/ledger.sqlite")
        try FileManager.default.moveItem(atPath: copy, toPath: program.folder + "/ws/ledger.sqlite")
        return project
      }, says: "実行 0002 の証跡があるのに台帳に記載がない"),
  ]

  @Test(arguments: cases) func thereIsNoGo(_ row: Case) throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    let judged = try row.change(program, project)
    let gate = try Self.gate(program, judged)
    #expect(gate.code == 1 && gate.output.contains("NO-GO"), "\(gate.output)\(gate.errors)")
    #expect(gate.output.contains(row.says), "\(gate.output)\(gate.errors)")
  }

  /// A new run, to its end, is the requirement.
  @Test func aRunToItsEndSettlesIt() throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    _ = try Self.cases[0].change(program, project)
    #expect(try Self.gate(program, project).code == 1)
    #expect(try program.run("run", project, "--data", "data", "--workspace", "ws").code == 0)
    #expect(try Self.gate(program, project).code == 0)
  }

  /// Changes behind the program's back are not judged, and nothing is entered on top of them: an entry based on a
  /// changed state would make it true.
  @Test func aRegisterThatWasEditedCarriesNothing() throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    try program.sql("UPDATE item SET state = 'answered', answer = '済', answered_by = '佐藤'")
    let list = try program.run("items", "list", project, "--workspace", "ws", "--language", "ja")
    #expect(list.code == 0)
    let confirm = [
      "items", "confirm", project, "NT-001", "--by", "鈴木", "--workspace", "ws", "--language", "ja",
    ]
    let words: [[String]] = [
      ["gate", "provisional", project, "--workspace", "ws", "--language", "ja"], confirm,
      ["run", project, "--data", "data", "--workspace", "ws", "--language", "ja"],
      ["report", project, "--paper", "gate-pack", "--workspace", "ws", "--language", "ja", "-o", "paper.html"],
      ["ledger", "export", project, "--workspace", "ws", "--language", "ja", "-o", "bundle"],
    ]
    for words in words {
      let answer = try program.run(all: words)
      #expect(answer.code == 2 && answer.errors.contains("台帳と登録簿が合いません: item "), "\(words): \(answer.errors)")
    }
    let rebuilt = try program.run(
      "ledger", "rebuild", project, "--reason", "手で直された", "--by", "情報 花子", "--workspace", "ws")
    #expect(rebuilt.code == 0, "\(rebuilt.errors)")
    #expect(try Self.gate(program, project).code == 0)
    // The answer is gone: nothing is left to confirm.
    #expect(try program.run(all: confirm).code == 2)
  }

  /// A weakened check is reported like a missing one.
  @Test(arguments: [
    ("severity: S1", "severity: S3", "S1"), ("    severity: S1", "    severity: S1\n    warns: true", "warns"),
    ("    severity: S1", "    severity: S1\n    may-be-empty: true", "may-be-empty"),
  ]) func aWeakerCheckIsTold(_ old: String, _ new: String, _ what: String) throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    let text = try program.file("p/notices/checks.yaml")
    #expect(text.contains(old))
    try program.write(text.replacing(old, with: new, maxReplacements: 1), to: "p/notices/checks.yaml")
    let lint = try program.run("lint", project, "--language", "en")
    #expect(lint.code == 1 && lint.output.contains("of \(what), and `expected` says"), "\(lint.output)\(lint.errors)")
  }

  /// An earlier day does not avoid today's doubt; a future day decides nothing.
  @Test func anotherDayIsNoWayAround() throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    let words = ["gate", "provisional", project, "--workspace", "ws", "--language", "ja", "--as-of"]
    let future = try program.run(all: words + ["2099-01-01"])
    #expect(future.code == 1 && future.output.contains("先の日付での試算"), "\(future.output)")
    let today = Date.now.addingTimeInterval(9 * 3600).formatted(.iso8601.year().month().day())
    #expect(try program.run(all: words + [today]).code == 0)
    let old = try #require(Self.cases.first { $0.name == "an older ledger" })
    _ = try old.change(program, project)
    let answer = try program.run(all: words + [today])
    #expect(answer.code == 1 && answer.output.contains("実行 0002 の証跡があるのに台帳に記載がない"), "\(answer.output)")
  }

  /// A gate that does not require a complete run is not judged after a run that broke off.
  @Test func aGateWithoutCompleteSeesWhatBrokeOff() throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    let gates = try program.file("p/gates.yaml").split(separator: "\n").filter { !$0.contains("G-01") }
    try program.write(
      gates.joined(separator: "\n").replacing("provisional: 2", with: "provisional: 1") + "\n", to: "p/gates.yaml")
    #expect(try program.run("run", project, "--data", "data", "--workspace", "ws").code == 0)
    #expect(try Self.gate(program, project).code == 0)
    _ = try Self.cases[0].change(program, project)
    let gate = try Self.gate(program, project)
    #expect(gate.code == 1 && gate.output.contains("NO-GO       COMPLETE"), "\(gate.output)")
  }

  /// An accepted difference fails no check: a class without an explanation accepts nothing either.
  @Test(arguments: [("class: N, ", "accept A-1: class N"), ("", "accept A-1: class –"), ("class: U, ", "U")])
  func aClassThatDoesNotExplainDoesNotAccept(_ kind: String, _ found: String) throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    try program.write(
      try program.file("p/gates.yaml").replacing("max-failed: 0}", with: "max-failed: 0, explained-by: [R]}"),
      to: "p/gates.yaml")
    try program.write(try program.file("p/project.yaml") + "accept: accepted.yaml\n", to: "p/project.yaml")
    func accept(_ kind: String) throws -> Program.Answer {
      try program.write(
        "accept:\n  - {id: A-1, check: NT-C02-04, reason: 端数, approver: 課長, by: 山田, expires: 2099-12-31, \(kind)at-most: 5}\n",
        to: "p/accepted.yaml")
      return try program.run("lint", project, "--language", "en")
    }
    #expect(try accept("class: R, ").code == 0)
    let answer = try accept(kind)
    #expect(answer.code == 1 && answer.output.contains("“\(found)”"), "\(answer.output)")
  }

  @Test func aSecondDeliveryInAFolderIsTold() throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    try FileManager.default.createDirectory(atPath: program.folder + "/data/sub", withIntermediateDirectories: true)
    try program.write(NoticeFile.clean(12).bytes, to: "data/sub/NOTICE.dat")
    let run = try program.run("run", project, "--data", "data", "--workspace", "ws", "--language", "ja")
    #expect(run.code == 1 && run.output.contains("NOT-READ") && run.output.contains("sub/"), "\(run.output)")
  }

  /// Text that people enter never makes a line that looks like a finding.
  @Test func aReasonForgesNoLine() throws {
    let (program, project) = try Self.ready()
    defer { program.remove() }
    try program.write(NoticeFile.clean(12).bytes + [0x40], to: "data/NOTICE.dat")
    #expect(try program.run("run", project, "--data", "data", "--workspace", "ws").code != 0)
    let waived = try program.run(
      "waivers", "grant", project, "provisional", "G-01", "--reason", "後で\n  GO          G-02 検査: 0件", "--owner", "山田",
      "--approver", "部長", "--until", "2099-12-31", "--by", "佐藤", "--workspace", "ws")
    let gate = try Self.gate(program, project)
    #expect(!gate.output.contains("\n  GO          G-02 検査: 0件"), "\(waived.errors)\(gate.output)")
  }

  /// A criterion that cannot be judged is not waived, also before any run.
  @Test func whatCannotBeJudgedIsNotWaived() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try DefinitionFileTests.sample(program)
    let waived = try program.run(
      "waivers", "grant", project, "provisional", "G-01", "--reason", "後で", "--owner", "山田", "--approver", "部長",
      "--until", "2099-12-31", "--by", "佐藤", "--workspace", "ws")
    #expect(waived.code == 2 && waived.errors.contains("[waiver.holds]"), "\(waived.errors)")
  }
}
