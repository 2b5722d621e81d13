import Base
import Copybook
import Testing

/// Names of several items: the title of each item, and the item that a name means. The first of equal names never wins.
@Suite struct NameTests {
  static let card = [
    "01 CARD.", "05 NO PIC 9.", "05 FROM-DATE.", "10 MMDD PIC X(4).", "05 TO-DATE.", "10 MMDD PIC X(4).",
  ]

  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let lines: [String]
    /// The titles of all elementary items.
    let titles: [String]
    var testDescription: String { what }
  }

  @Test(arguments: [
    Case(what: "two groups", lines: card, titles: ["NO", "MMDD OF FROM-DATE", "MMDD OF TO-DATE"]),
    Case(
      what: "an item and one in a group", lines: ["01 R.", "05 A PIC X.", "05 G.", "10 A PIC X."],
      titles: ["A-1", "A OF G"]),
    Case(
      what: "an item and a group", lines: ["01 R.", "05 G.", "10 A PIC X.", "05 H.", "10 A.", "15 B PIC X."],
      titles: ["A OF G", "B"]),
    Case(
      what: "inner groups that are alike",
      lines: ["01 R.", "05 G.", "10 D.", "15 A PIC X.", "05 H.", "10 D.", "15 A PIC X."], titles: ["A OF G", "A OF H"]),
    Case(
      what: "two groups are needed",
      lines: [
        "01 R.", "05 G.", "10 D.", "15 A PIC X.", "10 E.", "15 A PIC X.", "05 H.", "10 D.", "15 A PIC X.", "10 E.",
        "15 A PIC X.",
      ], titles: ["A OF D OF G", "A OF E OF G", "A OF D OF H", "A OF E OF H"]),
    Case(
      what: "records", lines: ["01 R.", "05 KIND PIC X.", "01 S.", "05 KIND PIC X."],
      titles: ["KIND OF R", "KIND OF S"]),
    Case(
      what: "one group twice", lines: ["01 R.", "05 A PIC X.", "05 A PIC X.", "05 A-1 PIC X."],
      titles: ["A-2", "A-3", "A-1"]),
    Case(
      what: "FILLER", lines: ["01 R.", "05 FILLER PIC X.", "05 FILLER.", "10 PIC X.", "10 A PIC X."],
      titles: ["FILLER", "FILLER-3", "A"]),
    Case(
      what: "redefinitions", lines: ["01 R.", "05 G.", "10 A PIC X.", "05 H REDEFINES G.", "10 A PIC X."],
      titles: ["A OF G", "A OF H"]),
  ])
  func everyItemHasATitleOfItsOwn(names: Case) throws {
    let layout = try ClauseTests.layout(names.lines)
    let slots = layout.slots(choosing: Set(layout.alternatives.flatMap { $0.map(\.title) }))
    #expect(slots.map(\.name) == names.titles)
    #expect(Set(layout.items.map(\.title)).count == layout.items.count)
  }

  @Test(arguments: [
    ("NO", 1), ("NO OF CARD", 1), ("MMDD OF FROM-DATE", 3), ("MMDD IN TO-DATE", 5), ("MMDD OF TO-DATE OF CARD", 5),
    ("MMDD IN FROM-DATE OF CARD", 3), ("CARD", 0), ("TO-DATE", 4),
  ])
  func aQualifiedNameMeansOneItem(text: String, identity: Int) throws {
    #expect(try ClauseTests.layout(Self.card).names.find(text) == identity)
  }

  @Test(arguments: [
    "FROM-DATE.MMDD", "MMDD OF NO", "MMDD OF", "OF MMDD", "MMDD FROM-DATE", "MMDD OF CARD OF FROM-DATE", "MMD", "",
    "NO OF CARD OF CARD",
  ])
  func whatNoItemHasIsFoundNowhere(text: String) throws {
    #expect(try ClauseTests.layout(Self.card).names.find(text) == nil)
  }

  @Test func anAmbiguousNameIsRefusedWithWhatToWrite() throws {
    let names = try ClauseTests.layout(Self.card).names
    for text in ["MMDD", "MMDD OF CARD"] {
      let refusal = #expect(throws: Diagnostic.self) { _ = try names.find(text, at: Place(file: "p.yaml", line: 3)) }
      let message = try #require(refusal).message(.english)
      #expect(refusal?.code == .nameAmbiguous)
      for words in ["p.yaml:3", "“\(text)”", "FROM-DATE, TO-DATE", "MMDD OF FROM-DATE, MMDD OF TO-DATE"] {
        #expect(message.contains(words), "\(message)")
      }
    }
    #expect(throws: Diagnostic.self) { _ = try names.keyed(["MMDD": 1]) }
  }

  @Test func namesThatNothingTellsApartAreRefused() throws {
    let names = try ClauseTests.layout(["01 R.", "05 A PIC X.", "05 A PIC X."]).names
    #expect(throws: Diagnostic.self) { _ = try names.find("A") }
    #expect(throws: Diagnostic.self) { _ = try names.find("A OF R") }
    #expect(try names.find("A-1") == nil)
  }

  @Test func hiddenRedefinitionsMakeNoNameAmbiguous() throws {
    let layout = try ClauseTests.layout(["01 R.", "05 G.", "10 A PIC X.", "05 H REDEFINES G.", "10 A PIC X."])
    #expect(layout.slots(choosing: ["H"]).map(\.name) == ["A"])
    #expect(try layout.names(choosing: ["H"]).find("A") == 4)
    #expect(throws: Diagnostic.self) { _ = try layout.names.find("A") }
  }

  @Test func aSuggestionIsNeverTheNameItself() {
    #expect(NameTable.nearest("AB", among: ["AB", "AC"]) == "AC")
    #expect(NameTable.nearest("AB", among: ["AB"]) == "–")
  }
}
