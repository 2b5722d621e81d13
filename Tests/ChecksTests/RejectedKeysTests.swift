import Base
import Checks
import Evidence
import Foundation
import Testing

/// The second reading looks for differences among few keys when most come from rejected records, and finds the same.
@Suite struct RejectedKeysTests {
  private static let definition = """
    checks:
      - id: T-1
        kind: keys
        category: C07
        severity: S1
        title: {ja: 税額, en: amounts}
        expected: [{from: "CLAIMS[10]", by: {claim: claim}, sum: {yen: yen, rows: 1}}]
        actual: [{from: claims, by: {claim: claim}, sum: {yen: yen, rows: 1}}]
      - id: T-2
        kind: keys
        category: C07
        severity: S1
        title: {ja: 税額の割り算, en: amounts modulo a prime}
        zero: {ja: 無いのと同じ, en: as good as none}
        modulo: 2305843009213693951
        expected: [{from: "CLAIMS[10]", by: {claim: claim}, sum: {yen: yen}}]
        actual: [{from: claims, by: {claim: claim}, sum: {yen: yen}}]
      - id: T-3
        kind: settled
        category: C07
        severity: S1
        title: {ja: 収入, en: receipts}
        zero: {ja: 無いのと同じ, en: as good as none}
        item: slip
        provisional: advance
        expected:
          - {from: "CLAIMS[10]", by: {claim: claim, slip: "''"}, sum: {yen: yen, advance: 0}}
        actual:
          - {from: claims, by: {claim: claim, slip: claim}, sum: {yen: yen, advance: 0}}
    """

  /// The new system lacks every 40th record, and has other faults, among them one of a rejected record that it has
  /// all the same with another amount, and one that it has with the right amount.
  private static func tables() -> (SmallTables, rejected: [Int]) {
    var tables = SmallTables()
    let old = (0..<6_000).map { [String(format: "%06d", $0), String($0 * 100)] }
    let rejected = old.indices.filter { $0 % 40 == 7 }
    var new = old
    new[11][1] = "1"
    new[47][1] = "2"
    new[5_000][0] = "new"
    let gone = Set(rejected).subtracting([47, 87])
    new = new.indices.filter { !gone.contains($0) }.map { new[$0] }
    tables.add("CLAIMS[10]", ["claim", "yen:integer"], old, records: Array(1...old.count))
    tables.add("claims", ["claim", "yen:integer"], new)
    return (tables, rejected)
  }

  private static func text(_ results: [CheckResult]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    return String(decoding: try encoder.encode(results), as: UTF8.self)
  }

  @Test func whatIsKnownOfRejectedRecordsChangesNoDifference() throws {
    let (tables, rejected) = Self.tables()
    let reason = RejectedShares.Reason(
      file: "CLAIMS", kind: "10", field: "NAME", code: "decode.x", isExclusion: false)
    let known = try tables.explained(
      Self.definition, rejected: [.init(reason: reason, table: "CLAIMS[10]", rows: rejected)])
    let unknown = try tables.explained(Self.definition)
    #expect(try Self.text(known.results) == Self.text(unknown.results))
    // 148 that have not arrived, two other amounts, one key under another name.
    #expect(known.results.map(\.differences) == [152, 152, 152])
  }

  /// A rejected record that is not the reason of any difference hides none.
  @Test func aKeyOfAnyBucketIsFound() throws {
    let (tables, _) = Self.tables()
    let reason = RejectedShares.Reason(
      file: "CLAIMS", kind: "10", field: "NAME", code: "decode.x", isExclusion: false)
    let unknown = try tables.explained(Self.definition)
    for rows in [[], [3], [11], [11, 47, 5_000], Array(0..<300)] {
      let known = try tables.explained(
        Self.definition, rejected: [.init(reason: reason, table: "CLAIMS[10]", rows: rows)])
      #expect(try Self.text(known.results) == Self.text(unknown.results), "\(rows.count) records")
    }
  }
}
