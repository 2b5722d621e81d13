import Foundation
import Testing

/// The pages COOKBOOK and PAPERS, each in both languages: every command is executed, in order, on a small city; it ends
/// as the page describes, writes the named files, and prints what the page shows.
@Suite struct CookbookTests {
  private static let chromium = "/usr/bin/chromium"

  /// The page of a language, and the environment of a reader of that language.
  private static let readers = [(ending: ".md", language: "C"), (ending: ".ja.md", language: "ja_JP.UTF-8")]

  /// The table of the papers: the words behind `totsugo report PROJECT`.
  private static func papers(_ page: CommandPage) -> [CommandPage.Command] {
    page.text.matches(of: #/(?m)\| `(--paper [^`]*)` \|$/#).compactMap {
      CommandPage.Command("totsugo report Pipelines/city.yaml " + $0.1)
    }
  }

  @Test(arguments: readers) func everyRecipeIsCarriedOut(ending: String, language: String) throws {
    let program = try Program.beside("Pipelines", "Samples")
    defer { program.remove() }
    let cookbook = try CommandPage("COOKBOOK" + ending)
    var carried = 0
    for block in cookbook.blocks {
      var shown = ""
      for command in block.commands {
        shown += try carryOut(command, program, language, isQuoted: block.excerpt != nil)
        carried += 1
      }
      guard let excerpt = block.excerpt else { continue }
      let whole = try Self.pattern(excerpt).firstMatch(in: shown) != nil
      let missing = try excerpt.split(separator: "\n").filter {
        try Self.pattern(String($0)).firstMatch(in: shown) == nil
      }
      #expect(whole, "\(cookbook.name): \(missing.isEmpty ? [excerpt[...]] : missing)")
    }
    #expect(carried > 25)
    for match in cookbook.text.matches(of: #/`(Pipelines\/\.totsugo\/[^`]*)`/#) {
      #expect(FileManager.default.fileExists(atPath: "\(program.folder)/\(match.1)"), "\(match.1)")
    }
    // PAPERS has the same commands in both languages (`bothLanguagesShowTheSameCommands`): once is enough.
    guard ending == ".md" else { return }
    let papers = try CommandPage("PAPERS.md")
    for command in papers.commands + Self.papers(papers) { _ = try carryOut(command, program, language) }
  }

  /// Executes a command of a page and compares it with the page's description.
  ///
  /// - Parameter isQuoted: whether the page shows part of the output.
  /// - Returns: its output: its answer, or the words of the file that it wrote.
  private func carryOut(
    _ command: CommandPage.Command, _ program: Program, _ language: String, isQuoted: Bool = false
  ) throws -> String {
    // It waits for a browser, and is not in every build: its options are compared with its help.
    if command.words.first == "serve" { return try holdServe(command, program) }
    var words = command.words
    // `thePapersOfTheCookbookArePrinted` prints; here the page to be printed is made.
    if let form = words.firstIndex(of: "pdf") { words[form] = "html" }
    let answer = try program.run(all: words, environment: ["LANG": language])
    let isRed = command.comment.hasPrefix("exit code 1") || command.comment.hasPrefix("終了コード1")
    #expect(answer.code == (isRed ? 1 : 0), "\(command.line): \(answer.errors)")
    guard let file = command.value("-o") else { return answer.output }
    #expect(FileManager.default.fileExists(atPath: "\(program.folder)/\(file)"), "\(command.line)")
    guard isQuoted, words.first == "report" else { return answer.output }
    guard let form = words.firstIndex(where: ["html", "xlsx"].contains), let place = words.firstIndex(of: "-o") else {
      return (try? String(contentsOfFile: "\(program.folder)/\(file)", encoding: .utf8)) ?? ""
    }
    // The words of a page or a workbook are those of the Markdown paper.
    words[form] = "markdown"
    words.removeSubrange(place...place + 1)
    return try program.run(all: words, environment: ["LANG": language]).output
  }

  private func holdServe(_ command: CommandPage.Command, _ program: Program) throws -> String {
    let help = try program.run("serve", "--help").output
    for word in command.words where word.hasPrefix("--") {
      #expect(help.contains("  \(word) ") || help.contains("  \(word)\n"), "\(command.line): \(word)")
    }
    if let list = command.value("--access") {
      #expect(FileManager.default.fileExists(atPath: "\(program.folder)/\(list)"), "\(command.line)")
    }
    return ""
  }

  /// An excerpt as a pattern: its lines are consecutive; `…` within a line matches any text in it, and on a separate
  /// line any lines.
  static func pattern(_ excerpt: String) throws -> Regex<AnyRegexOutput> {
    let lines = excerpt.split(separator: "\n").map { line -> String in
      if line == "…" { return "(?:[^\\n]*\\n)*?" }
      let parts = line.split(separator: "…", omittingEmptySubsequences: false)
      return parts.map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(separator: "[^\\n]*") + "\\n"
    }
    return try Regex("(?m)^" + lines.joined())
  }

  /// The commands are the same in both languages, except for the language itself.
  @Test(arguments: ["COOKBOOK", "PAPERS"]) func bothLanguagesShowTheSameCommands(name: String) throws {
    func commands(_ ending: String) throws -> [[String]] {
      let page = try CommandPage(name + ending)
      return (page.commands + Self.papers(page)).map { command in
        let words = command.words
        return words.firstIndex(of: "--language").map { Array(words[..<$0] + words[($0 + 2)...]) } ?? words
      }
    }
    #expect(try commands(".md") == commands(".ja.md"))
  }

  @Test func theCookbookShowsEveryPaperInEveryForm() throws {
    let program = try Program()
    defer { program.remove() }
    let list = try program.run("list", "papers", "--format", "json")
    let papers = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: String]] ?? []
    let reports = try CommandPage("COOKBOOK.md").commands.filter { $0.words.first == "report" }
    #expect(papers.count == 14)
    // Without a paper's name it is the report of the run.
    #expect(Set(reports.map { $0.value("--paper") ?? "run" }) == Set(papers.compactMap { $0["name"] }))
    #expect(
      Set(reports.compactMap { $0.value("--to") }) == ["html", "pdf", "markdown", "json", "xlsx", "junit"])
  }

  /// The PDF commands of the cookbook, on a city without any entries.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: Self.chromium), "needs Chromium"))
  func thePapersOfTheCookbookArePrinted() throws {
    let program = try Program.beside("Pipelines")
    defer { program.remove() }
    let prints = try CommandPage("COOKBOOK.md").commands.filter { $0.value("--to") == "pdf" }
    #expect(prints.count >= 3)
    for command in prints {
      let answer = try program.run(all: command.words)
      let data = FileManager.default.contents(atPath: "\(program.folder)/\(command.value("-o") ?? "")") ?? Data()
      #expect(answer.code == 0 && data.starts(with: Data("%PDF".utf8)), "\(command.line): \(answer.errors)")
    }
  }
}
