import Base
import Projects
import Registers

extension Project {
  /// The guesses of `drafts.csv`, in its order, with what was said of them. A guess about a column stands as its line of
  /// the mapping does.
  package func draftStandings(_ confirmations: [Confirmation]) -> [DraftStanding] {
    if drafts.guesses.isEmpty { return [] }
    let said = Dictionary(confirmations.map { ($0.id, $0) }) { first, _ in first }
    let lines = Dictionary(mappingLines.map { ($0.id, $0) }) { first, _ in first }
    return drafts.guesses.map { guess in
      let line = lines[guess.thing]
      return DraftStanding(
        thing: guess.thing, guess: line?.expression ?? guess.guess, evidence: guess.evidence,
        counterExamples: guess.counterExamples, line: line, said[guess.thing])
    }
  }
}
