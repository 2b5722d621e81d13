import Foundation
import Testing

/// `Docs/EXTENDING.md`, compared with the source: how many files know a thing of each kind.
@Suite struct ExtendingTests {
  /// The files outside tests that have a word.
  private static func files(_ word: String) throws -> Set<String> {
    Set(try LayeringTests.sources().filter { $0.text.contains(try! Regex("\\b\(word)\\b")) }.map(\.file))
  }

  private static func declared(_ pattern: String, in room: String) throws -> [String] {
    try LayeringTests.sources().filter { $0.target == room }.flatMap { source in
      source.text.matches(of: try! Regex(pattern)).compactMap { $0.output[1].substring.map(String.init) }
    }
  }

  /// A kind of check is known to its own files and to the catalogue.
  @Test func aKindOfCheckIsKnownToTheCatalogueAlone() throws {
    let kinds = try Self.declared("struct (\\w+Check): CheckKind", in: "Checks")
    #expect(kinds.count > 10)
    for kind in kinds {
      let stem = String(kind.dropLast("Check".count))
      let others = try Self.files(kind).filter { !$0.hasPrefix("Checks/\(stem)") }
      #expect(others == ["Checks/Check.swift"], "\(kind)")
    }
  }

  @Test func aCriterionIsKnownToTheCatalogueAlone() throws {
    let kinds = try Self.declared("struct (\\w+Criterion): Criterion\\b", in: "Gates")
    #expect(kinds.count > 8)
    for kind in kinds where kind != "CompleteCriterion" {
      #expect(try Self.files(kind) == ["Gates/\(kind).swift", "Gates/GateInput.swift"], "\(kind)")
    }
  }

  @Test func aPaperIsInTheCatalogue() throws {
    let catalogue = try LayeringTests.text("Sources/Report/PaperCatalog.swift")
    let papers = try Self.declared("enum (\\w+Paper): PaperKind", in: "Report")
    #expect(papers.count > 10)
    for paper in papers { #expect(catalogue.contains("\(paper).self"), "\(paper)") }
  }

  @Test func aPageIsInTheTableOfPages() throws {
    let site = try LayeringTests.text("Sources/Site/Site.swift")
    for page in try Self.declared("enum (\\w+Page): Page\\b", in: "Site") {
      #expect(site.contains("\(page).self"), "\(page)")
    }
  }

  @Test func aCommandIsKnownToTheProgramAlone() throws {
    for command in try Self.declared("^struct (\\w+Command): ParsableCommand", in: "totsugo") {
      let others = try Self.files(command).filter {
        !$0.hasSuffix("/\(command).swift") && $0 != "totsugo/Totsugo.swift"
      }
      #expect(others.allSatisfy { $0.hasPrefix("totsugo/Registers/") }, "\(command): \(others)")
    }
  }

  /// Who reads records knows the words for a USAGE in one file, and its codec in another.
  @Test func aUsageIsReadInTwoFilesAndWrittenInOne() throws {
    for usage in ["packedUnsigned", "littleBinary"] {
      let files = try Self.files("\\.\(usage)").filter { $0.hasPrefix("Copybook/") || $0.hasPrefix("Decode/") }
      #expect(
        files.isSubset(of: [
          "Copybook/Usage.swift", "Copybook/Dialect.swift", "Copybook/RecordTree.swift", "Decode/CodecChoice.swift",
          "Decode/Encoding/EncodeField.swift", "Decode/Encoding/ColumnEncoder.swift",
        ]), "\(usage): \(files)")
    }
  }
}
