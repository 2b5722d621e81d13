import Base
import Gates
import Ledger
import Registers
import Workspace

/// 判定会議: what a gate's meeting decided, to be entered.
package struct GateSitting {
  package let gate: Gate
  package let decision: Resolution
  /// `YYYY-MM-DD`.
  package let held: String
  package let conditions: [DecisionCondition]
  package let attendees: [String]
  package let minutes: String

  package init(
    _ gate: Gate, _ decision: Resolution, held: String, conditions: [DecisionCondition], attendees: [String],
    minutes: String
  ) {
    self.gate = gate
    self.decision = decision
    self.held = held
    self.conditions = conditions
    self.attendees = attendees
    self.minutes = minutes
  }

  /// What was entered.
  package struct Entered {
    package let id: String
    package let sitting: Int
    package let verdict: Verdict
    /// The digest of all that the decision rests on.
    package let basis: String
    /// The digest of the verdict and its findings.
    package let judged: String
    package let remarks: [Bilingual]
  }
}

extension ProjectOffice {
  /// Judges the gate, and makes the entries of its meeting and of the decision. The verdict must permit the decision.
  ///
  /// - Throws: `ledger.tampered` when registers or evidence are not as entered: a decision rests on the whole ledger;
  ///   `decision.refused`, `register.missing`; the errors of ``decide(_:_:_:)``.
  package func enter(
    _ sitting: GateSitting, _ reading: borrowing LedgerReading, by person: String, at now: String, _ language: Language
  ) throws -> (amendments: [Amendment], entered: GateSitting.Entered) {
    if let finding = try (reading.verify() + workspace.verifyEvidence(reading)).first {
      throw Diagnostic(.ledgerTampered, at: Place(file: workspace.path), finding.text.text(language))
    }
    let gate = sitting.gate
    let dossier = try Dossier(reading, today: Day.today())
    let judged = try decide(gate, dossier)
    let number = (dossier.decisions.filter { $0.gate == gate.name }.map(\.sitting).max() ?? 0) + 1
    let id = RecordNumber.next("D", after: try reading.ids(of: GateDecision.register))
    let meeting = RecordNumber.next("M", after: try reading.ids(of: Meeting.register))
    let basis = basis(of: judged, ledger: dossier.head)
    let decision = try GateDecision.record(
      id, sitting: number, basis, decision: sitting.decision, permitted: judged.verdict.permits,
      conditions: sitting.conditions, meeting: meeting, held: sitting.held, by: person, at: now)
    let session = try Meeting.record(
      meeting, kind: .gate, held: sitting.held, title: "\(gate.title.ja) 第\(number)回", agenda: [gate.title.ja],
      attendees: sitting.attendees, minutes: sitting.minutes, decision: sitting.decision,
      conditions: sitting.conditions, by: person)
    return (
      [session, decision],
      .init(
        id: id, sitting: number, verdict: judged.verdict, basis: basis.digest, judged: judged.digest,
        remarks: dossier.remarks)
    )
  }
}
