import Base
import Evidence
import Foundation
import Testing

/// The evidence's file, which is put together from checks that were encoded alone.
@Suite struct SealedEvidenceTests {
  @Test(arguments: [0, 1, 2, 3])
  func theDocumentIsThatOfTheWholeEvidence(count: Int) throws {
    var evidence = SmallProject.evidence("0001", isBroken: true)
    evidence.checks = Array((evidence.checks + evidence.checks + evidence.checks).prefix(count))
    // What looks like the place of the checks is only a text.
    evidence.title = Bilingual("\n  \"checks\" : [", "]\n  \"checks\" : []")
    for place in evidence.checks.indices { evidence.checks[place].why = Bilingual("行\n  \"checks\" : [", "[\n]") }
    let sealed = try SealedEvidence(evidence)
    #expect(sealed.evidence.evidence.hasPrefix("sha256:"))
    let whole = try JSONDocument.data(sealed.evidence)
    #expect(try String(decoding: sealed.document(), as: UTF8.self) == String(decoding: whole, as: UTF8.self))
  }

  @Test func theDigestKnowsNeitherClockNorRunNorCauses() throws {
    let evidence = SmallProject.evidence("0001", isBroken: true)
    var other = evidence
    (other.run, other.started, other.finished, other.command) = ("0002", "2020", "2021", "reconcile")
    other.seconds += 1
    other.steps = []
    other.causes = nil
    let digest = try SealedEvidence(evidence).evidence.evidence
    #expect(try SealedEvidence(other).evidence.evidence == digest)
    other.checks[0].differences += 1
    #expect(try SealedEvidence(other).evidence.evidence != digest)
  }
}
