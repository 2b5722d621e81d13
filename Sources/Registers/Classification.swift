import Evidence
import Ledger

/// A person's word why differences of one signature are there (要因分類). It counts in this rehearsal and in those that
/// follow.
package struct Classification: RegisterRecord {
  package enum Field: Int, RegisterField {
    case kind, note, by, at, evidence

    package var kind: RegisterSchema.Kind { .text }
  }

  package static let register = RegisterSchema("classification", Field.self)

  package let signature: String
  package let kind: DifferenceClass
  package let by: String
  /// RFC 3339.
  package let at: String
  package let note: String
  /// The digest of the evidence that was looked at.
  package let evidence: String

  package init(_ row: RegisterRow) {
    signature = row.id
    kind = DifferenceClass(rawValue: row.text(Field.kind)) ?? .unclassified
    by = row.text(Field.by)
    at = row.text(Field.at)
    note = row.text(Field.note)
    evidence = row.text(Field.evidence)
  }

  package static func amendment(
    _ signature: String, as kind: DifferenceClass, by person: String, at now: String, note: String, evidence: String
  ) -> Amendment {
    Change<Classification>(signature, "classify").set(.kind, kind.rawValue).set(.note, note).set(.by, person)
      .set(.at, now).set(.evidence, evidence).amendment
  }
}
