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
}

extension Classification {
  package static func amendment(
    _ signature: String, as kind: DifferenceClass, by person: String, at now: String, note: String, evidence: String,
    source: String = ""
  ) -> Amendment {
    Change<Classification>(signature, "classify", source: source).set(.kind, kind.rawValue).set(.note, note)
      .set(.by, person).set(.at, now).set(.evidence, evidence).amendment
  }
}

extension Dossier {
  /// Says why the differences of a signature are there.
  ///
  /// - Throws: `workspace.empty` where no run has come to its end, `signature.unknown` when the latest has no such differences,
  ///   `register.missing` for a note of blanks alone.
  package func classify(
    _ signature: String, as kind: DifferenceClass, by person: String, at now: String, note: String, source: String = ""
  ) throws(Diagnostic) -> Amendment {
    let place = Place(record: signature)
    guard let run = latest else { throw Diagnostic(.workspaceEmpty, at: place) }
    guard run.groups.contains(where: { $0.signature == signature }) else {
      throw Diagnostic(.signatureUnknown, at: place, signature, run.run)
    }
    try Required.text(note, "reason", place)
    return Classification.amendment(
      signature, as: kind, by: person, at: now, note: note, evidence: run.evidence, source: source)
  }
}
