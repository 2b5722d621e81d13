import Foundation
import Tables
import Testing

/// A page of the documentation: its commands, and their descriptions.
struct CommandPage {
  /// A line that begins with `totsugo` or `totsugo-city`.
  struct Command {
    let line: String
    /// The words behind the program's name.
    let words: [String]
    /// The page's text behind `#`.
    let comment: String

    init?(_ line: String) {
      guard line.hasPrefix("totsugo ") || line.hasPrefix("totsugo-city ") else { return nil }
      let (words, comment) = CommandPage.words(line)
      self.line = line
      self.words = Array(words.dropFirst())
      self.comment = comment
    }

    /// The word behind an option.
    func value(_ option: String) -> String? {
      words.firstIndex(of: option).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }
  }

  /// Consecutive commands, and the text that the page shows below them.
  struct Block {
    var commands: [Command]
    var excerpt: String?
  }

  let name: String
  let text: String

  /// - Parameters:
  ///   - name: the name of a file in the folder.
  ///   - folder: its folder in the repository.
  init(_ name: String, in folder: String = "Docs") throws {
    self.name = folder == "Docs" ? name : folder + "/" + name
    text = try String(contentsOfFile: "\(Program.root)/\(folder)/\(name)", encoding: .utf8)
  }

  /// The texts between three backticks with the name of a language and three backticks.
  func code(_ language: String) -> [String] {
    text.components(separatedBy: "```" + language + "\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  var blocks: [Block] {
    text.components(separatedBy: "```sh\n").dropFirst().compactMap { part -> Block? in
      guard let end = part.range(of: "\n```") else { return nil }
      let commands = part[..<end.lowerBound].split(separator: "\n").compactMap { Command(String($0)) }
      let below = part[end.upperBound...].drop { $0.isNewline }
      var excerpt: String?
      if below.hasPrefix("```text\n") {
        let shown = below.dropFirst("```text\n".count)
        excerpt = shown.range(of: "```").map { String(shown[..<$0.lowerBound]) }
      }
      return Block(commands: commands, excerpt: excerpt)
    }
  }

  var commands: [Command] { blocks.flatMap(\.commands) }

  /// Splits words like a shell: at spaces outside double quotes; `#` before a word begins a comment.
  static func words(_ line: String) -> (words: [String], comment: String) {
    var words: [String] = []
    var (word, quoted, begun) = ("", false, false)
    for (index, character) in zip(line.indices, line) {
      if character == "\"" {
        (quoted, begun) = (!quoted, true)
      } else if !quoted, character == " " {
        if begun { words.append(word) }
        (word, begun) = ("", false)
      } else if !quoted, !begun, character == "#" {
        return (words, line[index...].dropFirst().trimmingCharacters(in: .whitespaces))
      } else {
        word.append(character)
        begun = true
      }
    }
    if begun { words.append(word) }
    return (words, "")
  }
}

extension Program {
  /// A fresh folder with the city's definitions and the samples, and no workspace.
  static func beside(_ folders: String...) throws -> Program {
    let program = try Program()
    for name in folders {
      try FileManager.default.copyItem(atPath: root + "/" + name, toPath: program.folder + "/" + name)
    }
    try? FileManager.default.removeItem(atPath: program.folder + "/Pipelines/.totsugo")
    return program
  }
}
