import Base

/// 下書き: the guesses of a draft project (`totsugo init`), one line each: what was guessed, from what, and what speaks
/// against it. A run says how many there are, and no gate is GO while one is open.
///
/// ```csv
/// thing,guess,evidence,counter_examples
/// files/NOTICE/types/NT-KI-DUE,era-date,100 % of 240 values,
/// mapping/NOTICE/10/期別/税額,KI-TAX,name 92 %,
/// ```
package struct DraftList: Sendable {
  package static let columns = ["thing", "guess", "evidence", "counter_examples"]

  package struct Guess: Sendable, Hashable {
    /// A place in the project that keeps its name: `files/FILE/types/ITEM`, `mapping/FILE/KIND/TABLE/COLUMN`.
    package let thing: String
    package let guess: String
    package let evidence: String
    package let counterExamples: String
    /// Its line in the list.
    package let place: Place

    package init(
      thing: String, guess: String, evidence: String, counterExamples: String = "", at place: Place = Place()
    ) {
      self.place = place
      self.thing = thing
      self.guess = guess
      self.evidence = evidence
      self.counterExamples = counterExamples
    }
  }

  package private(set) var guesses: [Guess] = []
  private var known: Set<String> = []

  package init() {}

  /// Reads a list; what is wrong in it is added to the problems.
  init(_ file: DefinitionFile, _ problems: Problems) {
    guard let table = DelimitedText.read(file, required: Self.columns, problems) else { return }
    for row in table.rows {
      guard !row["thing"].isEmpty, known.insert(row["thing"]).inserted else {
        problems.add(
          Diagnostic(.definitionValue, at: Place(file: file.name, line: row.line), row["thing"], "each thing once"))
        continue
      }
      guesses.append(
        Guess(
          thing: row["thing"], guess: row["guess"], evidence: row["evidence"],
          counterExamples: row["counter_examples"], at: Place(file: file.name, line: row.line)))
    }
  }

  package func has(_ thing: String) -> Bool { known.contains(thing) }

  /// The thing that a column's mapping is.
  package static func mapping(file: String, kind: String, table: String, column: String) -> String {
    "mapping/\(file)/\(kind)/\(table)/\(column)"
  }
}
