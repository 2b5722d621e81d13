import Base
import Copybook
import Decode
import Foundation

/// A copybook that a person named, with the file that it describes.
package struct CopybookInput: Sendable {
  package let path: String
  /// The file in the folder of the legacy files; `nil` when the copybook's name says it.
  package let data: String?
  package let charset: String?

  /// `A.cpy`, `A.cpy=DATA`, `A.cpy=DATA:CHARSET`, `A.cpy:CHARSET`.
  package init(_ text: String) {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    func parts(_ text: String) -> (String, String?) {
      guard let colon = text.lastIndex(of: ":"), CharsetGuess.isName(String(text[text.index(after: colon)...])) else {
        return (text, nil)
      }
      return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }
    if halves.count == 2 {
      path = halves[0]
      let (name, set) = parts(halves[1])
      data = name.isEmpty ? nil : name
      charset = set
    } else {
      (path, charset) = parts(halves[0])
      data = nil
    }
  }
}

/// A copybook that has been read: its layout, and what people wrote beside its items.
struct CopybookDraft {
  /// The name of the file that it describes, in the project.
  let id: String
  let name: String
  let input: CopybookInput
  let layout: Layout
  let comments: [Int: String]
  /// What the names of its items begin with: `KJ-`.
  let prefix: String
  /// COPY members beside it, and itself: name and bytes, to be copied into the project.
  let files: [DefinitionFile]
  /// The comment at its beginning, without names and numbers.
  let title: String

  /// - Throws: the errors of reading and parsing.
  init(_ input: CopybookInput, dialect: Dialect) throws(Diagnostic) {
    self.input = input
    let file = try DefinitionFile.read(input.path)
    guard let text = CopybookText.decode(file.bytes) else {
      throw Diagnostic(.copybookText, at: Place(file: input.path))
    }
    let (folder, name) = DefinitionFile.parts(of: input.path)
    self.name = name
    id = Self.id(name)
    var files = [DefinitionFile(name: name, bytes: file.bytes)]
    let folders = CopybookFolders([folder], decode: CopybookText.decode)
    layout = try CopybookParser.layout(of: text, file: input.path, dialect: dialect) { member throws(Diagnostic) in
      guard let found = try folders.search(member) else { return nil }
      files.append(
        DefinitionFile(name: String(found.file.dropFirst(folder.count).drop { $0 == "/" }), bytes: found.bytes))
      return (found.text, found.file)
    }
    self.files = files
    comments = CopybookComments.byLine(text)
    prefix = Self.prefix(layout.items.filter { !$0.isFiller }.map(\.name))
    title = Self.title(text, id)
  }

  /// The layout of a file of cells, in place of a copybook: with its text, and the names of the first line.
  init(cells layout: Layout, name: String, text: String, headers: [Int: String]) {
    self.layout = layout
    self.name = name
    id = Self.id(name)
    input = CopybookInput(name)
    comments = headers
    prefix = ""
    files = [DefinitionFile(name: name, bytes: Array(text.utf8))]
    title = id
  }

  /// What stands before the first point of a name, in upper case; only letters, digits, `-` and `_`.
  static func id(_ name: String) -> String {
    String(name.prefix { $0 != "." }).uppercased().filter { $0.isLetter || $0.isNumber || "-_".contains($0) }
  }

  /// The first word of most names, with its hyphen.
  private static func prefix(_ names: [String]) -> String {
    var count: [String: Int] = [:]
    for name in names {
      if let hyphen = name.firstIndex(of: "-") { count[String(name[...hyphen]), default: 0] += 1 }
    }
    guard let (word, most) = count.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most * 10 >= names.count * 6
    else { return "" }
    return word
  }

  /// The Japanese words of the first comment.
  private static func title(_ text: String, _ id: String) -> String {
    for line in text.split(separator: "\n").prefix(20) {
      guard line.contains("*") else { continue }
      var depth = 0
      // What stands in brackets is kept whole.
      let words = line.split { " \t*　\r".contains($0) }.filter { word in
        guard depth > 0 || word.unicodeScalars.contains(where: { $0.value > 0x7F }) else { return false }
        for character in word {
          if "(（[［【".contains(character) { depth += 1 }
          if ")）]］】".contains(character) { depth = max(0, depth - 1) }
        }
        return true
      }
      if !words.isEmpty { return words.joined(separator: " ") }
    }
    return id
  }

  /// The comment beside an item.
  func comment(_ item: DataItem) -> String { item.place.line.flatMap { comments[$0] } ?? "" }
}
