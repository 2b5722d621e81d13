import Foundation
import Testing

/// `Docs/EXTENDING.md`, compared with the source: how many files know a thing of each kind.
@Suite struct ExtendingTests {
  /// The identifiers of each file of the source.
  private static let identifiers: [(file: String, words: Set<Substring>)] = {
    let sources = (try? LayeringTests.sources()) ?? []
    return sources.map { ($0.file, Set($0.text.split { !$0.isLetter && !$0.isNumber && $0 != "_" })) }
  }()

  /// The files of the source that use an identifier.
  private static func files(_ word: String) -> Set<String> {
    Set(identifiers.filter { $0.words.contains(Substring(word)) }.map(\.file))
  }

  /// The types of a room whose declaration matches, each with the file that it stands in.
  private static func declared(_ pattern: String, in room: String) throws -> [(name: String, file: String)] {
    let pattern = try Regex("(?m)" + pattern)
    return try LayeringTests.sources().filter { $0.target == room }.flatMap { source in
      source.text.matches(of: pattern).compactMap { match in
        match.output[1].substring.map { (String($0), source.file) }
      }
    }
  }

  /// A kind of check is known to its own files and to the catalogue.
  @Test func aKindOfCheckIsKnownToTheCatalogueAlone() throws {
    let kinds = try Self.declared("struct (\\w+Check): CheckKind", in: "Checks")
    #expect(kinds.count > 10)
    // `disjoint` is `references` the other way round.
    for (kind, _) in kinds where kind != "ReferencesCheck" {
      let stem = kind.dropLast("Check".count)
      let others = Self.files(kind).filter { !$0.hasPrefix("Checks/\(stem)") }
      #expect(others == ["Checks/Check.swift"], "\(kind)")
    }
  }

  @Test func aCriterionIsKnownToTheCatalogueAlone() throws {
    let kinds = try Self.declared("struct (\\w+Criterion): Criterion\\b", in: "Gates")
    #expect(kinds.count > 8)
    // Every gate judges these two, whether it asks for them or not.
    for (kind, file) in kinds where !["CompleteCriterion", "DefinitionsCriterion"].contains(kind) {
      #expect(Self.files(kind).subtracting([file]) == ["Gates/GateInput.swift"], "\(kind)")
    }
  }

  @Test func aPaperIsInTheCatalogue() throws {
    let catalogue = try LayeringTests.text("Sources/Report/PaperCatalog.swift")
    let papers = try Self.declared("enum (\\w+Paper): PaperKind", in: "Report")
    #expect(papers.count > 10)
    for (paper, _) in papers { #expect(catalogue.contains("\(paper).self"), "\(paper)") }
  }

  @Test func aPageIsInTheTableOfPages() throws {
    let site = try LayeringTests.text("Sources/Site/Site.swift")
    for (page, _) in try Self.declared("enum (\\w+Page): Page\\b", in: "Site") {
      #expect(site.contains("\(page).self"), "\(page)")
    }
  }

  @Test func aCommandIsKnownToTheProgramAlone() throws {
    for (command, file) in try Self.declared("^struct (\\w+Command): ParsableCommand", in: "totsugo") {
      let others = Self.files(command).subtracting([file, "totsugo/Totsugo.swift"])
      #expect(others.allSatisfy { $0.hasPrefix("totsugo/Registers/") }, "\(command): \(others)")
    }
  }

  /// Who reads records knows the words for a USAGE in one file, and its codec in another.
  @Test func aUsageIsReadInTwoFilesAndWrittenInOne() throws {
    for usage in ["packedUnsigned", "littleBinary"] {
      let files = Self.files(usage).filter { $0.hasPrefix("Copybook/") || $0.hasPrefix("Decode/") }
      #expect(
        files.isSubset(of: [
          "Copybook/Usage.swift", "Copybook/Dialect.swift", "Copybook/RecordTree.swift", "Decode/CodecChoice.swift",
          "Decode/Encoding/EncodeField.swift", "Decode/Encoding/ColumnEncoder.swift",
        ]), "\(usage): \(files)")
    }
  }
}
