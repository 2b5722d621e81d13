import Base

/// 推定の確認: a guess of `drafts.csv`, and what people said of it.
package struct DraftStanding: Sendable {
  /// `files/F/types/ITEM`, `mapping/FILE/KIND/TABLE/COLUMN` …
  package let thing: String
  package let guess: String
  package let evidence: String
  package let counterExamples: String
  /// Of what a person confirms.
  package let digest: String
  /// Whether it stands for something that is still missing, such as a column without an expression: nobody can confirm that.
  package let isMissing: Bool
  package let confirmation: Confirmation?

  /// - Parameters:
  ///   - line: the line of the mapping that the guess is about, if it is one.
  package init(
    thing: String, guess: String, evidence: String, counterExamples: String, line: MappingLine?,
    _ confirmation: Confirmation?
  ) {
    self.thing = thing
    self.guess = guess
    self.evidence = evidence
    self.counterExamples = counterExamples
    isMissing = line?.isMissing ?? false
    self.confirmation = confirmation
    digest = line?.digest ?? SHA256.digest(of: "\(thing)\n\(guess)")
  }

  package var state: Confirmation.State { Confirmation.state(confirmation, of: digest, isMissing: isMissing) }
}
