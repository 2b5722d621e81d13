import Evidence
import Foundation

/// A person's word that an item is settled, on the evidence of a run. Appended to `confirmations.ndjson`, each entry
/// chained to the one before by its SHA-256, so that a changed, removed or reordered entry shows.
package struct Confirmation: Sendable, Codable, Hashable {
  package let item: String
  package let by: String
  /// RFC 3339.
  package let at: String
  package let note: String
  /// The digest of the evidence that was confirmed.
  package let evidence: String
  /// The digest of the entry before; empty for the first.
  package let previous: String

  package init(item: String, by: String, at: String, note: String, evidence: String, previous: String) {
    self.item = item
    self.by = by
    self.at = at
    self.note = note
    self.evidence = evidence
    self.previous = previous
  }
}

extension Workspace {
  private var confirmationFile: String { path + "/confirmations.ndjson" }

  private var confirmationLines: [String] {
    String(decoding: FileManager.default.contents(atPath: confirmationFile) ?? Data(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  /// All confirmations, oldest first.
  ///
  /// - Throws: `ledger.chain` naming the first entry that does not follow from the one before.
  package func confirmations() throws(Diagnostic) -> [Confirmation] {
    var previous = ""
    var confirmations: [Confirmation] = []
    for (index, line) in confirmationLines.enumerated() {
      guard let entry = try? JSONDecoder().decode(Confirmation.self, from: Data(line.utf8)), entry.previous == previous
      else { throw Diagnostic(.ledgerChain, at: Place(file: confirmationFile, line: index + 1)) }
      confirmations.append(entry)
      previous = SHA256.digest(of: line)
    }
    return confirmations
  }

  /// Appends a confirmation.
  ///
  /// - Throws: `ledger.chain` when the list has been tampered with, `workspace.write`.
  package func confirm(item: String, by: String, at: String, note: String, evidence: String) throws(Diagnostic) {
    _ = try confirmations()
    let lines = confirmationLines
    let entry = Confirmation(
      item: item, by: by, at: at, note: note, evidence: evidence, previous: lines.last.map(SHA256.digest) ?? "")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(entry) else { return }
    let text = (lines + [String(decoding: data, as: UTF8.self)]).joined(separator: "\n") + "\n"
    try Self.write(Data(text.utf8), to: confirmationFile)
  }
}
