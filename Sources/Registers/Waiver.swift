import Base
import Ledger

/// 適用除外: a criterion of a gate that need not hold until a date, with a reason, an owner and an approver, for the
/// obstacles that existed when it was given. A criterion that cannot be judged cannot be waived.
package struct Waiver: RegisterRecord {
  package enum Field: Int, RegisterField {
    case gate, criterion, reason, owner, approver, until, enteredBy, enteredAt, revokedBy, revokedAt
    case scope

    package var kind: RegisterSchema.Kind { self == .scope ? .structure : .text }
  }

  package static let register = RegisterSchema("waiver", Field.self)

  package let id: String
  package let gate: String
  package let criterion: String
  package let reason: String
  package let owner: String
  package let approver: String
  /// The last day on which it holds.
  package let until: String
  /// The obstacles; `nil` when they are not known: then nothing is covered.
  package let scope: ApprovedScope?
  package let enteredAt: String
  package let revokedAt: String

  package init(_ row: RegisterRow) {
    id = row.id
    gate = row.text(Field.gate)
    criterion = row.text(Field.criterion)
    reason = row.text(Field.reason)
    owner = row.text(Field.owner)
    approver = row.text(Field.approver)
    until = row.text(Field.until)
    scope = ApprovedScope(row[Field.scope])
    enteredAt = row.text(Field.enteredAt)
    revokedAt = row.text(Field.revokedAt)
  }

  package func holds(on today: String) -> Bool { revokedAt.isEmpty && today <= until }

  /// - Parameter scope: the present obstacles.
  /// - Throws: `register.missing`, `ledger.foureyes`.
  package static func grant(
    _ id: String, gate: String, criterion: String, for scope: ApprovedScope, reason: String, owner: String,
    approver: String, until: String,
    by person: String, at now: String
  ) throws(Diagnostic) -> Amendment {
    for (text, what) in [(reason, "reason"), (owner, "owner"), (approver, "approver")] {
      try Required.text(text, what, Place(record: id))
    }
    try FourEyes.check(id, approver, [owner, person])
    return Change<Waiver>(id, "grant").set(.gate, gate).set(.criterion, criterion).set(.reason, reason)
      .set(.owner, owner).set(.approver, approver).set(.until, until).set(.enteredBy, person).set(.enteredAt, now)
      .set(.scope, scope.json).amendment
  }

  package func revoked(by person: String, at now: String) -> Amendment {
    Change<Waiver>(id, "revoke").set(.revokedBy, person).set(.revokedAt, now).amendment
  }
}
