import Base
import Checks
import Definitions
import Evidence
import Expressions
import Records
import Testing

/// `settled`: receipts compared with their claims; a 速報 counts only until its 確報 has arrived.
@Suite struct SettledTests {
  private static let definition = """
    checks:
      - id: T-1
        kind: settled
        category: C07
        severity: S1
        title: {ja: 収入, en: receipts}
        zero: {ja: 無いのと同じ, en: as good as none}
        item: slip
        provisional: advance
        expected:
          - {from: claims, by: {claim: claim, slip: "''"}, sum: {paid: paid, advance: 0}}
        actual:
          - {from: receipts, by: {claim: claim, slip: slip}, sum: {paid: paid, advance: advance}}
    """

  private static func column(_ values: [String]) -> Column {
    let column = Column(.text)
    for value in values { column.append(value) }
    return column
  }

  private static func column(_ values: [Int64]) -> Column {
    let column = Column(.integer)
    for value in values { column.append(value) }
    return column
  }

  private static func result(
    claims: [(String, Int64)], receipts: [[(String, String, Int64, Int64)]]
  ) throws -> CheckResult {
    let sources = SourceBuilders()
    sources.add(
      .table("claims"),
      Scope(
        title: "claims", entries: ["claim": .init(type: .text, column: 0), "paid": .init(type: .integer, column: 1)]))
    sources.add(
      .table("receipts"),
      Scope(
        title: "receipts",
        entries: [
          "claim": .init(type: .text, column: 0), "slip": .init(type: .text, column: 1),
          "paid": .init(type: .integer, column: 2), "advance": .init(type: .integer, column: 3),
        ]))
    let problems = Problems()
    let node = try #require(DefinitionNode.parse(definition, name: "checks.yaml", problems))
    let checks = CheckReader(CheckSources(sources)).read(node, subsystem: "test")
    try problems.check()
    let programs = sources.programs()
    // One shard for each list of receipts, merged at the end.
    let shards = ([[]] + receipts).map { _ in Observer(checks) }
    func observe(_ shard: Int, _ source: Source, _ columns: [Column], _ count: Int) throws {
      let machine = Machine(try #require(programs[source]))
      machine.start(columns, rows: count)
      shards[shard].observe(source, ObservedRows(machine: machine, count: count, records: []))
    }
    try observe(0, .table("claims"), [column(claims.map(\.0)), column(claims.map(\.1))], claims.count)
    for (number, rows) in receipts.enumerated() {
      try observe(
        number + 1, .table("receipts"),
        [column(rows.map(\.0)), column(rows.map(\.1)), column(rows.map(\.2)), column(rows.map(\.3))], rows.count)
    }
    for shard in shards.dropFirst() { shards[0].merge(shard) }
    shards[0].settle()
    return try #require(
      shards[0].results(files: [], unread: [:], found: [:], accepting: AcceptanceTally(AcceptedDifferences(), on: 0))
        .first)
  }

  @Test func aProvisionalRowCountsUntilTheFinalOneHasCome() throws {
    let claims: [(String, Int64)] = [("A", 300), ("B", 50)]
    // Slip 1 of A has both; slip 2 of A only the 確報; slip 3 of B only the 速報.
    let rows: [(String, String, Int64, Int64)] = [
      ("A", "1", 100, 1), ("A", "1", 100, 0), ("A", "2", 200, 0), ("B", "3", 50, 1),
    ]
    #expect(try Self.result(claims: claims, receipts: [rows]).status == .passed)
    // In any order within a claim, and of claims; a reader of another shard begins with a new claim.
    #expect(try Self.result(claims: claims, receipts: [[rows[3], rows[2], rows[1], rows[0]]]).status == .passed)
    #expect(try Self.result(claims: claims, receipts: [[rows[3]], [rows[2], rows[0], rows[1]]]).status == .passed)
  }

  @Test func countingBothIsADifference() throws {
    let rows: [(String, String, Int64, Int64)] = [("A", "1", 100, 1), ("A", "1", 100, 0)]
    let result = try Self.result(claims: [("A", 200)], receipts: [rows])
    #expect(result.status == .failed)
    #expect(result.differences == 1)
    #expect(result.keyNames == ["claim"])
    #expect(result.measureNames == ["paid"])
  }

  @Test func twoErrorsThatBalanceInTheSumAreTwoDifferences() throws {
    let rows: [(String, String, Int64, Int64)] = [("A", "1", 101, 0), ("B", "2", 99, 0)]
    #expect(try Self.result(claims: [("A", 100), ("B", 100)], receipts: [rows]).differences == 2)
  }
}
