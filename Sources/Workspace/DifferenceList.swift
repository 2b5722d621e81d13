import Base
import Evidence
import Foundation

/// The full list of a failed check's differences: `differences/CHECK.ndjson`, one JSON object per line, in the order of
/// the keys.
package enum DifferenceList {
  /// A line of the list, for writing and reading.
  package struct Line: Codable, Sendable {
    package let key: [String: String]
    package let expected: [String: Int128]
    package let actual: [String: Int128]
    /// The signature of the difference's group; left out when a rule accepts it.
    package let group: String?
    /// The rule that accepts it; left out when none does.
    package let accepted: String?
    /// The legacy records of the difference; left out when none is known.
    package let records: [RecordPlace]?

    /// - Parameters:
    ///   - line: key and sums, in the order of the names.
    ///   - keys, measures: the names of the check's key columns and sums.
    package init(_ line: CheckResult.Line, keys: [String], measures: [String], group: String?, accepted: String?) {
      func named<Value>(_ names: [String], _ values: [Value]) -> [String: Value] {
        Dictionary(zip(names, values)) { first, _ in first }
      }
      key = named(keys, line.key)
      expected = named(measures, line.expected)
      actual = named(measures, line.actual)
      self.group = group
      self.accepted = accepted
      records = line.records
    }

    /// `nil` when the bytes are not a line.
    package init?(_ bytes: Data) {
      guard let line = JSONDocument.value(Self.self, fromLine: bytes) else { return nil }
      self = line
    }
  }

  /// The bytes before a line's signature, which occur nowhere else: quotes within texts are escaped.
  static let groupMark = Array("\"group\":\"".utf8)

  /// Writes a check's list into the folder of a run.
  ///
  /// - Returns: the list's name relative to the folder, and the digest of its bytes.
  /// - Throws: `workspace.write`.
  package static func write(
    _ lines: some Sequence<Line>, of check: String, in folder: String
  ) throws(Diagnostic) -> (name: String, digest: String) {
    let data = try JSONDocument.lines(lines)
    try PrivateFile.makeFolder(folder + "/differences")
    let name = "differences/\(check).ndjson"
    try PrivateFile.write(data, to: folder + "/" + name)
    return (name, SHA256.digest(of: data))
  }
}

/// A single difference from a check's list.
package struct SingleDifference: Sendable {
  /// The key parts with their names; personal parts masked.
  package let key: [(name: String, value: String)]
  package let expected: [(name: String, value: Int128)]
  package let actual: [Int128]
  /// Signature of its group; `nil` when the list has none.
  package let group: String?
  /// The legacy records of the difference; empty when they are not known.
  package let records: [RecordPlace]

  package init(
    key: [(name: String, value: String)], expected: [(name: String, value: Int128)], actual: [Int128], group: String?,
    records: [RecordPlace]
  ) {
    self.key = key
    self.expected = expected
    self.actual = actual
    self.group = group
    self.records = records
  }

  init(_ line: DifferenceList.Line, of check: CheckResult) {
    self.init(
      key: check.keyNames.map { ($0, line.key[$0] ?? "–") },
      expected: check.measureNames.compactMap { name in line.expected[name].map { (name, $0) } },
      actual: check.measureNames.compactMap { line.actual[$0] }, group: line.group, records: line.records ?? [])
  }
}
