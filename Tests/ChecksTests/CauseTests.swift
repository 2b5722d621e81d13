import Expressions
import Records
import Base
import Checks
import Evidence
import Testing

/// Causes of failed checks on small tables: however many checks see a fault, it is told once.
@Suite struct CauseTests {
  private static let entities = "entities: {person: [person], thing: [notice], yen: [amount]}"
  private static let fillers: [String: Set<String>] = ["claims": ["TAX"], "persons": ["PEOPLE"]]

  /// Three checks of the claims, and one that refers from the claims to the persons.
  private static let definition = """
    checks:
      - id: T-1
        kind: totals
        category: C01
        severity: S2
        title: {ja: 年度ごとの合計, en: sums by year}
        expected: [{from: "TAX[10]", by: {year: year}, sum: {rows: "1", amount: amount}}]
        actual: [{from: claims, by: {year: year}, sum: {rows: "1", amount: amount}}]
      - id: T-2
        kind: keys
        category: C02
        severity: S1
        title: {ja: 通知書ごとの税額, en: amounts by notice}
        expected: [{from: "TAX[10]", by: {person: person, notice: notice, year: year}, sum: {rows: "1", amount: amount}}]
        actual: [{from: claims, by: {person: person, notice: notice, year: year}, sum: {rows: "1", amount: amount}}]
      - id: T-3
        kind: keys
        category: C02
        severity: S1
        title: {ja: 個人ごとの税額, en: amounts by person}
        expected: [{from: "TAX[10]", by: {person: person, year: year}, sum: {rows: "1", amount: amount}}]
        actual: [{from: claims, by: {person: person, year: year}, sum: {rows: "1", amount: amount}}]
      - id: T-4
        kind: references
        category: C07
        severity: S1
        title: {ja: 納税義務者が宛名にある, en: persons exist}
        expected: [{from: persons, by: {person: person}}]
        actual: [{from: claims, by: {person: person}}]
    """

  private static let records = [
    ["1", "11", "2019", "100"], ["1", "12", "2018", "200"], ["2", "21", "2019", "300"], ["3", "31", "2018", "400"],
    ["4", "41", "2017", "500"], ["5", "51", "2016", "600"],
  ]

  private static func tables(_ changes: (inout [[String?]], inout [[String?]]) -> Void) -> SmallTables {
    var tables = SmallTables()
    let columns = ["person", "notice", "year", "amount:integer"]
    var claims: [[String?]] = records
    var persons: [[String?]] = (1...5).map { [String($0)] }
    changes(&claims, &persons)
    tables.add("TAX[10]", columns, records, records: Array(1...6))
    tables.add("PEOPLE[10]", ["person"], (1...5).map { [String($0)] }, records: Array(1...5))
    tables.add("claims", columns, claims)
    tables.add("persons", ["person"], persons)
    return tables
  }

  private func causes(
    rejected: [SmallTables.Rejected] = [], _ changes: (inout [[String?]], inout [[String?]]) -> Void
  ) throws -> [Cause] {
    try Self.tables(changes).causes(
      Self.definition, entities: Self.entities, fillers: Self.fillers, rejected: rejected)
  }

  private func checks(_ cause: Cause) -> [String] { cause.checks.map(\.check) }

  @Test func nothingFailsNothingIsTold() throws {
    #expect(try causes { _, _ in }.isEmpty)
  }

  @Test func oneChangedAmountIsOneCause() throws {
    let found = try causes { claims, _ in claims[2][3] = "310" }
    #expect(found.count == 1)
    #expect(checks(found[0]) == ["T-1", "T-2", "T-3"])
    #expect(found[0].severity == .s1)
    #expect(found[0].yen == 10)
    #expect(found[0].places == [RecordPlace(file: "TAX", record: 3)])
    #expect(found[0].subject == "person 2 notice 21")
    #expect(found[0].checks.allSatisfy { $0.isWhole })
    #expect(found[0].explainedBy.contains(.sameRecord))
  }

  @Test func twoFaultsOfOnePersonStayTwo() throws {
    let found = try causes { claims, _ in
      claims[0][3] = "107"
      claims[1][3] = "2000"
    }
    #expect(found.count == 2)
    #expect(found.map(\.yen) == [1800, 7])
    #expect(found.allSatisfy { checks($0).contains("T-2") })
  }

  @Test func theSameMistakeInManyRowsIsOne() throws {
    let found = try causes { claims, _ in for row in claims.indices { claims[row][3] = "1" + (claims[row][3] ?? "") } }
    #expect(found.count == 1)
    #expect(found[0].kind == .shape)
    #expect(found[0].subject.isEmpty)
  }

  @Test func anAmountThatWentToAnotherPersonIsOne() throws {
    let found = try causes { claims, _ in
      claims[2][3] = "250"
      claims[3][3] = "450"
    }
    #expect(found.count == 1)
    #expect(found[0].explainedBy.contains(.opposite))
  }

  @Test func aClaimThatWentToAnotherPersonIsOne() throws {
    let found = try causes { claims, _ in claims[4][0] = "5" }
    #expect(found.count == 1)
    #expect(checks(found[0]) == ["T-2", "T-3"])
    #expect(found[0].explainedBy.contains(.opposite))
  }

  /// Checks with other keys over claims and persons.
  private func others(_ entities: String, _ checks: [String], _ claims: [[String?]], persons: [[String?]]) throws
    -> [Cause]
  {
    var tables = SmallTables()
    let columns = ["person", "notice", "employer", "year", "amount:integer"]
    let old: [[String?]] = [
      ["1", "00000011", "0000", "2019", "100"], ["2", "00000012", "0000", "2018", "200"],
      ["3", "00000013", "0000", "2017", "300"],
    ]
    tables.add("TAX[10]", columns, old, records: [1, 2, 3])
    tables.add("PEOPLE[10]", ["person"], [["1"], ["2"], ["3"]], records: [1, 2, 3])
    tables.add("claims", columns, claims.isEmpty ? old : claims)
    tables.add("persons", ["person"], persons)
    let text = checks.enumerated().map { index, body in
      "  - {id: T-\(index + 1), category: C01, severity: S1, title: {ja: 検査, en: check \(index + 1)}, \(body)}"
    }
    return try tables.causes(
      "checks:\n" + text.joined(separator: "\n"), entities: "entities: {\(entities)}", fillers: Self.fillers)
  }

  private func keys(_ by: String, _ sum: String, _ old: String = "TAX[10]", _ new: String = "claims") -> String {
    let row = "by: {\(by)}, sum: {\(sum)}"
    return "kind: keys, expected: [{from: \"\(old)\", \(row)}], actual: [{from: \(new), \(row)}]"
  }

  @Test func whatRefersToAMissingPersonIsTheSame() throws {
    let found = try others(
      "person: [person, payer]",
      [
        keys("person: person", "number: 1", "PEOPLE[10]", "persons"),
        "kind: references, expected: [{from: persons, by: {payer: person}}], actual: [{from: claims, by: {payer: person}}]",
      ], [], persons: [["1"], ["2"]])
    #expect(found.count == 1)
    #expect(checks(found[0]) == ["T-1", "T-2"])
  }

  @Test func zerosNameNothing() throws {
    let found = try others(
      "thing: [notice, employer]",
      [
        keys("notice: notice, employer: employer", "rows: 1, amount: amount"),
        keys("employer: employer, year: year", "rows: 1, amount: amount"),
      ],
      [
        ["1", "00000011", "0000", "2019", "107"], ["2", "00000012", "0000", "2018", "2000"],
        ["3", "00000013", "0000", "2017", "300"],
      ], persons: [["1"], ["2"], ["3"]])
    #expect(found.count == 2)
    #expect(found.allSatisfy { checks($0) == ["T-1", "T-2"] })
  }

  private static let lost = SmallTables.Rejected(
    reason: .init(file: "TAX", kind: "10", field: "amount", code: "decode.number.zone", isExclusion: false),
    table: "TAX[10]", rows: [2])

  @Test func whatARejectedRecordLeavesIsItsOwn() throws {
    let found = try causes(rejected: [Self.lost]) { claims, _ in claims.remove(at: 2) }
    #expect(found.count == 1)
    #expect(found[0].kind == .rejected)
    #expect(found[0].title.en == "TAX amount: zoned number with a wrong zone (1 rejected)")
    #expect(checks(found[0]) == ["T-1", "T-2", "T-3"])
    #expect(found[0].checks.allSatisfy { $0.isWhole })
    #expect(found[0].records == 1)
    #expect(found[0].explainedBy == [.without])
  }

  @Test func aSumKeepsItsResidue() throws {
    // The year 2019 lacks the rejected record, and another notice of the year is wrong by 7 yen.
    let found = try causes(rejected: [Self.lost]) { claims, _ in
      claims[0][3] = "107"
      claims.remove(at: 2)
    }
    #expect(found.map(\.kind) == [.single, .rejected])
    #expect(found[0].yen == 7)
    #expect(checks(found[0]) == ["T-1", "T-2", "T-3"])
    #expect(found[1].checks.filter(\.isWhole).map(\.check).isEmpty)
  }

  @Test func aMissingPersonIsWhoWasRejected() throws {
    var lost = SmallTables.Rejected(
      reason: .init(file: "PEOPLE", kind: "10", field: "name", code: "charset.gaiji.unmapped", isExclusion: false),
      table: "PEOPLE[10]", rows: [3])
    lost.drafts = [.init(name: "persons", columns: [("person", .text, .open)], rows: [["4"]])]
    let found = try causes(rejected: [lost]) { _, persons in persons.remove(at: 3) }
    #expect(found.count == 1)
    #expect(found[0].kind == .rejected)
    #expect(checks(found[0]) == ["T-4"])
    #expect(found[0].explainedBy == [.missingKey])
  }

  @Test func aRowThatOthersLackIsNotTheRejectedOnes() throws {
    // The rejected record's row is there: another program loaded it. What fails is another fault.
    let found = try causes(rejected: [Self.lost]) { claims, _ in claims[5][3] = "601" }
    #expect(found.map(\.kind) == [.single])
    #expect(found[0].places == [RecordPlace(file: "TAX", record: 6)])
  }

  @Test func aRowThatStandsForARejectedRecordIsWrongByItself() throws {
    // Another program loaded the rejected record with another amount: without the record, the row has none.
    let found = try causes(rejected: [Self.lost]) { claims, _ in claims[2][3] = "310" }
    #expect(found.contains { $0.kind != .rejected && checks($0).contains("T-2") })
    #expect(found.filter { $0.kind == .rejected }.allSatisfy { $0.checks.allSatisfy { !$0.isWhole } })
  }

  @Test func aFileThatIsMissingIsOneCause() throws {
    var tables = Self.tables { _, _ in }
    let why = Bilingual("ファイルがない", "no such file")
    tables.unread = [.records(file: "TAX", kind: "10"): why, .table("claims"): why]
    let found = try tables.causes(Self.definition, entities: Self.entities, fillers: Self.fillers)
    #expect(found.count == 1)
    #expect(found[0].kind == .notRead)
    #expect(checks(found[0]) == ["T-1", "T-2", "T-3", "T-4"])
  }

  @Test func anIdStaysTheSame() throws {
    let first = try causes(rejected: [Self.lost]) { claims, _ in claims.remove(at: 2) }
    let second = try causes(rejected: [Self.lost]) { claims, _ in
      claims.remove(at: 2)
      claims[4][3] = "1"
    }
    #expect(second.map(\.id).contains(first[0].id))
  }

  @Test func aNameThatNoCheckHasIsRefused() throws {
    #expect(throws: Diagnostics.self) {
      try Self.tables { _, _ in }.causes(Self.definition, entities: "entities: {person: [nobody]}")
    }
  }
}
