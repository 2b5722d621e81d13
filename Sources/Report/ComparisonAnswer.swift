import Base
import Evidence
import Registers
import Tables

/// The answer of `diff` for programs.
package struct ComparisonAnswer: Encodable {
  private struct Side: Encodable {
    let reference: String
    let rows: Int
    let duplicateKeys: Int
    let ignored: [String]
    let unnamedBytes: [ComparisonEvidence.Bytes]
    let content: String

    init(_ side: ComparisonEvidence.Side) {
      reference = side.reference
      rows = side.rows
      duplicateKeys = side.duplicateKeys
      ignored = side.ignored
      unnamedBytes = side.unnamedBytes
      content = side.content
    }
  }

  private struct Group: Encodable {
    let signature: String
    let kind: String
    let pattern: String
    let rows: Int
    let samples: [ComparisonEvidence.Sample]
  }

  private let left: Side
  private let right: Side
  private let key: [String]
  private let same: Int
  private let tolerated: Int
  private let changed: Int
  private let leftOnly: Int
  private let rightOnly: Int
  private let accepted: Int
  private let acceptedBy: JSONValue
  private let fields: JSONValue
  private let groups: [Group]
  private let remarks: [String]
  private let rejected: Int
  private let definitions: [String]
  private let way: ComparisonEvidence.Way
  private let evidence: String

  package init(_ found: ComparisonEvidence, _ language: Language) {
    left = Side(found.left)
    right = Side(found.right)
    key = found.columns.filter(\.isKey).map(\.name)
    same = found.same
    tolerated = found.tolerated
    changed = found.changed
    leftOnly = found.leftOnly
    rightOnly = found.rightOnly
    accepted = found.accepted
    let words = Words(language: language)
    acceptedBy = ComparisonEvidence.Rule.listing.json(found.rules, words)
    fields = ComparisonEvidence.Column.listing.json(
      found.columns.filter { !$0.isKey }.sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }, words)
    groups = found.groups.map {
      Group(
        signature: $0.signature, kind: $0.kind, pattern: $0.pattern.text(language), rows: $0.rows, samples: $0.samples)
    }
    remarks = found.remarks.map { $0.text(language) }
    rejected = found.rejected
    definitions = found.definitions
    way = found.way
    evidence = found.evidence
  }
}
