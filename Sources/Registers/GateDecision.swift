import Base
import Ledger

/// 判定: the decision of a gate's meeting, with everything on which it rests.
package struct GateDecision: RegisterRecord {
  package enum Field: Int, RegisterField {
    case gate, sitting, meeting, held, verdict, decision, conditions, findings, run, evidence, ledgerNumber,
      ledgerDigest
    case gates, restsOn, enteredBy, enteredAt

    package var kind: RegisterSchema.Kind {
      switch self {
      case .conditions, .findings: .structure
      case .sitting, .ledgerNumber: .integer
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("decision", Field.self)

  package let id: String
  package let revision: Int
  package let gate: String
  /// 第n回.
  package let sitting: Int
  package let meeting: String
  package let held: String
  /// The verdict of the criteria: GO, CONDITIONAL, NO-GO.
  package let verdict: String
  package let decision: Resolution
  package let conditions: [DecisionCondition]
  package let run: String
  /// Digest of the run's evidence.
  package let evidence: String
  /// The head of the ledger before the decision was entered.
  package let ledger: Head
  /// SHA-256 over verdict, findings, evidence, the gates' definition and the ledger's head.
  package let restsOn: String
  package let enteredBy: String
  package let enteredAt: String

  package init(_ row: RegisterRow) {
    id = row.id
    revision = row.revision
    gate = row.text(Field.gate)
    sitting = row.integer(Field.sitting) ?? 0
    meeting = row.text(Field.meeting)
    held = row.text(Field.held)
    verdict = row.text(Field.verdict)
    decision = Resolution(rawValue: row.text(Field.decision)) ?? .sentBack
    conditions = DecisionCondition.list(row[Field.conditions])
    run = row.text(Field.run)
    evidence = row.text(Field.evidence)
    ledger = Head(number: row.integer(Field.ledgerNumber) ?? 0, digest: row.text(Field.ledgerDigest))
    restsOn = row.text(Field.restsOn)
    enteredBy = row.text(Field.enteredBy)
    enteredAt = row.text(Field.enteredAt)
  }

  /// The basis of a decision.
  package struct Basis: Sendable {
    package let gate: String
    package let verdict: String
    /// Each criterion's id, verdict, actual and required value.
    package let findings: [[String]]
    package let run: String
    package let evidence: String
    /// SHA-256 of the file that defines the gates.
    package let gates: String
    package let ledger: Head

    package init(
      gate: String, verdict: String, findings: [[String]], run: String, evidence: String, gates: String, ledger: Head
    ) {
      self.gate = gate
      self.verdict = verdict
      self.findings = findings
      self.run = run
      self.evidence = evidence
      self.gates = gates
      self.ledger = ledger
    }

    /// SHA-256 over the canonical JSON of all of it.
    package var digest: String {
      SHA256.digest(
        of: JSONValue.object([
          "evidence": .text(evidence), "findings": .list(findings.map { .texts($0) }), "gate": .text(gate),
          "gates": .text(gates), "ledger_digest": .text(ledger.digest), "ledger_number": .integer(ledger.number),
          "run": .text(run), "verdict": .text(verdict),
        ]).canonical)
    }
  }

  /// Enters a decision.
  ///
  /// - Parameter permitted: the decisions that the verdict permits.
  /// - Throws: `decision.refused` when the verdict does not permit it; `register.missing`.
  package static func record(
    _ id: String, sitting: Int, _ basis: Basis, decision: Resolution, permitted: [Resolution],
    conditions: [DecisionCondition],
    meeting: String, held: String, by person: String, at now: String
  ) throws(Diagnostic) -> Amendment {
    try DecisionCondition.check(conditions, decision, id)
    guard permitted.contains(decision) else {
      throw Diagnostic(
        .decisionRefused, at: Place(record: basis.gate), basis.verdict,
        permitted.map { "\($0.rawValue) (\($0.title.ja))" }.joined(separator: ", "))
    }
    return Change<GateDecision>(id, "decide").set(.gate, basis.gate).set(.sitting, sitting).set(.meeting, meeting)
      .set(.held, held).set(.verdict, basis.verdict).set(.decision, decision.rawValue)
      .set(.conditions, DecisionCondition.value(conditions)).set(.findings, .list(basis.findings.map { .texts($0) }))
      .set(.run, basis.run).set(.evidence, basis.evidence).set(.gates, basis.gates)
      .set(.ledgerNumber, basis.ledger.number).set(.ledgerDigest, basis.ledger.digest)
      .set(.restsOn, basis.digest).set(.enteredBy, person).set(.enteredAt, now).amendment
  }

  /// Marks a condition as met, by its number from 1.
  ///
  /// - Throws: `register.missing` when there is no such condition, or the day is before the sitting; `ledger.foureyes`.
  package func met(_ number: Int, on day: String, by person: String) throws(Diagnostic) -> Amendment {
    guard number >= 1, number <= conditions.count else {
      throw Diagnostic(
        .registerMissing, at: Place(record: id),
        conditions.isEmpty ? "a decision with conditions" : "1 … \(conditions.count)")
    }
    guard day >= held else { throw Diagnostic(.registerMissing, at: Place(record: id), "--on ≥ \(held)") }
    var changed = conditions
    let condition = conditions[number - 1]
    try FourEyes.check("\(id) \(number)", person, [condition.owner])
    changed[number - 1] = DecisionCondition(text: condition.text, owner: condition.owner, due: condition.due, met: day)
    return Change<GateDecision>(id, "meet").set(.conditions, DecisionCondition.value(changed)).amendment
  }
}
