import Base
import Evidence
import Foundation

/// The full list of a failed check's differences: `differences/CHECK.ndjson`, one JSON object per line, in the order of
/// the keys.
package enum DifferenceList {
  /// A line of the list, for writing and reading.
  package struct Line: Codable, Sendable {
    package let key: [String: String]
    /// Sums and other values by their names; a name of the program's own is English (`count`, `rule`).
    package let expected: [String: ListedValue]
    package let actual: [String: ListedValue]
    /// Why a side has no value, or not all of them; left out when it has.
    package let expectedWhy: Bilingual?
    package let actualWhy: Bilingual?
    /// The signature of the difference's group; left out when a rule accepts it.
    package let group: String?
    /// The rule that accepts it; left out when none does.
    package let accepted: String?
    /// The legacy records of the difference; left out when none is known.
    package let records: [RecordPlace]?
    /// Those of each side.
    package let expectedRecords: [RecordPlace]?
    package let actualRecords: [RecordPlace]?

    private enum CodingKeys: String, CodingKey {
      case key, expected, actual, group, accepted, records
      case expectedWhy = "expected_why"
      case actualWhy = "actual_why"
      case expectedRecords = "expected_records"
      case actualRecords = "actual_records"
    }

    /// - Parameters:
    ///   - line: key and sums, in the order of the names.
    ///   - keys, measures: the names of the check's key columns and sums.
    package init(_ line: CheckResult.Line, keys: [String], measures: [String], group: String?, accepted: String?) {
      func named<Value>(_ names: [String], _ values: [Value]) -> [String: Value] {
        Dictionary(zip(names, values)) { first, _ in first }
      }
      key = named(keys, line.key)
      func values(_ sums: [Int128], _ side: CheckResult.Line.Side?) -> [String: ListedValue] {
        let names = measures.isEmpty ? [CheckResult.Line.Side.Value.count] : measures
        let others = (side?.values ?? []).map { ($0.name, ListedValue($0)) }
        return Dictionary(zip(names, sums.map(ListedValue.number)).map { ($0, $1) } + others) { first, _ in first }
      }
      expected = values(line.expected, line.sides?.expected)
      actual = values(line.actual, line.sides?.actual)
      expectedWhy = line.sides?.expected.why
      actualWhy = line.sides?.actual.why
      expectedRecords = line.sides?.expected.records
      actualRecords = line.sides?.actual.records
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
    let name = "differences/\(check).ndjson"
    try save(data, as: name, in: folder)
    return (name, SHA256.digest(of: data))
  }

  /// The same list for those who may see what is personal: `revealed/CHECK.ndjson`, for the owner of the workspace alone.
  ///
  /// - Parameter salt: what nobody knows who has not the data, on a line before the others: the digest of a short list
  ///   would else tell its amounts to whoever tries them all.
  /// - Returns: the digest of its bytes.
  /// - Throws: `workspace.write`.
  package static func writeRevealed(
    _ lines: some Sequence<Line>, salt: String, of check: String, in folder: String
  ) throws(Diagnostic) -> String {
    let data = try JSONDocument.lines([["salt": salt]]) + JSONDocument.lines(lines)
    try save(data, as: revealed("differences/\(check).ndjson"), in: folder)
    return SHA256.digest(of: data)
  }

  /// The path of the revealed list of a list.
  package static func revealed(_ list: String) -> String {
    let parts = list.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return (parts.dropLast(2) + ["revealed", parts.last ?? ""]).joined(separator: "/")
  }

  private static func save(_ data: Data, as name: String, in folder: String) throws(Diagnostic) {
    try PrivateFile.makeFolder(folder + "/" + (name.split(separator: "/").first ?? ""))
    try PrivateFile.write(data, to: folder + "/" + name)
  }
}

/// A value of a list: a number, or a text.
package enum ListedValue: Codable, Sendable, Hashable {
  case number(Int128)
  case text(String)

  init(_ value: CheckResult.Line.Side.Value) {
    self = value.isNumber ? Int128(value.text).map { .number($0) } ?? .text(value.text) : .text(value.text)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int128.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}
