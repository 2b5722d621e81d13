import Base
import Evidence
import Registers

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

  private struct Field: Encodable {
    let name: String
    let changed: Int
    let type: String
    let normal: [String]
    let tolerance: String?
    let unreadable: [String: Int]
  }

  private struct Rule: Encodable {
    let id: String
    let matched: Int
    let state: String
    let expires: String
    let approver: String
    let reason: String
    let `class`: String?
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
  private let acceptedBy: [Rule]
  private let fields: [Field]
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
    acceptedBy = found.rules.map {
      Rule(
        id: $0.id, matched: $0.matched, state: $0.state.rawValue, expires: $0.expires, approver: $0.approver,
        reason: $0.reason, class: $0.kind?.rawValue)
    }
    fields = found.columns.filter { !$0.isKey }.map {
      Field(
        name: $0.name, changed: $0.changed, type: $0.type, normal: $0.normalForms, tolerance: $0.tolerance,
        unreadable: ["left": $0.unreadableLeft, "right": $0.unreadableRight])
    }.sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }
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
