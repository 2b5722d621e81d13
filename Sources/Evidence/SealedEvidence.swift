import Base
import Foundation

/// 封印: the evidence of a run with its digest, as it goes to its file and to the ledger. Each check is encoded once, for
/// all three.
package struct SealedEvidence: Sendable {
  /// With its digest.
  package let evidence: RunEvidence
  /// The checks as JSON documents, in the order of the evidence.
  package let checks: [Data]

  /// Computes the digest of all results that depend on data and definitions, not on clock, run number or machine.
  ///
  /// - Throws: the errors of ``JSONDocument/data(_:)``.
  package init(_ evidence: RunEvidence) throws(Diagnostic) {
    let checks = try evidence.checks.map { (check) throws(Diagnostic) in try JSONDocument.data(check) }
    var body = evidence
    (body.run, body.started, body.finished, body.evidence) = ("", "", "", "")
    body.seconds = 0
    body.steps = []
    body.command = ""
    body.causes = nil
    var sealed = evidence
    sealed.evidence = SHA256.digest(of: try Self.document(body, checks))
    self.evidence = sealed
    self.checks = checks
  }

  /// The evidence as a JSON document.
  ///
  /// - Throws: the errors of ``JSONDocument/data(_:)``.
  package func document() throws(Diagnostic) -> Data { try Self.document(evidence, checks) }

  private static func document(_ evidence: RunEvidence, _ checks: [Data]) throws(Diagnostic) -> Data {
    var rest = evidence
    rest.checks = []
    return try JSONDocument.data(rest, list: "checks", of: checks)
  }
}
