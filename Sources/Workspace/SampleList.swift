import Base
import Foundation

/// The records of a sample (標本), as the workspace keeps them: `samples/S-0001.json`.
package struct SampleList: Codable, Sendable {
  /// A record that was drawn.
  package struct Drawn: Codable, Sendable {
    /// From 1, of the whole file.
    package let record: Int
    package let kind: String
    /// Items whose value, or blankness, is rare; empty for a record of the lot.
    package let rare: [String]

    package init(record: Int, kind: String, rare: [String]) {
      self.record = record
      self.kind = kind
      self.rare = rare
    }
  }

  package let id: String
  package let file: String
  package let seed: String
  package let records: [Drawn]

  package init(id: String, file: String, seed: String, records: [Drawn]) {
    self.id = id
    self.file = file
    self.seed = seed
    self.records = records
  }

  /// Its bytes: the digest of these is entered.
  package func encoded() throws(Diagnostic) -> Data { try JSONDocument.data(self) + [10] }

  /// The folder of all lists.
  package static func folder(_ workspace: Workspace) -> String { workspace.path + "/samples" }

  /// Reads a list.
  ///
  /// - Parameter digest: as it was entered.
  /// - Throws: `ledger.tampered` for a list that is not the one that was drawn, or is gone.
  package static func read(_ id: String, digest: String, _ workspace: Workspace) throws(Diagnostic) -> SampleList {
    let path = folder(workspace) + "/\(id).json"
    guard let data = FileManager.default.contents(atPath: path), SHA256.digest(of: data) == digest,
      let list = JSONDocument.value(SampleList.self, from: data)
    else { throw Diagnostic(.ledgerTampered, at: Place(file: path)) }
    return list
  }
}
