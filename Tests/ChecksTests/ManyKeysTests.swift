import Base
import Evidence
import Foundation
import Testing

/// Sets of keys that do not fit into memory give the same answers.
@Suite struct ManyKeysTests {
  private static let definition = """
    checks:
      - id: T-1
        kind: references
        category: C07
        severity: S1
        title: {ja: 参照, en: reference}
        expected: [{from: persons, by: {number: number}}]
        actual: [{from: bills, by: {number: number}}]
      - id: T-2
        kind: consistent
        category: C07
        severity: S1
        title: {ja: 一意, en: one value}
        rows:
          - {from: persons, by: {number: number}, value: {year: year}}
          - {from: bills, by: {number: number}, value: {year: year}}
    """

  @Test(arguments: [1, 2, 3], [0, 100_000, 100_000_000])
  func setsOnDiskAndInMemoryAgree(shards: Int, budget: Int) throws {
    var tables = SmallTables()
    let persons = (0..<30_000).map { [String($0), String(2000 + $0 % 20)] }
    var bills = (0..<30_000).map { [String($0 * 7 % 30_000), String(2000 + $0 * 7 % 30_000 % 20)] }
    tables.add("persons", ["number", "year"], persons)
    tables.add("bills", ["number", "year"], bills)
    let folder = NSTemporaryDirectory() + "totsugo-scratch-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func scratch() -> Scratch { Scratch(folder: folder, budget: budget) }
    let clean = try tables.results(Self.definition, shards: shards, scratch())
    #expect(clean.map(\.status) == [.passed, .passed])
    bills[17] = ["no such", "2001"]
    bills[29_001][1] = "1999"
    tables.tables[1].rows = bills
    let spoiled = try tables.results(Self.definition, shards: shards, scratch())
    #expect(spoiled.map { $0.lines.map(\.key) } == [[["no such"]], [[bills[29_001][0]]]])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [], "the file has no name")
  }
}
