import Foundation
import Testing

/// The commands that the pages show, run as they stand; what stands below them is what they print.
@Suite struct PageCommandTests {
  @Test(arguments: [
    ("Docs/DECODING.md", "C"), ("Docs/DECODING.ja.md", "ja_JP.UTF-8"), ("Docs/DIFF.md", "C"),
    ("Docs/DIFF.ja.md", "ja_JP.UTF-8"),
  ])
  func everyCommandPrintsWhatThePageSays(_ page: String, _ language: String) throws {
    let text = try String(contentsOfFile: Program.root + "/" + page, encoding: .utf8)
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createSymbolicLink(
      atPath: program.folder + "/Samples", withDestinationPath: Program.root + "/Samples")
    let blocks = text.matches(
      of: #/```sh\ntotsugo ([^\n]+)\n```\n\n```text\n((?:(?!```)[^\n]*\n)+)```/#)
    #expect(blocks.count >= 3)
    for block in blocks {
      let answer = try program.run(all: Self.words(block.1), environment: ["LANG": language])
      #expect(answer.code < 2, "\(answer.errors)")
      #expect(answer.output == block.2, "\(page): totsugo \(block.1)")
    }
  }

  /// Words as a shell divides them: by spaces, but for those within double quotes.
  private static func words(_ line: Substring) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }
}
