import Foundation
import Testing

/// The documentation pages, compared with the program that they describe.
@Suite struct DocumentationTests {
  @Test func theDefinitionPageNamesEveryKindAndFunction() throws {
    let page = try LayeringTests.text("Docs/PIPELINES.md")
    for (folder, pattern) in [("Checks", #/static let name = "([a-z]+)"/#), ("Expressions", #/"([a-z_]+)\(/#)] {
      let files = try LayeringTests.sources().filter {
        folder == "Checks" ? $0.target == folder : $0.file.hasSuffix("Expressions/Function.swift")
      }
      for (_, file, text) in files {
        for match in text.matches(of: pattern) {
          #expect(page.contains("`\(match.1)"), "Docs/PIPELINES.md does not tell of \(match.1) (\(file))")
        }
      }
    }
  }

  @Test(arguments: ["Docs/PIPELINES.md", "Docs/PIPELINES.ja.md"])
  func theDefinitionPageNamesEveryCriterionAndList(_ file: String) throws {
    let page = try LayeringTests.text(file)
    for (target, file, text) in try LayeringTests.sources() where target == "Gates" {
      for match in text.matches(of: #/static let kind = "([a-z]+)"/#) {
        #expect(page.contains("\n| `\(match.1)` |"), "\(file): \(match.1)")
      }
      for keys in text.matches(of: #/static let keys = \[(.*)\]/#) {
        for key in keys.1.matches(of: #/"([a-z-]+)"/#) { #expect(page.contains("`\(key.1)"), "\(file): \(key.1)") }
      }
    }
    for match in try LayeringTests.text("Sources/Registers/Seed.swift").matches(
      of: #/"([a-z]+-(?:items|jobs|requests|hours|schedule)|trainings)"/#)
    {
      #expect(page.contains("| `\(match.1)` |"), "\(match.1)")
    }
  }

  @Test func bothReadmesNameTheTwoCommandsAndTheSamePages() throws {
    let english = try LayeringTests.text("README.md")
    let japanese = try LayeringTests.text("README.ja.md")
    for page in [english, japanese] {
      for words in [
        "Scripts/dry-run", "Scripts/test", "Docs/PIPELINES.", "Docs/OPERATIONS.", "Docs/DIAGNOSTICS.",
      ] {
        #expect(page.contains(words), "\(words)")
      }
    }
  }

  /// Links and pictures of every page lead to existing files.
  @Test func everyLinkLeadsSomewhere() throws {
    let docs = try FileManager.default.contentsOfDirectory(atPath: LayeringTests.root.path + "/Docs")
    for name in ["README.md", "README.ja.md"] + docs.filter({ $0.hasSuffix(".md") }).map({ "Docs/" + $0 }) {
      let folder = LayeringTests.root.appendingPathComponent(name).deletingLastPathComponent().path
      for link in try LayeringTests.text(name).matches(of: #/\]\(([^)#]+)(#[^)]*)?\)/#) where !link.1.hasPrefix("http")
      {
        #expect(FileManager.default.fileExists(atPath: folder + "/" + link.1), "\(name): \(link.1)")
      }
    }
  }

  /// Commands, definitions and what the first columns of tables name are the same in both languages.
  @Test(arguments: [("INSTALL", 20), ("OPERATIONS", 8), ("PIPELINES", 150)])
  func bothLanguagesShowTheSame(_ page: String, _ atLeast: Int) throws {
    func shown(_ name: String) throws -> [String] {
      let text = try LayeringTests.text(name)
      let code = text.matches(of: #/(?ms)^```(?:sh|yaml|csv|json)\n(.*?)^```/#).flatMap {
        $0.1.split(separator: "\n").map { $0.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces) }
      }
      let names = text.matches(of: #/(?m)^\| (.*?) \|/#).flatMap {
        $0.1.matches(of: #/`([^`]+)`/#).map { String($0.1) }
      }
      return code + names
    }
    let (english, japanese) = (try shown("Docs/\(page).md"), try shown("Docs/\(page).ja.md"))
    #expect(english.count >= atLeast)
    for (one, other) in zip(english, japanese) where one != other {
      Issue.record("\(page): \(one) | \(other)")
      break
    }
    #expect(english.count == japanese.count)
  }

  @Test func theCookbookNamesEveryPageOfTheSite() throws {
    let site = try LayeringTests.text("Sources/Site/Site.swift")
    let pages = site.matches(of: #/"([a-z]*)": [A-Z][A-Za-z]+Page\.self/#).map { "/" + $0.1 }
    #expect(pages.count > 8)
    for name in ["Docs/COOKBOOK.md", "Docs/COOKBOOK.ja.md"] {
      let cookbook = try LayeringTests.text(name)
      for page in pages { #expect(cookbook.contains("`\(page)`"), "\(name): \(page)") }
    }
  }

  /// The program has every `totsugo` command that the pages show.
  @Test func thePagesShowOnlyCommandsThatExist() throws {
    let programs = [
      "totsugo": try LayeringTests.text("Sources/totsugo/Totsugo.swift"),
      "totsugo-city": try LayeringTests.text("Sources/totsugo-city/TotsugoCity.swift"),
    ]
    for name in [
      "README.md", "README.ja.md", "Docs/OPERATIONS.md", "Docs/PIPELINES.md", "Docs/DECODING.md", "Docs/DECODING.ja.md",
      "Docs/DIFF.md", "Docs/DIFF.ja.md", "Docs/REGISTERS.md", "Docs/REGISTERS.ja.md", "Docs/LEDGER.md",
      "Docs/LEDGER.ja.md", "Docs/PAPERS.md", "Docs/PAPERS.ja.md", "Docs/SERVE.md", "Docs/SERVE.ja.md",
      "Docs/COOKBOOK.md", "Docs/COOKBOOK.ja.md", "Docs/INSTALL.md", "Docs/INSTALL.ja.md",
    ] {
      for match in try LayeringTests.text(name).matches(of: #/(?m)^(totsugo|totsugo-city) ([a-z]+)/#) {
        let type = match.2.prefix(1).uppercased() + match.2.dropFirst() + "Command.self"
        #expect(programs[String(match.1)]?.contains(type) == true, "\(name): \(match.0)")
      }
    }
  }
}
