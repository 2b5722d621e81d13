import Base
import Evidence
import Expressions
import Testing

/// `decoded`: what was rejected, or accepted as an oddity, is counted by code.
@Suite struct DecodedTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: String
    /// Records of the file, faults and oddities of the run.
    let read: Int
    var faults: [String: Int] = [:]
    var oddities: [String: Int] = [:]
    let status: CheckStatus
    let why: String
    /// Code and number.
    let lines: [String: Int128]

    init(
      _ name: String, _ check: String, read: Int = 10, faults: [String: Int] = [:], oddities: [String: Int] = [:],
      _ status: CheckStatus, _ why: String, _ lines: [String: Int128] = [:]
    ) {
      (testDescription, self.check, self.read) = (name, check, read)
      (self.faults, self.oddities, self.status, self.why, self.lines) = (faults, oddities, status, why, lines)
    }
  }

  static let cases: [Case] = [
    Case("no fault", "", .passed, "none in 10 records"),
    Case("an oddity is no fault", "", oddities: ["charset.control": 1], .passed, "none in 10 records"),
    Case(
      "any fault", "", faults: ["decode.kind": 1, "decode.number.sign": 2], .failed, "3 of 10 records were rejected",
      ["decode.kind": 1, "decode.number.sign": 2]),
    Case(
      "one code", "faults: [decode.number.sign]", faults: ["decode.kind": 1, "decode.number.sign": 2], .failed,
      "2 of 10 records were rejected", ["decode.number.sign": 2]),
    Case(
      "the beginning of codes", "faults: [decode.number, charset]",
      faults: ["decode.number.sign": 2, "decode.number.zone": 1, "charset.length.odd": 4, "decode.kind": 8], .failed,
      "7 of 10 records were rejected", ["decode.number.sign": 2, "decode.number.zone": 1, "charset.length.odd": 4]),
    Case(
      "of all faults another one", "faults: [map.number]", faults: ["decode.number.sign": 2], .passed,
      "none in 10 records"),
    Case("no oddity", "oddities: [charset.gaiji]", faults: ["decode.kind": 1], .passed, "none in 10 records"),
    Case(
      "an oddity", "oddities: [charset.gaiji, decode.date.alias]",
      oddities: ["charset.gaiji.match": 12, "charset.control": 3], .failed, "12 accepted oddities",
      ["charset.gaiji.match": 12]),
    Case("no record", "", read: 0, .notRun, "inconclusive: there was no row to compare"),
    Case("a file that may be empty", "may-be-empty: true", read: 0, .passed, "none in 0 records"),
  ]

  @Test(arguments: cases, Reading.ofRecords)
  func whatIsCountedIsTold(_ row: Case, reading: Reading) throws {
    var tables = SmallTables()
    tables.add("F[10]", ["a"], [["1"], ["2"]], records: [1, 2])
    tables.add("G[10]", ["a"], [])
    tables.evidence = [
      // Another file's faults are not this one's.
      .init(
        file: "G", subsystem: "test", title: Bilingual("他", "other"), records: Tally(read: 5),
        faults: ["decode.kind": 9],
        oddities: ["charset.gaiji.match": 9]),
      .init(
        file: "F", subsystem: "test", title: Bilingual("表", "file"), records: Tally(read: row.read),
        faults: row.faults, oddities: row.oddities),
    ]
    let result = try tables.results(
      SmallCheck.definition("kind: decoded\nfile: F\n" + row.check), reading: reading)[0]
    #expect(result.status == row.status)
    #expect(result.why.en == row.why)
    #expect(result.lines == row.lines.sorted { $0.key < $1.key }.map { .init(key: [$0], expected: [0], actual: [$1]) })
    #expect(result.differences == Int(row.lines.values.reduce(0, +)))
    #expect(result.actualRows == row.read && result.unreadable == 0)
    #expect(result.expectedFrom == [.constant] && result.actualFrom == [.legacy])
  }

  @Test func aFileThatWasNotReadIsNotKnown() throws {
    var tables = SmallTables()
    tables.add("F[10]", ["a"], [])
    let result = try tables.results(SmallCheck.definition("kind: decoded\nfile: F"))[0]
    #expect(result.status == .notRun)
  }

  @Test func aRefusedFileIsNotEmpty() throws {
    var tables = SmallTables()
    tables.add("F[10]", ["a"], [])
    let why = Bilingual("見出しがない", "there is no header")
    tables.evidence = [.init(file: "F", subsystem: "test", title: Bilingual("表", "file"), refused: why)]
    tables.unread = [.records(file: "F", kind: "10"): why]
    let result = try tables.results(SmallCheck.definition("kind: decoded\nfile: F\nmay-be-empty: true"))[0]
    #expect(result.status == .notRun)
    #expect(result.why.en == "not run: there is no header")
  }

  @Test(
    arguments: [
      ("file: F", nil), ("file: F\nfaults: [decode.number]", nil),
      ("file: F\noddities: [decode.number.blank-rule]", nil),
      ("", "“file” is missing"), ("file: G", "found “G”, expected a file: F"),
      ("file: F\nfaults: [decode.nmber]", "found “decode.nmber”, expected a code or its beginning: "),
      // A code ends at a full stop, and oddities are no faults.
      ("file: F\nfaults: [decode.num]", "expected a code or its beginning"),
      ("file: F\nfaults: [charset.gaiji.match]", "expected a code or its beginning: charset.gaiji"),
      ("file: F\noddities: [decode.number.sign]", "expected a code or its beginning"),
      // Faults that nobody would look at.
      ("file: F\nfaults: [decode.number]\noddities: [decode.number]", "`faults` or `oddities`"),
    ] as [(String, String?)])
  func whatIsNoDefinitionIsRefused(_ body: String, message: String?) throws {
    var tables = SmallTables()
    tables.add("F[10]", ["a"], [])
    let problems = tables.problems(SmallCheck.definition("kind: decoded\n" + body))
    #expect(problems.isEmpty == (message == nil), "\(problems)")
    if let message { #expect(problems.contains { $0.contains(message) }, "\(problems)") }
  }
}
