import Foundation
import Testing

/// The commands of the pages, run as they are; the text below them is their output.
@Suite struct PageCommandTests {
  @Test(arguments: [
    ("DECODING.md", "C"), ("DECODING.ja.md", "ja_JP.UTF-8"), ("DIFF.md", "C"), ("DIFF.ja.md", "ja_JP.UTF-8"),
  ])
  func everyCommandPrintsWhatThePageSays(_ page: String, _ language: String) throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createSymbolicLink(
      atPath: program.folder + "/Samples", withDestinationPath: Program.root + "/Samples")
    let shown = try CommandPage(page).blocks.filter { $0.commands.count == 1 && $0.excerpt != nil }
    #expect(shown.count >= 3)
    for block in shown {
      let answer = try program.run(all: block.commands[0].words, environment: ["LANG": language])
      #expect(answer.code < 2, "\(answer.errors)")
      #expect(answer.output == block.excerpt, "\(page): \(block.commands[0].line)")
    }
  }
}
