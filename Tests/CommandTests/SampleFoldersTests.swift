import CSQLite
import Foundation
import Testing

/// Every folder of `Samples` runs as it lies there, and says how; the other city from its copybook to GO and to NO-GO.
@Suite struct SampleFoldersTests {
  private static let folders: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: Program.root + "/Samples")) ?? []
    return found.filter { !$0.hasPrefix(".") }.sorted()
  }()

  private static let pages: [(folder: String, page: String)] = folders.flatMap { folder in
    ["README.md", "README.ja.md"].filter {
      FileManager.default.fileExists(atPath: "\(Program.root)/Samples/\(folder)/\($0)")
    }.map { (folder, $0) }
  }

  @Test func everyFolderSaysHowItRuns() {
    #expect(Self.folders == ["another-city", "notices", "parallel-run", "payments", "receipts"])
    for folder in Self.folders { #expect(Self.pages.contains { $0.folder == folder }, "\(folder)") }
  }

  @Test(arguments: pages) func itsCommandsAreCarriedOut(folder: String, page: String) throws {
    let program = try Program.beside("Samples")
    defer { program.remove() }
    if folder == "another-city" {
      for load in ["right", "wrong"] {
        try Self.load("Samples/another-city/load/\(load).sql", "\(load).sqlite", program)
      }
    }
    let page = try CommandPage(page, in: "Samples/" + folder)
    var shown: [String] = []
    for block in page.blocks {
      if block.commands.contains(where: { $0.words.starts(with: ["drafts", "list"]) }) {
        // What was typed has been typed.
        try FileManager.default.removeItem(atPath: program.folder + "/shiomi")
        try FileManager.default.copyItem(
          atPath: program.folder + "/Samples/another-city/shiomi", toPath: program.folder + "/shiomi")
      }
      var output = ""
      for command in block.commands {
        let answer = try program.run(all: command.words, environment: ["LANG": "C"])
        let isRed = command.comment.hasPrefix("exit code 1") || command.comment.hasPrefix("終了コード1")
        #expect(answer.code == (isRed ? 1 : 0), "\(command.line): \(answer.output)\(answer.errors)")
        output += answer.output
      }
      shown.append(output)
      if let excerpt = block.excerpt {
        #expect(try CookbookTests.pattern(excerpt).firstMatch(in: output) != nil, "\(excerpt)\n\(output)")
      }
    }
    #expect(!shown.isEmpty)
    guard folder == "another-city" else { return }
    // The mistakes, and how each is found: the tables below the last two blocks.
    let tables = page.text.components(separatedBy: "\n## ").suffix(2).map { part in
      part.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map {
        $0.split(separator: "|")[1].trimmingCharacters(in: .whitespaces)
      }
    }
    #expect(tables.map(\.count) == [7, 5])
    for (found, output) in zip(tables, shown.suffix(2)) {
      #expect(Set(found).count == found.count)
      for words in found { #expect(output.contains(words), "\(words): \(output)") }
      #expect(output.contains("NO-GO"))
    }
  }

  /// What is typed by hand in the other city: the lines by which the finished project and what `init` writes differ.
  @Test func fewLinesAreTyped() throws {
    let program = try Program.beside("Samples")
    defer { program.remove() }
    let page = try CommandPage("README.md", in: "Samples/another-city")
    let command = try #require(page.commands.first { $0.words.first == "init" })
    #expect(try program.run(all: command.words).code == 0)
    let finished = program.folder + "/Samples/another-city/shiomi"
    let files = try Self.files(finished)
    #expect(try Self.files(program.folder + "/shiomi") == files)
    var typed: [String] = []
    for file in files {
      let drafted = try Self.lines(program.folder + "/shiomi/" + file)
      let lines = try Self.lines(finished + "/" + file)
      typed += lines.difference(from: drafted).insertions.map {
        if case .insert(_, let line, _) = $0 { line } else { "" }
      }
    }
    #expect(typed.count <= 60)
    for (name, words) in [("README.md", "\(typed.count) lines"), ("README.ja.md", "\(typed.count) 行")] {
      let page = try CommandPage(name, in: "Samples/another-city")
      #expect(page.text.contains(words), "\(name)")
      let shown = page.code("diff").joined().split(separator: "\n").filter { $0.hasPrefix("+") }.map { $0.dropFirst() }
      #expect(shown.sorted() == typed.map { $0[...] }.sorted(), "\(name)")
    }
  }

  private static func files(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
      $0.contains(".") && !$0.hasPrefix(".totsugo")
    }.sorted()
  }

  private static func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
  }

  private static func load(_ statements: String, _ database: String, _ program: Program) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(program.folder + "/" + database, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    let text = try String(contentsOfFile: program.folder + "/" + statements, encoding: .utf8)
    try #require(sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK)
  }
}
