import Evidence
import Foundation
import Ledger
import Reconcile

/// Writes the full list of a failed check's differences: `differences/CHECK.ndjson`, one JSON object a line.
struct DifferenceLists {
  let folder: String

  private struct Entry: Encodable {
    let key: [String: String]
    let expected: [String: Int128]
    let actual: [String: Int128]
    /// The signature of the difference's group; left out where a rule accepts it.
    let group: String?
    /// The rule that accepts it; left out where none does.
    let accepted: String?
    /// The legacy records it is about; left out where none is known.
    let records: [RecordPlace]?
  }

  /// - Returns: the list's name relative to the run's folder, and the digest of its bytes.
  func write(
    _ check: Check, _ entries: [Localisation.Entry]
  ) throws(Diagnostic) -> (name: String, digest: String) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var data = Data()
    for found in entries {
      let line = found.line
      func named(_ values: [Int128]) -> [String: Int128] {
        Dictionary(zip(check.body.measureNames, values)) { first, _ in first }
      }
      let key = Dictionary(zip(check.body.keyNames, line.key)) { first, _ in first }
      let entry = Entry(
        key: key, expected: named(line.expected), actual: named(line.actual), group: found.signature,
        accepted: found.rule, records: line.records)
      data += (try? encoder.encode(entry)) ?? Data()
      data.append(10)
    }
    try Workspace(path: folder).make(folder + "/differences")
    let name = "differences/\(check.id).ndjson"
    try Workspace.write(data, to: folder + "/" + name)
    return (name, SHA256.digest(of: data))
  }
}
