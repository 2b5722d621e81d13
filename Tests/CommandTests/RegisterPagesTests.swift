import Base
import Foundation
import Ledger
import RegisterFixtures
import Registers
import Testing
import Workspace

/// The pages about registers and ledger: every command that they show is executed, in order, on the city's own
/// definitions; their Python proves an exported ledger, and detects a changed one.
@Suite struct RegisterPagesTests {
  /// Commands of a page that apply to another state than that of a city without any entries.
  private static let refusals = [
    "--decision conditional": "[decision.refused]", "decisions met": "[register.unknown]",
    "ledger clock": "[ledger.clock-right]",
  ]

  @Test(arguments: ["REGISTERS.md", "REGISTERS.ja.md"], ["LEDGER.md", "LEDGER.ja.md"])
  func everyCommandIsCarriedOut(registers: String, ledger: String) throws {
    // A page of one language with the other page in the same language.
    guard registers.contains(".ja") == ledger.contains(".ja") else { return }
    let program = try Program.beside("Pipelines")
    defer { program.remove() }
    var carried = 0
    for page in [registers, ledger] {
      for command in try CommandPage(page).commands {
        let line = command.line
        let answer = try program.run(all: command.words)
        if let refusal = Self.refusals.first(where: { line.contains($0.key) }) {
          #expect(answer.errors.contains(refusal.value), "\(page): \(line): \(answer.errors)")
        } else {
          #expect(
            answer.code == 0 || (answer.code == 1 && line.hasPrefix("totsugo gate")),
            "\(page): \(line): \(answer.errors)")
        }
        carried += 1
      }
    }
    #expect(carried > 40)
  }

  /// The commands are the same in both languages.
  @Test(arguments: ["REGISTERS", "LEDGER"]) func bothLanguagesShowTheSameCommands(name: String) throws {
    #expect(try CommandPage(name + ".md").commands.map(\.words) == CommandPage(name + ".ja.md").commands.map(\.words))
  }

  @Test func thePythonOfThePageProvesAnExport() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(NoticeFile.clean(3).bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    try program.run(
      "items", "raise", Program.notices, "--title", "「\\」と\"引用\"\n改行", "--owner", "課", "--severity", "S3", "--by", "が",
      "--workspace", "ws")
    // With withdrawn entries and an unfinished run.
    let more = ["--by", "佐藤", "--workspace", "ws"]
    try program.run(
      all: ["meetings", "record", Program.notices, "--kind", "regular", "--held", "2019-10-02"] + more)
    let withdrawn = try program.run(
      all: ["ledger", "withdraw", Program.notices, "M-0001", "--reason", "誤り", "--approver", "次長"] + more)
    #expect(withdrawn.code == 0, "\(withdrawn.errors)")
    let ledger = try Ledger(Workspace(path: program.folder + "/ws"), RegisterCatalog.schemas)
    let began = Change<RunRecord>("0002", "begin").set(.started, Day.now()).clear(.fileDigest, .isComplete).amendment
    try ledger.write { _ = try $0.append([began], by: "totsugo", at: Day.now()) }
    let export = try program.run("ledger", "export", Program.notices, "--workspace", "ws", "-o", "copy")
    #expect(export.code == 0, "\(export.errors)")
    let script = try #require(CommandPage("LEDGER.md").code("python").first)
    func prove() throws -> (Int32, String) {
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
      process.arguments = ["-c", script, program.folder + "/copy"]
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
    let verify = try program.run("ledger", "verify", Program.notices, "--workspace", "ws", "--format", "json")
    let (code, said) = try prove()
    #expect(code == 0)
    let digest = try #require(verify.json["digest"] as? String)
    #expect(said == "\(verify.json["entries"] as? Int ?? 0) entries, \(digest)\n")
    for file in ["entries.ndjson", "registers.json", "head.json", "evidence/run-0001.json"] {
      let path = program.folder + "/copy/" + file
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      var changed = whole
      changed[whole.count / 2] ^= 1
      try changed.write(to: URL(fileURLWithPath: path))
      #expect(try prove().0 != 0, "\(file)")
      try whole.write(to: URL(fileURLWithPath: path))
    }
    let changes = try prove()
    #expect(changes.0 == 0)
  }
}
