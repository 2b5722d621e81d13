import Base
import Evidence
import Testing

/// `sorted`: each record is held against the one before it, across kinds, blocks and shards.
@Suite struct SortedTests {
  private static let copybook = [
    "01 R.", "   05 R-KIND PIC X(2).", "   05 R-KEY PIC X(3).", "   05 R-NO PIC 9(2).", "   05 R-MEMO PIC X(3).",
  ]

  private static let twoGroups = """
    groups:
      - {kinds: ["10", "20"], by: [R-KEY]}
      - {kinds: ["30"], by: [R-KEY, R-NO]}
    """

  private static func file(_ records: [String], isFixed: Bool = true) throws -> SmallTables {
    var tables = SmallTables()
    tables.files = [
      try SmallFile("F", copybook, kinds: ["00": [], "10": [], "20": [], "30": []], isFixed: isFixed, records)
    ]
    return tables
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let records: [String]
    let why: String
    /// The records that are out of order, by number.
    let wrong: [Int]

    init(_ name: String, _ records: [String], _ wrong: [Int], _ why: String) {
      (testDescription, self.records, self.wrong, self.why) = (name, records, wrong, why)
    }
  }

  static let cases: [Case] = [
    Case("in order", ["10A0101", "20A0101", "10A0201", "30A0101", "30A0102"], [], "5 records in order"),
    Case("the same key twice", ["10A0101", "10A0101", "20A0101", "20A0101"], [], "4 records in order"),
    Case("what is no part of the key may fall", ["10A0199", "10A0201"], [], "2 records in order"),
    Case("kinds in no group are passed over", ["00ZZZ99", "10A0101", "00A0001", "10A0201"], [], "2 records in order"),
    Case("bytes, not numbers", ["10A1001", "10A9 01"], [], "2 records in order"),
    Case(
      "one record moved", ["10A0201", "10A0101", "10A0301"], [2], "1 records have a smaller key than the one before"),
    Case(
      "one record too high", ["10A0101", "10A0901", "10A0201", "10A0301"], [3],
      "1 records have a smaller key than the one before"),
    Case(
      "a kind before the other", ["20A0101", "10A0101"], [2], "1 records have a smaller key than the one before"),
    Case(
      "a group before the other", ["30A0101", "10A0101", "10A0201"], [2],
      "1 records have a smaller key than the one before"),
    Case(
      "the second part of a key", ["30A0102", "30A0101"], [2], "1 records have a smaller key than the one before"),
    Case(
      "a stretch put in twice", ["10A0101", "10A0201", "10A0101", "10A0201", "10A0301"], [3],
      "1 records have a smaller key than the one before"),
    Case(
      "falling throughout", ["10A0301", "10A0201", "10A0101"], [2, 3],
      "2 records have a smaller key than the one before"),
    Case(
      "around a record that is passed over", ["10A0201", "00A0001", "10A0101"], [3],
      "1 records have a smaller key than the one before"),
  ]

  @Test(arguments: cases)
  func recordsStandInOrder(_ row: Case) throws {
    let tables = try Self.file(row.records.map { $0 + "abc" })
    let result = try tables.results(SmallCheck.definition("kind: sorted\nfile: F\n" + Self.twoGroups))[0]
    #expect(result.status == (row.wrong.isEmpty ? .passed : .failed))
    #expect(result.why.en == row.why)
    #expect(result.lines.map(\.key) == row.wrong.map { [String($0)] })
    #expect(result.lines.map(\.records) == row.wrong.map { [RecordPlace(file: "F", record: $0)] })
    #expect(result.differences == row.wrong.count)
    #expect(result.lines.allSatisfy { $0.sides?.expected.isSaid == true && $0.sides?.actual.isSaid == true })
    #expect(result.keyNames == ["レコード"])
    #expect(result.expectedFrom == [.constant] && result.actualFrom == [.legacy])
  }

  /// What is wrong within one and what is wrong between two is found alike, whoever reads them.
  @Test(arguments: Reading.ofRecords)
  func blocksAreHeldAgainstEachOther(reading: Reading) throws {
    var records = (0..<3200).map { number in
      let kind = number % 4 < 2 ? "10" : "20"
      return kind + (String(number / 4 + 1000).dropFirst()) + "01abc"
    }
    let definition = SmallCheck.definition("kind: sorted\nfile: F\n" + Self.twoGroups)
    let good = try Self.file(records).results(definition, reading: reading)[0]
    #expect(good.status == .passed && good.why.en == "3200 records in order")
    records.swapAt(299, 300)
    // The last of a block with the first of the next; and kinds of which a block has only one.
    let block = SmallFile.recordsPerBlock
    #expect(block == 1024)
    records.swapAt(block - 1, block)
    for index in 2 * block..<3 * block { records[index] = "20" + records[index].dropFirst(2) }
    records[3 * block] = "10A0001abc"
    let bad = try Self.file(records).results(definition, reading: reading)[0]
    #expect(bad.lines.map(\.key) == [["301"], ["1025"], ["3074"]])
    #expect(bad.why.en == "3 records have a smaller key than the one before")
  }

  @Test func of300Differences200AreTold() throws {
    let records = (0..<301).map { "10" + String(999 - $0) + "01abc" }
    let result = try Self.file(records).results(SmallCheck.definition("kind: sorted\nfile: F\n" + Self.twoGroups))[0]
    #expect(result.differences == 300 && result.lines.count == 200)
    #expect(result.groups.map(\.lines).reduce(0, +) == 300)
    #expect(result.status == .failed)
  }

  /// A record that has lost the spaces at its end has them in its key.
  @Test(
    arguments: [
      (["10A", "10A01"], []), (["10", "10A"], []), (["10A01", "10A"], [2]), (["10A0 ", "10A0"], []),
    ] as [([String], [Int])])
  func shortRecordsEndInSpaces(records: [String], wrong: [Int]) throws {
    let result = try Self.file(records, isFixed: false).results(
      SmallCheck.definition("kind: sorted\nfile: F\n" + Self.twoGroups))[0]
    #expect(result.lines.map(\.key) == wrong.map { [String($0)] })
  }

  @Test func noRecordAtAllIsNotKnown() throws {
    let definition = SmallCheck.definition("kind: sorted\nfile: F\n" + Self.twoGroups)
    for records in [[], ["00ZZZ99abc"]] {
      let result = try Self.file(records).results(definition)[0]
      #expect(result.status == .notRun && result.why.en == "inconclusive: there was no row to compare")
      let empty = try Self.file(records).results(definition + "\n    may-be-empty: true")[0]
      #expect(empty.status == .passed && empty.why.en == "0 records in order")
    }
  }

  @Test(
    arguments: [
      (twoGroups, nil), ("groups: [{kinds: [\"10\"], by: [R-KEY]}]", nil),
      ("", "“groups” is missing"), ("groups: []", "found “an empty list”, expected at least one"),
      ("groups: [{by: [R-KEY]}]", "“kinds” is missing"), ("groups: [{kinds: [\"10\"]}]", "“by” is missing"),
      ("groups: [{kinds: [\"40\"], by: [R-KEY]}]", "found “40”, expected a kind of F: 00, 10, 20, 30"),
      ("groups: [{kinds: [\"10\"], by: [R-KY]}]", "found “R-KY”, expected an item: R-KEY"),
      ("groups: [{kinds: [\"10\"], by: [R-KEY], where: x}]", "there is no key “where” here"),
      // A record stands in one place of the order.
      ("groups: [{kinds: [\"10\", \"10\"], by: [R-KEY]}]", "each kind once"),
      ("groups: [{kinds: [\"10\"], by: [R-KEY]}, {kinds: [\"10\"], by: [R-NO]}]", "each kind once"),
    ] as [(String, String?)])
  func whatIsNoDefinitionIsRefused(_ body: String, message: String?) throws {
    let problems = try Self.file([]).problems(SmallCheck.definition("kind: sorted\nfile: F\n" + body))
    #expect(problems.isEmpty == (message == nil), "\(problems)")
    if let message { #expect(problems.contains { $0.contains(message) }, "\(problems)") }
  }

  @Test func aFileIsOneThatThereIs() throws {
    let problems = try Self.file([]).problems(SmallCheck.definition("kind: sorted\nfile: G\n" + Self.twoGroups))
    #expect(problems.contains { $0.contains("found “G”, expected a file: F") }, "\(problems)")
  }
}
