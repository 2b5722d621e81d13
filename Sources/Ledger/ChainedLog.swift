import Evidence
import Foundation

/// An entry that says which it follows.
package protocol ChainedEntry: Codable, Sendable {
  /// The digest of the entry before; empty for the first.
  var previous: String { get }
}

/// A list that is only ever added to: one JSON object a line, each with the SHA-256 of the line before, so that a changed,
/// removed or reordered entry shows.
struct ChainedLog<Entry: ChainedEntry> {
  let file: String

  private var lines: [String] {
    String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// All entries, oldest first.
  ///
  /// - Throws: `ledger.chain` naming the first entry that does not follow from the one before.
  func entries() throws(Diagnostic) -> [Entry] {
    var previous = ""
    var entries: [Entry] = []
    for (index, line) in lines.enumerated() {
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)), entry.previous == previous
      else { throw Diagnostic(.ledgerChain, at: Place(file: file, line: index + 1)) }
      entries.append(entry)
      previous = SHA256.digest(of: line)
    }
    return entries
  }

  /// Appends the entry that `make` gives for the digest of the last one.
  ///
  /// - Throws: `ledger.chain` when the list has been tampered with, `workspace.write`.
  func append(_ make: (_ previous: String) -> Entry) throws(Diagnostic) {
    _ = try entries()
    let lines = lines
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(make(lines.last.map(SHA256.digest) ?? "")) else { return }
    let text = (lines + [String(decoding: data, as: UTF8.self)]).joined(separator: "\n") + "\n"
    try Workspace.write(Data(text.utf8), to: file)
  }
}
