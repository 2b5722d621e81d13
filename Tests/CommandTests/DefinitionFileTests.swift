import Foundation
import Testing

/// Definitions that are not UTF-8 are refused with line and byte: 34 of 34 checks once passed over garbled names.
@Suite struct DefinitionFileTests {
  /// A copy of the sample project in the program's folder.
  static func sample(_ program: Program) throws -> String {
    try FileManager.default.copyItem(atPath: Program.root + "/Samples/notices", toPath: program.folder + "/p")
    return "p/project.yaml"
  }

  private static let sjis: [UInt8] = [0x93, 0x73]  // 都
  private static let files = [
    "project.yaml", "schema.yaml", "gates.yaml", "codes/区分.csv", "registers/migration-items.csv",
    "notices/pipeline.yaml", "notices/checks.yaml", "notices/rebuild.yaml",
  ]

  @Test(arguments: files) func whatIsNotUTF8IsRefusedWithItsPlace(_ name: String) throws {
    let program = try Program()
    defer { program.remove() }
    let project = try Self.sample(program)
    let path = program.folder + "/p/" + name
    let good = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    let lines = good.count { $0 == 10 }
    let comment: [UInt8] = name.hasSuffix(".csv") ? [] : Array("# ".utf8)
    for (what, bad, hex) in [
      ("Shift_JIS", Self.sjis, "9373"), ("a lost character", Array("\u{FFFD}".utf8), "efbfbd"), ("NUL", [0], "00"),
    ] {
      try program.write(good + comment + bad + [10], to: "p/" + name)
      let answer = try program.run("lint", project, "--language", "en")
      #expect(answer.code == 1 || answer.code == 2, "\(what): \(answer.output)\(answer.errors)")
      let said = answer.output + answer.errors
      #expect(
        said.contains("\(name.split(separator: "/").last!):\(lines + 1):\(comment.count + 1)")
          && said.contains("[definition.charset]")
          && said.contains(hex), "\(what): \(said)")
      let run = try program.run("run", project, "--data", "data", "--workspace", "ws")
      #expect(run.code == 2, "\(what): \(run.output)")
    }
    try program.write([0xFF, 0xFE] + good.flatMap { [$0, 0] }, to: "p/" + name)
    let wide = try program.run("lint", project, "--language", "en")
    #expect((wide.output + wide.errors).contains("[definition.charset]"), "\(wide.output)\(wide.errors)")
  }

  /// A register's list that is not UTF-8 enters nothing.
  @Test func aGarbledListEntersNothing() throws {
    let program = try Program()
    defer { program.remove() }
    let project = try Self.sample(program)
    try program.run("items", "investigate", project, "NT-003", "--by", "山田", "--workspace", "ws")
    let before = try program.run("items", "list", project, "--workspace", "ws", "--format", "json")
    #expect(before.code == 0, "\(before.errors)")
    let path = program.folder + "/p/registers/migration-items.csv"
    let good = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    try program.write(good + Self.sjis + [10], to: "p/registers/migration-items.csv")
    // Readers see earlier entries; a command that enters something is refused, and nothing is entered.
    for command in ["investigate", "answer"] {
      let text = command == "answer" ? ["--text", "見た"] : []
      let answer = try program.run(
        all: ["items", command, project, "NT-003", "--by", "佐藤", "--workspace", "ws", "--language", "en"] + text)
      #expect(answer.code == 2 && answer.errors.contains("[definition.charset]"), "\(answer.output)\(answer.errors)")
    }
    try program.write(good, to: "p/registers/migration-items.csv")
    let after = try program.run("items", "list", project, "--workspace", "ws", "--format", "json")
    #expect(after.output == before.output)
  }

  @Test(arguments: ["--map", "--accept"]) func mapsAndAcceptedDifferencesToo(_ option: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id\n1\n", to: "l.csv")
    try program.write(Array("columns: {}\n# ".utf8) + Self.sjis, to: "d.yaml")
    let answer = try program.diff("l.csv", "l.csv", [option, "d.yaml"])
    #expect(answer.code == 2 && answer.errors.contains("d.yaml:2:3") && answer.errors.contains("[definition.charset]"))
  }

  @Test func anAccessListToo() throws {
    let program = try Program()
    defer { program.remove() }
    let added = try program.run("access", "access.csv", "--name", "山田")
    #expect(added.code == 0, "\(added.errors)")
    let good = try Array(Data(contentsOf: URL(fileURLWithPath: program.folder + "/access.csv")))
    try program.write(good + Self.sjis + [10], to: "access.csv")
    let answer = try program.run("access", "access.csv", "--name", "田中", "--language", "en")
    #expect(answer.code == 2 && answer.errors.contains("[definition.charset]"), "\(answer.errors)")
  }
}
