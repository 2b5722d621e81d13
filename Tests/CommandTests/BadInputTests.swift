import Foundation
import Testing

/// Bad input never crashes: each kind gets a message with place and remedy, and no data are lost.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: @Sendable ([UInt8]) -> [UInt8]?
    let says: [String]
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "no file", bytes: { _ in nil }, says: ["NOTICE.dat", "cannot be opened", "[file.open]"]),
    Case(name: "empty file", bytes: { _ in [] }, says: ["the file is empty", "[file.empty]"]),
    Case(
      name: "cut in a record", bytes: { Array($0.dropLast(25)) },
      says: ["record 7", "byte 360", "35 bytes are left over", "record length 60", "[file.length]"]),
    Case(
      name: "wrong record length",
      bytes: { bytes in stride(from: 0, to: bytes.count, by: 60).flatMap { bytes[$0..<($0 + 59)] } },
      says: ["left over", "[file.length]"]),
    Case(
      name: "no trailer", bytes: { Array($0.dropLast(60)) },
      says: ["record 6", "no trailer (99)", "X'f1f0'", "[file.trailer]"]),
    Case(name: "no header", bytes: { Array($0.dropFirst(60)) }, says: ["record 1", "no header (00)", "[file.header]"]),
  ])
  func aFileThatCannotBeMigratedIsRefused(input: Case) throws {
    let program = try Program()
    defer { program.remove() }
    if let bytes = input.bytes(NoticeFile.clean(5).bytes) { try program.write(bytes) }
    let run = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--language", "en", "--format", "json")
    #expect(run.code == 2, "\(run.output)")
    for words in input.says { #expect(run.errors.contains(words), "\(run.errors)") }
    #expect((run.json["checks"] as? [String: Int])?["not_run"] == 13)
    let gate = try program.run("gate", "provisional", Program.notices, "--workspace", "ws", "--format", "json")
    #expect(gate.code == 1 && gate.json["verdict"] as? String == "NO-GO")
  }

  @Test func anUnknownKindIsRejectedNotLost() throws {
    let program = try Program()
    defer { program.remove() }
    var bytes = NoticeFile.clean(5).bytes
    bytes[120] = 0xF7
    try program.write(bytes)
    let run = try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--format", "json")
    #expect(run.code == 1)
    #expect((run.json["records"] as? [String: Int]) == ["read": 5, "migrated": 4, "rejected": 1, "excluded": 0])
    #expect((run.json["failed_checks"] as? [String])?.contains("NT-C01-02") == true)
  }

  struct Slip: Sendable, CustomTestStringConvertible {
    let file: String
    let from: String
    let to: String
    let says: [String]
    var testDescription: String { says[0] }
  }

  @Test(arguments: [
    Slip(
      file: "notices/NOTICE.cpy", from: "PIC N(5)", to: "PIC Q(5)",
      says: ["notices/NOTICE.cpy:5:28", "[copybook.picture]"]),
    Slip(
      file: "notices/pipeline.yaml", from: "    kind: NT-KIND", to: "    kinde: NT-KIND",
      says: ["notices/pipeline.yaml:8:5", "there is no key “kinde”", "[definition.key]"]),
    Slip(
      file: "notices/pipeline.yaml", from: "税額: NT-TAX", to: "税額: NT-TAXX",
      says: ["Did you mean “NT-TAX”", "[expression.name]"]),
    Slip(
      file: "notices/pipeline.yaml", from: "              税額: NT-KI-TAX\n", to: "",
      says: ["column 税額 of table 期別", "[lint.column]"]),
    Slip(
      file: "notices/pipeline.yaml", from: "      FILLER: {ja: 予備, en: spare bytes}\n", to: "",
      says: ["FILLER", "no disposition", "[lint.disposition]"]),
    Slip(
      file: "notices/pipeline.yaml", from: "code('区分', NT-CODE)", to: "code('区', NT-CODE)",
      says: ["Did you mean “区分”", "[expression.name]"]),
    Slip(
      file: "notices/checks.yaml", from: "must: sum(NT-KI-TAX) = NT-TAX", to: "must: NT-TAX",
      says: ["true/false", "[expression.type]"]),
    Slip(
      file: "notices/checks.yaml", from: "severity: S2", to: "severity: S9", says: ["S1, S2, S3", "[definition.value]"]),
    Slip(
      file: "notices/checks.yaml", from: "id: NT-C09-02", to: "id: NT-C01-01",
      says: ["NT-C01-01", "used twice", "[lint.check]"]),
    Slip(file: "schema.yaml", from: "税額: integer", to: "税額: number", says: ["found “number”", "[definition.value]"]),
    Slip(
      file: "registers/migration-items.csv", from: "NT-C02-04", to: "NT-C02-99",
      says: ["registers/migration-items.csv:3", "NT-C02-99", "[definition.value]"]),
    Slip(
      file: "gates.yaml", from: "kind: complete", to: "kind: completely", says: ["gates.yaml:5", "[definition.value]"]),
    Slip(
      file: "project.yaml", from: "charset: fujitsu-jef", to: "charset: jef",
      says: ["project.yaml:5", "[definition.value]"]),
    Slip(file: "project.yaml", from: "title: {ja:", to: "title: {ja", says: ["project.yaml"]),
    Slip(
      file: "project.yaml", from: "subsystems: [notices]", to: "subsystems: [notises]",
      says: ["notises/pipeline.yaml", "[definition.open]"]),
  ])
  func aWrongDefinitionIsReportedWithItsPlace(slip: Slip) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try program.copyProject()
    let file = program.folder + "/project/" + slip.file
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains(slip.from))
    try text.replacing(slip.from, with: slip.to).write(toFile: file, atomically: true, encoding: .utf8)
    let lint = try program.run("lint", project, "--language", "en")
    #expect(lint.code == 1)
    for words in slip.says { #expect(lint.output.contains(words), "\(lint.output)") }
    #expect(try program.run("lint", project, "--language", "ja").output.contains("問題"))
    try program.write(NoticeFile.clean(3).bytes)
    #expect(try program.run("run", project, "--data", "data", "--workspace", "ws").code == 2)
  }

  @Test func aTargetThatCannotBeWrittenSaysWhere() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(5).bytes)
    for target in ["sqlite:nowhere/deep/t.sqlite", "sqlite:/dev/full"] {
      let run = try program.run(
        "run", Program.notices, "--data", "data", "--workspace", "ws", "--target", target, "--language", "en")
      #expect(run.code == 2)
      #expect(run.errors.contains("target") && run.errors.contains(target.dropFirst(7)), "\(run.errors)")
    }
    let other = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--target", "oracle:x", "--language", "en")
    #expect(other.code == 2 && other.errors.contains("[target.reference]"))
  }

  @Test func aLoadedTargetIsNotLoadedAgain() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(5).bytes)
    #expect(
      try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--target", "sqlite:t.sqlite").code
        == 0)
    let again = try program.run(
      "run", Program.notices, "--data", "data", "--workspace", "ws", "--target", "sqlite:t.sqlite", "--language", "en")
    #expect(again.code == 2 && again.errors.contains("[target.occupied]"), "\(again.errors)")
  }

  /// A full disk: the process may not write files beyond a certain size.
  @Test func aFullDiskEndsTheRunAndIsResumed() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(30_000).bytes)
    let calm = try program.run("run", Program.notices, "--data", "data", "--workspace", "calm", "--format", "json")
    let limited = Process()
    limited.executableURL = URL(fileURLWithPath: "/bin/bash")
    limited.arguments = [
      "-c",
      "ulimit -f 900; trap '' XFSZ; exec '\(Program.binary)' run '\(Program.notices)' --data data --workspace ws --language en 2>stderr-limited",
    ]
    limited.currentDirectoryURL = URL(fileURLWithPath: program.folder)
    limited.standardOutput = FileHandle.nullDevice
    try limited.run()
    limited.waitUntilExit()
    let errors = try String(contentsOfFile: program.folder + "/stderr-limited", encoding: .utf8)
    #expect(limited.terminationStatus == 2, "\(errors)")
    #expect(errors.contains("--resume"), "\(errors)")
    let resumed = try program.run("run", Program.notices, "--workspace", "ws", "--resume", "--format", "json")
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(resumed.json["evidence"] as? String == calm.json["evidence"] as? String)
  }

  /// `totsugo … | head -1`: the reader leaves, which is not a crash.
  @Test(arguments: [
    "list diagnostics", "lint '\(Program.notices)'", "report '\(Program.notices)' --workspace ws",
    "decode data/NOTICE.dat --copybook '\(Program.root)/Samples/notices/notices/NOTICE.cpy' --charset fujitsu-jef",
  ])
  func aReaderThatGoesAwayIsNoCrash(command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(20_000).bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = ["-c", "'\(Program.binary)' \(command) 2>stderr | head -c 20 >/dev/null; exit ${PIPESTATUS[0]}"]
    shell.currentDirectoryURL = URL(fileURLWithPath: program.folder)
    try shell.run()
    shell.waitUntilExit()
    #expect([0, 1, 2].contains(shell.terminationStatus), "\(shell.terminationStatus)")
    let errors = try String(contentsOfFile: program.folder + "/stderr", encoding: .utf8)
    #expect(!errors.contains("Fatal") && !errors.contains("crashed"), "\(errors)")
  }

  @Test func wrongUsageIs64() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run("run").code == 64)
    #expect(try program.run("nonsense").code == 64)
    #expect(try program.run("run", Program.notices, "--jobs", "0").code == 64)
    #expect(try program.run("--version").code == 0)
    #expect(try program.run("--help").code == 0)
    #expect(try program.run("gate", "nonsense", Program.notices, "--workspace", "ws").code == 2)
    #expect(try program.run("report", Program.notices, "--workspace", "ws").code == 2)
    #expect(try program.run("run", Program.notices, "--resume", "--workspace", "ws").code == 2)
  }
}
